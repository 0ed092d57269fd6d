"""Remarks and approval of a draft: answered before approved, and kept while it is typed."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.desks import settle
from tests.ui.plain import NOW, DraftBox
from tests.ui.protocol_desk import RECIPIENTS, Press, pdf_of, told_protocol
from trygga_desktop.domain.approval import ApprovalState, ApprovedOn, Approver, ToldRemark
from trygga_desktop.domain.drafts import DraftKind
from trygga_desktop.domain.errors import DiskFullError, InvalidInputError, UnsettledError
from trygga_desktop.domain.sealing import ProtocolKind
from trygga_desktop.services.approvals import (
    AnswerRemark,
    ApproveDraft,
    ReopenDraft,
    WriteRemark,
)
from trygga_desktop.ui.screens.protocol.approval import RemarkField, RemarkForm, Saying
from trygga_desktop.ui.screens.protocol.sealing import Panel
from trygga_desktop.ui.screens.protocol.view import ProtocolView
from trygga_desktop.ui.screens.protocol.view_model import Audience, ProtocolViewModel, Target
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.buttons import Button
from trygga_desktop.ui.widgets.labels import PlainLabel


@pytest.fixture
def press() -> Press:
    """A draft that nobody has approved."""
    return Press()


def form_of(model: ProtocolViewModel) -> RemarkForm:
    form = model.seal.approval.form
    assert form is not None
    return form


def panel_of(model: ProtocolViewModel) -> Panel:
    return model.seal.panel


def words_of(view: QWidget) -> str:
    QApplication.processEvents()
    labels = view.findChildren(PlainLabel)
    return "\n".join(one.text() for one in labels if one.isVisibleTo(view))


def press_on(view: QWidget, name: str) -> None:
    found = view.findChild(Button, name)
    assert isinstance(found, Button)
    found.click()
    QApplication.processEvents()


def opened(qtbot: QtBot, look: Look, press: Press) -> tuple[ProtocolViewModel, ProtocolView]:
    model = press.open()
    view = ProtocolView(model, look)
    qtbot.addWidget(view)
    view.resize(1226, 900)
    view.show()
    press_on(view, "remarks and approval")
    return model, view


def test_once_sealed_nothing_is_remarked(qtbot: QtBot, look: Look, press: Press) -> None:
    press.protocols = (told_protocol(1, ProtocolKind.ROOM),)
    model = press.open()
    view = ProtocolView(model, look)
    qtbot.addWidget(view)
    model.seal.begin_approval()
    assert panel_of(model) is Panel.NONE
    found = view.findChild(Button, "remarks and approval")
    assert isinstance(found, Button)
    assert not found.isVisibleTo(view)


def test_a_remark_needs_words_and_whose_they_are(qtbot: QtBot, look: Look, press: Press) -> None:
    model, view = opened(qtbot, look, press)
    form = form_of(model)
    model.seal.approval.send()
    form.type(RemarkField.TEXT, "Fel dag.")
    model.seal.approval.send()

    assert press.said == []
    assert "Skriv vem som säger det." in words_of(view)


@pytest.mark.parametrize("error", [DiskFullError(), InvalidInputError(field="text", flaw="length")])
def test_what_cannot_be_stored_stays_where_it_was_typed(
    qtbot: QtBot, look: Look, press: Press, error: Exception
) -> None:
    model, view = opened(qtbot, look, press)
    press.approval_failure = error
    form = form_of(model)
    form.type(RemarkField.WHO, "Jonas Ek")
    form.type(RemarkField.TEXT, "Fel dag.")
    model.seal.approval.send()

    assert form_of(model) is form
    assert form.text_in(RemarkField.TEXT) == "Fel dag."
    assert not form.is_working
    told = "Texten är för lång." if isinstance(error, InvalidInputError) else "Disken är full"
    assert told in words_of(view)


def test_a_remark_is_answered_and_then_the_draft_approved(
    qtbot: QtBot, look: Look, press: Press
) -> None:
    model, view = opened(qtbot, look, press)
    form_of(model).type(RemarkField.WHO, "Jonas Ek")
    form_of(model).type(RemarkField.TEXT, "Det var tisdagar.")
    model.seal.approval.send()
    assert view.findChild(Button, "approve chair screen") is None

    press_on(view, "answer 0")
    assert form_of(model).saying is Saying.ANSWER
    form_of(model).type(RemarkField.TEXT, "Rättat.")
    model.seal.approval.send()
    press_on(view, "approve chair paper")
    press_on(view, "approve verifier screen")

    remark, answer, chair, verifier = press.said
    assert isinstance(remark, WriteRemark)
    assert (remark.who, remark.text) == ("Jonas Ek", "Det var tisdagar.")
    assert isinstance(answer, AnswerRemark)
    assert (answer.remark_id, answer.text) == (UUID(int=950), "Rättat.")
    assert isinstance(chair, ApproveDraft)
    assert (chair.role, chair.how) == (Approver.CHAIR, ApprovedOn.PAPER)
    assert isinstance(verifier, ApproveDraft)
    assert (verifier.role, verifier.how) == (Approver.VERIFIER, ApprovedOn.SCREEN)
    assert "Svar: Rättat." in words_of(view)


def test_an_approval_on_paper_is_of_the_day_on_the_paper(
    qtbot: QtBot, look: Look, press: Press
) -> None:
    model, view = opened(qtbot, look, press)
    for text in ("igår", "2026-02-30", "2999-01-01"):
        form_of(model).type(RemarkField.ON, text)
        press_on(view, "approve chair paper")
    assert press.said == []

    form_of(model).type(RemarkField.ON, "2026-11-20")
    press.approval_failure = InvalidInputError(field="on", flaw="before")
    press_on(view, "approve chair paper")
    assert "Mötet" in words_of(view)
    press.approval_failure = None
    form_of(model).type(RemarkField.ON, "2026-11-26")
    press_on(view, "approve chair paper")

    (approved,) = press.said
    assert isinstance(approved, ApproveDraft)
    assert approved.on == date(2026, 11, 26)


def test_nobody_approves_on_the_screen_what_they_may_not_read_there(
    qtbot: QtBot, look: Look, press: Press
) -> None:
    chair = replace(RECIPIENTS[0], may_read_whole=True, approves=frozenset({Approver.CHAIR}))
    verifier = replace(RECIPIENTS[2], approves=frozenset({Approver.VERIFIER}))
    press.recipients = (chair, verifier)
    model = press.open()
    view = ProtocolView(model, look)
    qtbot.addWidget(view)
    view.show()
    for target, offered in (
        (Target(Audience.ROOM), {Approver.CHAIR, Approver.VERIFIER}),
        (Target(Audience.BOARD), {Approver.CHAIR}),
        (Target(Audience.PERSON, verifier.id), {Approver.VERIFIER}),
    ):
        model.choose(target)
        model.seal.begin_approval()
        settle()
        for role in Approver:
            on_screen = view.findChild(Button, f"approve {role} screen")
            assert (on_screen is not None) is (role in offered)
            assert view.findChild(Button, f"approve {role} paper") is not None
        model.seal.cancel()


def test_what_was_said_of_a_draft_can_be_read_once_it_is_sealed(
    qtbot: QtBot, look: Look, press: Press
) -> None:
    press.approval = ApprovalState(
        remarks=(
            ToldRemark(id=UUID(int=1), who="Jonas Ek", text="Fel dag.", at=NOW, answer="Nej."),
        ),
        reopenings=("Ett namn var fel.",),
    )
    press.protocols = (told_protocol(1, ProtocolKind.ROOM),)
    model, view = opened(qtbot, look, press)

    words = words_of(view)
    for told in ("Jonas Ek", "Fel dag.", "Svar: Nej.", "Ett namn var fel."):
        assert told in words
    assert view.findChild(Button, "send") is None
    assert view.findChild(Button, "open again") is None
    press_on(view, "close the approval")
    assert model.seal.panel is Panel.NONE


def test_the_second_kind_is_approved_again_where_it_reads_otherwise(
    qtbot: QtBot, look: Look, press: Press
) -> None:
    press.approval = ApprovalState(wanted=(Approver.CHAIR,), is_outdated=True)
    press.protocols = (told_protocol(1, ProtocolKind.ROOM),)
    model, view = opened(qtbot, look, press)
    press_on(view, "approve chair paper")
    assert isinstance(press.said[0], ApproveDraft)
    assert model.seal.panel is Panel.APPROVAL


def test_a_draft_is_opened_again_with_a_reason(qtbot: QtBot, look: Look, press: Press) -> None:
    model, view = opened(qtbot, look, press)
    assert view.findChild(Button, "open again") is None
    press_on(view, "approve chair screen")
    press_on(view, "open again")
    model.seal.approval.send()
    form_of(model).type(RemarkField.TEXT, "Ett namn är fel.")
    model.seal.approval.send()

    last = press.said[-1]
    assert isinstance(last, ReopenDraft)
    assert (len(press.said), last.why) == (2, "Ett namn är fel.")


def test_an_approval_that_is_refused_is_told(qtbot: QtBot, look: Look, press: Press) -> None:
    model, view = opened(qtbot, look, press)
    press.approval_failure = UnsettledError()
    press_on(view, "approve chair screen")
    assert "Något är kvar att klara av" in words_of(view) or model.seal.approval.trouble
    assert not model.seal.approval.is_working


def test_what_is_typed_is_kept_as_a_draft_and_comes_back(press: Press) -> None:
    box = DraftBox()
    model = press.open(drafts=box.uses)
    model.seal.begin_approval()
    form_of(model).type(RemarkField.TEXT, "Halvskriven anmärkning")
    model.leave()
    assert [one.kind for one in box.drafts.values()] == [DraftKind.REMARK]

    again = press.open(drafts=box.uses)
    again.seal.begin_approval()
    assert form_of(again).text_in(RemarkField.TEXT) == "Halvskriven anmärkning"
    again.seal.cancel()
    assert panel_of(again) is Panel.NONE


def test_nothing_is_approved_while_the_screen_shows_another_text(
    qtbot: QtBot, look: Look, press: Press
) -> None:
    model, view = opened(qtbot, look, press)
    press.basis, press.pdf = "draft 2", pdf_of(("Nytt", "Det som skrevs efteråt."))
    press_on(view, "approve chair screen")

    assert press.said == []
    words = words_of(view)
    assert "Inget är godkänt. Sidorna är nya: läs dem först." in words
    assert model.composed is not None
    assert model.composed.pdf == press.pdf

    press_on(view, "approve chair screen")
    (said,) = press.said
    assert isinstance(said, ApproveDraft)
    assert said.basis == "draft 2"


def test_a_remark_does_not_make_somebody_approve_what_was_never_shown(
    qtbot: QtBot, look: Look, press: Press
) -> None:
    model, view = opened(qtbot, look, press)
    form_of(model).type(RemarkField.WHO, "Jonas Ek")
    form_of(model).type(RemarkField.TEXT, "Det var tisdagar.")
    press.basis = "draft 2"
    model.seal.approval.send()
    press_on(view, "answer 0")
    form_of(model).type(RemarkField.TEXT, "Rättat.")
    model.seal.approval.send()
    press_on(view, "approve chair screen")
    assert not any(isinstance(one, ApproveDraft) for one in press.said)


def test_nothing_is_sealed_while_the_screen_shows_another_text(
    qtbot: QtBot, look: Look, press: Press
) -> None:
    model = press.open()
    view = ProtocolView(model, look)
    qtbot.addWidget(view)
    view.resize(1226, 900)
    view.show()
    press_on(view, "seal the protocol")
    press.basis = "draft 2"
    press_on(view, "seal now")

    assert press.sealings == []
    assert "Inget är förseglat. Sidorna är nya: läs dem först." in words_of(view)
    press_on(view, "seal now")
    assert [one.basis for one in press.sealings] == ["draft 2"]
