"""May this be told? Decided for everyone who could be told, before anybody is."""

from datetime import datetime, timedelta
from itertools import combinations
from uuid import UUID

import pytest

from tests.conftest import Clock, MadeVault
from tests.people import (
    DAY,
    LAST_DAY,
    Family,
    arrive,
    case_with_family,
    move,
    opened_case,
    planned_meeting,
    professional,
    room_of,
    running_meeting,
    seat_of,
    signed_case,
    wrote,
)
from trygga_desktop.domain.bars import BarScope
from trygga_desktop.domain.errors import NoAccessError
from trygga_desktop.domain.items import Part
from trygga_desktop.domain.meeting import Function, Presence
from trygga_desktop.domain.reasons import Reason
from trygga_desktop.domain.sharing import decide_for_room
from trygga_desktop.i18n import STOCKHOLM
from trygga_desktop.services.case_files import WriteNote, write_note
from trygga_desktop.services.consents import (
    RecordBar,
    WithdrawConsent,
    record_bar,
    withdraw_consent,
)
from trygga_desktop.services.meetings import (
    AddAgendaItem,
    EndMeeting,
    Invitation,
    add_agenda_item,
    end_meeting,
)
from trygga_desktop.services.questions import (
    AskedItem,
    CaseQuestions,
    answer_together,
    read_questions,
)
from trygga_desktop.services.standing import stand
from trygga_desktop.services.vault import OpenVault

TOLD = "Elias har varit i skolan varje dag."
OF_CASE, OF_MEETING = 0, 1


def asked(found: CaseQuestions, text: str = TOLD) -> AskedItem:
    """Return what is decided of the item with these words."""
    return next(one for one in found.items if one.item.text == text)


def answers(found: CaseQuestions, text: str = TOLD, *, hearing: int = OF_CASE) -> dict[str, Reason]:
    """Return the first reason for each who could hear it, by the name of theirs."""
    listeners = found.hearings[hearing].listeners
    decisions = asked(found, text).decisions[hearing]
    return {one.name: decision.reason for one, decision in zip(listeners, decisions, strict=True)}


def told(vault: OpenVault, family: Family) -> UUID:
    """Hold a meeting at which the school tells something; return its id."""
    meeting_id = running_meeting(vault, family)
    wrote(vault, meeting_id, TOLD, organisation_id=family.school)
    return meeting_id


def test_who_was_not_granted_the_case_is_answered_nothing(made: MadeVault) -> None:
    vault = made.open()
    case_id = opened_case(vault)
    vault.close()

    with pytest.raises(NoAccessError):
        read_questions(case_id, vault=made.open("pn"))


def test_whom_no_consent_covers_is_told_no_and_with_them_the_whole_room(vault: OpenVault) -> None:
    family = signed_case(vault)
    told(vault, family)

    found = read_questions(family.case_id, vault=vault).value
    everyone = {one.id for one in found.hearings[OF_CASE].listeners}
    together = answer_together(asked(found), OF_CASE, found, chosen=everyone)

    assert answers(found)["Lokalpolisen Exempelstad"] is Reason.RECIPIENT_NOT_COVERED
    assert not together.allowed
    assert together.reason is Reason.RECIPIENT_NOT_COVERED


def test_whom_the_consent_covers_is_told_yes_and_on_what_it_rests(vault: OpenVault) -> None:
    family = signed_case(vault)
    told(vault, family)

    found = read_questions(family.case_id, vault=vault).value
    chosen = {family.board, family.school, family.subject, family.sara}
    together = answer_together(asked(found), OF_CASE, found, chosen=chosen)

    assert answers(found) == {
        "Elias Demosson": Reason.OWN_PERSON,
        "Johan Demosson": Reason.GUARDIAN_OF_CHILD,
        "Sara Demosson": Reason.GUARDIAN_OF_CHILD,
        vault.municipality: Reason.CONSENT_COVERS,
        "Ekbackens skola": Reason.OWN_INFORMATION,
        "Lokalpolisen Exempelstad": Reason.RECIPIENT_NOT_COVERED,
    }
    assert together.allowed
    assert together.reason is Reason.CONSENT_COVERS


def test_nobody_chosen_may_hear_nothing(vault: OpenVault) -> None:
    family = signed_case(vault)
    told(vault, family)
    found = read_questions(family.case_id, vault=vault).value

    assert not answer_together(asked(found), OF_CASE, found, chosen=()).allowed


def test_every_room_of_those_chosen_is_answered_as_the_rule_decides_for_it(
    vault: OpenVault,
) -> None:
    family = signed_case(vault)
    told(vault, family)
    found = read_questions(family.case_id, vault=vault).value
    with vault.work() as work:
        given = stand(work, vault, work.cases.find(family.case_id)).given
        (item,) = [one for one in work.items.of_case(family.case_id) if one.text == TOLD]
    listeners = found.hearings[OF_CASE].listeners

    for size in range(len(listeners) + 1):
        for room in combinations(listeners, size):
            together = answer_together(
                asked(found), OF_CASE, found, chosen={one.id for one in room}
            )
            assert together == decide_for_room(item, [one.recipient for one in room], given)


def test_a_barred_guardian_is_told_no_and_so_is_who_may_be_that_guardian_at_work(
    vault: OpenVault,
) -> None:
    family = signed_case(vault)
    namesake = professional(vault, family.case_id, family.school, "Johan Demosson", "vaktmästare")
    meeting_id = planned_meeting(vault, family, family.sara, namesake, family.maria)
    wrote(vault, meeting_id, TOLD, organisation_id=family.board)
    bar = RecordBar(
        case_id=family.case_id,
        reason=Reason.GUARDIAN_BARRED,
        against=family.johan,
        on=DAY,
        scope=BarScope.ALL_BUT_THESE,
        categories=frozenset(),
        words="Beslut av nämnden",
    )
    record_bar(bar, vault=vault)

    found = read_questions(family.case_id, vault=vault).value

    assert answers(found)["Johan Demosson"] is Reason.GUARDIAN_BARRED
    assert answers(found)["Sara Demosson"] is Reason.GUARDIAN_OF_CHILD
    assert answers(found, hearing=OF_MEETING)["Johan Demosson"] is Reason.GUARDIAN_BARRED
    assert answers(found, hearing=OF_MEETING)["Maria Lind"] is Reason.CONSENT_COVERS


def test_a_day_that_is_over_is_answered_as_of_today(vault: OpenVault) -> None:
    family = signed_case(vault)
    told(vault, family)
    taken = WithdrawConsent(case_id=family.case_id, signer=family.sara, on=DAY)
    withdraw_consent(taken, vault=vault)

    found = read_questions(family.case_id, DAY - timedelta(days=30), vault=vault).value

    assert found.hearings[OF_CASE].on == found.today == DAY
    assert answers(found)[vault.municipality] is Reason.WITHDRAWN


def test_a_day_to_come_is_answered_as_of_that_day(vault: OpenVault) -> None:
    family = signed_case(vault)
    told(vault, family)

    last = read_questions(family.case_id, LAST_DAY, vault=vault).value
    after = read_questions(family.case_id, LAST_DAY + timedelta(days=1), vault=vault).value

    assert answers(last)[vault.municipality] is Reason.CONSENT_COVERS
    assert answers(after)[vault.municipality] is Reason.EXPIRED


def test_the_day_never_runs_backwards_with_the_clock(vault: OpenVault, clock: Clock) -> None:
    family = signed_case(vault)
    clock.at -= timedelta(days=3)

    found = read_questions(family.case_id, vault=vault).value

    assert found.hearings[OF_CASE].on == DAY


def test_a_planned_meeting_fills_in_who_comes_and_is_answered_on_its_own_day(
    vault: OpenVault,
) -> None:
    family = signed_case(vault)
    told(vault, family)
    day = LAST_DAY + timedelta(days=4)
    starts_at = datetime(day.year, day.month, day.day, 15, tzinfo=STOCKHOLM)
    later = planned_meeting(vault, family, family.sara, family.karin, starts_at=starts_at)

    found = read_questions(family.case_id, vault=vault).value
    place = next(at for at, one in enumerate(found.hearings) if one.meeting == later)

    assert found.hearings[place].on == day
    assert found.hearings[place].binds_later
    assert answers(found, hearing=place) == {
        "Sara Demosson": Reason.GUARDIAN_OF_CHILD,
        "Karin Ek": Reason.EXPIRED,
    }


def test_of_a_meeting_that_runs_those_in_the_room_are_asked_about_as_they_are_bound(
    vault: OpenVault,
) -> None:
    family = signed_case(vault)
    meeting_id = planned_meeting(vault, family)
    for seat in room_of(vault, meeting_id).seats:
        arrive(vault, meeting_id, seat)
    wrote(vault, meeting_id, TOLD, organisation_id=family.school)
    running = running_meeting(vault, family, family.karin, family.maria, family.sara)
    move(vault, running, seat_of(vault, running, "Sara"), Presence.OUTSIDE)

    found = read_questions(family.case_id, vault=vault).value
    place = next(at for at, one in enumerate(found.hearings) if one.meeting == running)

    assert not found.hearings[place].binds_later
    assert answers(found, hearing=place) == {
        "Karin Ek": Reason.CONSENT_COVERS,
        "Maria Lind": Reason.OWN_INFORMATION,
    }


def test_guests_are_answered_by_what_they_come_for(vault: OpenVault) -> None:
    family = signed_case(vault)
    guests = [
        Invitation(name=name, functions=frozenset({function}))
        for name, function in (
            ("Nadia Tolk", Function.INTERPRETER),
            ("Farmor Ek", Function.SUPPORT_PERSON),
            ("Olle Ny", Function.OBSERVER),
        )
    ]
    meeting_id = planned_meeting(vault, family, family.karin, guests=guests)
    wrote(vault, meeting_id, TOLD, organisation_id=family.school)

    found = answers(read_questions(family.case_id, vault=vault).value, hearing=OF_MEETING)

    assert found["Nadia Tolk"] is Reason.INTERPRETS
    assert found["Farmor Ek"] is Reason.CHOSEN_SUPPORT
    assert found["Olle Ny"] is Reason.UNKNOWN_RECIPIENT


def test_a_meeting_that_is_over_is_asked_about_no_more(vault: OpenVault) -> None:
    family = signed_case(vault)
    meeting_id = told(vault, family)
    end_meeting(EndMeeting(meeting_id=meeting_id), vault=vault)

    found = read_questions(family.case_id, vault=vault).value

    assert [one.meeting for one in found.hearings] == [None]
    assert asked(found).item.text == TOLD


def test_titles_notes_and_guarded_words_are_items_too(vault: OpenVault) -> None:
    family = signed_case(vault)
    meeting_id = told(vault, family)
    wrote(vault, meeting_id, "Bor hos sin moster.", is_guarded=True, organisation_id=family.board)
    write_note(WriteNote(case_id=family.case_id, text="Ring mormor."), vault=vault)
    title = AddAgendaItem(meeting_id=meeting_id, title="Sommarlovet", category="leisure")
    add_agenda_item(title, vault=vault)

    found = read_questions(family.case_id, vault=vault).value

    of_note = asked(found, "Ring mormor.").decisions[OF_CASE]
    assert all(Reason.OWN_NOTE in one.also and not one.allowed for one in of_note)
    assert answers(found, "Bor hos sin moster.")[vault.municipality] is Reason.GUARDED
    assert answers(found, "Sommarlovet")["Ekbackens skola"] is Reason.CONSENT_COVERS
    assert asked(found, "Bor hos sin moster.").part is Part.GUARDED


def test_a_case_in_which_nothing_is_noted_has_nothing_to_ask_about(vault: OpenVault) -> None:
    family = case_with_family(vault)

    found = read_questions(family.case_id, vault=vault).value

    assert found.items == ()
    assert [one.meeting for one in found.hearings] == [None]
    assert len(found.hearings[OF_CASE].listeners) == 6
