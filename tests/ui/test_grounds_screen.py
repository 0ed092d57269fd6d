"""Other legal grounds: what was decided, and a form that asks and never answers."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.consents_desk import (
    CASE,
    ELIAS,
    FAMILY,
    POLICE,
    PSYCHIATRY,
    SCHOOL,
    SOCIAL,
    TODAY,
    catalogue,
)
from tests.ui.desks import OpenDesk, frame, refusing, settle
from tests.ui.grounds_desk import (
    ABSENCE,
    AT_NIGHT,
    CARE,
    DECISIONS,
    FAMILY_KNOWN,
    FLAWED,
    HOLDS,
    SLEEP,
    UNVERIFIED,
    Drawer,
    answer,
    choose_care,
    fill_in,
)
from tests.ui.plain import NOW, DraftBox, HeldRunner
from trygga_desktop.domain.dates import PartialDate
from trygga_desktop.domain.drafts import Draft, DraftKind
from trygga_desktop.domain.errors import (
    DiskFullError,
    InvalidInputError,
    NoAccessError,
    NotConfirmedError,
)
from trygga_desktop.domain.ground_use import GroundAnswer
from trygga_desktop.domain.sharing import ChainStanding, Confirmation
from trygga_desktop.i18n import LANGUAGES, load_language
from trygga_desktop.services.changes import Changes
from trygga_desktop.services.consents import MOST_WORDS
from trygga_desktop.ui.case_uses import ConsentUses
from trygga_desktop.ui.problems import Trouble, explain
from trygga_desktop.ui.screens.grounds.form import (
    GroundForm,
    Missing,
    Said,
    TextField,
    from_draft,
    to_draft,
)
from trygga_desktop.ui.screens.grounds.view import GroundsView
from trygga_desktop.ui.screens.grounds.view_model import GroundsState, GroundsViewModel, News
from trygga_desktop.ui.screens.grounds.words import in_force_text, missing_text, refused_text
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.boxes import Card
from trygga_desktop.ui.widgets.buttons import Button
from trygga_desktop.ui.widgets.inputs import CheckBox, ComboBox, TextArea, TextInput
from trygga_desktop.ui.widgets.segments import Segments
from trygga_desktop.ui.widgets.text import make_visible

SWEDISH = load_language("sv")
PRIVATE = make_visible(SWEDISH.gettext("Private: never shown on a shared screen"))
HIDDEN = SWEDISH.gettext("Not while others may look on")
HOSTILE = ('<img src="/etc/passwd">', "a <b c", "Ö" * 100_000, "\u202eton", "no\0te")


def show(qtbot: QtBot, view: QWidget) -> None:
    qtbot.addWidget(view)
    view.resize(1200, 700)
    view.show()
    view.activateWindow()
    QApplication.processEvents()


def opened(
    qtbot: QtBot, look: Look, drawer: Drawer, *, may_confirm: bool = False
) -> tuple[GroundsViewModel, GroundsView]:
    model = drawer.open(may_confirm=may_confirm)
    view = GroundsView(model, look)
    show(qtbot, view)
    return model, view


def said(view: QWidget) -> str:
    QApplication.processEvents()
    return "\n".join(one.text() for one in view.findChildren(QLabel) if one.isVisible())


def press(view: QWidget, name: str) -> None:
    button = view.findChild(Button, name)
    assert isinstance(button, Button)
    button.click()
    QApplication.processEvents()


def has(view: QWidget, kind: type[QWidget], name: str) -> bool:
    return isinstance(view.findChild(kind, name), kind)


def type_into(view: QWidget, name: str, text: str) -> None:
    field = view.findChild(TextInput, name) or view.findChild(TextArea, name)
    if isinstance(field, TextInput):
        field.setText(text)
        field.textEdited.emit(text)
    else:
        assert isinstance(field, TextArea)
        field.setPlainText(text)


def text_field(view: QWidget, name: str) -> TextInput | TextArea:
    field = view.findChild(TextInput, name) or view.findChild(TextArea, name)
    assert isinstance(field, TextInput | TextArea)
    return field


def choose(view: QWidget, name: str, value: object) -> None:
    combo = view.findChild(ComboBox, name)
    assert isinstance(combo, ComboBox)
    combo.choose(value)
    combo.activated.emit(combo.currentIndex())


def segments(view: QWidget, code: str) -> Segments:
    found = view.findChild(Segments, f"answer {code}")
    assert isinstance(found, Segments)
    return found


def missing(model: GroundsViewModel) -> Missing | None:
    return model.missing


def state(model: GroundsViewModel) -> GroundsState:
    return model.state


def trouble(model: GroundsViewModel) -> Trouble | None:
    return model.trouble


def writes(model: GroundsViewModel) -> bool:
    return model.is_writing


def offered(model: GroundsViewModel) -> set[str]:
    return {one.code for one in model.grounds}


def begun(model: GroundsViewModel) -> bool:
    return model.has_begun


def chosen(model: GroundsViewModel) -> frozenset[UUID]:
    return model.items


def test_nothing_is_shown_while_more_than_one_screen_is_connected(qtbot: QtBot, look: Look) -> None:
    drawer = Drawer(DECISIONS)
    model, view = opened(qtbot, look, drawer)
    model.show_answers(HOLDS, shown=True)
    before = said(view)
    assert "Elias sover dåligt" in before
    assert PRIVATE in before

    drawer.screens = 2
    model.screens_changed()
    during = said(view)
    drawer.screens = 1
    model.screens_changed()

    assert HIDDEN in during
    for word in ("Elias", "Maja Lund", "Sömnen", "BUP"):
        assert word not in during
    assert said(view) == before


def test_what_is_being_filled_in_is_hidden_as_well_and_nothing_of_it_is_lost(
    qtbot: QtBot, look: Look
) -> None:
    drawer = Drawer()
    model, view = opened(qtbot, look, drawer)
    fill_in(model)
    before = model.form
    assert PRIVATE in said(view)

    drawer.screens = 2
    model.screens_changed()
    model.record()
    model.refresh(Changes(items=True))

    assert HIDDEN in said(view)
    assert not has(view, TextArea, "motive")
    assert drawer.recorded == []

    drawer.screens = 1
    model.screens_changed()

    assert model.form == before
    motive = view.findChild(TextArea, "motive")
    assert isinstance(motive, TextArea)
    assert motive.toPlainText() == before.text_in(TextField.MOTIVE)


def test_the_window_hides_the_page_when_a_second_screen_comes(open_desk: OpenDesk) -> None:
    drawer = Drawer(DECISIONS)
    uses = refusing(
        ConsentUses,
        read_grounds=drawer.read,
        use_ground=drawer.use,
        change_terms=drawer.change_terms,
    )
    window = open_desk(
        services={"screen_count": lambda: drawer.screens},
        consents=uses,
        drafts=drawer.drafts.uses,
    )
    rooms = window.desk_rooms
    assert rooms is not None
    rooms.cases.go_to_grounds(CASE)
    assert "Elias sover dåligt" in said(frame(window))

    drawer.screens = 2
    window.screens_changed()
    settle()

    assert HIDDEN in said(frame(window))
    assert "Elias" not in said(frame(window))


def test_no_banner_tells_of_a_decision_while_others_may_look_on(qtbot: QtBot, look: Look) -> None:
    drawer = Drawer(DECISIONS)
    model, view = opened(qtbot, look, drawer)
    choose_care(model)
    model.stop()
    begun_line = SWEDISH.gettext("A decision is begun and not recorded. Nothing of it holds yet.")
    assert begun_line in said(view)
    drawer.screens = 2
    model.screens_changed()
    model.begin()
    model.ask_to_lift(HOLDS)
    assert begun_line not in said(view)
    assert not writes(model)
    assert model.asks_to_lift is None


def test_nothing_is_recorded_while_anything_is_missing() -> None:
    drawer = Drawer()
    model = drawer.open()
    model.begin()
    seen: list[Missing | None] = []
    for step in (
        lambda: None,
        lambda: model.choose_giver(SOCIAL),
        lambda: model.choose_category("health"),
        lambda: model.tick_item(SLEEP, is_told=True),
        lambda: model.tick_recipient(PSYCHIATRY, is_told=True),
        lambda: model.choose_ground(CARE),
        lambda: answer(model, "needed", "Behöver bedömas."),
        lambda: model.type(TextField.MOTIVE, "Nätterna."),
        lambda: model.type(TextField.DECIDED_BY, "Maja Lund, enhetschef"),
    ):
        step()
        model.record()
        seen.append(missing(model))
    assert seen == [
        Missing.ITEMS,
        Missing.ITEMS,
        Missing.ITEMS,
        Missing.RECIPIENTS,
        Missing.GROUND,
        Missing.ANSWERS,
        Missing.MOTIVE,
        Missing.DECIDED_BY,
        Missing.UNTIL,
    ]
    assert drawer.recorded == []


@pytest.mark.parametrize(
    ("code", "given", "expected"),
    [
        ("group", Said.UNKNOWN, Missing.UNKNOWN),
        ("group", Said.NO, Missing.AGAINST),
        ("needed", "  \n", Missing.ANSWERS),
        ("needed", "x" * (MOST_WORDS + 1), Missing.LENGTH),
    ],
)
def test_an_answer_that_is_not_enough_never_passes(
    code: str, given: Said | str, expected: Missing
) -> None:
    drawer = Drawer()
    model = drawer.open()
    fill_in(model)
    assert missing(model) is None

    answer(model, code, given)
    model.record()

    assert missing(model) is expected
    assert drawer.recorded == []


@pytest.mark.parametrize(
    ("where", "text", "expected"),
    [
        (TextField.ON, "", Missing.DAY),
        (TextField.ON, "i går", Missing.DAY),
        (TextField.ON, "2026-11-27", Missing.DAY),
        (TextField.UNTIL, "2026-02-30", Missing.UNTIL),
        (TextField.UNTIL, "2026-11-25", Missing.UNTIL),
        (TextField.UNTIL, "2026-11-26", None),
        (TextField.MOTIVE, " ", Missing.MOTIVE),
        (TextField.MOTIVE, "x" * (MOST_WORDS + 1), Missing.LENGTH),
        (TextField.DECIDED_BY, "x" * 201, Missing.LENGTH),
    ],
)
def test_a_text_or_a_day_that_is_not_right_is_told_before_anything_is_stored(
    where: TextField, text: str, expected: Missing | None
) -> None:
    model = Drawer().open()
    fill_in(model)
    model.type(where, text)
    assert missing(model) is expected


def test_a_whole_decision_is_recorded_as_it_was_filled_in(qtbot: QtBot, look: Look) -> None:
    drawer = Drawer()
    model, view = opened(qtbot, look, drawer)
    made: list[Changes] = []
    model.made.connect(made.append)
    press(view, "begin")
    choose(view, "giver", SOCIAL)
    choose(view, "category", "health")
    box = view.findChild(CheckBox, f"item {SLEEP}")
    recipient = view.findChild(CheckBox, f"recipient {PSYCHIATRY}")
    assert isinstance(box, CheckBox)
    assert isinstance(recipient, CheckBox)
    box.click()
    recipient.click()
    choose(view, "ground", CARE)
    type_into(view, "words needed", "Behöver bedömas.")
    type_into(view, "motive", "Nätterna.")
    type_into(view, "decided_by", "Maja Lund, enhetschef")
    type_into(view, "until", "2026-12-31")
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert drawer.recorded == []
    press(view, "record")

    (command,) = drawer.recorded
    assert (command.case_id, command.ground) == (CASE, CARE)
    assert command.items == {SLEEP}
    assert command.recipients == {PSYCHIATRY}
    assert command.answers == (
        GroundAnswer(condition="group", holds=True),
        GroundAnswer(condition="needed", words="Behöver bedömas."),
    )
    assert (command.decided_by, command.motive) == ("Maja Lund, enhetschef", "Nätterna.")
    assert (command.on, command.until) == (TODAY, date(2026, 12, 31))
    assert made == [Changes(consents=True)]
    assert model.news is News.RECORDED
    assert not writes(model)
    assert not model.has_begun
    assert SWEDISH.gettext("The decision is recorded. It opens what it names, from now on.") in (
        said(view)
    )


def test_only_a_birth_date_answers_and_it_says_that_it_does(qtbot: QtBot, look: Look) -> None:
    model, view = opened(qtbot, look, Drawer())
    choose_care(model)
    assert segments(view, "group").current is Said.YES
    assert SWEDISH.gettext("The birth date says yes: {date}.").format(date="2009-05-14") in (
        said(view)
    )


@pytest.mark.parametrize("born", [None, PartialDate(2008), PartialDate(2008, 11, 26)])
def test_where_no_birth_date_says_yes_somebody_has_to_answer(born: PartialDate | None) -> None:
    model = Drawer(people=(replace(FAMILY[0], born=born), *FAMILY[1:])).open()
    choose_care(model)
    assert model.ground is not None
    assert model.form.said_to(model.ground, model.ground.conditions[0], age=model.age) is None
    assert missing(model) is Missing.ANSWERS


def test_no_other_question_has_an_answer_beforehand() -> None:
    for entry_of, category, recipient in (
        (SOCIAL, "network", POLICE),
        (SCHOOL, "schooling", POLICE),
        (SCHOOL, "schooling", SOCIAL),
        (SOCIAL, "health", PSYCHIATRY),
    ):
        model = Drawer().open()
        model.begin()
        model.choose_giver(entry_of)
        model.choose_category(category)
        for one in model.to_tell:
            model.tick_item(one.item.id, is_told=True)
        model.tick_recipient(recipient, is_told=True)
        assert model.grounds
        for ground in model.grounds:
            answers = model.form.answers(ground, age=model.age)
            for condition, given in zip(ground.conditions, answers, strict=True):
                assert given.words == ""
                assert (given.holds is True) is (condition.yes_if_under is not None)


def test_only_grounds_that_are_for_the_holder_and_reach_everyone_are_offered() -> None:
    model = Drawer().open()
    model.begin()
    assert offered(model) == set()
    model.choose_giver(SOCIAL)
    model.choose_category("network")
    model.tick_item(AT_NIGHT, is_told=True)
    model.tick_recipient(POLICE, is_told=True)
    to_police = offered(model)
    assert UNVERIFIED in to_police
    assert {"general_clause", "school_duty", CARE, "youth_crime_prevention", "consent"}.isdisjoint(
        to_police
    )
    model.choose_ground(UNVERIFIED)
    model.tick_recipient(PSYCHIATRY, is_told=True)
    assert model.ground is None
    assert missing(model) is Missing.GROUND


def test_one_decision_is_about_one_holder_and_one_kind() -> None:
    model = Drawer().open()
    choose_care(model)
    model.choose_giver(SCHOOL)
    # The school has one kind alone, so it is chosen; nothing of another holder stays ticked.
    assert model.form.category == "schooling"
    assert chosen(model) == frozenset()
    model.tick_item(ABSENCE, is_told=True)
    assert chosen(model) == {ABSENCE}
    model.choose_giver(SOCIAL)
    model.choose_category("health")
    assert chosen(model) == {SLEEP}
    assert SOCIAL not in model.may_receive


def test_what_was_answered_stays_while_another_ground_is_looked_at() -> None:
    model = Drawer().open()
    fill_in(model)
    model.choose_ground("harm_test")
    assert missing(model) is Missing.ANSWERS
    model.choose_ground(CARE)
    assert missing(model) is None


def test_a_text_of_a_ground_that_is_no_longer_chosen_keeps_nothing_from_being_recorded() -> None:
    drawer = Drawer()
    model = drawer.open()
    choose_care(model)
    model.choose_ground("harm_test")
    assert model.ground is not None
    for one in model.ground.conditions:
        model.answer_in_words(one, "x" * (MOST_WORDS + 1))
    fill_in(model)
    assert missing(model) is None
    model.record()
    assert [one.ground for one in drawer.recorded] == [CARE]


def test_the_provision_says_from_whom_and_to_whom_and_not_from_when(
    qtbot: QtBot, look: Look
) -> None:
    model, view = opened(qtbot, look, Drawer())
    choose_care(model)
    card = view.findChild(Card, "provision")
    assert isinstance(card, Card)
    rows = said(card).split("\n")
    for head in ("Från", "Till", "Innebär", "I kraft"):
        assert head in rows
    for name in ("Told by", "Told to", "Från och med"):
        assert name not in rows


def test_where_the_first_day_of_a_provision_is_not_known_it_says_so() -> None:
    (care,) = (one for one in catalogue().legal_grounds if one.code == CARE)
    unknown = replace(care, valid_from=None)
    assert in_force_text(unknown, SWEDISH) == "startdagen är inte noterad"


def test_the_mark_of_an_unconfirmed_text_stays_on_the_form_and_in_the_list(
    qtbot: QtBot, look: Look
) -> None:
    mark = SWEDISH.gettext("To be confirmed by a lawyer")
    model, view = opened(qtbot, look, Drawer(DECISIONS[:1]))
    assert mark not in said(view)
    choose_care(model)
    assert mark not in said(view)
    model.choose_ground("harm_test")
    assert mark in said(view)
    assert not has(view, Button, "confirm text")
    _, listed = opened(qtbot, look, Drawer(DECISIONS))
    assert said(listed).count(mark) == 1


def test_whoever_may_confirm_goes_to_the_text_from_its_card(qtbot: QtBot, look: Look) -> None:
    model, view = opened(qtbot, look, Drawer(), may_confirm=True)
    wanted: list[str] = []
    model.confirmation_wanted.connect(wanted.append)
    choose_care(model)
    assert not has(view, Button, "confirm text")
    model.choose_ground("harm_test")
    press(view, "confirm text")
    assert wanted == ["harm_test"]


def test_a_duty_to_inform_is_never_hidden(qtbot: QtBot, look: Look) -> None:
    model, view = opened(qtbot, look, Drawer())
    assert "2025:170" in said(view)
    model.begin()
    assert "2025:170" in said(view)
    for giver in (SOCIAL, SCHOOL):
        model.choose_giver(giver)
        kind = model.giver_kind
        assert kind is not None
        assert kind.police_duty_note.in_language("sv") in said(view)
        assert kind.police_duty.provision in said(view)


def test_each_decision_says_how_it_stands_and_why_it_opens_nothing(
    qtbot: QtBot, look: Look
) -> None:
    _, view = opened(qtbot, look, Drawer(DECISIONS))
    text = said(view)
    for line in (
        "It holds until {date}.",
        "It opens nothing: an answer is missing or not enough.",
        "It was taken back on {date} and opens nothing any more.",
        "Its last day was {date}. It opens nothing any more.",
    ):
        begin = SWEDISH.gettext(line).partition("{date}")[0]
        assert text.count(begin) == 1, line
    assert "Maja Lund, enhetschef" in text
    assert "Elias sover dåligt" in text
    assert (
        SWEDISH.ngettext(
            "{count} thing that cannot be read here any more",
            "{count} things that cannot be read here any more",
            1,
        ).format(count=1)
        in text
    )


def test_the_answers_of_a_decision_are_shown_when_asked_for(qtbot: QtBot, look: Look) -> None:
    _, view = opened(qtbot, look, Drawer(DECISIONS))
    assert "Sömnen behöver bedömas" not in said(view)
    press(view, f"answers {HOLDS}")
    assert "Sömnen behöver bedömas" in said(view)
    press(view, f"answers {HOLDS}")
    assert "Sömnen behöver bedömas" not in said(view)


def test_a_decision_is_taken_back_after_it_was_asked_about(qtbot: QtBot, look: Look) -> None:
    drawer = Drawer(DECISIONS)
    model, view = opened(qtbot, look, drawer)
    press(view, f"lift {HOLDS}")
    press(view, f"keep {HOLDS}")
    assert drawer.terms == []
    press(view, f"lift {HOLDS}")
    press(view, f"take back {HOLDS}")
    (command,) = drawer.terms
    assert (command.case_id, command.on, command.lifted) == (CASE, TODAY, (HOLDS,))
    assert model.news is News.LIFTED


def test_what_is_over_or_taken_back_cannot_be_taken_back(qtbot: QtBot, look: Look) -> None:
    _, view = opened(qtbot, look, Drawer(DECISIONS))
    can = {one.use.id for one in DECISIONS if has(view, Button, f"lift {one.use.id}")}
    assert can == {HOLDS, FLAWED}


def test_nothing_is_put_behind_a_broken_chain(qtbot: QtBot, look: Look) -> None:
    drawer = Drawer(DECISIONS, chain=ChainStanding.BROKEN)
    model, view = opened(qtbot, look, drawer)
    begin = view.findChild(Button, "begin")
    assert isinstance(begin, Button)
    assert not begin.isEnabled()
    model.begin()
    model.ask_to_lift(HOLDS)
    model.lift()
    assert not writes(model)
    assert drawer.terms == []
    assert SWEDISH.gettext("The chain of consents is broken") in said(view)


def test_after_a_restore_it_is_told_that_nothing_counts_yet(qtbot: QtBot, look: Look) -> None:
    drawer = Drawer(DECISIONS, confirmation=Confirmation.UNCONFIRMED)
    _, view = opened(qtbot, look, drawer)
    assert SWEDISH.gettext("An older file was used") in said(view)


@pytest.mark.parametrize(
    ("field", "flaw"),
    [
        ("items", "unknown"),
        ("recipients", "scope"),
        ("ground", "expired"),
        ("answers", "missing"),
        ("decided_by", "length"),
        ("motive", "length"),
        ("on", "future"),
        ("until", "order"),
    ],
)
def test_what_the_vault_refuses_is_told_at_its_field_and_nothing_is_lost(
    qtbot: QtBot, look: Look, field: str, flaw: str
) -> None:
    drawer = Drawer(failure=InvalidInputError(field=field, flaw=flaw))
    model, view = opened(qtbot, look, drawer)
    fill_in(model)
    before = model.form
    model.record()
    assert model.form == before
    assert writes(model)
    assert make_visible(refused_text(field, flaw, SWEDISH)) in said(view)
    assert model.trouble is None


def test_a_reading_while_it_is_recorded_leaves_the_form_where_a_refusal_is_told(
    qtbot: QtBot, look: Look
) -> None:
    drawer, runner = Drawer(), HeldRunner()
    model = drawer.open(runner)
    view = GroundsView(model, look)
    show(qtbot, view)
    runner.work_off()
    fill_in(model)
    model.refresh(Changes(items=True))
    model.record()
    drawer.failure = InvalidInputError(field="until", flaw="order")

    runner.work_off()

    assert writes(model)
    assert model.refused == {"until": "order"}
    assert trouble(model) is None
    assert make_visible(refused_text("until", "order", SWEDISH)) in said(view)


@pytest.mark.parametrize("error", [DiskFullError(), NoAccessError(), RuntimeError("Elias")])
def test_trouble_is_told_and_everything_that_was_filled_in_stays(
    qtbot: QtBot, look: Look, error: Exception
) -> None:
    drawer = Drawer(failure=error)
    model, view = opened(qtbot, look, drawer)
    fill_in(model)
    before = model.form
    model.record()
    assert model.form == before
    assert writes(model)
    assert model.trouble is not None
    assert explain(model.trouble, SWEDISH).title in said(view)
    drawer.failure = None
    model.record()
    assert len(drawer.recorded) == 1


def test_a_change_that_is_stored_and_not_confirmed_ends_the_desk() -> None:
    drawer = Drawer(failure=NotConfirmedError())
    model = drawer.open()
    told: list[object] = []
    model.failed.connect(told.append)
    fill_in(model)
    model.record()
    assert len(told) == 1


def test_what_cannot_be_read_is_told_and_can_be_tried_again(qtbot: QtBot, look: Look) -> None:
    drawer = Drawer(read_failure=DiskFullError())
    model, view = opened(qtbot, look, drawer)
    assert state(model) is GroundsState.FAILED
    assert model.trouble is not None
    told = explain(model.trouble, SWEDISH).happened
    assert told in said(view)
    drawer.read_failure = None
    press(view, "try again")
    assert state(model) is GroundsState.READY
    assert has(view, Button, "begin")
    assert trouble(model) is None
    assert told not in said(view)


def test_a_slow_read_is_told_to_be_one(qtbot: QtBot, look: Look) -> None:
    runner = HeldRunner()
    model = Drawer().open(runner)
    view = GroundsView(model, look)
    show(qtbot, view)
    model.lose_patience()
    assert SWEDISH.gettext("The decisions are being read.") in said(view)
    runner.work_off()
    assert state(model) is GroundsState.READY


def test_what_is_filled_in_is_a_draft_at_once_when_the_page_is_left() -> None:
    drawer = Drawer()
    model = drawer.open()
    fill_in(model)
    model.leave()
    (stored,) = drawer.drafts.drafts.values()
    assert (stored.kind, stored.subject_id) == (DraftKind.GROUND, CASE)
    assert from_draft(stored.text) == model.form
    again = Drawer(drafts=drawer.drafts).open()
    assert again.form == model.form
    assert again.has_begun
    assert not again.is_writing
    again.begin()
    assert again.missing is None


def test_a_draft_is_thrown_away_after_it_was_asked_about(qtbot: QtBot, look: Look) -> None:
    drawer = Drawer()
    model, view = opened(qtbot, look, drawer)
    fill_in(model)
    press(view, "to the list")
    press(view, "ask to discard")
    press(view, "keep")
    assert begun(model)
    press(view, "ask to discard")
    press(view, "discard")
    assert not begun(model)
    assert [one.thrown_at for one in drawer.drafts.drafts.values()] == [NOW]
    assert drawer.drafts.texts == []


@pytest.mark.parametrize("text", ["", "{", "[]", '{"chosen": {}}', '{"texts": {"motive": 1}}'])
def test_a_draft_that_cannot_be_read_leaves_the_form_empty(text: str) -> None:
    assert from_draft(text) is None
    draft = Draft(id=UUID(int=1), kind=DraftKind.GROUND, text=text, stored_at=NOW, subject_id=CASE)
    assert not Drawer(drafts=DraftBox([draft])).open().has_begun


def test_a_form_that_nobody_touched_is_no_draft() -> None:
    blank = GroundForm(texts={TextField.ON: "2026-11-26"})
    assert to_draft(blank, blank=blank) == ""


def test_others_changes_are_read_and_the_form_stays_as_it_is() -> None:
    drawer = Drawer()
    model = drawer.open()
    fill_in(model)
    before, reads = model.form, drawer.reads
    for changes in (Changes(items=True), Changes(settings=True), Changes(parties=True)):
        model.refresh(changes)
    model.refresh(Changes(drafts=True))
    model.refresh(Changes(items=True), source=model)
    assert drawer.reads == reads + 3
    assert model.form == before
    assert writes(model)


@pytest.mark.parametrize("name", ["decided_by", "motive", "words needed"])
@pytest.mark.parametrize("is_midnight", [True, False])
def test_whoever_is_typing_goes_on_where_they_were_when_others_change_something(
    qtbot: QtBot, look: Look, name: str, *, is_midnight: bool
) -> None:
    drawer = Drawer()
    model, view = opened(qtbot, look, drawer)
    fill_in(model)
    field = text_field(view, name)
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(field, "Vi")

    if is_midnight:
        drawer.now += timedelta(days=1)
    drawer.entries = drawer.entries[:2]
    model.refresh(Changes(items=True))
    QApplication.processEvents()
    again = text_field(view, name)

    assert again.hasFocus()
    QTest.keyClicks(again, " nu")
    text = again.text() if isinstance(again, TextInput) else again.toPlainText()
    assert text.startswith("Vi nu")


def test_midnight_alone_leaves_the_field_in_which_somebody_types_and_its_selection(
    qtbot: QtBot, look: Look
) -> None:
    drawer = Drawer()
    model, view = opened(qtbot, look, drawer)
    fill_in(model)
    field = text_field(view, "decided_by")
    assert isinstance(field, TextInput)
    field.setFocus()
    field.setSelection(5, -5)

    drawer.now += timedelta(days=1)
    model.changed.emit()

    assert text_field(view, "decided_by") is field
    assert field.hasFocus()
    assert field.selectedText() == "Maja "


def test_a_selection_outlives_what_others_change(qtbot: QtBot, look: Look) -> None:
    drawer = Drawer()
    model, view = opened(qtbot, look, drawer)
    fill_in(model)
    field = text_field(view, "decided_by")
    assert isinstance(field, TextInput)
    field.setFocus()
    field.setSelection(5, -5)

    drawer.entries = drawer.entries[:2]
    model.refresh(Changes(items=True))

    again = text_field(view, "decided_by")
    assert isinstance(again, TextInput)
    assert again is not field
    assert again.selectedText() == "Maja "
    assert again.cursorPosition() == 0


def test_an_answer_keeps_the_focus_when_others_change_something(qtbot: QtBot, look: Look) -> None:
    drawer = Drawer()
    model, view = opened(qtbot, look, drawer)
    fill_in(model)
    segments(view, "group").focus_current()

    drawer.entries = drawer.entries[:2]
    model.refresh(Changes(items=True))

    focus = QApplication.focusWidget()
    assert isinstance(focus, QWidget)
    assert segments(view, "group").isAncestorOf(focus)


def test_a_form_that_nobody_wrote_in_is_not_begun_because_the_day_is_over(
    qtbot: QtBot, look: Look
) -> None:
    drawer = Drawer()
    model, view = opened(qtbot, look, drawer)
    model.begin()
    drawer.now += timedelta(days=1)
    model.stop()

    assert not begun(model)
    assert SWEDISH.gettext("Go on with what you began") not in said(view)
    assert drawer.drafts.texts == []

    model.begin()
    assert model.form.text_in(TextField.ON) == "2026-11-27"


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_kept_shown_as_it_is_and_breaks_nothing(
    qtbot: QtBot, look: Look, text: str
) -> None:
    told = replace(DECISIONS[0], use=replace(DECISIONS[0].use, motive=text, decided_by=text))
    people = (replace(FAMILY_KNOWN[0], name=text), *FAMILY[1:])
    model, view = opened(qtbot, look, Drawer((told,), people=people))
    press(view, "begin")
    choose_care(model)
    type_into(view, "motive", text)
    type_into(view, "words needed", text)
    QApplication.processEvents()
    assert model.form.text_in(TextField.MOTIVE)
    assert model.subject is not None
    assert model.subject.party.id == ELIAS


def test_the_page_goes_back_from_the_form_to_the_list_and_then_to_the_consents() -> None:
    model = Drawer().open()
    left: list[bool] = []
    model.left.connect(lambda: left.append(True))
    model.begin()
    model.go_back()
    assert not writes(model)
    assert left == []
    model.go_back()
    assert left == [True]


def test_everything_missing_has_words_in_every_language() -> None:
    for code in LANGUAGES:
        language = load_language(code)
        texts = {missing_text(one, language) for one in Missing}
        assert len(texts) == len(Missing)


def test_half_a_character_is_replaced_because_nothing_could_store_it() -> None:
    model = Drawer().open()
    choose_care(model)
    model.type(TextField.MOTIVE, "\ud83e")
    answer(model, "needed", "\ud83e")
    assert model.ground is not None
    assert model.form.text_in(TextField.MOTIVE) == "\ufffd"
    assert model.form.words_in(model.ground, model.ground.conditions[1]) == "\ufffd"
