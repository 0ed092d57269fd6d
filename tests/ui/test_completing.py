"""An action that lacks who does it or a day gets them beside the draft, before it is sealed."""

from datetime import date
from uuid import UUID

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from tests.ui.plain import DraftBox
from tests.ui.protocol_desk import Press, told_protocol, with_unfinished
from tests.ui.test_protocol_sealing import button, press_on, shown
from trygga_desktop.domain.drafts import DraftKind
from trygga_desktop.domain.errors import InvalidInputError, SealedMeetingError
from trygga_desktop.domain.sealing import GapKind, ProtocolKind
from trygga_desktop.services.unfinished import CompleteAction
from trygga_desktop.ui.screens.protocol.completing import CompletingField
from trygga_desktop.ui.screens.protocol.sealing import Panel
from trygga_desktop.ui.screens.protocol.view import ProtocolView
from trygga_desktop.ui.theme.look import Look

DALIA = UUID(int=202)


def test_nothing_is_asked_of_a_draft_that_lacks_nothing() -> None:
    model = Press().open()

    model.seal.begin_completing()

    assert model.seal.panel is Panel.NONE


def test_nothing_is_asked_once_it_is_sealed() -> None:
    press = with_unfinished()
    press.protocols = (told_protocol(1, ProtocolKind.ROOM),)
    model = press.open()

    model.seal.begin_completing()

    assert model.seal.panel is Panel.NONE


@pytest.mark.parametrize("kind", [GapKind.NO_DAY, GapKind.NO_RESPONSIBLE])
def test_what_lacks_something_leads_to_where_it_gets_it(
    qtbot: QtBot, look: Look, kind: GapKind
) -> None:
    press = with_unfinished()
    model = press.open()
    view = ProtocolView(model, look)
    shown(qtbot, view)
    press_on(view, "seal the protocol")

    press_on(view, f"settle {kind}")

    assert model.seal.panel is Panel.COMPLETING
    assert "Boka tid hos BUP" in shown(qtbot, view)


def test_it_begins_with_what_was_said_at_the_meeting_and_sends_what_was_missing(
    qtbot: QtBot, look: Look
) -> None:
    press = with_unfinished()
    model = press.open()
    view = ProtocolView(model, look)
    shown(qtbot, view)
    model.seal.begin_completing()
    shown(qtbot, view)
    first, second = press.unfinished.actions
    due = view.findChild(QLineEdit, "completing due")
    who = view.findChild(QComboBox, "who completes")
    assert isinstance(due, QLineEdit)
    assert isinstance(who, QComboBox)
    assert due.text() == "2026-12-11"
    send = button(view, "send")
    assert send is not None
    assert not send.isEnabled()

    chosen = who.itemData(1)
    who.setCurrentIndex(1)
    who.activated.emit(1)
    press_on(view, "send")
    shown(qtbot, view)

    assert press.completed == [
        CompleteAction(
            meeting_id=press.completed[0].meeting_id,
            item_id=first.id,
            party_id=chosen,
            due_on=date(2026, 12, 11),
        )
    ]
    assert model.seal.panel is Panel.SEAL
    # The pages say something else now, and are made again.
    assert len(press.commands) == 2
    press_on(view, f"settle {GapKind.NO_DAY}")
    form = model.seal.completing.form
    assert form is not None
    assert form.item_id == second.id
    assert form.party_id == DALIA


@pytest.mark.parametrize(
    ("failure", "is_field"),
    [
        (InvalidInputError(field="party_id", flaw="unknown"), True),
        (SealedMeetingError(), False),
    ],
)
def test_what_is_refused_is_told_and_nothing_is_lost(
    qtbot: QtBot, look: Look, failure: Exception, *, is_field: bool
) -> None:
    press = with_unfinished()
    press.complete_failure = failure
    model = press.open()
    view = ProtocolView(model, look)
    shown(qtbot, view)
    model.seal.begin_completing()
    form = model.seal.completing.form
    assert form is not None
    form.choose_who(DALIA)

    model.seal.completing.send()

    assert model.seal.completing.form is form
    assert form.text_in(CompletingField.DUE) == "2026-12-11"
    assert (model.seal.completing.trouble is None) is is_field
    assert (CompletingField.PARTY in form.missing) is is_field


def test_a_day_that_is_typed_is_kept_until_the_action_is_completed(
    qtbot: QtBot, look: Look
) -> None:
    kept = DraftBox()
    model = with_unfinished().open(drafts=kept.uses)
    view = ProtocolView(model, look)
    shown(qtbot, view)
    model.seal.begin_completing()
    shown(qtbot, view)
    due = view.findChild(QLineEdit, "completing due")
    assert isinstance(due, QLineEdit)
    due.selectAll()

    QTest.keyClicks(due, "on friday")
    model.leave()

    (one,) = kept.drafts.values()
    assert one.kind is DraftKind.COMPLETING
    assert "on friday" in one.text
    assert model.seal.completing.form is not None
    assert model.seal.completing.form.missing == (CompletingField.PARTY, CompletingField.DUE)
