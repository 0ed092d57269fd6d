"""A case at a glance: its way, its consent, its people, what happened and what comes next."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.people import ELIAS as PERSON
from tests.ui.case_desk import empty_overview, make_case_model
from tests.ui.desk_screens import CASES, case_file, make_drafts
from tests.ui.overviews import MEETING, commitment, make_glance, make_overview, meeting, statement
from tests.ui.plain import HeldRunner, raising
from trygga_desktop.domain.case import Phase
from trygga_desktop.domain.errors import DiskFullError, NotConfirmedError
from trygga_desktop.domain.reminders import Reminder, ReminderKind
from trygga_desktop.domain.sharing import ChainStanding, Confirmation
from trygga_desktop.i18n import LANGUAGES, load_language
from trygga_desktop.services.case_files import CaseFile, read_case
from trygga_desktop.services.cases import OpenCase, open_case
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.drafts import StoreDraft
from trygga_desktop.services.overview import (
    ChangePhase,
    Happened,
    HappenedKind,
    change_phase,
    read_overview,
)
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.ui.reminder_words import reminder_text
from trygga_desktop.ui.screens.case.glance import (
    ConsentState,
    consent_line,
    consent_pill,
    consent_state,
    shown_steps,
    timeline,
)
from trygga_desktop.ui.screens.case.phase import MOST_WORDS, Missing
from trygga_desktop.ui.screens.case.view import CaseView
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Tone
from trygga_desktop.ui.widgets.buttons import Button
from trygga_desktop.ui.widgets.case_tabs import CaseTab, CaseTabs
from trygga_desktop.ui.widgets.inputs import ComboBox
from trygga_desktop.ui.widgets.phase_steps import StepState

ELIAS, NORD = CASES[0], CASES[2]
HOSTILE = (
    '<img src="/etc/passwd">',
    "a <b c",
    "note\0note",
    "\u202eton",
    "Ö" * 1_000_000,
    "🧑‍🎓",
)


def shown(qtbot: QtBot, view: QWidget) -> str:
    """Show the view and return all the words that stand on it."""
    qtbot.addWidget(view)
    view.resize(1200, 700)
    view.show()
    QApplication.processEvents()
    return "\n".join(one.text() for one in view.findChildren(QLabel) if one.isVisible())


def test_a_phase_that_is_refused_leaves_what_was_written(qtbot: QtBot, look: Look) -> None:
    model = make_case_model(change_phase=raising(DiskFullError()))
    view = CaseView(model, look)
    shown(qtbot, view)
    model.phase.open()
    model.phase.choose(Phase.CLOSING)
    model.phase.type_words("Målen är nådda.")

    _button(view, "change phase").click()

    words = shown(qtbot, view)
    assert model.phase.is_open
    assert model.phase.words == "Målen är nådda."
    assert _("The disk is full", look) in words


def test_a_change_of_phase_that_was_not_confirmed_is_for_the_window(qtbot: QtBot) -> None:
    model = make_case_model(change_phase=raising(NotConfirmedError()))
    model.phase.open()
    model.phase.choose(Phase.CLOSING)

    with qtbot.waitSignal(model.failed):
        model.phase.go_on()


def test_a_case_does_not_end_without_a_reason(qtbot: QtBot, look: Look) -> None:
    asked: list[ChangePhase] = []
    model = make_case_model(change_phase=_keeping(asked))
    view = CaseView(model, look)
    shown(qtbot, view)
    _button(view, "go on").click()

    nothing_chosen = (model.phase.missing, _button(view, "change phase").isEnabled())
    model.phase.choose(Phase.CLOSED)
    no_reason = model.phase.missing
    model.phase.go_on()

    assert nothing_chosen == (Missing.PHASE, False)
    assert no_reason is Missing.REASON
    assert not asked
    assert _("Choose why the case ends.", look) in shown(qtbot, view)


def test_a_reason_that_needs_words_asks_for_them() -> None:
    overview = make_overview()
    reasons = overview.catalogue.closing_reasons
    needy = next(one for one in reasons if one.needs_text)
    model = make_case_model(overview=overview)
    model.phase.open()
    model.phase.choose(Phase.CLOSED)

    model.phase.choose_reason(needy.code)
    without = model.phase.missing
    model.phase.type_words("x" * (MOST_WORDS + 1))
    too_long = model.phase.missing
    model.phase.type_words("Flyttade.")

    assert (without, too_long) == (Missing.WORDS, Missing.LENGTH)
    assert model.phase.may_go_on


def test_a_case_goes_on_with_its_reason_and_words_and_is_read_again(
    qtbot: QtBot, look: Look
) -> None:
    asked: list[ChangePhase] = []
    reads: list[UUID] = []
    model = make_case_model(read_case=_counting(reads), change_phase=_keeping(asked))
    view = CaseView(model, look)
    shown(qtbot, view)
    _button(view, "go on").click()
    _choose(view, "next phase", Phase.CLOSED)
    _choose(view, "closing reason", "goals_reached")
    field = view.findChild(QTextEdit, "phase words")
    assert field is not None
    field.setPlainText(" Boxningen går bra. ")

    with qtbot.waitSignal(model.made) as made:
        _button(view, "change phase").click()

    assert asked == [
        ChangePhase(
            case_id=ELIAS.id,
            phase=Phase.CLOSED,
            reason="goals_reached",
            words="Boxningen går bra.",
        )
    ]
    assert made.args == [Changes(cases=True)]
    assert len(reads) == 2
    assert not model.phase.is_open
    assert view.focusWidget() is _button(view, "go on")


def test_a_phase_that_leads_nowhere_now_is_chosen_no_more() -> None:
    model = make_case_model()
    model.phase.open()
    model.phase.choose(Phase.CLOSING)

    model.phase.offer(make_overview(ways=((Phase.PAUSED, False),)))
    chosen = model.phase.phase
    model.phase.offer(make_overview(ways=()))

    assert chosen is None
    assert not model.phase.is_open


def test_staying_in_a_phase_is_no_way_on() -> None:
    model = make_case_model()

    assert Phase.FOLLOW_UP not in dict(model.phase.ways)


def test_cancelling_puts_the_form_away_and_the_focus_back(qtbot: QtBot, look: Look) -> None:
    model = make_case_model()
    view = CaseView(model, look)
    shown(qtbot, view)
    _button(view, "go on").click()
    focused = view.focusWidget()
    model.phase.choose(Phase.CLOSING)

    _button(view, "cancel phase").click()

    assert focused is not None
    assert focused.objectName() == "next phase"
    assert model.phase.phase is None
    assert view.focusWidget() is _button(view, "go on")


@pytest.mark.parametrize("name", ["next phase", "phase words", "cancel phase"])
def test_escape_puts_the_form_away_and_the_focus_back(qtbot: QtBot, look: Look, name: str) -> None:
    model = make_case_model()
    view = CaseView(model, look)
    shown(qtbot, view)
    _button(view, "go on").click()
    model.phase.type_words("Målen är nådda.")
    field = view.findChild(QWidget, name)
    assert field is not None
    field.setFocus()

    qtbot.keyClick(field, Qt.Key.Key_Escape)

    assert not model.phase.is_open
    assert not model.phase.words
    assert view.focusWidget() is _button(view, "go on")


def test_escape_leaves_a_form_on_its_way_alone(qtbot: QtBot, look: Look) -> None:
    runner = HeldRunner()
    model = make_case_model(runner=runner)
    runner.work_off()
    view = CaseView(model, look)
    shown(qtbot, view)
    _button(view, "go on").click()
    model.phase.choose(Phase.CLOSING)
    model.phase.go_on()

    qtbot.keyClick(_button(view, "cancel phase"), Qt.Key.Key_Escape)

    assert model.phase.is_open


def test_what_did_not_verify_in_the_file_and_in_the_overview_is_told_as_one(
    qtbot: QtBot, look: Look
) -> None:
    model = make_case_model(case_file(ELIAS, left_out=2), make_overview(left_out=3))
    of_one = make_case_model(case_file(ELIAS), make_overview(left_out=1))

    words, words_of_one = (shown(qtbot, CaseView(one, look)) for one in (model, of_one))

    told = look.language.ngettext(
        "{count} part of this case could not be verified and is not shown. Ask the "
        "administrator to check the vault.",
        "{count} parts of this case could not be verified and are not shown. Ask the "
        "administrator to check the vault.",
        5,
    ).format(count=5)
    assert told in words
    assert told[2:20] not in words_of_one
    assert "1 " in words_of_one


def test_there_is_one_primary_action_while_the_form_is_open(qtbot: QtBot, look: Look) -> None:
    view = CaseView(make_case_model(), look)
    shown(qtbot, view)
    before = _button(view, "open the meeting")
    drawn = before.grab().toImage()

    _button(view, "go on").click()

    QApplication.processEvents()
    assert _button(view, "open the meeting").grab().toImage() != drawn


@pytest.mark.parametrize(
    ("phase", "now", "done"),
    [
        (Phase.REFERRAL, "Referral", 0),
        (Phase.FOLLOW_UP, "Follow-up", 5),
        (Phase.PAUSED, "Follow-up", 5),
        (Phase.CLOSED, "Closing", 5),
    ],
)
def test_the_way_of_a_case_is_done_now_and_coming(phase: Phase, now: str, done: int) -> None:
    overview = make_overview(phase)
    if phase is Phase.REFERRAL:
        overview = empty_overview()

    steps = shown_steps(overview, load_language("en"))

    assert [one.name for one in steps if one.state is StepState.NOW] == [now]
    assert sum(one.state is StepState.DONE for one in steps) == (
        done if phase is not Phase.CLOSED else 6
    )
    assert Phase.BELOW_THRESHOLD not in {one.key for one in steps}
    assert Phase.LONG_TERM_FOLLOW_UP not in {one.key for one in steps}


def test_a_phase_beside_the_way_stands_after_the_title(qtbot: QtBot, look: Look) -> None:
    row = replace(ELIAS, phase=Phase.PAUSED)

    words = shown(
        qtbot, CaseView(make_case_model(case_file(row), make_overview(Phase.PAUSED)), look)
    )

    assert _("Paused", look) in words


def test_a_case_without_a_programme_shows_its_phase_and_no_way(qtbot: QtBot, look: Look) -> None:
    overview = make_overview(
        programme=None, phases=(), ways=(), consent=make_glance(needed=0, signed=0, until=None)
    )
    view = CaseView(make_case_model(overview=overview), look)

    words = shown(qtbot, view)

    card = view.findChild(QWidget, "phase")
    assert card is not None
    assert not card.isVisible()
    assert _("Follow-up", look) in words


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({"chain": ChainStanding.BROKEN}, ConsentState.BROKEN),
        ({"confirmation": Confirmation.UNCONFIRMED}, ConsentState.UNCONFIRMED),
        ({"is_closed": True}, ConsentState.HELD_BACK),
        ({"is_closed": True, "until": date(2026, 12, 1)}, ConsentState.HELD_BACK),
        ({"is_closed": True, "signed": 2}, ConsentState.WAITING),
        ({"needed": 0}, ConsentState.UNSETTLED),
        ({"is_withdrawn": True, "signed": 2}, ConsentState.WITHDRAWN),
        ({"refused": 1, "signed": 2}, ConsentState.REFUSED),
        ({"refused": 1, "signed": 0, "until": None}, ConsentState.REFUSED),
        ({"signed": 0, "until": None, "covered": ()}, ConsentState.NONE),
        ({"signed": 2}, ConsentState.WAITING),
        ({"until": date(2026, 12, 1)}, ConsentState.EXPIRING),
        ({}, ConsentState.VALID),
    ],
)
def test_a_consent_in_doubt_is_never_told_as_valid(
    qtbot: QtBot, look: Look, changes: dict[str, Any], state: ConsentState
) -> None:
    overview = make_overview(consent=make_glance(**changes))

    shown(qtbot, CaseView(make_case_model(overview=overview), look))

    assert consent_state(overview) is state
    assert consent_line(overview, look.language)
    tone = consent_pill(overview, look.language).tone
    assert (tone is Tone.OK) is (state is ConsentState.VALID)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("changes", "is_told"),
    [
        ({}, True),
        ({"until": date(2026, 12, 1)}, True),
        ({"signed": 2}, False),
        ({"is_withdrawn": True, "signed": 2}, False),
        ({"refused": 1, "signed": 2}, False),
        ({"is_closed": True}, False),
    ],
)
def test_until_when_it_holds_is_told_only_of_what_holds(
    changes: dict[str, Any], *, is_told: bool, language: str
) -> None:
    overview = make_overview(consent=make_glance(**changes))

    line = consent_line(overview, load_language(language))

    assert any(year in line for year in ("2026", "2027")) is is_told


def test_a_no_is_no_missing_signature_and_no_warning() -> None:
    overview = make_overview(consent=make_glance(refused=1, signed=2))

    pill = consent_pill(overview, load_language("en"))

    assert pill.text == "1 of 3 said no"
    assert pill.tone is Tone.MUTE


def test_what_is_still_to_come_is_no_event() -> None:
    titles = [one.title for one in timeline(make_overview(), load_language("en"))]

    assert titles[:2] == ["Meeting 4", "Consent signed"]
    assert titles[-1] == "The case was raised"
    assert "Meeting 5, planned" not in titles
    assert "The consent ends" not in titles


@pytest.mark.parametrize("kind", HappenedKind)
def test_every_event_has_a_title(kind: HappenedKind) -> None:
    one = Happened(kind=kind, on=date(2026, 3, 1), who=("Sara",), phase=Phase.MAPPING, number=3)

    (line,) = timeline(make_overview(timeline=(one,)), load_language("en"))

    assert line.title
    assert "{" not in line.title


def test_a_name_with_braces_is_a_name() -> None:
    overview = make_overview(
        raised_by="{0} {x}",
        timeline=(
            Happened(kind=HappenedKind.RAISED, on=date(2026, 3, 1)),
            Happened(kind=HappenedKind.OPINION, on=date(2026, 3, 1), who=("{number}",)),
        ),
    )

    lines = timeline(overview, load_language("en"))

    assert "{number}" in lines[0].line
    assert "{0} {x}" in lines[1].line


def test_a_long_list_shows_its_first_rows_and_the_rest_for_the_asking(
    qtbot: QtBot, look: Look
) -> None:
    view = CaseView(make_case_model(), look)
    before = shown(qtbot, view)
    (more,) = [one for one in view.findChildren(Button) if one.isVisible() and "10" in one.text()]

    more.click()

    QApplication.processEvents()
    assert _("The case was raised", look) not in before
    assert _("The case was raised", look) in shown(qtbot, view)
    assert not more.isVisible()


def test_what_is_late_is_told_without_alarm(qtbot: QtBot, look: Look) -> None:
    view = CaseView(make_case_model(), look)

    words = shown(qtbot, view)

    assert _("Not done yet", look) in words
    assert "Anmäla till ledarutbildning" in words


def test_of_relatives_and_professionals_only_names_and_roles_are_shown(
    qtbot: QtBot, look: Look
) -> None:
    people = make_overview().people
    sara = replace(people[1], phone="070-123 45 67", told_apart="1981-03-22")
    gone = replace(people[2], party=replace(people[2].party, until=date(2026, 11, 1)))
    overview = make_overview(people=(people[0], sara, gone, *people[3:]))
    view = CaseView(make_case_model(overview=overview), look)

    shown(qtbot, view)

    card = view.findChild(QWidget, "people")
    assert card is not None
    words = "\n".join(one.text() for one in card.findChildren(QLabel))
    assert "Sara Demosson" in words
    assert "Mamma" in words
    assert "070" not in words
    assert "1981" not in words
    assert "Johan Demosson" not in words
    assert "Elias Demosson" not in words


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_in_the_overview_is_shown_as_it_is(
    qtbot: QtBot, look: Look, text: str
) -> None:
    whole = make_overview()
    entry = commitment(text, number=1, who=text, at=text, due=date(2026, 12, 1))
    party = replace(whole.people[1].party, relation=text)
    person = replace(whole.people[1], name=text, party=party)
    overview = make_overview(
        commitments=(entry,),
        own_words=statement(text, number=2, area="school", who=text),
        people=(whole.people[0], person),
        raised_by=text,
        intake=replace(whole.intake, why=text, assessment=text),
        consent=make_glance(covered=(text,)),
        next_meeting=meeting(place=text),
        timeline=(
            Happened(kind=HappenedKind.OPINION, on=date(2026, 3, 1), who=(text,), words=text),
        ),
    )
    view = CaseView(make_case_model(overview=overview), look)

    words = shown(qtbot, view)
    view.grab()

    assert "\u202e" not in words
    assert "\0" not in words
    if text.isprintable():
        assert text[:20] in words


def test_a_new_case_offers_to_plan_a_meeting(qtbot: QtBot, look: Look) -> None:
    model = make_case_model(overview=empty_overview())
    view = CaseView(model, look)
    words = shown(qtbot, view)

    with qtbot.waitSignal(model.plan_wanted):
        _button(view, "plan a meeting").click()

    assert _("No open commitments.", look) in words
    assert view.findChild(Button, "open the meeting") is None


def test_a_closed_case_plans_no_meeting() -> None:
    overview = make_overview(Phase.CLOSED, ways=(), next_meeting=None)
    model = make_case_model(overview=overview)
    asked: list[object] = []
    model.plan_wanted.connect(lambda: asked.append(1))

    model.want_plan()
    model.open_meeting()

    assert not model.may_plan
    assert not asked


def test_the_next_meeting_opens_by_button_and_by_key(qtbot: QtBot, look: Look) -> None:
    model = make_case_model()
    view = CaseView(model, look)
    shown(qtbot, view)
    chosen: list[object] = []
    model.meeting_chosen.connect(chosen.append)

    _button(view, "open the meeting").click()
    next(one for one in view.commands if "F5" in one.keys).run()

    assert chosen == [MEETING, MEETING]


def test_the_tabs_lead_to_the_other_pages_and_keep_the_note(qtbot: QtBot, look: Look) -> None:
    stored: list[StoreDraft] = []

    def store(command: StoreDraft) -> Done[None]:
        stored.append(command)
        return Done(None)

    drafts = replace(make_drafts(), store=store)
    model = make_case_model(drafts=drafts)
    view = CaseView(model, look)
    shown(qtbot, view)
    chosen: list[object] = []
    model.tab_chosen.connect(chosen.append)
    model.type_note("Halvskriven")

    _button(view, "to consents").click()
    _button(view, "to people").click()
    bar = view.findChild(CaseTabs)
    assert isinstance(bar, CaseTabs)
    bar.chosen.emit(CaseTab.MAPPING)

    assert chosen == [CaseTab.CONSENTS, CaseTab.PEOPLE, CaseTab.MAPPING]
    assert [one.text for one in stored] == ["Halvskriven"]


@pytest.mark.parametrize(
    "changes",
    [
        Changes(cases=True),
        Changes(items=True),
        Changes(parties=True),
        Changes(consents=True),
        Changes(meetings=True),
        Changes(directory=True),
    ],
)
def test_the_overview_follows_everything_that_it_shows(changes: Changes) -> None:
    reads: list[UUID] = []
    model = make_case_model(read_case=_counting(reads))

    model.refresh(changes)

    assert len(reads) == 2


def test_the_note_keeps_the_focus_when_the_columns_change(qtbot: QtBot, look: Look) -> None:
    view = CaseView(make_case_model(), look)
    shown(qtbot, view)
    view.first_focus.setFocus()

    for width in (1500, 900, 500, 1300):
        view.resize(width, 900)
        QApplication.processEvents()

    assert view.focusWidget() is view.first_focus


def test_the_overview_of_a_real_vault_can_be_shown(
    qtbot: QtBot, look: Look, vault: OpenVault
) -> None:
    case_id = open_case(OpenCase(person=PERSON, programme="sspf"), vault=vault).value
    model = make_case_model(
        case_id=case_id,
        read_case=lambda one: read_case(one, vault=vault),
        read_overview=lambda one: read_overview(one, vault=vault),
        change_phase=lambda command: change_phase(command, vault=vault),
    )
    view = CaseView(model, look)
    shown(qtbot, view)

    model.phase.open()
    model.phase.choose(Phase.ASSESSMENT)
    model.phase.go_on()

    assert model.overview is not None
    assert model.overview.step.phase is Phase.ASSESSMENT
    assert _("Mapping", look) not in {one.title for one in timeline(model.overview, look.language)}


def _choose(view: QWidget, name: str, value: object) -> None:
    combo = view.findChild(ComboBox, name)
    assert isinstance(combo, ComboBox)
    combo.choose(value)
    combo.activated.emit(combo.currentIndex())


def _counting(reads: list[UUID]) -> Callable[[UUID], Done[CaseFile]]:
    def read(case_id: UUID) -> Done[CaseFile]:
        reads.append(case_id)
        return Done(case_file())

    return read


def _keeping(asked: list[ChangePhase]) -> Callable[[ChangePhase], Done[None]]:
    def change(command: ChangePhase) -> Done[None]:
        asked.append(command)
        return Done(None, Changes(cases=True))

    return change


def _button(view: QWidget, name: str) -> Button:
    found = view.findChild(Button, name)
    assert found is not None
    return found


def _(text: str, look: Look) -> str:
    return look.language.gettext(text)


def test_a_case_reminds_of_what_its_pill_does_not_say(qtbot: QtBot, look: Look) -> None:
    kinds = (ReminderKind.COMES_OF_AGE, ReminderKind.EXPIRES)
    reminders = tuple(
        Reminder(kind=kind, on=date(2026, 12, 24), people=frozenset()) for kind in kinds
    )
    view = CaseView(make_case_model(overview=make_overview(reminders=reminders)), look)

    shown(qtbot, view)

    card = view.findChild(QWidget, "consent")
    assert card is not None
    words = "\n".join(one.text() for one in card.findChildren(QLabel))
    said = [reminder_text(one, (), look.language) for one in reminders]
    assert [one in words for one in said] == [True, False]
