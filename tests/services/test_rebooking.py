"""A booked meeting changes its time, place and people, and keeps what was prepared for it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.conftest import MadeVault
from tests.people import (
    STARTS_AT,
    Family,
    case_with_family,
    planned_meeting,
    running_meeting,
    signed_case,
)
from trygga_desktop.domain.errors import InvalidInputError, NoAccessError
from trygga_desktop.domain.meeting import Function, Meeting, Presence
from trygga_desktop.services.meetings import (
    MOST_TEXT,
    AddAgendaItem,
    Invitation,
    SetPresence,
    add_agenda_item,
    cancel_meeting,
    read_meetings,
    set_presence,
)
from trygga_desktop.services.rebooking import ChangeBooking, change_booking
from trygga_desktop.services.vault import OpenVault

OBSERVER = frozenset({Function.OBSERVER})
INTERPRETER = frozenset({Function.INTERPRETER})
ITEMS = (
    *("welcome", "voice", "since_last", "now_school", "now_leisure", "strengths"),
    *("commitments", "summary"),
)
TURNED = (*ITEMS[:3], *ITEMS[4:-1], "now_school", "summary")
NOT_CLOSING = (*ITEMS[:-2], "summary", "commitments")

Change = Callable[[Family], dict[str, Any]]


def called(party_id: UUID, *items: str) -> Invitation:
    items_called = frozenset(items) if items else None
    return Invitation(party_id=party_id, functions=OBSERVER, called_to=items_called)


def changed(family: Family, meeting_id: UUID, **changes: Any) -> ChangeBooking:
    command = ChangeBooking(
        meeting_id=meeting_id,
        starts_at=STARTS_AT + timedelta(days=1),
        minutes=75,
        invited=(called(family.sara), called(family.maria)),
    )
    return replace(command, **changes)


def only(vault: OpenVault, family: Family) -> Meeting:
    (meeting,) = read_meetings(family.case_id, vault=vault).value.meetings
    return meeting


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda _: {"invited": ()}, ("invited", "missing")),
        (lambda one: {"invited": (called(one.sara), called(one.sara))}, ("invited", "taken")),
        (lambda _: {"invited": (called(uuid4()),)}, ("invited", "unknown")),
        (lambda one: {"invited": (called(one.sara, "circus"),)}, ("items", "unknown")),
        (
            lambda _: {"invited": (Invitation(name="A", functions=OBSERVER, beside=uuid4()),)},
            ("beside", "unknown"),
        ),
        (lambda _: {"starts_at": STARTS_AT.replace(tzinfo=None)}, ("starts_at", "zone")),
        (lambda _: {"minutes": 0}, ("minutes", "length")),
        (lambda _: {"place": "x" * (MOST_TEXT + 1)}, ("place", "length")),
        (lambda _: {"order": ITEMS[:2]}, ("agenda", "order")),
        (lambda _: {"order": tuple(reversed(ITEMS))}, ("agenda", "order")),
        (lambda _: {"order": NOT_CLOSING}, ("agenda", "order")),
    ],
)
def test_what_cannot_be_booked_is_refused_by_field_and_the_booking_stays(
    vault: OpenVault, change: Change, expected: tuple[str, str]
) -> None:
    family = case_with_family(vault)
    meeting_id = planned_meeting(vault, family)
    before = only(vault, family)
    with pytest.raises(InvalidInputError) as caught:
        change_booking(changed(family, meeting_id, **change(family)), vault=vault)
    assert (caught.value.field, caught.value.flaw) == expected
    assert only(vault, family) == before


def test_a_meeting_that_has_begun_or_was_called_off_is_not_booked_anew(vault: OpenVault) -> None:
    family = signed_case(vault)
    off = planned_meeting(vault, family)
    cancel_meeting(off, vault=vault)
    running = running_meeting(vault, family)
    for meeting_id, state in ((off, "cancelled"), (running, "running")):
        with pytest.raises(InvalidInputError) as caught:
            change_booking(changed(family, meeting_id), vault=vault)
        assert (caught.value.field, caught.value.flaw) == ("meeting", state)


def test_who_was_granted_nothing_changes_no_booking(made: MadeVault) -> None:
    vault = made.open()
    family = case_with_family(vault)
    meeting_id = planned_meeting(vault, family)
    vault.close()
    vault = made.open("pn")
    with pytest.raises(NoAccessError):
        change_booking(changed(family, meeting_id), vault=vault)
    vault.close()


def test_time_place_and_order_change_and_the_agenda_keeps_its_items(vault: OpenVault) -> None:
    family = case_with_family(vault)
    meeting_id = planned_meeting(vault, family)
    item = AddAgendaItem(meeting_id=meeting_id, title="Resa", category="leisure")
    add_agenda_item(item, vault=vault)
    before = only(vault, family)

    change_booking(changed(family, meeting_id, place=" Biblioteket ", order=TURNED), vault=vault)

    after = only(vault, family)
    assert after.starts_at == STARTS_AT + timedelta(days=1)
    assert (after.minutes, after.place) == (75, "Biblioteket")
    codes = [one.code for one in after.agenda]
    assert codes == [*TURNED[:-1], "", TURNED[-1]]
    assert {one.id: one for one in after.agenda} == {one.id: one for one in before.agenda}


def does_not_come(vault: OpenVault, meeting_id: UUID, participant_id: UUID, why: str) -> None:
    word = SetPresence(
        meeting_id=meeting_id,
        participant_id=participant_id,
        presence=Presence.ABSENT,
        apology=why,
    )
    set_presence(word, vault=vault)


def test_a_word_about_the_old_time_does_not_count_at_the_new_one_and_is_kept(
    vault: OpenVault,
) -> None:
    family = case_with_family(vault)
    meeting_id = planned_meeting(vault, family, family.sara, family.maria)
    does_not_come(vault, meeting_id, only(vault, family).participants[0].id, "Arbetar")

    change_booking(changed(family, meeting_id), vault=vault)
    later = STARTS_AT + timedelta(days=2)
    change_booking(changed(family, meeting_id, starts_at=later), vault=vault)

    sara, maria = only(vault, family).participants
    assert sara.presence is Presence.EXPECTED
    # It is about the day that it was said of, however often the meeting is moved since.
    assert (sara.said_about, sara.apology) == (STARTS_AT, "Arbetar")
    assert maria.said_about is None


def test_a_word_stays_where_only_the_place_changes_or_the_old_time_comes_back(
    vault: OpenVault,
) -> None:
    family = case_with_family(vault)
    meeting_id = planned_meeting(vault, family, family.sara, family.maria)
    does_not_come(vault, meeting_id, only(vault, family).participants[0].id, "Arbetar")
    before = only(vault, family).participants[0].changes

    other_place = changed(family, meeting_id, starts_at=STARTS_AT, place="Biblioteket")
    change_booking(other_place, vault=vault)
    stayed = only(vault, family).participants[0]
    change_booking(changed(family, meeting_id), vault=vault)
    change_booking(other_place, vault=vault)

    back = only(vault, family).participants[0]
    for sara in (stayed, back):
        assert sara.changes == before
        assert (sara.presence, sara.apology) == (Presence.ABSENT, "Arbetar")


def test_whoever_answers_about_the_new_time_has_said_nothing_of_the_old_one_any_more(
    vault: OpenVault,
) -> None:
    family = case_with_family(vault)
    meeting_id = planned_meeting(vault, family, family.sara, family.maria)
    sara, maria = only(vault, family).participants
    for one in (sara, maria):
        does_not_come(vault, meeting_id, one.id, "Arbetar")
    change_booking(changed(family, meeting_id), vault=vault)

    comes = SetPresence(meeting_id=meeting_id, participant_id=sara.id, presence=Presence.EXPECTED)
    set_presence(comes, vault=vault)
    does_not_come(vault, meeting_id, maria.id, "")

    sara, maria = only(vault, family).participants
    assert (sara.presence, sara.said_about, sara.apology) == (Presence.EXPECTED, None, "")
    # Why they could not come on another day is not why they cannot on this one.
    assert (maria.presence, maria.said_about, maria.apology) == (Presence.ABSENT, None, "")


def test_who_stays_keeps_their_place_and_their_word_and_who_is_left_out_is_gone(
    vault: OpenVault,
) -> None:
    family = case_with_family(vault)
    guests = [Invitation(name="Amina Hassan", functions=INTERPRETER)] * 2
    meeting_id = planned_meeting(vault, family, family.sara, family.maria, guests=guests)
    sara, maria, *amina = only(vault, family).participants
    word = SetPresence(
        meeting_id=meeting_id,
        participant_id=sara.id,
        presence=Presence.ABSENT,
        apology="Arbetar",
    )
    set_presence(word, vault=vault)

    invited = (called(family.sara, "voice"), called(family.johan), *guests)
    change_booking(changed(family, meeting_id, invited=invited), vault=vault)

    after = only(vault, family)
    ids = [one.id for one in after.participants]
    assert ids[0] == sara.id
    assert ids[1:3] == [one.id for one in amina]
    assert maria.id not in ids
    assert after.participants[0].apology == "Arbetar"
    assert after.participants[0].called_to == frozenset({after.agenda[1].id})
    assert after.participants[3].name == "Johan Demosson"


def test_of_two_guests_of_one_name_the_one_who_is_still_asked_stays(vault: OpenVault) -> None:
    family = case_with_family(vault)
    watching, telling = (
        Invitation(name="Amina Hassan", functions=one) for one in (OBSERVER, INTERPRETER)
    )
    meeting_id = planned_meeting(vault, family, family.sara, guests=(watching, telling))
    *_, interpreter = only(vault, family).participants

    change_booking(changed(family, meeting_id, invited=(called(family.sara), telling)), vault=vault)

    *_, left = only(vault, family).participants
    assert (left.id, left.functions) == (interpreter.id, INTERPRETER)
