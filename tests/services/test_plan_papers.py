"""The pages of a plan hold what whoever they are for may see, and nothing of the rest."""

from dataclasses import replace
from datetime import time, timedelta
from io import BytesIO
from uuid import UUID

from pypdf import PdfReader

from tests.conftest import Clock
from tests.people import (
    DAY,
    STARTS_AT,
    Family,
    acute_case,
    arrive,
    begun,
    case_with_family,
    make_due_at,
    paper,
    planned_meeting,
    room_of,
    wrote,
)
from tests.services.test_plan_agreeing import agreement, brought, hurried, promise, ready
from trygga_desktop.domain.commitments import Commitment, CommitmentChange, CommitmentState
from trygga_desktop.domain.plan import LineKind, PlanLine
from trygga_desktop.i18n import load_language
from trygga_desktop.services.consents import (
    WithdrawConsent,
    record_consent,
    withdraw_consent,
)
from trygga_desktop.services.contacts import SaveContact, read_directory, save_contact
from trygga_desktop.services.entries import ChangeCommitment, EntryKind, change_commitment
from trygga_desktop.services.meetings import EndMeeting, begin_meeting, end_meeting
from trygga_desktop.services.plan_papers import ComposePlan, PlanPaper, compose_plan
from trygga_desktop.services.plan_views import read_plan
from trygga_desktop.services.plans import (
    AgreePlan,
    KeepPlan,
    WriteProtectionNeed,
    agree_plan,
    keep_plan,
    write_protection_need,
)
from trygga_desktop.services.ratings import RecordRating, read_progress, record_rating
from trygga_desktop.services.vault import OpenVault


def pages(vault: OpenVault, family: Family, which: PlanPaper) -> str:
    """Return the words of these pages."""
    command = ComposePlan(case_id=family.case_id, paper=which)
    return words_of(compose_plan(command, vault=vault).value.pdf)


def words_of(pdf: bytes) -> str:
    """Return the words of a file."""
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    return " ".join(text.split())


def action(number: int, words: str, family: Family, **fields: str) -> PlanLine:
    """Return what the school is to do."""
    return replace(
        PlanLine(id=UUID(int=number), kind=LineKind.ACTION, words=words, area="school"),
        responsible="Maria Lind",
        organisation_id=family.school,
        due_on=DAY + timedelta(days=14),
        own_part=fields.get("own_part", ""),
    )


def agreed(vault: OpenVault, family: Family, *lines: PlanLine) -> None:
    """Hold a meeting that agrees on these lines."""
    record_consent(paper(family), vault=vault)
    meeting_id = planned_meeting(vault, family)
    for seat in room_of(vault, meeting_id).seats:
        arrive(vault, meeting_id, seat)
    begin_meeting(meeting_id, vault=vault)
    keep_plan(KeepPlan(case_id=family.case_id, based_on=0, lines=lines), vault=vault)
    command = AgreePlan(
        case_id=family.case_id,
        meeting_id=meeting_id,
        basis=read_plan(family.case_id, vault=vault).value.basis,
        agreed=frozenset(one.id for one in lines),
    )
    agree_plan(command, vault=vault)
    end_meeting(EndMeeting(meeting_id=meeting_id), vault=vault)


def with_number(vault: OpenVault, name: str, phone: str) -> None:
    """Write down the number of somebody in the directory."""
    contacts = read_directory(vault=vault).value.directory.contacts
    (found,) = [one for one in contacts if one.name == name]
    command = SaveContact(
        id=found.id, name=name, organisation_id=found.organisation_id, phone=phone
    )
    save_contact(command, vault=vault)


def test_the_young_person_is_not_told_of_a_meeting_that_they_are_not_called_to(
    vault: OpenVault,
) -> None:
    family = case_with_family(vault)
    record_consent(paper(family), vault=vault)
    without = STARTS_AT + timedelta(days=3)
    planned_meeting(vault, family, family.karin, family.maria, starts_at=without)
    assert str(without.year) not in pages(vault, family, PlanPaper.MY_PLAN).partition("Vi ses")[2]

    called = STARTS_AT + timedelta(days=9)
    planned_meeting(vault, family, starts_at=called)

    told = pages(vault, family, PlanPaper.MY_PLAN)
    assert f"{called.day} " in told
    assert f"{without.day} december" not in told


def test_the_young_person_reads_the_hours_of_their_own_and_of_others(vault: OpenVault) -> None:
    family = case_with_family(vault)
    theirs = action(1, "Boka ett samtal.", family)
    own = replace(
        action(2, "Ringa mentorn.", family),
        responsible="Elias",
        organisation_id=None,
        party_id=family.subject,
    )
    agreed(vault, family, theirs, own)
    for one in (theirs, own):
        make_due_at(vault, family.case_id, one.id, time(14, 30))
    day = load_language("sv").due_long(DAY + timedelta(days=14), time(14, 30))
    told = pages(vault, family, PlanPaper.MY_PLAN)
    assert f"Boka ett samtal. Senast {day}." in told
    assert f"Ringa mentorn. Senast {day}." in told
    assert day in pages(vault, family, PlanPaper.PLAN)
    assert day in pages(vault, family, PlanPaper.COMPARISON)


def test_an_hour_of_the_acute_stage_stands_on_the_plan(vault: OpenVault) -> None:
    case = acute_case(vault)
    case_id = case.case_id
    wrote(
        vault,
        case.meeting_id,
        "Boende i natt",
        kind=EntryKind.ACTION,
        under="welcome",
        responsible="Maria Lind",
        organisation_id=case.school,
        due_on=DAY,
        due_at=time(14, 30),
    )
    day = load_language("sv").due_long(DAY, time(14, 30))
    assert day.endswith(" kl. 14:30")
    command = ComposePlan(case_id=case_id, paper=PlanPaper.PLAN)
    assert day in words_of(compose_plan(command, vault=vault).value.pdf)


def test_the_hour_of_what_is_only_prepared_stands_on_the_plan_and_where_two_are_compared(
    vault: OpenVault,
) -> None:
    family, _ = hurried(vault)
    line = action(1, "Boende i natt", family)
    for based_on, hour in enumerate((time(9), time(14, 30))):
        command = KeepPlan(
            case_id=family.case_id, based_on=based_on, lines=(replace(line, due_at=hour),)
        )
        keep_plan(command, vault=vault)
    morning, afternoon = (
        load_language("sv").due_long(DAY + timedelta(days=14), hour)
        for hour in (time(9), time(14, 30))
    )

    plan = pages(vault, family, PlanPaper.PLAN)
    assert afternoon in plan
    assert morning not in plan
    compared = pages(vault, family, PlanPaper.COMPARISON)
    assert afternoon in compared
    assert morning in compared
    # Nobody has promised it: the young person is told of no such day.
    assert afternoon not in pages(vault, family, PlanPaper.MY_PLAN)


def test_what_was_due_at_an_hour_and_was_moved_to_a_day_has_no_hour_any_more() -> None:
    promised = Commitment(
        id=UUID(int=1),
        case_id=UUID(int=2),
        responsible="Maria Lind",
        organisation_id=None,
        due_on=DAY,
        due_at=time(14, 30),
    )
    later = DAY + timedelta(days=3)
    moved = replace(
        promised,
        changes=(CommitmentChange(state=CommitmentState.DOING, on=DAY, new_due=later),),
    )
    assert (moved.hour, moved.hour_on(later), moved.hour_on(DAY)) == (None, None, time(14, 30))
    assert promised.hour_on(later) is None


def test_what_is_done_or_was_never_agreed_on_is_no_part_of_my_plan(vault: OpenVault) -> None:
    family = case_with_family(vault)
    done = action(1, "Boka ett samtal.", family, own_part="Komma till samtalet.")
    still = action(2, "Ordna en mentor.", family, own_part="Ringa mentorn.")
    agreed(vault, family, done, still)
    change = ChangeCommitment(
        case_id=family.case_id, commitment_id=done.id, state=CommitmentState.DONE
    )
    change_commitment(change, vault=vault)
    assert read_progress(family.case_id, vault=vault).value.done == {"school": (DAY,)}
    proposed = action(3, "Byta klass.", family, own_part="Packa skåpet.")
    keep_plan(
        KeepPlan(case_id=family.case_id, based_on=2, lines=(done, still, proposed)), vault=vault
    )

    told = pages(vault, family, PlanPaper.MY_PLAN)

    assert "Ringa mentorn" in told
    assert [one for one in ("Komma till", "Boka ett", "Packa", "Byta") if one in told] == []


def test_my_plan_puts_nobody_else_s_words_into_the_young_person_s_mouth(
    vault: OpenVault,
) -> None:
    family = case_with_family(vault)

    def line(number: int, kind: LineKind, words: str, said_by: UUID | None = None) -> PlanLine:
        given = PlanLine(id=UUID(int=number), kind=kind, words=words, area="leisure")
        return replace(given, said_by=said_by)

    goal = line(1, LineKind.GOAL, "Jag vill bli ledare")
    agreed(vault, family, goal)
    written = [
        line(2, LineKind.GOAL, "Ska sluta umgås med gänget"),
        line(3, LineKind.STRENGTH, "Familjen är resursstark"),
        line(4, LineKind.STRENGTH, "Jag kommer i tid", family.subject),
    ]
    keep_plan(KeepPlan(case_id=family.case_id, based_on=2, lines=(goal, *written)), vault=vault)

    told = pages(vault, family, PlanPaper.MY_PLAN)

    there = [one.words for one in (goal, *written) if one.words in told]
    assert there == ["Jag vill bli ledare", "Jag kommer i tid"]


def test_my_plan_has_own_figures_and_says_how_long_it_is_until_lines_are_left_off(
    vault: OpenVault,
) -> None:
    family = case_with_family(vault)
    for day, figure in ((40, 3), (2, 7)):
        rating = RecordRating(
            case_id=family.case_id, values={"school": figure}, on=DAY - timedelta(days=day)
        )
        record_rating(rating, vault=vault)
    long = PlanLine(id=UUID(int=1), kind=LineKind.GOAL, words="mycket " * 7_000, area="leisure")
    short = replace(long, id=UUID(int=2), words="Jag vill bli ledare")
    promise = action(3, "Ordna en mentor.", family, own_part="Ringa mentorn.")
    agreed(vault, family, long, short, promise)

    whole = ComposePlan(case_id=family.case_id, paper=PlanPaper.MY_PLAN)
    told = compose_plan(whole, vault=vault).value
    assert len(PdfReader(BytesIO(told.pdf)).pages) > 10
    assert {one.id for one in told.offered} == {long.id, short.id, promise.id}

    left = compose_plan(replace(whole, left_off=frozenset({long.id, promise.id})), vault=vault)
    assert len(PdfReader(BytesIO(left.value.pdf)).pages) == 1
    words = words_of(left.value.pdf)
    assert "först 3, senast 7" in words
    assert [one for one in ("mycket", "Ordna", "Ringa mentorn") if one in words] == []
    assert left.value.offered == told.offered


def test_a_comparison_tells_what_differs_and_own_wishes_under_their_own_head(
    vault: OpenVault,
) -> None:
    family = case_with_family(vault)
    wish = PlanLine(id=UUID(int=7), kind=LineKind.WISH, words="Vara ledare")
    wish = replace(wish, category="own_words", said_by=family.subject)
    promise = action(1, "Boka ett samtal.", family)
    keep_plan(KeepPlan(case_id=family.case_id, based_on=0, lines=(wish, promise)), vault=vault)
    changed = replace(promise, follow_up_on=DAY + timedelta(days=20), own_part="Går dit själv")
    keep_plan(KeepPlan(case_id=family.case_id, based_on=1, lines=(wish, changed)), vault=vault)

    told = pages(vault, family, PlanPaper.COMPARISON)

    assert "Går dit själv" in told
    assert "Följs upp" in told
    assert "Vad jag själv vill" in told
    assert "Överenskommet utan" not in told


def test_two_versions_are_read_in_the_order_of_the_plan(vault: OpenVault) -> None:
    family = case_with_family(vault)
    wish = PlanLine(id=UUID(int=7), kind=LineKind.WISH, words="Vara ledare")
    wish = replace(wish, category="own_words", said_by=family.subject)
    leisure, school = (
        replace(action(number, words, family), area=area)
        for number, words, area in (
            (1, "Boka en tid.", "leisure"),
            (2, "Ordna läxhjälp.", "school"),
        )
    )
    for based_on, lines in enumerate(((school, leisure), (leisure, school, wish))):
        keep_plan(KeepPlan(case_id=family.case_id, based_on=based_on, lines=lines), vault=vault)

    told = pages(vault, family, PlanPaper.COMPARISON)

    places = [told.index(one) for one in ("Vad jag själv vill", "Ordna läxhjälp", "Boka en tid")]
    assert places == sorted(places)


def test_a_promise_that_rests_says_so_instead_of_a_day_on_my_plan(
    vault: OpenVault, clock: Clock
) -> None:
    family = case_with_family(vault)
    own = replace(
        action(2, "Ringa mentorn.", family),
        responsible="Elias",
        organisation_id=None,
        party_id=family.subject,
    )
    booked = replace(action(1, "Boka ett samtal.", family), own_part="Kommer i tid.")
    agreed(vault, family, booked, own)
    assert "Boka ett samtal. Senast" in pages(vault, family, PlanPaper.MY_PLAN)

    clock.at += timedelta(days=1)
    taken_back = WithdrawConsent(
        case_id=family.case_id, signer=family.sara, on=DAY + timedelta(days=1)
    )
    withdraw_consent(taken_back, vault=vault)

    told = pages(vault, family, PlanPaper.MY_PLAN)
    assert "Boka ett samtal. Det väntar på ett samtycke." in told
    assert "Ringa mentorn. Det väntar på ett samtycke." in told
    assert "Kommer i tid. Det väntar på ett samtycke." in told
    assert "Boka ett samtal. Senast" not in told


def test_my_plan_gives_away_the_number_of_nobody_but_the_board(vault: OpenVault) -> None:
    family = case_with_family(vault)
    with_number(vault, "Peter Falk", "070-111 11 11")
    told = pages(vault, family, PlanPaper.MY_PLAN)
    assert "070-111" not in told
    assert "Karin Ek" in told

    with_number(vault, "Karin Ek", "070-222 22 22")
    assert "Karin Ek, 070-222 22 22" in pages(vault, family, PlanPaper.MY_PLAN)


def test_a_need_of_protection_stands_on_none_of_the_pages(vault: OpenVault) -> None:
    family = case_with_family(vault)
    agreed(vault, family, action(1, "Boka ett samtal.", family))
    need = WriteProtectionNeed(case_id=family.case_id, text="Flyttad till Gömstaden")
    write_protection_need(need, vault=vault)

    # This programme makes no agreement, whose page would hold its own lines alone.
    for which in sorted(set(PlanPaper) - {PlanPaper.AGREEMENT}):
        told = pages(vault, family, which)
        assert told
        assert "Gömstaden" not in told


def test_a_comparison_tells_on_paper_what_was_agreed_on_in_between(vault: OpenVault) -> None:
    family, meeting_id = ready(vault)
    first, later = promise(family), promise(family, "Ringa mentorn")
    brought(vault, family, meeting_id, first, later)
    begun(vault, meeting_id)
    view = read_plan(family.case_id, vault=vault).value
    agree_plan(agreement(family, meeting_id, view, first.id), vault=vault)

    told = pages(vault, family, PlanPaper.COMPARISON)

    assert told.count("Överenskommet") == 1
