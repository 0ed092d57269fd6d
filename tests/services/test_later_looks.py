"""After the end somebody asks again on the days of the programme, while a ticked consent holds."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.conftest import MadeVault
from tests.people import (
    DAY,
    ELIAS,
    MAJA,
    Family,
    arrive,
    case_with_family,
    opened_case,
    paper,
    planned_meeting,
    room_of,
    wrote,
)
from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.case import Phase
from trygga_desktop.domain.closing import LONGEST_WORDS
from trygga_desktop.domain.commitments import CommitmentState
from trygga_desktop.domain.consent import Answer
from trygga_desktop.domain.consent_events import Way
from trygga_desktop.domain.errors import InvalidInputError
from trygga_desktop.domain.long_term import LongTermBar
from trygga_desktop.domain.people import PartialDate
from trygga_desktop.domain.plan import LineKind, PlanLine
from trygga_desktop.domain.reminders import ReminderKind
from trygga_desktop.services.cases import NewPerson
from trygga_desktop.services.closing import ClosingView, read_closing
from trygga_desktop.services.consents import WithdrawConsent, record_consent, withdraw_consent
from trygga_desktop.services.entries import ChangeCommitment, EntryKind, change_commitment
from trygga_desktop.services.grants import GrantCase, grant_case
from trygga_desktop.services.later_looks import NoteLaterLook, note_later_look
from trygga_desktop.services.logs import LogQuestion, read_log
from trygga_desktop.services.meetings import begin_meeting
from trygga_desktop.services.overview import ChangePhase, change_phase, read_overview
from trygga_desktop.services.plans import KeepPlan, keep_plan
from trygga_desktop.services.ratings import read_progress
from trygga_desktop.services.reminders import read_reminders
from trygga_desktop.services.vault import OpenVault

LAST = date(2027, 11, 26)
# Old enough to sign, and far from coming of age, which would end what was signed together.
YOUNGER = replace(ELIAS, birth_date=PartialDate(2011, 1, 2), number=None)
HALF, WHOLE = date(2027, 5, 26), date(2027, 11, 26)
KINDS = {
    ReminderKind.LONG_TERM_DUE,
    ReminderKind.LONG_TERM_ENDED,
    ReminderKind.LONG_TERM_DONE,
}


def signed(vault: OpenVault, *ticked: str, person: NewPerson = YOUNGER) -> Family:
    """Return a case in its last phase, whose consent these have ticked; all three if none."""
    family = case_with_family(vault, person)
    names = ticked or ("subject", "sara", "johan")
    ticks = {getattr(family, one) for one in names if one != "nobody"}
    command = paper(family, valid_to=LAST)
    answers = tuple(replace(one, long_term=one.signer in ticks) for one in command.answers)
    record_consent(replace(command, answers=answers), vault=vault)
    for phase in (Phase.PLAN_MEETING, Phase.CLOSING):
        change_phase(ChangePhase(case_id=family.case_id, phase=phase), vault=vault)
    return family


def follow_on(vault: OpenVault, family: Family, reason: str = "goals_reached") -> None:
    """End the work, to ask again later."""
    command = ChangePhase(
        case_id=family.case_id, phase=Phase.LONG_TERM_FOLLOW_UP, reason=reason, words="Bra"
    )
    change_phase(command, vault=vault)


def later(vault: OpenVault, days: int) -> None:
    """Let days go by."""
    vault.environment.now.move(days=days)  # type: ignore[attr-defined]  # the clock of a test


def view(vault: OpenVault, family: Family) -> ClosingView:
    """Return how the work ended."""
    return read_closing(family.case_id, vault=vault).value


def look(family: Family, **changes: Any) -> NoteLaterLook:
    """Return what was found after half a year."""
    command = NoteLaterLook(
        case_id=family.case_id, due_on=HALF, words="Går i skolan.", values={"school": 8}
    )
    return replace(command, **changes)


def reminded(vault: OpenVault) -> list[tuple[ReminderKind, date]]:
    """Return what one is reminded of after the end, over all cases."""
    found = [one.reminder for one in read_reminders(vault=vault).value]
    return [(one.kind, one.on) for one in found if one.kind in KINDS]


@pytest.mark.parametrize("ticked", ["nobody", "subject", "sara"])
def test_without_the_tick_of_everyone_nobody_asks_again(vault: OpenVault, ticked: str) -> None:
    family = signed(vault, ticked)
    with pytest.raises(InvalidInputError) as refused:
        follow_on(vault, family)
    assert (refused.value.field, refused.value.flaw) == ("long_term", "not_ticked")
    assert view(vault, family).bars == (LongTermBar.NOT_TICKED,)


def test_a_reason_that_does_not_let_it_be_offered_is_refused(vault: OpenVault) -> None:
    family = signed(vault)
    for reason, field in (("moved", "long_term"), ("", "reason"), ("nothing", "reason")):
        with pytest.raises(InvalidInputError) as refused:
            follow_on(vault, family, reason)
        assert refused.value.field == field


def test_once_consent_is_withdrawn_it_is_refused_with_that_reason(vault: OpenVault) -> None:
    family = signed(vault)
    taken = WithdrawConsent(case_id=family.case_id, signer=family.sara, on=DAY)
    withdraw_consent(taken, vault=vault)
    # The case rests from then on: it goes to its end by way of the last phase.
    change_phase(ChangePhase(case_id=family.case_id, phase=Phase.CLOSING), vault=vault)
    with pytest.raises(InvalidInputError) as refused:
        follow_on(vault, family)
    assert (refused.value.field, refused.value.flaw) == ("long_term", "withdrawn")
    command = ChangePhase(
        case_id=family.case_id, phase=Phase.CLOSED, reason="consent_withdrawn", words="Avslut"
    )
    change_phase(command, vault=vault)
    assert view(vault, family).bars == (LongTermBar.REASON, LongTermBar.WITHDRAWN)
    with pytest.raises(InvalidInputError) as late:
        note_later_look(look(family), vault=vault)
    assert late.value.field == "phase"


def test_a_tick_that_was_only_said_is_refused(vault: OpenVault) -> None:
    family = case_with_family(vault)
    command = paper(family, way=Way.ORAL, valid_to=DAY)
    answers = tuple(replace(one, long_term=True) for one in command.answers)
    with pytest.raises(InvalidInputError) as refused:
        record_consent(replace(command, answers=answers), vault=vault)
    assert (refused.value.field, refused.value.flaw) == ("long_term", "oral")
    no = replace(command.answers[0], answer=Answer.REFUSED, cells=frozenset(), long_term=True)
    with pytest.raises(InvalidInputError) as contradiction:
        record_consent(replace(paper(family), answers=(no,)), vault=vault)
    assert contradiction.value.flaw == "refused"


FLAWS: dict[str, dict[str, Any]] = {
    "words": {"words": " "},
    "words too long": {"words": "x" * (LONGEST_WORDS + 1)},
    "area": {"values": {"nowhere": 5}},
    "rating": {"values": {"school": 11}},
    "due_on": {"due_on": WHOLE},
    "due_on of no day": {"due_on": DAY},
}


def test_what_cannot_be_noted_is_refused_and_leaves_nothing(vault: OpenVault) -> None:
    family = signed(vault)
    with pytest.raises(InvalidInputError) as before:
        note_later_look(look(family), vault=vault)
    assert before.value.field == "phase"
    follow_on(vault, family)
    with pytest.raises(InvalidInputError) as early:
        note_later_look(look(family), vault=vault)
    assert (early.value.field, early.value.flaw) == ("due_on", "future")
    later(vault, 181)
    for name, changes in FLAWS.items():
        with pytest.raises(InvalidInputError) as refused:
            note_later_look(look(family, **changes), vault=vault)
        assert refused.value.field == name.split()[0]
    assert [one.noted_on for one in view(vault, family).looks] == [None, None]
    assert read_progress(family.case_id, vault=vault).value.ratings == ()


def test_each_day_is_reminded_of_and_noted_once_and_then_the_case_is_closed(
    vault: OpenVault,
) -> None:
    family = signed(vault)
    follow_on(vault, family)
    assert [one.due_on for one in view(vault, family).looks] == [HALF, WHOLE]
    assert reminded(vault) == []
    later(vault, 181)
    assert reminded(vault) == [(ReminderKind.LONG_TERM_DUE, HALF)]
    note_later_look(look(family), vault=vault)
    assert reminded(vault) == []
    with pytest.raises(InvalidInputError):
        note_later_look(look(family), vault=vault)

    later(vault, 184)
    assert reminded(vault) == [(ReminderKind.LONG_TERM_DUE, WHOLE)]
    note_later_look(look(family, due_on=WHOLE, values={}), vault=vault)
    assert reminded(vault) == [(ReminderKind.LONG_TERM_DONE, WHOLE)]

    found = view(vault, family)
    assert [(one.due_on, one.noted_on, one.words) for one in found.looks] == [
        (HALF, HALF, "Går i skolan."),
        (WHOLE, WHOLE, "Går i skolan."),
    ]
    assert found.last_ratings == {"school": (HALF, 8)}
    overview = read_overview(family.case_id, vault=vault).value
    assert dict(overview.ways_on)[Phase.CLOSED] is False
    change_phase(ChangePhase(case_id=family.case_id, phase=Phase.CLOSED), vault=vault)
    closed = view(vault, family)
    assert closed.step.reason == "goals_reached"
    assert closed.reason is not None
    assert closed.is_complete


def test_whoever_takes_the_consent_back_ends_it(vault: OpenVault) -> None:
    family = signed(vault)
    follow_on(vault, family)
    later(vault, 181)
    day = HALF
    withdraw_consent(
        WithdrawConsent(case_id=family.case_id, signer=family.johan, on=day), vault=vault
    )
    assert reminded(vault) == []
    assert LongTermBar.WITHDRAWN in view(vault, family).bars
    with pytest.raises(InvalidInputError):
        note_later_look(look(family), vault=vault)


def test_with_the_last_day_of_the_consent_it_ends_and_one_is_told(vault: OpenVault) -> None:
    family = signed(vault)
    follow_on(vault, family)
    later(vault, 366)
    assert reminded(vault) == [(ReminderKind.LONG_TERM_ENDED, date(2027, 11, 27))]
    with pytest.raises(InvalidInputError) as refused:
        note_later_look(look(family), vault=vault)
    assert (refused.value.field, refused.value.flaw) == ("long_term", "ended")


def test_a_paper_without_the_tick_ends_it_too(vault: OpenVault) -> None:
    family = signed(vault)
    follow_on(vault, family)
    record_consent(paper(family), vault=vault)
    assert view(vault, family).bars == (LongTermBar.NOT_TICKED,)
    assert [kind for kind, _ in reminded(vault)] == [ReminderKind.LONG_TERM_ENDED]


def test_what_came_due_while_nobody_might_ask_is_asked_about_once_all_consent_again(
    vault: OpenVault,
) -> None:
    family = signed(vault)
    follow_on(vault, family)
    later(vault, 30)
    taken = WithdrawConsent(
        case_id=family.case_id, signer=family.johan, on=DAY + timedelta(days=30)
    )
    withdraw_consent(taken, vault=vault)
    later(vault, 181)
    assert LongTermBar.WITHDRAWN in view(vault, family).bars
    assert ReminderKind.LONG_TERM_DUE not in [kind for kind, _ in reminded(vault)]

    # What was taken back has paused the case. It is ended again, as it was, and not anew.
    consent_anew(vault, family)
    assert reminded(vault) == []
    change_phase(ChangePhase(case_id=family.case_id, phase=Phase.CLOSING), vault=vault)
    follow_on(vault, family)
    assert reminded(vault) == [(ReminderKind.LONG_TERM_DUE, HALF)]

    # Had they consented once the next day had come, it would be that which is asked about.
    later(vault, 365 - 211)
    assert reminded(vault) == [(ReminderKind.LONG_TERM_DUE, WHOLE)]
    first, _ = view(vault, family).looks
    assert (first.due_on, first.is_passed) == (HALF, True)
    with pytest.raises(InvalidInputError, match="due_on"):
        note_later_look(look(family), vault=vault)
    note_later_look(look(family, due_on=WHOLE), vault=vault)
    assert reminded(vault) == [(ReminderKind.LONG_TERM_DONE, WHOLE)]


def consent_anew(vault: OpenVault, family: Family) -> None:
    """Let all three sign a new paper with the tick, for a year from today."""
    today = vault.environment.now().date()
    command = paper(family, valid_to=today + timedelta(days=364))
    answers = tuple(replace(one, long_term=True) for one in command.answers)
    record_consent(
        replace(command, answers=answers, signed_on=today, valid_from=today), vault=vault
    )


def closed_case(vault: OpenVault) -> Family:
    """Return a case that was closed."""
    family = signed(vault, person=ELIAS)
    command = ChangePhase(case_id=family.case_id, phase=Phase.CLOSED, reason="goals_reached")
    change_phase(command, vault=vault)
    return family


def again(vault: OpenVault, case_id: Any) -> list[date]:
    """Return what a case says of having been closed not long before."""
    reminders = read_overview(case_id, vault=vault).value.reminders
    return [one.on for one in reminders if one.kind is ReminderKind.RAISED_AGAIN]


def newest_entries(vault: OpenVault, count: int) -> list[tuple[Action, UUID]]:
    """Return what the log was told last, and of what."""
    with vault.work() as work:
        return [(one.action, one.subject_id) for one in work.audit.entries()][-count:]


def test_a_case_that_is_raised_again_within_the_time_of_its_programme_is_flagged(
    vault: OpenVault,
) -> None:
    family = closed_case(vault)
    later(vault, 300)
    change_phase(ChangePhase(case_id=family.case_id, phase=Phase.REFERRAL), vault=vault)
    assert again(vault, family.case_id) == [DAY]


def test_a_new_case_about_the_same_person_is_flagged_and_one_about_another_is_not(
    vault: OpenVault,
) -> None:
    closed_case(vault)
    later(vault, 300)
    assert again(vault, opened_case(vault, ELIAS, programme="sspf")) == [DAY]
    assert again(vault, opened_case(vault, MAJA, programme="sspf")) == []
    later(vault, 100)
    assert again(vault, opened_case(vault, ELIAS, programme="sspf")) == []


def test_of_an_earlier_case_nothing_is_told_to_whom_it_was_not_granted(made: MadeVault) -> None:
    petra = made.secrets("pn").principal
    vault = made.open()
    family = closed_case(vault)
    later(vault, 300)
    case_id = opened_case(vault, ELIAS, programme="sspf")
    grant_case(GrantCase(case_id=case_id, principal_id=petra), vault=vault)
    assert again(vault, case_id) == [DAY]
    with vault.work() as work:
        newest = list(work.audit.entries())[-1]
        assert newest.action is Action.CASE_READ
    for one in (family.case_id, case_id):
        log = read_log(LogQuestion(case_id=one), vault=vault).value
        assert newest.sequence in {line.sequence for line in log.lines}
    with vault.work() as work:
        assert repr(DAY) not in repr(work.cases.find(case_id).case)
    vault.close()
    vault = made.open("pn")
    assert again(vault, case_id) == []
    assert newest_entries(vault, 1) == [(Action.CASE_READ, case_id)]
    vault.close()


def test_what_was_promised_after_the_end_is_not_dropped_when_the_case_is_closed(
    vault: OpenVault,
) -> None:
    family = signed(vault)
    follow_on(vault, family)
    meeting_id = planned_meeting(vault, family)
    for seat in room_of(vault, meeting_id).seats:
        arrive(vault, meeting_id, seat)
    begin_meeting(meeting_id, vault=vault)
    promise = wrote(
        vault,
        meeting_id,
        "Ringa",
        kind=EntryKind.ACTION,
        responsible="Maria Lind",
        organisation_id=family.school,
        category="plan",
        due_on=DAY + timedelta(days=7),
    )
    assert read_overview(family.case_id, vault=vault).value.unanswered == 1
    close = ChangePhase(case_id=family.case_id, phase=Phase.CLOSED)
    with pytest.raises(InvalidInputError) as refused:
        change_phase(close, vault=vault)
    assert (refused.value.field, refused.value.flaw) == ("left_open", "missing")
    done = ChangeCommitment(
        case_id=family.case_id, commitment_id=promise.id, state=CommitmentState.DONE
    )
    change_commitment(done, vault=vault)
    change_phase(close, vault=vault)
    step = read_overview(family.case_id, vault=vault).value.step
    assert (step.phase, step.reason) == (Phase.CLOSED, "goals_reached")


def test_what_was_left_open_at_the_end_and_still_is_needs_a_reason_when_the_case_is_closed(
    vault: OpenVault,
) -> None:
    family = signed(vault)
    goal = PlanLine(id=uuid4(), kind=LineKind.GOAL, words="Gå i skolan", area="school")
    keep_plan(KeepPlan(case_id=family.case_id, based_on=0, lines=(goal,)), vault=vault)
    command = ChangePhase(
        case_id=family.case_id,
        phase=Phase.LONG_TERM_FOLLOW_UP,
        reason="goals_reached",
        left_open="Skolan följer det.",
    )
    change_phase(command, vault=vault)
    close = ChangePhase(case_id=family.case_id, phase=Phase.CLOSED)
    with pytest.raises(InvalidInputError) as refused:
        change_phase(close, vault=vault)
    assert (refused.value.field, refused.value.flaw) == ("left_open", "missing")
    change_phase(replace(close, left_open="Skolan följer det."), vault=vault)
    step = read_overview(family.case_id, vault=vault).value.step
    assert (step.phase, step.left_open) == (Phase.CLOSED, "Skolan följer det.")
