"""What was not recorded can be read and gone on with; what was thrown away can be brought back."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.kept_desk import NEW_CASE, NOTE, STATEMENT, THROWN, in_frame, make_kept_model
from tests.ui.plain import NOW, DraftBox, HeldRunner, raising
from trygga_desktop.domain.case import CaseList
from trygga_desktop.domain.drafts import DraftKind
from trygga_desktop.domain.errors import DiskFullError, NoRightError, NotConfirmedError
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.i18n import load_language
from trygga_desktop.services.changes import Done
from trygga_desktop.ui.draft_keeper import Place
from trygga_desktop.ui.draft_words import ICONS, draft_line, draft_title
from trygga_desktop.ui.screens.kept.view import KeptView
from trygga_desktop.ui.screens.kept.view_model import KeptState, KeptViewModel
from trygga_desktop.ui.tasks import InlineRunner
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.buttons import Button
from trygga_desktop.ui.widgets.labels import PlainLabel


def button(view: QWidget, name: str) -> Button:
    """Return a button by its name."""
    found = view.findChild(Button, name)
    assert isinstance(found, Button)
    return found


def words(view: QWidget) -> str:
    """Return everything that labels say."""
    return " · ".join(one.text() for one in view.findChildren(PlainLabel))


def text_in(view: QWidget) -> str:
    """Return the text of the draft that is open."""
    found = view.findChild(QTextEdit, "kept text")
    assert isinstance(found, QTextEdit)
    assert found.isReadOnly()
    return found.toPlainText()


@pytest.fixture
def box() -> DraftBox:
    """Three texts that were not recorded, and one in the bin."""
    return DraftBox([STATEMENT, NOTE, NEW_CASE, THROWN])


def test_the_page_names_cases_by_number_and_no_text_before_it_is_asked_for(
    qtbot: QtBot, look: Look, box: DraftBox
) -> None:
    view = in_frame(look, make_kept_model(box=box))
    qtbot.addWidget(view)

    told = words(view)

    assert "DEMO-2026-001" in told
    assert "i går 16:51" in told
    assert "Sara" not in told
    assert "Elias" not in told


def test_a_text_is_read_as_it_stood_at_any_kept_time(
    qtbot: QtBot, look: Look, box: DraftBox
) -> None:
    model = make_kept_model(box=box)
    view = in_frame(look, model)
    qtbot.addWidget(view)

    button(view, f"read {NOTE.id}").click()
    now = text_in(view)
    model.show_version(1)
    before = text_in(view)

    assert (now, before) == (NOTE.text, NOTE.versions[0].text)
    button(view, f"read {NOTE.id}").click()
    assert view.findChild(QTextEdit, "kept text") is None


def test_an_earlier_state_is_taken_back_and_the_later_one_stays(
    qtbot: QtBot, look: Look, box: DraftBox
) -> None:
    model = make_kept_model(box=box)
    view = in_frame(look, model)
    qtbot.addWidget(view)
    model.show_text(NOTE.id)
    model.show_version(1)

    button(view, "use this version").click()

    kept = box.drafts[NOTE.id]
    assert kept.text == NOTE.versions[0].text
    assert NOTE.text in [one.text for one in kept.versions]
    assert model.version == 0


def test_a_form_is_read_as_its_words(qtbot: QtBot, look: Look, box: DraftBox) -> None:
    model = make_kept_model(box=box)
    view = in_frame(look, model)
    qtbot.addWidget(view)

    model.show_text(STATEMENT.id)

    assert text_in(view) == "Mormor finns nära."


def test_going_on_leads_to_where_it_was_written(qtbot: QtBot, look: Look, box: DraftBox) -> None:
    model = make_kept_model(box=box)
    view = in_frame(look, model)
    qtbot.addWidget(view)

    with qtbot.waitSignal(model.place_wanted) as wanted:
        button(view, f"go on {NOTE.id}").click()

    assert wanted.args == [
        Place(kind=DraftKind.NOTE, subject_id=NOTE.subject_id, case_id=NOTE.case_id)
    ]


def test_what_is_thrown_away_lies_in_the_bin_and_comes_back(
    qtbot: QtBot, look: Look, box: DraftBox
) -> None:
    model = make_kept_model(box=box)
    view = in_frame(look, model)
    qtbot.addWidget(view)

    button(view, f"throw away {NOTE.id}").click()
    thrown = [one.id for one in model.thrown]
    button(view, f"bring back {NOTE.id}").click()

    assert NOTE.id in thrown
    assert NOTE.id in [one.id for one in model.unrecorded]


def test_the_bin_is_emptied_only_when_somebody_is_sure(
    qtbot: QtBot, look: Look, box: DraftBox
) -> None:
    model = make_kept_model(box=box)
    view = in_frame(look, model)
    qtbot.addWidget(view)

    button(view, "empty the bin").click()
    button(view, "keep the bin").click()
    kept = len(model.thrown)
    button(view, "empty the bin").click()
    button(view, "delete for ever").click()

    assert kept == 1
    assert THROWN.id not in box.drafts
    assert len(model.unrecorded) == 3


def test_what_cannot_be_changed_is_told_and_stays(qtbot: QtBot, look: Look, box: DraftBox) -> None:
    model = make_kept_model(box=box)
    view = in_frame(look, model)
    qtbot.addWidget(view)
    model.show_text(NOTE.id)
    model.show_version(1)
    box.failures = [DiskFullError()]

    model.use_version()

    assert "E-08" in words(view)
    assert box.drafts[NOTE.id] == NOTE


def model_that_reads(read: object, list_cases: object) -> KeptViewModel:
    """Return the page whose reading goes like this."""
    uses = DraftBox().uses
    model = KeptViewModel(
        drafts=replace(
            uses,
            read=read,  # type: ignore[arg-type]  # a test knows what it gives
        ),
        list_cases=list_cases,  # type: ignore[arg-type]  # as above
        runner=InlineRunner(),
        now=lambda: NOW,
    )
    model.load()
    return model


def test_text_that_could_not_be_verified_is_counted(qtbot: QtBot, look: Look) -> None:
    model = model_that_reads(lambda: Done((NOTE,), left_out=2), lambda: Done(CaseList(rows=())))
    view = KeptView(model, look)
    qtbot.addWidget(view)

    assert "2 texter gick inte att bekräfta och visas inte" in words(view)


def test_whoever_has_no_cases_still_reads_their_own_text() -> None:
    model = model_that_reads(
        lambda: Done((NEW_CASE,)), raising(NoRightError(Permission.WORK_IN_CASE))
    )

    assert model.state is KeptState.READY
    assert model.unrecorded == (NEW_CASE,)


def test_what_can_no_longer_be_read_does_not_stay() -> None:
    model = model_that_reads(raising(DiskFullError()), lambda: Done(()))

    assert model.state is KeptState.FAILED
    assert model.drafts == ()


def test_what_was_not_confirmed_is_for_the_window_to_tell(qtbot: QtBot, box: DraftBox) -> None:
    model = make_kept_model(box=box)
    box.failures = [NotConfirmedError()]
    model.show_text(NOTE.id)
    model.show_version(1)

    with qtbot.waitSignal(model.failed):
        model.use_version()


def test_while_it_is_read_the_page_says_so(qtbot: QtBot, look: Look) -> None:
    model = make_kept_model(NOTE, runner=HeldRunner())
    view = in_frame(look, model)
    qtbot.addWidget(view)

    model.lose_patience()

    assert model.state is KeptState.SLOW
    assert "Ett ögonblick" in words(view)


@pytest.mark.parametrize("kind", DraftKind)
@pytest.mark.parametrize("code", ["sv", "en"])
def test_every_kind_has_its_words_and_its_icon(kind: DraftKind, code: str) -> None:
    assert draft_title(kind, load_language(code))
    assert ICONS[kind]


def test_a_line_tells_what_where_when_and_how_long() -> None:
    told = draft_line(NOTE, {NOTE.case_id: "D-1"} if NOTE.case_id else {}, NOW, load_language("en"))

    assert told == "Note in D-1, yesterday 16:51, 44 characters"
