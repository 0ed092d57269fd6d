"""Meetings: what cannot be planned, who may sit at the table, and how far the agenda has come."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.conftest import Clock, MadeVault
from tests.documents.papers import HOSTILE
from tests.hostile import forge
from tests.people import (
    DAY,
    SARA,
    STARTS_AT,
    Family,
    arrive,
    case_with_family,
    item_of,
    move,
    opened_case,
    planned_meeting,
    professional,
    relative,
    room_of,
    running_meeting,
    seat_of,
    signed_case,
    wrote,
)
from trygga_desktop.domain.errors import InvalidInputError, NoAccessError, TamperedError
from trygga_desktop.domain.meeting import (
    AgendaItem,
    AgendaState,
    Function,
    Meeting,
    MeetingState,
    NextMeeting,
    Presence,
)
from trygga_desktop.domain.parties import Custody
from trygga_desktop.i18n import STOCKHOLM
from trygga_desktop.services.consents import WithdrawConsent, withdraw_consent
from trygga_desktop.services.entries import EntryKind
from trygga_desktop.services.meetings import (
    MOST_TEXT,
    AddAgendaItem,
    ConfirmDuty,
    EndMeeting,
    Invitation,
    PlanMeeting,
    SetPresence,
    add_agenda_item,
    begin_meeting,
    cancel_meeting,
    confirm_duty,
    end_meeting,
    go_to_item,
    invite,
    plan_meeting,
    read_meetings,
    set_presence,
)
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.storage.stores.plain import reader

NOBODY = uuid4()
OBSERVER = frozenset({Function.OBSERVER})
INTERPRETER = frozenset({Function.INTERPRETER})
SSPF_ITEMS = (
    *("welcome", "voice", "since_last", "now_school", "now_leisure", "strengths"),
    *("commitments", "summary"),
)
LONG = "x" * (MOST_TEXT + 1)

Change = Callable[[Family], dict[str, Any]]


def refused(act: Callable[[], object]) -> tuple[str, str]:
    with pytest.raises(InvalidInputError) as caught:
        act()
    return caught.value.field, caught.value.flaw


def meetings(vault: OpenVault, family: Family) -> tuple[Meeting, ...]:
    return read_meetings(family.case_id, vault=vault).value.meetings


def called(party_id: UUID, *items: str) -> Invitation:
    return Invitation(party_id=party_id, functions=OBSERVER, called_to=frozenset(items))


def plan(family: Family, **changes: Any) -> PlanMeeting:
    command = PlanMeeting(
        case_id=family.case_id,
        template="sspf_family",
        starts_at=STARTS_AT,
        invited=(Invitation(party_id=family.maria, functions=OBSERVER),),
    )
    return replace(command, **changes)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda _: {"invited": ()}, ("invited", "missing")),
        (
            lambda family: {
                "invited": (Invitation(party_id=family.sara, functions=OBSERVER),) * 2,
            },
            ("invited", "taken"),
        ),
        (
            lambda _: {"invited": (Invitation(party_id=NOBODY, functions=OBSERVER),)},
            ("invited", "unknown"),
        ),
        (lambda _: {"invited": (Invitation(functions=OBSERVER),)}, ("name", "missing")),
        (lambda _: {"invited": (Invitation(functions=OBSERVER, name=" "),)}, ("name", "missing")),
        (lambda _: {"invited": (Invitation(functions=OBSERVER, name=LONG),)}, ("name", "length")),
        (
            lambda _: {"invited": (Invitation(functions=frozenset(), name="Nadia"),)},
            ("functions", "unknown"),
        ),
        (
            lambda _: {
                "invited": (Invitation(functions=frozenset({Function.CHAIR}), name="Nadia"),)
            },
            ("functions", "unknown"),
        ),
        (
            lambda family: {"invited": (Invitation(party_id=family.peter, functions=INTERPRETER),)},
            ("functions", "unknown"),
        ),
        (
            lambda family: {
                "invited": (
                    Invitation(
                        party_id=family.johan, functions=frozenset({Function.SUPPORT_PERSON})
                    ),
                )
            },
            ("functions", "unknown"),
        ),
        (lambda _: {"template": "circus"}, ("template", "unknown")),
        (lambda _: {"starts_at": STARTS_AT.replace(tzinfo=None)}, ("starts_at", "zone")),
        (lambda _: {"minutes": 0}, ("minutes", "length")),
        (lambda _: {"minutes": -5}, ("minutes", "length")),
        (lambda _: {"minutes": 24 * 60 + 1}, ("minutes", "length")),
        (lambda _: {"place": LONG}, ("place", "length")),
        (lambda _: {"order": ("welcome", "voice")}, ("agenda", "order")),
        (lambda _: {"order": (*SSPF_ITEMS[:-1], "circus")}, ("agenda", "order")),
        (lambda _: {"order": tuple(reversed(SSPF_ITEMS))}, ("agenda", "order")),
        (lambda _: {"order": (*SSPF_ITEMS[:-2], "summary", "commitments")}, ("agenda", "order")),
        (
            lambda family: {"invited": (called(family.maria, "circus"),)},
            ("items", "unknown"),
        ),
        (lambda family: {"invited": (called(family.maria),)}, ("items", "missing")),
    ],
)
def test_a_meeting_that_cannot_be_is_refused_by_field(
    vault: OpenVault, change: Change, expected: tuple[str, str]
) -> None:
    family = case_with_family(vault)
    command = plan(family, **change(family))
    assert refused(lambda: plan_meeting(command, vault=vault)) == expected
    assert meetings(vault, family) == ()


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"title": " "}, ("title", "missing")),
        ({"title": LONG}, ("title", "length")),
        ({"category": "x"}, ("category", "unknown")),
        ({"category": ""}, ("category", "unknown")),
        ({"minutes": 0}, ("minutes", "length")),
    ],
)
def test_an_agenda_item_that_cannot_be_is_refused_by_field(
    vault: OpenVault, fields: dict[str, Any], expected: tuple[str, str]
) -> None:
    family = case_with_family(vault)
    meeting_id = planned_meeting(vault, family)
    before = room_of(vault, meeting_id).agenda
    command = AddAgendaItem(meeting_id=meeting_id, title="Sommarlovet", category="leisure")
    done = replace(command, **fields)
    assert refused(lambda: add_agenda_item(done, vault=vault)) == expected
    assert room_of(vault, meeting_id).agenda == before


def test_one_more_is_refused_where_they_are_there_already(vault: OpenVault) -> None:
    family = case_with_family(vault)
    meeting_id = planned_meeting(vault, family, family.sara)
    for party_id, flaw in ((family.sara, "taken"), (NOBODY, "unknown")):
        invitation = Invitation(party_id=party_id, functions=OBSERVER)
        told = refused(partial(invite, meeting_id, invitation, vault=vault))
        assert told == ("invited", flaw)
    assert len(room_of(vault, meeting_id).seats) == 1


def test_nobody_who_is_not_at_the_table_comes_goes_or_confirms(vault: OpenVault) -> None:
    family = case_with_family(vault)
    meeting_id = planned_meeting(vault, family)
    other = planned_meeting(vault, family)
    seat = seat_of(vault, other, "Sara")
    for participant_id in (NOBODY, seat.id):
        came = SetPresence(
            meeting_id=meeting_id, participant_id=participant_id, presence=Presence.HERE
        )
        bound = ConfirmDuty(meeting_id=meeting_id, participant_ids=frozenset({participant_id}))
        told = refused(partial(set_presence, came, vault=vault))
        assert told == ("participant", "unknown")
        told = refused(partial(confirm_duty, bound, vault=vault))
        assert told == ("participant", "unknown")


def test_a_word_that_is_too_long_is_refused(vault: OpenVault) -> None:
    family = case_with_family(vault)
    meeting_id = planned_meeting(vault, family)
    seat = seat_of(vault, meeting_id, "Sara")
    command = SetPresence(
        meeting_id=meeting_id, participant_id=seat.id, presence=Presence.ABSENT, apology=LONG
    )
    assert refused(lambda: set_presence(command, vault=vault)) == ("apology", "length")


def test_a_meeting_with_nobody_there_does_not_begin(vault: OpenVault) -> None:
    family = case_with_family(vault)
    meeting_id = planned_meeting(vault, family)
    assert refused(lambda: begin_meeting(meeting_id, vault=vault)) == ("participants", "missing")
    for presence in (Presence.EXPECTED, Presence.ABSENT, Presence.OUTSIDE, Presence.GONE):
        move(vault, meeting_id, seat_of(vault, meeting_id, "Sara"), presence)
        told = refused(lambda: begin_meeting(meeting_id, vault=vault))
        assert told == ("participants", "missing")
    move(vault, meeting_id, seat_of(vault, meeting_id, "Sara"), Presence.REMOTE)
    begin_meeting(meeting_id, vault=vault)
    assert room_of(vault, meeting_id).state is MeetingState.RUNNING


def test_what_has_begun_or_ended_is_not_begun_called_off_or_ended_again(vault: OpenVault) -> None:
    family = case_with_family(vault)
    planned = planned_meeting(vault, family)
    called_off = planned_meeting(vault, family)
    cancel_meeting(called_off, vault=vault)
    running, held = running_meeting(vault, family), running_meeting(vault, family)
    end_meeting(EndMeeting(meeting_id=held), vault=vault)

    def tell(act: Callable[[UUID], object], *ids: UUID) -> set[tuple[str, str]]:
        return {refused(partial(act, one)) for one in ids}

    agenda_id = item_of(vault, running, "welcome")
    assert tell(lambda one: begin_meeting(one, vault=vault), running, held, called_off) == {
        ("meeting", "running"),
        ("meeting", "held"),
        ("meeting", "cancelled"),
    }
    assert tell(lambda one: cancel_meeting(one, vault=vault), running, held, called_off) == {
        ("meeting", "running"),
        ("meeting", "held"),
        ("meeting", "cancelled"),
    }
    for act in (
        lambda one: end_meeting(EndMeeting(meeting_id=one), vault=vault),
        lambda one: go_to_item(one, agenda_id, vault=vault),
    ):
        assert tell(act, planned, held, called_off) == {
            ("meeting", "planned"),
            ("meeting", "held"),
            ("meeting", "cancelled"),
        }


@pytest.mark.parametrize("state", ["held", "cancelled"])
def test_who_came_and_what_was_on_the_agenda_is_not_altered_when_a_meeting_is_over(
    vault: OpenVault, state: str
) -> None:
    family = case_with_family(vault)
    meeting_id = over(vault, family, state)
    before = meetings(vault, family)
    (sara,) = [one for one in before[0].participants if one.name.split()[0] == "Sara"]
    for act in (
        lambda: invite(
            meeting_id, Invitation(name="Nadia Tolk", functions=INTERPRETER), vault=vault
        ),
        lambda: move(vault, meeting_id, seat_of(vault, meeting_id, "Sara"), Presence.HERE),
        lambda: set_presence(
            SetPresence(
                meeting_id=meeting_id,
                participant_id=sara.id,
                presence=Presence.ABSENT,
                apology="Sjuk",
            ),
            vault=vault,
        ),
        lambda: add_agenda_item(
            AddAgendaItem(meeting_id=meeting_id, title="Sommarlovet", category="leisure"),
            vault=vault,
        ),
    ):
        assert refused(act) == ("meeting", state)
    assert meetings(vault, family) == before


def over(vault: OpenVault, family: Family, state: str) -> UUID:
    """Return a meeting that was held without Sara and Maria, or called off."""
    meeting_id = planned_meeting(vault, family)
    if state == "cancelled":
        cancel_meeting(meeting_id, vault=vault)
        return meeting_id
    for name in ("Elias", "Karin"):
        move(vault, meeting_id, seat_of(vault, meeting_id, name), Presence.HERE)
    begin_meeting(meeting_id, vault=vault)
    end_meeting(EndMeeting(meeting_id=meeting_id), vault=vault)
    return meeting_id


def test_the_duty_is_confirmed_afterwards_only_for_a_meeting_where_one_was(
    vault: OpenVault,
) -> None:
    family = case_with_family(vault)
    for state, name, expected in (
        ("cancelled", "Karin", ("meeting", "cancelled")),
        ("held", "Maria", ("participant", "unknown")),
    ):
        meeting_id = over(vault, family, state)
        seat = seat_of(vault, meeting_id, name)
        command = ConfirmDuty(meeting_id=meeting_id, participant_ids=frozenset({seat.id}))
        assert refused(partial(confirm_duty, command, vault=vault)) == expected
        assert not seat_of(vault, meeting_id, name).has_confirmed
    held = over(vault, family, "held")
    seat = seat_of(vault, held, "Karin")
    confirm_duty(ConfirmDuty(meeting_id=held, participant_ids=frozenset({seat.id})), vault=vault)
    assert seat_of(vault, held, "Karin").has_confirmed


def test_an_item_of_another_agenda_is_not_gone_to(vault: OpenVault) -> None:
    family = case_with_family(vault)
    running, other = running_meeting(vault, family), running_meeting(vault, family)
    stranger = item_of(vault, other, "welcome")
    told = refused(lambda: go_to_item(running, stranger, vault=vault))
    assert told == ("agenda", "unknown")


@pytest.mark.parametrize(
    ("upcoming", "expected"),
    [
        (NextMeeting(starts_at=datetime(2027, 1, 7, 15)), ("next_meeting", "zone")),  # noqa: DTZ001  what is refused
        (NextMeeting(starts_at=STARTS_AT, place=LONG), ("place", "length")),
    ],
)
def test_a_next_meeting_that_cannot_be_is_refused_by_field(
    vault: OpenVault, upcoming: NextMeeting, expected: tuple[str, str]
) -> None:
    family = case_with_family(vault)
    meeting_id = running_meeting(vault, family)
    command = EndMeeting(meeting_id=meeting_id, next_meeting=upcoming)
    assert refused(lambda: end_meeting(command, vault=vault)) == expected
    assert room_of(vault, meeting_id).state is MeetingState.RUNNING


def test_who_was_granted_nothing_is_told_of_no_meeting(made: MadeVault) -> None:
    vault = made.open()
    family = case_with_family(vault)
    meeting_id = planned_meeting(vault, family)
    vault.close()
    vault = made.open("pn")
    for act in (
        lambda: read_meetings(family.case_id, vault=vault),
        lambda: plan_meeting(plan(family), vault=vault),
        lambda: begin_meeting(meeting_id, vault=vault),
        lambda: room_of(vault, meeting_id),
        lambda: room_of(vault, NOBODY),
    ):
        with pytest.raises(NoAccessError):
            act()
    vault.close()


def test_a_meeting_takes_its_agenda_and_its_length_from_the_template(vault: OpenVault) -> None:
    family = case_with_family(vault)
    swedish = planned_meeting(vault, family)
    english = planned_meeting(vault, family, language="en", minutes=30)
    first, second = room_of(vault, swedish), room_of(vault, english)

    assert (first.minutes, second.minutes) == (60, 30)
    assert [one.code for one in first.agenda] == [one.code for one in second.agenda]
    assert first.agenda[1].code == "voice"
    assert all(one.title for one in (*first.agenda, *second.agenda))
    assert first.agenda[0].title != second.agenda[0].title
    assert {one.state for one in first.agenda} == {AgendaState.COMING}


def test_meetings_are_numbered_in_the_order_in_which_they_were_planned(vault: OpenVault) -> None:
    family = case_with_family(vault)
    planned_meeting(vault, family, starts_at=STARTS_AT + timedelta(days=30))
    second = planned_meeting(vault, family)
    cancel_meeting(second, vault=vault)
    planned_meeting(vault, family)
    assert [one.number for one in meetings(vault, family)] == [3, 2, 1]


def test_everyone_sits_there_in_the_capacity_that_they_have_in_the_case(vault: OpenVault) -> None:
    family = case_with_family(vault)
    guest = Invitation(name=" Nadia Tolk ", functions=INTERPRETER)
    planned_meeting(vault, family, family.subject, family.maria, guests=[guest])
    (meeting,) = meetings(vault, family)
    told = [(one.name, one.person_id, one.organisation_id) for one in meeting.participants]
    assert told == [
        ("Elias Demosson", family.subject, None),
        ("Maria Lind", None, family.school),
        ("Nadia Tolk", None, None),
    ]


def test_two_of_one_name_are_two_at_the_table(vault: OpenVault) -> None:
    family = case_with_family(vault)
    namesake = relative(vault, family.case_id, SARA, custody=Custody.JOINT)
    lecturer = professional(vault, family.case_id, family.school, "Sara Demosson")
    meeting_id = planned_meeting(vault, family, family.sara, namesake, lecturer)
    seats = room_of(vault, meeting_id).seats
    assert [one.name for one in seats] == ["Sara Demosson"] * 3
    assert [one.party_id for one in seats] == [family.sara, namesake, lecturer]
    arrive(vault, meeting_id, seats[1])
    presences = [one.presence for one in room_of(vault, meeting_id).seats]
    assert presences == [Presence.EXPECTED, Presence.HERE, Presence.EXPECTED]


def test_a_guardian_who_is_also_a_professional_sits_in_one_capacity_at_a_time(
    vault: OpenVault,
) -> None:
    family = case_with_family(vault)
    as_teacher = professional(vault, family.case_id, family.school, "Sara Demosson")
    planned_meeting(vault, family, as_teacher)
    (meeting,) = meetings(vault, family)
    (teacher,) = meeting.participants
    assert (teacher.person_id, teacher.organisation_id) == (None, family.school)


@pytest.mark.parametrize(
    ("local", "in_utc"),
    [
        ("2026-10-24T15:00:00", 13),
        ("2026-10-25T15:00:00", 14),
        ("2027-03-27T15:00:00", 14),
        ("2027-03-28T15:00:00", 13),
        ("2027-07-01T15:00:00", 13),
    ],
)
def test_the_hour_stays_what_it_is_on_the_wall_when_the_clocks_change(
    made: MadeVault, local: str, in_utc: int
) -> None:
    vault = made.open()
    family = case_with_family(vault)
    starts_at = datetime.fromisoformat(local).replace(tzinfo=STOCKHOLM)
    meeting_id = planned_meeting(vault, family, starts_at=starts_at)
    vault.close()

    vault = made.open()
    found = room_of(vault, meeting_id).starts_at
    assert found.astimezone(STOCKHOLM).replace(tzinfo=None).isoformat() == local
    assert found.astimezone(UTC).hour == in_utc
    vault.close()


def test_the_two_hours_that_the_wall_shows_twice_are_two(vault: OpenVault) -> None:
    family = case_with_family(vault)
    twice = datetime(2026, 10, 25, 2, 30, tzinfo=STOCKHOLM)
    first = planned_meeting(vault, family, starts_at=twice)
    second = planned_meeting(vault, family, starts_at=twice.replace(fold=1))
    starts = [room_of(vault, one).starts_at.astimezone(UTC) for one in (first, second)]
    assert starts[1] - starts[0] == timedelta(hours=1)


def test_the_agenda_is_gone_through_and_back(vault: OpenVault, clock: Clock) -> None:
    family = case_with_family(vault)
    meeting_id = running_meeting(vault, family)
    began = clock.at

    def states() -> list[AgendaState]:
        return [one.state for one in room_of(vault, meeting_id).agenda[:3]]

    assert states() == [AgendaState.NOW, AgendaState.COMING, AgendaState.COMING]
    clock.move(minutes=5)
    go_to_item(meeting_id, item_of(vault, meeting_id, "since_last"), vault=vault)
    assert states() == [AgendaState.DONE, AgendaState.COMING, AgendaState.NOW]
    clock.move(minutes=5)
    go_to_item(meeting_id, item_of(vault, meeting_id, "welcome"), vault=vault)
    assert states() == [AgendaState.NOW, AgendaState.COMING, AgendaState.DONE]

    clock.move(minutes=5)
    end_meeting(EndMeeting(meeting_id=meeting_id), vault=vault)

    held = room_of(vault, meeting_id)
    welcome, _, since_last = held.agenda[:3]
    assert states() == [AgendaState.DONE, AgendaState.COMING, AgendaState.DONE]
    assert (held.began_at, held.ended_at) == (began, began + timedelta(minutes=15))
    assert (welcome.began_at, welcome.ended_at) == (began, held.ended_at)
    assert since_last.ended_at == began + timedelta(minutes=10)


def test_time_spent_at_another_item_is_none_of_an_items(vault: OpenVault, clock: Clock) -> None:
    meeting_id = running_meeting(vault, case_with_family(vault))
    began = clock.at
    clock.move(minutes=4)
    go_to_item(meeting_id, item_of(vault, meeting_id, "since_last"), vault=vault)
    clock.move(minutes=20)
    welcome = item_of(vault, meeting_id, "welcome")
    for _ in range(2):
        go_to_item(meeting_id, welcome, vault=vault)
        clock.move(minutes=1)

    item = room_of(vault, meeting_id).agenda[0]
    assert (item.used_seconds, item.came_at) == (240, began + timedelta(minutes=24))
    assert item.began_at == began

    go_to_item(meeting_id, item_of(vault, meeting_id, "since_last"), vault=vault)
    assert room_of(vault, meeting_id).agenda[0].used_seconds == 360


def test_an_item_of_a_meeting_from_before_counts_what_is_known_of_it() -> None:
    at = STARTS_AT.astimezone(UTC)
    fields = {"id": str(uuid4()), "code": "welcome", "title": "x", "category": "contact"}
    kept = {**fields, "minutes": 5, "state": "now", "began_at": at.isoformat()}
    running = reader(AgendaItem)(kept)
    over = at + timedelta(minutes=4)
    done = reader(AgendaItem)({**kept, "state": "done", "ended_at": over.isoformat()})

    assert running.left(over).used_seconds == 240
    assert done.entered(over).used_seconds == 240
    assert done.entered(over).came_at == over


def test_who_comes_late_and_goes_early_is_told_with_the_time(
    vault: OpenVault, clock: Clock
) -> None:
    family = case_with_family(vault)
    meeting_id = planned_meeting(vault, family)
    came = clock.at
    move(vault, meeting_id, seat_of(vault, meeting_id, "Johan"), Presence.REMOTE)
    clock.move(minutes=20)
    move(vault, meeting_id, seat_of(vault, meeting_id, "Johan"), Presence.GONE)
    told = [(one.presence, one.at) for one in seat_of(vault, meeting_id, "Johan").changes]
    assert told == [(Presence.REMOTE, came), (Presence.GONE, came + timedelta(minutes=20))]


def test_whom_the_duty_binds_is_asked_and_family_is_not(vault: OpenVault) -> None:
    family = case_with_family(vault)
    guest = Invitation(name="Nadia Tolk", functions=INTERPRETER)
    meeting_id = planned_meeting(vault, family, guests=[guest])
    seats = room_of(vault, meeting_id).seats
    assert {one.name for one in seats if one.must_confirm} == {
        "Karin Ek",
        "Maria Lind",
        "Nadia Tolk",
    }
    assert not any(one.has_confirmed for one in seats)
    everyone = frozenset(one.id for one in seats if one.must_confirm)
    confirm_duty(ConfirmDuty(meeting_id=meeting_id, participant_ids=everyone), vault=vault)
    assert {one.id for one in room_of(vault, meeting_id).seats if one.has_confirmed} == everyone


def test_an_own_item_stands_before_the_last(vault: OpenVault) -> None:
    family = case_with_family(vault)
    meeting_id = planned_meeting(vault, family)
    before = room_of(vault, meeting_id).agenda
    command = AddAgendaItem(meeting_id=meeting_id, title=" Sommarlovet ", category="leisure")
    add_agenda_item(command, vault=vault)
    after = room_of(vault, meeting_id).agenda
    assert [one.id for one in (*after[:-2], after[-1])] == [one.id for one in before]
    assert (after[-2].code, after[-2].category) == ("", "leisure")


def test_an_own_item_at_the_last_one_comes_right_after_it(vault: OpenVault) -> None:
    family = signed_case(vault)
    meeting_id = running_meeting(vault, family)
    last = room_of(vault, meeting_id).agenda[-1]
    go_to_item(meeting_id, last.id, vault=vault)

    for title in ("Ett", "Två"):
        item = AddAgendaItem(meeting_id=meeting_id, title=title, category="leisure")
        add_agenda_item(item, vault=vault)

    titles = [one.title for one in room_of(vault, meeting_id).agenda]
    assert titles[-3:] == [last.title, "Ett", "Två"]


def test_those_present_meet_again_when_they_agreed(vault: OpenVault) -> None:
    family = case_with_family(vault)
    meeting_id = running_meeting(vault, family)
    upcoming = NextMeeting(
        starts_at=datetime(2027, 4, 1, 15, tzinfo=STOCKHOLM), place="Biblioteket"
    )
    end_meeting(EndMeeting(meeting_id=meeting_id, next_meeting=upcoming), vault=vault)
    found = room_of(vault, meeting_id)
    assert found.state is MeetingState.HELD
    assert found.next_meeting == upcoming


def test_who_can_receive_anything_today_is_told_when_a_meeting_is_planned(
    vault: OpenVault,
) -> None:
    family = signed_case(vault)
    found = read_meetings(family.case_id, vault=vault).value
    assert found.covered == {family.board, family.school}
    assert found.cover_ends.keys() == {family.school}
    assert found.decided == frozenset()
    assert found.templates[0].code == "sspf_family"
    back = WithdrawConsent(
        case_id=family.case_id,
        signer=family.sara,
        on=DAY,
        organisations=frozenset({family.school}),
    )
    withdraw_consent(back, vault=vault)
    assert read_meetings(family.case_id, vault=vault).value.covered == {family.board}


def test_somebody_is_called_to_some_items_of_an_agenda_in_another_order(
    vault: OpenVault,
) -> None:
    family = case_with_family(vault)
    last = (*SSPF_ITEMS[:3], *SSPF_ITEMS[4:-1], "now_school", "summary")
    invited = (
        called(family.maria, "voice", "now_school"),
        called(family.sara, *SSPF_ITEMS),
        Invitation(party_id=family.karin, functions=OBSERVER),
    )

    plan_meeting(plan(family, invited=invited, order=last), vault=vault)

    (meeting,) = meetings(vault, family)
    codes = {one.id: one.code for one in meeting.agenda}
    assert tuple(codes.values()) == last
    school, sara, karin = (one.called_to for one in meeting.participants)
    assert school is not None
    assert {codes[one] for one in school} == {"voice", "now_school"}
    assert (sara, karin) == (None, None)


def test_what_was_not_reached_comes_along_to_the_next_meeting_and_what_was_does_not(
    vault: OpenVault,
) -> None:
    family = case_with_family(vault)
    first = running_meeting(vault, family)
    for title in ("Sommarlovet", "Resekortet"):
        add_agenda_item(
            AddAgendaItem(meeting_id=first, title=title, category="leisure"), vault=vault
        )
    reached = next(one for one in meetings(vault, family)[0].agenda if one.title == "Resekortet")
    go_to_item(first, reached.id, vault=vault)
    end_meeting(EndMeeting(meeting_id=first), vault=vault)
    told = read_meetings(family.case_id, vault=vault).value.undiscussed

    planned_meeting(vault, family)

    agenda = meetings(vault, family)[0].agenda
    own = [one for one in agenda if not one.code]
    assert [one.title for one in told] == ["Sommarlovet"]
    assert [one.title for one in own] == ["Sommarlovet"]
    assert agenda[-2] == own[0]
    assert own[0].id not in {one.id for one in told}


def own_titles(vault: OpenVault, family: Family, meeting_id: UUID) -> list[str]:
    """Return what somebody had put on the agenda of a meeting."""
    found = next(one for one in meetings(vault, family) if one.id == meeting_id)
    return [one.title for one in found.agenda if not one.code]


def begin_with_all(vault: OpenVault, meeting_id: UUID) -> None:
    """Begin a planned meeting with everyone there."""
    for seat in room_of(vault, meeting_id).seats:
        arrive(vault, meeting_id, seat)
    begin_meeting(meeting_id, vault=vault)


def test_what_a_meeting_did_not_come_to_is_on_the_next_one_that_was_booked_before(
    vault: OpenVault,
) -> None:
    family = signed_case(vault)
    later = planned_meeting(vault, family, starts_at=STARTS_AT + timedelta(days=60))
    sooner = planned_meeting(vault, family, starts_at=STARTS_AT + timedelta(days=30))
    first = running_meeting(vault, family)
    put_on_agenda(vault, first, "Sommarlovet")

    end_meeting(EndMeeting(meeting_id=first), vault=vault)

    assert own_titles(vault, family, sooner) == ["Sommarlovet"]
    assert own_titles(vault, family, later) == []
    assert read_meetings(family.case_id, vault=vault).value.undiscussed == ()
    third = planned_meeting(vault, family)
    assert own_titles(vault, family, third) == []


def test_it_comes_back_until_a_meeting_has_come_to_it(vault: OpenVault) -> None:
    family = signed_case(vault)
    first = running_meeting(vault, family)
    put_on_agenda(vault, first, "Sommarlovet")
    second = planned_meeting(vault, family)
    end_meeting(EndMeeting(meeting_id=first), vault=vault)
    begin_with_all(vault, second)
    end_meeting(EndMeeting(meeting_id=second), vault=vault)

    third = planned_meeting(vault, family)
    assert own_titles(vault, family, third) == ["Sommarlovet"]
    begin_with_all(vault, third)
    item = next(one for one in meetings(vault, family)[0].agenda if one.title == "Sommarlovet")
    go_to_item(third, item.id, vault=vault)
    end_meeting(EndMeeting(meeting_id=third), vault=vault)

    fourth = planned_meeting(vault, family)
    assert own_titles(vault, family, fourth) == []


def test_what_stood_on_a_meeting_that_was_called_off_comes_to_one_that_is_booked(
    vault: OpenVault,
) -> None:
    family = signed_case(vault)
    first = running_meeting(vault, family)
    put_on_agenda(vault, first, "Sommarlovet")
    second = planned_meeting(vault, family)
    third = planned_meeting(vault, family, starts_at=STARTS_AT + timedelta(days=30))
    end_meeting(EndMeeting(meeting_id=first), vault=vault)

    cancel_meeting(second, vault=vault)
    assert own_titles(vault, family, third) == []
    begin_with_all(vault, third)

    assert own_titles(vault, family, third) == ["Sommarlovet"]


def put_on_agenda(vault: OpenVault, meeting_id: UUID, title: str) -> None:
    """Put an item on the agenda."""
    command = AddAgendaItem(meeting_id=meeting_id, title=title, category="plan")
    add_agenda_item(command, vault=vault)


def test_open_commitments_are_counted_for_each_agency(vault: OpenVault) -> None:
    family = case_with_family(vault)
    first = running_meeting(vault, family)
    for text in ("Plan", "Samtal"):
        wrote(
            vault,
            first,
            text,
            kind=EntryKind.ACTION,
            organisation_id=family.school,
            responsible="Maria Lind",
            due_on=DAY,
        )

    ((name, count),) = read_meetings(family.case_id, vault=vault).value.promised

    assert count == 2
    assert name


def test_two_hundred_participants_are_all_there(vault: OpenVault) -> None:
    family = case_with_family(vault)
    guests = [Invitation(name=f"Gäst {number}", functions=OBSERVER) for number in range(199)]
    meeting_id = planned_meeting(vault, family, family.subject, guests=guests)
    everyone = frozenset(one.id for one in room_of(vault, meeting_id).seats)
    assert len(everyone) == 200
    confirm_duty(ConfirmDuty(meeting_id=meeting_id, participant_ids=everyone), vault=vault)
    move(vault, meeting_id, seat_of(vault, meeting_id, "Elias"), Presence.HERE)
    begin_meeting(meeting_id, vault=vault)
    seats = room_of(vault, meeting_id).seats
    assert [one.name for one in seats[1:]] == [f"Gäst {number}" for number in range(199)]
    assert all(one.has_confirmed for one in seats)


def test_hostile_names_places_and_titles_come_back_as_they_were(vault: OpenVault) -> None:
    family = signed_case(vault)
    texts = [f"x{text}x" for text in HOSTILE if len(text) < MOST_TEXT - 1]
    guests = [Invitation(name=text, functions=INTERPRETER) for text in texts]
    meeting_id = running_meeting(vault, family, family.subject, guests=guests)
    for text in texts:
        add_agenda_item(
            AddAgendaItem(meeting_id=meeting_id, title=text, category="leisure"), vault=vault
        )
    placed = [planned_meeting(vault, family, place=text) for text in texts]

    room = room_of(vault, meeting_id)

    assert [one.name for one in room.seats[1:]] == texts
    assert [one.title for one in room.agenda if not one.code] == texts
    assert [room_of(vault, one).place for one in placed] == texts


def test_a_meeting_that_somebody_damaged_is_left_out_and_told(made: MadeVault) -> None:
    vault = made.open()
    family = case_with_family(vault)
    meeting_id, other = planned_meeting(vault, family), planned_meeting(vault, family)
    vault.close()
    forge(
        made.folder / "vault.db",
        made.file_key,
        f"UPDATE meeting SET starts_at = '2001-01-01 00:00:00' WHERE id = '{meeting_id.hex}'",
    )
    vault = made.open()
    found = read_meetings(family.case_id, vault=vault).value
    assert [one.id for one in found.meetings] == [other]
    assert found.left_out == 1
    with pytest.raises(TamperedError):
        room_of(vault, meeting_id)
    vault.close()


def test_a_meeting_handed_to_another_case_opens_in_neither(made: MadeVault) -> None:
    vault = made.open()
    family = case_with_family(vault)
    meeting_id, other = planned_meeting(vault, family), opened_case(vault)
    vault.close()
    forge(
        made.folder / "vault.db",
        made.file_key,
        f"UPDATE meeting SET case_id = '{other.hex}' WHERE id = '{meeting_id.hex}'",
    )
    vault = made.open()
    assert read_meetings(other, vault=vault).value.meetings == ()
    with pytest.raises(TamperedError):
        room_of(vault, meeting_id)
    vault.close()
