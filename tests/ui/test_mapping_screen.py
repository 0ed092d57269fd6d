"""The mapping of a case: what was told in each area of life, and writing down more of it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QRadioButton, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.people import ELIAS as PERSON
from tests.ui.mapping_desk import make_mapping_model
from tests.ui.overviews import CASE, JOHAN, SARA, SCHOOL, SUBJECT, make_overview, statement
from tests.ui.plain import HeldRunner, draft_uses, raising
from trygga_desktop.domain.errors import DiskFullError, NoAccessError, NotConfirmedError
from trygga_desktop.services.case_files import RecordStatement, record_statement
from trygga_desktop.services.cases import OpenCase, open_case
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.overview import CaseOverview, read_overview
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.ui.screens.mapping.capture import BOARD, Missing, Teller
from trygga_desktop.ui.screens.mapping.view import MappingView
from trygga_desktop.ui.screens.mapping.view_model import MappingState, MappingViewModel
from trygga_desktop.ui.tasks import InlineRunner
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.buttons import Button
from trygga_desktop.ui.widgets.case_tabs import CaseTab, CaseTabs
from trygga_desktop.ui.widgets.inputs import CheckBox, ComboBox

HOSTILE = ('<img src="/etc/passwd">', "a <b c", "no\0te", "\u202eton", "Ö" * 1_000_000, "🧑‍🎓")


def shown(qtbot: QtBot, view: QWidget) -> str:
    """Show the view and return all the words that stand on it."""
    qtbot.addWidget(view)
    view.resize(1200, 700)
    view.show()
    QApplication.processEvents()
    return "\n".join(one.text() for one in view.findChildren(QLabel) if one.isVisible())


def filled(**uses: Any) -> tuple[MappingViewModel, list[RecordStatement]]:
    """Return a mapping in which the school has just told something, and what is recorded of it."""
    recorded: list[RecordStatement] = []

    def record(command: RecordStatement) -> Done[UUID]:
        recorded.append(command)
        return Done(UUID(int=5), Changes(items=True))

    model = make_mapping_model(**{"record_statement": record, **uses})
    model.type_text(" Kommer i tid på tisdagar. ")
    model.choose_teller(teller(model, "Exempelgymnasiet"))
    return model, recorded


def teller(model: MappingViewModel, name: str) -> Teller:
    """Return who is called so."""
    return next(one for one in model.tellers if one.name == name)


def test_a_case_that_was_not_granted_shows_nothing_of_it(qtbot: QtBot, look: Look) -> None:
    model = make_mapping_model(error=NoAccessError())
    view = MappingView(model, look)

    words = shown(qtbot, view)

    assert model.state is MappingState.FAILED
    assert "Elias" not in words
    assert "42 procent" not in words
    assert view.first_focus.objectName() == "all cases"


def test_a_case_that_can_no_longer_be_read_leaves_the_screen(qtbot: QtBot, look: Look) -> None:
    answers: list[CaseOverview | None] = [make_overview(), None]

    def read(_: UUID) -> Done[CaseOverview]:
        answer = answers.pop(0)
        if answer is None:
            raise NoAccessError
        return Done(answer)

    model = make_mapping_model(read_overview=read)
    view = MappingView(model, look)
    shown(qtbot, view)

    model.refresh(Changes(cases=True))

    assert model.overview is None
    assert "42 procent" not in shown(qtbot, view)


def test_a_statement_that_is_refused_is_still_in_its_field(qtbot: QtBot, look: Look) -> None:
    model, _ = filled(record_statement=raising(DiskFullError()))
    view = MappingView(model, look)
    shown(qtbot, view)

    _button(view, "record").click()

    words = shown(qtbot, view)
    assert model.capture.text == " Kommer i tid på tisdagar. "
    assert _in(look, "The disk is full") in words
    assert model.may_record


def test_a_statement_that_was_not_confirmed_is_for_the_window_to_tell(qtbot: QtBot) -> None:
    model, _ = filled(record_statement=raising(NotConfirmedError()))

    with qtbot.waitSignal(model.failed):
        model.record()


@pytest.mark.parametrize(
    ("undo", "missing"),
    [
        (lambda model: model.type_text(" \n "), Missing.TEXT),
        (lambda model: model.choose_teller(None), Missing.TELLER),
        (lambda model: model.choose_category("family"), Missing.OTHERS_UNANSWERED),
        (lambda model: _answer(model, concerns=True), Missing.OTHERS),
    ],
)
def test_nothing_is_recorded_while_something_is_missing(
    qtbot: QtBot, look: Look, undo: Callable[[MappingViewModel], None], missing: Missing
) -> None:
    model, recorded = filled()
    view = MappingView(model, look)
    shown(qtbot, view)

    undo(model)
    model.record()

    record = _button(view, "record")
    assert model.missing is missing
    assert not recorded
    assert not record.isEnabled()
    assert record.accessibleDescription() in shown(qtbot, view)
    assert record.accessibleDescription()


def test_somebody_who_left_the_family_cannot_be_ticked() -> None:
    model, _ = filled()
    model.choose_category("family")
    model.answer_others(concerns=True)

    model.tick(UUID(int=4711), is_about=True)

    assert model.missing is Missing.OTHERS


def test_a_new_category_asks_again_whom_it_concerns() -> None:
    model, _ = filled()
    model.choose_category("family")
    model.answer_others(concerns=False)

    model.choose_category("network")

    assert model.missing is Missing.OTHERS_UNANSWERED


def test_saying_that_nobody_else_is_concerned_takes_the_ticks_away() -> None:
    model, recorded = filled()
    model.choose_category("family")
    model.answer_others(concerns=True)
    model.tick(SARA, is_about=True)

    model.answer_others(concerns=False)
    model.record()

    assert recorded[0].about == {SUBJECT}


def test_without_anyone_to_tick_the_way_on_is_told(qtbot: QtBot, look: Look) -> None:
    whole = make_overview()
    alone = replace(whole, people=tuple(one for one in whole.people if one.party.id == SUBJECT))
    model = make_mapping_model(alone)
    model.type_text("Mormor hjälper till.")
    model.choose_teller(BOARD)
    view = MappingView(model, look)
    shown(qtbot, view)
    model.choose_category("family")

    model.answer_others(concerns=True)

    told = "Add the person under People first. Nobody else's name belongs here."
    assert _in(look, told) in shown(qtbot, view)
    assert not model.may_record


def test_an_agency_is_the_origin_of_what_it_told(qtbot: QtBot) -> None:
    model, recorded = filled()
    model.choose_strength(is_strength=False)

    with qtbot.waitSignals([model.made, model.recorded]):
        model.record()

    assert recorded == [
        RecordStatement(
            case_id=CASE,
            origin_id=SCHOOL,
            category="schooling",
            about=frozenset({SUBJECT}),
            text="Kommer i tid på tisdagar.",
            area="school",
            is_strength=False,
            said_by=None,
        )
    ]


def test_what_a_person_told_the_board_has_the_board_as_its_origin() -> None:
    model, recorded = filled()
    model.choose_teller(teller(model, "Sara Demosson"))
    model.choose_category("family")
    model.answer_others(concerns=True)
    model.tick(SARA, is_about=True)
    model.tick(JOHAN, is_about=True)
    model.tick(JOHAN, is_about=False)

    model.record()

    assert recorded[0].origin_id is None
    assert recorded[0].said_by == SARA
    assert recorded[0].about == {SUBJECT, SARA}


def test_the_board_itself_can_tell() -> None:
    model, recorded = filled()
    model.choose_teller(BOARD)

    model.record()

    assert (recorded[0].origin_id, recorded[0].said_by) == (None, None)


def test_whoever_tells_stays_chosen_and_the_text_goes(qtbot: QtBot, look: Look) -> None:
    model, _ = filled()
    view = MappingView(model, look)
    shown(qtbot, view)

    _button(view, "record").click()

    field = _text(view)
    assert field.toPlainText() == ""
    assert view.focusWidget() is field
    assert model.capture.teller == teller(model, "Exempelgymnasiet")
    assert model.capture.category == "schooling"


def test_the_area_presets_the_category() -> None:
    model = make_mapping_model()
    before = model.capture.category

    model.choose_area("leisure")

    assert (before, model.capture.category) == ("schooling", "leisure")


def test_strengths_stand_before_needs_with_who_told_them(qtbot: QtBot, look: Look) -> None:
    view = MappingView(make_mapping_model(), look)

    words = shown(qtbot, view)

    strength, need = (
        "Klarar matten när han får sitta i ett mindre rum.",
        "Frånvaron var 42 procent i höstas.",
    )
    assert words.index(strength) < words.index(need)
    assert "Exempelgymnasiet" in words


def test_both_are_asked_the_young_person_and_the_professionals(qtbot: QtBot, look: Look) -> None:
    view = MappingView(make_mapping_model(), look)

    words = shown(qtbot, view)

    assert "Vad i skolan går bra för dig?" in words
    assert "Vad har prövats, och vad hände?" in words
    assert "Att komma till skolan, lära sig och ha någon vuxen där." in words


def test_a_statement_tells_who_else_it_is_about(qtbot: QtBot, look: Look) -> None:
    told = statement(
        "Mormor finns nära.", number=1, area="school", who="Sara", about=frozenset({SUBJECT, SARA})
    )
    view = MappingView(make_mapping_model(make_overview(mapping=(told,))), look)

    words = shown(qtbot, view)

    assert _in(look, "Also about {names}").format(names="\u2068Sara Demosson\u2069") in words


def test_what_belongs_to_no_known_area_is_not_lost(qtbot: QtBot, look: Look) -> None:
    told = statement("Kvar sedan förr.", number=1, area="gone", who="Skolan")
    model = make_mapping_model(make_overview(mapping=(told,)))
    view = MappingView(model, look)
    shown(qtbot, view)

    model.choose_area("")

    assert "Kvar sedan förr." in shown(qtbot, view)
    assert model.capture.area == "school"


def test_arrow_keys_go_from_area_to_area(qtbot: QtBot, look: Look) -> None:
    model = make_mapping_model()
    view = MappingView(model, look)
    shown(qtbot, view)
    row = view.findChild(QRadioButton, "area school")
    assert isinstance(row, QRadioButton)
    row.setFocus()

    QTest.keyClick(row, Qt.Key.Key_Down)

    assert model.area == "work"
    reached = view.focusWidget()
    assert reached is not None
    assert reached.objectName() == "area work"


def test_an_area_says_aloud_how_much_stands_in_it(qtbot: QtBot, look: Look) -> None:
    view = MappingView(make_mapping_model(), look)
    qtbot.addWidget(view)

    row = view.findChild(QRadioButton, "area leisure")

    assert isinstance(row, QRadioButton)
    assert row.accessibleName().startswith("Fritid och mening, 2 ")


def test_a_statement_can_be_written_by_keyboard_alone(qtbot: QtBot, look: Look) -> None:
    model, recorded = filled()
    model.choose_teller(None)
    model.type_text("")
    view = MappingView(model, look)
    shown(qtbot, view)

    qtbot.keyClicks(_text(view), "Kommer i tid.")
    combo = view.findChild(ComboBox, "teller")
    assert isinstance(combo, ComboBox)
    for _ in range(4):
        QTest.keyClick(combo, Qt.Key.Key_Down)
    combo.activated.emit(combo.currentIndex())
    next(one for one in view.commands if "Ctrl+Return" in one.keys).run()

    assert recorded[0].text == "Kommer i tid."
    assert recorded[0].origin_id == SCHOOL


def test_the_ticks_of_the_form_say_whom_a_statement_concerns(qtbot: QtBot, look: Look) -> None:
    model, _ = filled()
    view = MappingView(model, look)
    shown(qtbot, view)
    tick = view.findChild(CheckBox, f"about {SARA}")
    assert isinstance(tick, CheckBox)

    tick.click()

    assert model.capture.others == {SARA}


def test_a_mapping_that_can_no_longer_be_read_keeps_what_was_filled_in(
    qtbot: QtBot, look: Look
) -> None:
    answers: list[Exception | None] = [None, DiskFullError(), None]

    def read(_: UUID) -> Done[CaseOverview]:
        answer = answers.pop(0)
        if answer is not None:
            raise answer
        return Done(make_overview())

    model, _ = filled(read_overview=read)
    view = MappingView(model, look)
    shown(qtbot, view)
    chosen = model.capture.teller
    box = view.findChild(ComboBox, "teller")
    assert box is not None
    before = box.currentText()

    model.refresh(Changes(items=True))
    failed, text = model.state, box.currentText()
    model.refresh(Changes(items=True))

    assert failed is MappingState.FAILED
    assert text != before
    assert model.capture.teller == chosen is not None
    assert box.currentText() == before


def test_ones_own_change_is_not_read_twice() -> None:
    reads: list[UUID] = []

    def read(case_id: UUID) -> Done[CaseOverview]:
        reads.append(case_id)
        return Done(make_overview())

    model = make_mapping_model(read_overview=read)

    model.refresh(Changes(items=True), model)
    model.refresh(Changes(accounts=True))
    model.refresh(Changes(parties=True))

    assert len(reads) == 2


def test_somebody_who_is_gone_is_chosen_no_more() -> None:
    whole = make_overview()
    without = replace(whole, people=whole.people[:3])
    answers = [whole, without]
    model = make_mapping_model(read_overview=lambda _: Done(answers.pop(0)))
    model.choose_teller(teller(model, "Exempelgymnasiet"))

    model.refresh(Changes(parties=True))

    assert model.capture.teller is None


def test_a_slow_mapping_says_that_it_is_on_its_way(qtbot: QtBot, look: Look) -> None:
    model = make_mapping_model(runner=HeldRunner())
    model.lose_patience()

    words = shown(qtbot, MappingView(model, look))

    assert _in(look, "The case is being opened.") in words


def test_the_tabs_and_the_way_back_lead_on(qtbot: QtBot, look: Look) -> None:
    model = make_mapping_model()
    view = MappingView(model, look)
    qtbot.addWidget(view)
    chosen: list[object] = []
    model.tab_chosen.connect(chosen.append)
    bar = view.findChild(CaseTabs)
    assert isinstance(bar, CaseTabs)

    bar.chosen.emit(CaseTab.OVERVIEW)
    with qtbot.waitSignal(model.left):
        _button(view, "all cases").click()

    assert bar.current is CaseTab.MAPPING
    assert chosen == [CaseTab.OVERVIEW]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_shown_as_it_is_and_breaks_nothing(
    qtbot: QtBot, look: Look, text: str
) -> None:
    whole = make_overview()
    people = tuple(replace(one, name=text, organisation=text) for one in whole.people)
    told = statement(text, number=1, area="school", who=text, about=frozenset({SUBJECT, SARA}))
    model = make_mapping_model(make_overview(people=people, mapping=(told,)))
    model.type_text(text)
    view = MappingView(model, look)

    words = shown(qtbot, view)
    view.grab()

    combo = view.findChild(ComboBox, "teller")
    assert isinstance(combo, ComboBox)
    offered = " ".join(combo.itemText(place) for place in range(combo.count()))
    for shown_text in (words, offered):
        assert "\u202e" not in shown_text
        assert "\0" not in shown_text
    if text.isprintable():
        assert text[:100] in words


def test_what_is_recorded_in_a_real_vault_stands_in_its_area(vault: OpenVault) -> None:
    case_id = open_case(OpenCase(person=PERSON, programme="sspf"), vault=vault).value
    model = MappingViewModel(
        case_id,
        read_overview=lambda one: read_overview(one, vault=vault),
        record_statement=lambda command: record_statement(command, vault=vault),
        drafts=draft_uses(),
        runner=InlineRunner(),
        now=vault.environment.now,
    )
    model.load()
    model.choose_area("leisure")
    model.type_text("Jag vill börja med boxningen igen.")
    model.choose_teller(model.tellers[0])

    model.record()

    view = model.shown_area
    assert view is not None
    assert [one.item.text for one in view.strengths] == ["Jag vill börja med boxningen igen."]
    assert view.strengths[0].who == "Elias Demosson"


def _answer(model: MappingViewModel, *, concerns: bool) -> None:
    model.choose_category("family")
    model.answer_others(concerns=concerns)


def _button(view: QWidget, name: str) -> Button:
    found = view.findChild(Button, name)
    assert isinstance(found, Button)
    return found


def _text(view: QWidget) -> QTextEdit:
    found = view.findChild(QTextEdit, "text")
    assert isinstance(found, QTextEdit)
    return found


def _in(look: Look, text: str) -> str:
    return look.language.gettext(text)
