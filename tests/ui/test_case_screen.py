"""The screen of one case, without a database and without waiting."""

from collections.abc import Sequence
from uuid import UUID

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QTextEdit, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from tests.ui.case_desk import make_case_model
from tests.ui.desk_screens import CASES, FACTS, GUARDED_FACTS, case_file
from tests.ui.plain import NOW, HeldRunner, draft_uses
from trygga_desktop.domain.case import CaseRow, Phase
from trygga_desktop.domain.drafts import Draft, DraftKind
from trygga_desktop.domain.errors import DiskFullError, NoAccessError, NotConfirmedError
from trygga_desktop.domain.people import Protection
from trygga_desktop.i18n import load_language
from trygga_desktop.services.audience import Shown
from trygga_desktop.services.case_files import CaseFile, FactKind, WriteNote
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.drafts import StoreDraft
from trygga_desktop.ui.screens.case.facts import Secrecy, case_lines, person_lines
from trygga_desktop.ui.screens.case.view import CaseView
from trygga_desktop.ui.screens.case.view_model import (
    NOTES_AT_A_TIME,
    NOTES_AT_FIRST,
    CaseState,
    CaseViewModel,
)
from trygga_desktop.ui.tasks import InlineRunner, TaskRunner, ThreadRunner
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.buttons import Button

ELIAS, NORD = CASES[0], CASES[2]
HOSTILE = (
    '<img src="/etc/passwd">',
    "a <b c",
    "note\0note",
    "\u202eton",
    "Ö" * 1_000_000,
    "🧑‍🎓",
)


class Notebook:
    """Stands for the vault: keeps notes and drafts, and fails when told to."""

    def __init__(self, *, drafts: Sequence[Draft] = ()) -> None:
        self.written: list[str] = []
        self.stored: list[StoreDraft] = []
        self.discarded: list[UUID] = []
        self.reads = 0
        self.failure: Exception | None = None
        self.drafts = draft_uses(
            store=self.store, read=lambda: Done(tuple(drafts)), discard=self.discard
        )

    def read(self, _: UUID) -> Done[CaseFile]:
        """Return the case with the notes written so far."""
        self.reads += 1
        return Done(case_file(notes=self.written))

    def write(self, command: WriteNote) -> Done[UUID]:
        """Keep a note, or fail."""
        if self.failure is not None:
            raise self.failure
        self.written.append(command.text)
        return Done(UUID(int=1), Changes(items=True))

    def store(self, command: StoreDraft) -> Done[None]:
        """Keep a draft."""
        self.stored.append(command)
        return Done(None)

    def discard(self, draft_id: UUID) -> Done[None]:
        """Remember what was discarded."""
        self.discarded.append(draft_id)
        return Done(None)

    def open(self, runner: TaskRunner | None = None) -> CaseViewModel:
        """Return the screen's model, loaded."""
        return make_case_model(
            read_case=self.read,
            write_note=self.write,
            drafts=self.drafts,
            runner=runner or InlineRunner(),
        )


def shown(qtbot: QtBot, view: QWidget) -> str:
    """Show the view and return all the words that stand on it."""
    qtbot.addWidget(view)
    view.resize(1200, 700)
    view.show()
    QApplication.processEvents()
    return "\n".join(one.text() for one in view.findChildren(QLabel) if one.isVisible())


def test_a_case_that_was_not_granted_shows_nothing_of_it(qtbot: QtBot, look: Look) -> None:
    model = make_case_model(error=NoAccessError())

    words = shown(qtbot, CaseView(model, look))

    assert model.state is CaseState.FAILED
    assert ELIAS.title not in words
    assert ELIAS.case_number not in words


def test_a_case_that_can_no_longer_be_read_leaves_the_screen(look: Look) -> None:
    answers: list[CaseFile | None] = [case_file(), None]

    def read(_: UUID) -> Done[CaseFile]:
        answer = answers.pop(0)
        if answer is None:
            raise NoAccessError
        return Done(answer)

    model = make_case_model(read_case=read)

    model.refresh(Changes(cases=True))

    assert model.file is None
    assert person_lines(model, look.language) == []


def test_a_reading_that_was_not_confirmed_is_for_the_window_to_tell(qtbot: QtBot) -> None:
    answers: list[Exception | None] = [None, NotConfirmedError()]

    def read(_: UUID) -> Done[CaseFile]:
        error = answers.pop(0)
        if error is not None:
            raise error
        return Done(case_file())

    model = make_case_model(read_case=read)

    with qtbot.waitSignal(model.failed):
        model.load()


def test_what_was_not_given_is_told_to_be_kept_elsewhere(look: Look) -> None:
    file = case_file(
        NORD,
        {FactKind.ALIAS: "NORD-7", FactKind.PROTECTION: Protection.SECRECY_MARKING},
        guarded_readable=False,
    )
    model = make_case_model(file)

    lines = person_lines(model, look.language)

    assert [one.secrecy for one in lines] == [Secrecy.PLAIN] * 2 + [Secrecy.NOT_GIVEN] * 3


def test_protected_details_are_hidden_until_they_are_asked_for(qtbot: QtBot, look: Look) -> None:
    model = make_case_model(case_file(NORD, GUARDED_FACTS))
    view = CaseView(model, look)

    before = shown(qtbot, view)
    _button(view, "protected details").click()
    after = shown(qtbot, view)

    assert "Viktor" not in before
    assert "19990218-2394" not in before
    assert "Viktor Testman" in after


def test_protected_details_hide_again_when_the_time_is_over(look: Look) -> None:
    model = make_case_model(case_file(NORD, GUARDED_FACTS))
    model.reveal_details()

    model.hide_details()

    assert "Viktor Testman" not in {one.text for one in person_lines(model, look.language)}


def test_protected_details_hide_when_the_screen_is_left(qtbot: QtBot, look: Look) -> None:
    model = make_case_model(case_file(NORD, GUARDED_FACTS))
    view = CaseView(model, look)
    shown(qtbot, view)
    model.reveal_details()

    view.hide()

    assert not model.is_revealed


def test_protected_details_stay_hidden_with_two_screens(look: Look) -> None:
    model = make_case_model(case_file(NORD, GUARDED_FACTS), screens=2)

    model.reveal_details()

    assert not model.is_revealed
    assert "Viktor Testman" not in {one.text for one in person_lines(model, look.language)}


def test_protected_details_hide_when_a_screen_is_added() -> None:
    model = make_case_model(case_file(NORD, GUARDED_FACTS))
    model.reveal_details()

    model.screens_changed()

    assert not model.is_revealed


def test_the_focus_stays_with_whoever_shows_protected_details(qtbot: QtBot, look: Look) -> None:
    model = make_case_model(case_file(NORD, GUARDED_FACTS))
    view = CaseView(model, look)
    shown(qtbot, view)
    button = _button(view, "protected details")
    button.setFocus()

    button.click()

    assert view.focusWidget() is _button(view, "protected details")


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_shown_as_it_is_and_breaks_nothing(
    qtbot: QtBot, look: Look, text: str
) -> None:
    row = CaseRow(
        id=ELIAS.id,
        case_number=text,
        title=text,
        protected=False,
        age=17,
        phase=Phase.MAPPING,
        opened_on=ELIAS.opened_on,
    )
    model = make_case_model(case_file(row, {FactKind.NAME: text}, notes=[text]))
    view = CaseView(model, look)

    words = shown(qtbot, view)
    view.grab()

    assert "\u202e" not in words
    assert "\0" not in words
    if text.isprintable():
        assert text[:1000] in words


def test_a_note_too_long_for_a_label_can_be_read_whole(qtbot: QtBot, look: Look) -> None:
    text = "ord " * 3_000
    model = make_case_model(case_file(notes=[text]))
    view = CaseView(model, look)
    shown(qtbot, view)
    whole = [one for one in view.findChildren(Button) if one.text() == _("Read all of it", look)]

    whole[0].click()

    areas = [one for one in view.findChildren(QTextEdit) if one.isReadOnly()]
    assert areas[0].toPlainText() == text


def test_parts_that_did_not_verify_are_told(qtbot: QtBot, look: Look) -> None:
    model = make_case_model(case_file(left_out=1))

    words = shown(qtbot, CaseView(model, look))

    assert (
        look.language.ngettext(
            "{count} part of this case could not be verified and is not shown. Ask the "
            "administrator to check the vault.",
            "{count} parts of this case could not be verified and are not shown. Ask the "
            "administrator to check the vault.",
            1,
        ).format(count=1)
        in words
    )


def test_the_age_has_a_line_of_its_own() -> None:
    language = load_language("en")

    lines = person_lines(make_case_model(), language)

    assert [one.text for one in lines] == [
        "Elias Demosson",
        "20090514-2394",
        "2009-05-14",
        "17 years, turns 18 on 14 May 2027",
    ]


def test_the_case_tells_its_own_numbers() -> None:
    lines = case_lines(case_file(), load_language("en"))

    assert [one.text for one in lines] == [
        "DEMO-2026-001",
        "DEMO 2026-17",
        "Follow-up",
        "3 February 2026",
    ]


def test_a_note_that_is_refused_is_still_in_its_field(qtbot: QtBot, look: Look) -> None:
    notebook = Notebook()
    notebook.failure = DiskFullError()
    model = notebook.open()
    view = CaseView(model, look)
    shown(qtbot, view)
    model.type_note("Ringde Sara.")

    model.add_note()

    words = shown(qtbot, view)
    assert model.note == "Ringde Sara."
    assert _("The disk is full", look) in words
    assert not notebook.discarded


def test_a_note_of_spaces_is_none() -> None:
    notebook = Notebook()
    model = notebook.open()
    model.type_note("  \n ")

    model.add_note()
    model.leave()

    assert not notebook.written
    assert not notebook.stored


def test_an_added_note_stands_first_and_its_draft_is_gone(qtbot: QtBot, look: Look) -> None:
    notebook = Notebook()
    model = notebook.open()
    view = CaseView(model, look)
    shown(qtbot, view)
    for text in ("Först.", "Sedan."):
        field = view.findChild(QTextEdit, "note")
        assert field is not None
        field.setPlainText(text)
        _button(view, "add the note").click()

    assert [one.text for one in model.notes] == ["Sedan.", "Först."]
    assert model.note == ""
    assert [one.id for one in notebook.stored] == notebook.discarded


def test_an_added_note_is_told_to_the_rest_of_the_program(qtbot: QtBot) -> None:
    model = Notebook().open()
    model.type_note("Ringde Sara.")

    with qtbot.waitSignal(model.made) as made:
        model.add_note()

    assert made.args == [Changes(items=True)]


def test_ones_own_change_is_not_read_twice() -> None:
    notebook = Notebook()
    model = notebook.open()

    model.refresh(Changes(items=True), model)
    model.refresh(Changes(accounts=True), object())

    assert notebook.reads == 1


def test_a_note_is_kept_at_once_when_the_screen_is_left(qtbot: QtBot, look: Look) -> None:
    notebook = Notebook()
    model = notebook.open()
    view = CaseView(model, look)
    shown(qtbot, view)
    model.type_note("Halvskriven")

    view.hide()

    assert [one.text for one in notebook.stored] == ["Halvskriven"]
    assert notebook.stored[0].kind is DraftKind.NOTE
    assert notebook.stored[0].subject_id == ELIAS.id


def test_the_note_of_an_earlier_visit_comes_back(qtbot: QtBot, look: Look) -> None:
    draft = Draft(
        id=UUID(int=9),
        kind=DraftKind.NOTE,
        text="Halvskriven",
        stored_at=NOW,
        subject_id=ELIAS.id,
    )
    model = Notebook(drafts=[draft]).open()
    view = CaseView(model, look)
    qtbot.addWidget(view)

    field = view.findChild(QTextEdit, "note")

    assert field is not None
    assert field.toPlainText() == "Halvskriven"


def test_going_back_keeps_the_note(qtbot: QtBot) -> None:
    notebook = Notebook()
    model = notebook.open()
    model.type_note("Halvskriven")

    with qtbot.waitSignal(model.left):
        model.go_back()

    assert len(notebook.stored) == 1


def test_many_notes_are_shown_some_at_a_time(qtbot: QtBot, look: Look) -> None:
    notes = [f"Anteckning {number}" for number in range(NOTES_AT_FIRST + NOTES_AT_A_TIME)]
    model = make_case_model(case_file(notes=notes))
    view = CaseView(model, look)
    shown(qtbot, view)
    before = len(model.notes)

    _button(view, "older notes").click()

    assert before == NOTES_AT_FIRST
    assert [one.text for one in model.notes] == notes[::-1]
    assert view.findChild(Button, "older notes") is None


def test_a_slow_case_says_that_it_is_on_its_way(qtbot: QtBot, look: Look) -> None:
    model = make_case_model(runner=HeldRunner())
    model.lose_patience()

    words = shown(qtbot, CaseView(model, look))

    assert _("The case is being opened.", look) in words


def test_what_others_told_stands_in_the_file_with_a_count_of_the_rest(
    qtbot: QtBot, look: Look
) -> None:
    told = case_file(notes=["Skolan: 42 procents frånvaro."])
    file = CaseFile(
        row=ELIAS,
        registry_number="",
        facts=told.facts,
        guarded_readable=True,
        items=Shown(items=told.notes, hidden=()),
        notes=(),
    )

    words = shown(qtbot, CaseView(make_case_model(file), look))

    assert "Skolan: 42 procents frånvaro." in words
    assert _("Registry number", look) not in words


def test_an_answer_for_a_closed_screen_is_dropped(qtbot: QtBot, look: Look) -> None:
    runner = ThreadRunner()
    notebook = Notebook()
    closed = notebook.open(runner)
    view = CaseView(closed, look)
    closed.type_note("Halvskriven")

    closed.leave()
    delete(view)
    delete(closed)
    witness = notebook.open(runner)
    qtbot.waitUntil(lambda: witness.file is not None)

    runner.shut_down()
    assert [one.text for one in notebook.stored] == ["Halvskriven"]


def test_focus_starts_in_the_note_or_on_the_way_back(qtbot: QtBot, look: Look) -> None:
    whole = CaseView(make_case_model(), look)
    failed = CaseView(make_case_model(error=NoAccessError()), look)
    qtbot.addWidget(whole)
    qtbot.addWidget(failed)

    assert whole.first_focus.objectName() == "note"
    assert failed.first_focus.objectName() == "all cases"


def test_the_facts_of_an_unprotected_person_are_never_hidden(look: Look) -> None:
    lines = person_lines(make_case_model(), look.language)

    assert {one.secrecy for one in lines} == {Secrecy.PLAIN}
    assert len(lines) == len(FACTS) + 1


def _button(view: QWidget, name: str) -> Button:
    found = view.findChild(Button, name)
    assert found is not None
    return found


def _(text: str, look: Look) -> str:
    return look.language.gettext(text)


def test_the_card_of_the_young_person_leads_to_who_they_are(qtbot: QtBot, look: Look) -> None:
    model = make_case_model()
    view = CaseView(model, look)
    qtbot.addWidget(view)
    change = view.findChild(Button, "change details")
    assert isinstance(change, Button)

    with qtbot.waitSignal(model.details_wanted):
        change.click()

    keys = {key for one in view.commands for key in one.keys}
    assert "Ctrl+Shift+I" in keys
