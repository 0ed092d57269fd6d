"""Who has received what: what a room could see is told as it was decided when they sat there."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from tests.conftest import Clock, MadeVault
from tests.people import (
    DAY,
    JOHAN,
    Family,
    arrive,
    case_with_family,
    move,
    organisation,
    paper,
    planned_meeting,
    professional,
    relative,
    running_meeting,
    seat_of,
    signed_case,
    wrote,
)
from trygga_desktop.domain.bars import BarScope
from trygga_desktop.domain.case import Phase
from trygga_desktop.domain.ground_use import GroundAnswer
from trygga_desktop.domain.meeting import Function, Presence
from trygga_desktop.domain.parties import Custody
from trygga_desktop.domain.people import Protection
from trygga_desktop.domain.reasons import Reason
from trygga_desktop.domain.receipts import Route
from trygga_desktop.services.consents import (
    RecordBar,
    WithdrawConsent,
    record_bar,
    record_consent,
    withdraw_consent,
)
from trygga_desktop.services.grounds import UseGround, use_ground
from trygga_desktop.services.meetings import EndMeeting, Invitation, begin_meeting, end_meeting
from trygga_desktop.services.overview import ChangePhase, change_phase
from trygga_desktop.services.protocols import log_protocol_printed, log_protocol_saved
from trygga_desktop.services.receipts import Receipt
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.services.withdrawals import read_withdrawal

INTERPRETER = Invitation(name="Nadia Tolk", functions=frozenset({Function.INTERPRETER}))


def receipts(vault: OpenVault, case_id: UUID) -> tuple[Receipt, ...]:
    return read_withdrawal(case_id, vault=vault).value.receipts


def counts(vault: OpenVault, case_id: UUID) -> dict[str, list[int]]:
    """Return how many entries each person could see on the screen, meeting by meeting."""
    return {
        one.name: [time.count for time in one.times]
        for one in receipts(vault, case_id)
        if one.route is Route.SCREEN
    }


def tell(vault: OpenVault, meeting_id: UUID, family: Family, *texts: str) -> None:
    """Write down what the school says."""
    for text in texts:
        wrote(vault, meeting_id, text, organisation_id=family.school)


def held(vault: OpenVault, family: Family, *party_ids: UUID) -> UUID:
    """Hold a meeting at which the school says one thing."""
    meeting_id = running_meeting(vault, family, *party_ids)
    tell(vault, meeting_id, family, "Elias har varit i skolan.")
    end_meeting(EndMeeting(meeting_id=meeting_id), vault=vault)
    return meeting_id


def barred(family: Family) -> RecordBar:
    """Return that Johan is told nothing at all."""
    return RecordBar(
        case_id=family.case_id,
        reason=Reason.GUARDIAN_BARRED,
        against=family.johan,
        on=DAY,
        scope=BarScope.ALL_BUT_THESE,
        categories=frozenset(),
        words="Beslut av nämnden",
    )


def test_where_no_meeting_was_held_and_nothing_printed_nobody_received_anything(
    vault: OpenVault,
) -> None:
    family = signed_case(vault)
    planned_meeting(vault, family)

    assert receipts(vault, family.case_id) == ()


def test_whoever_was_absent_has_received_nothing(vault: OpenVault) -> None:
    family = signed_case(vault)
    meeting_id = planned_meeting(vault, family)
    for name in ("Elias", "Karin", "Maria"):
        arrive(vault, meeting_id, seat_of(vault, meeting_id, name))
    move(vault, meeting_id, seat_of(vault, meeting_id, "Johan"), Presence.ABSENT)
    begin_meeting(meeting_id, vault=vault)
    tell(vault, meeting_id, family, "Elias har varit i skolan.")
    end_meeting(EndMeeting(meeting_id=meeting_id), vault=vault)

    assert counts(vault, family.case_id) == {"Maria Lind": [1]}


def test_the_young_person_and_the_controller_s_own_people_are_nobody_it_was_shared_with(
    vault: OpenVault,
) -> None:
    family = signed_case(vault)
    held(vault, family)

    assert counts(vault, family.case_id).keys() == {
        "Maria Lind",
        "Sara Demosson",
        "Johan Demosson",
    }


def test_in_a_room_with_a_barred_guardian_nobody_saw_anything(vault: OpenVault) -> None:
    family = signed_case(vault)
    record_bar(barred(family), vault=vault)
    held(vault, family)

    assert set(map(tuple, counts(vault, family.case_id).values())) == {(0,)}


def test_nor_in_a_room_with_a_professional_of_the_barred_guardian_s_name(
    vault: OpenVault,
) -> None:
    family = signed_case(vault)
    record_bar(barred(family), vault=vault)
    namesake = professional(vault, family.case_id, family.school, "Johan Demosson")
    held(vault, family, family.subject, family.karin, family.maria, namesake)

    assert counts(vault, family.case_id) == {"Maria Lind": [0], "Johan Demosson": [0]}


def test_a_bar_that_came_later_does_not_undo_what_was_seen(vault: OpenVault, clock: Clock) -> None:
    family = signed_case(vault)
    held(vault, family)
    clock.move(hours=1)
    record_bar(barred(family), vault=vault)

    assert counts(vault, family.case_id)["Johan Demosson"] == [1]


def test_who_is_not_covered_empties_the_screen_for_all_while_in_the_room(
    vault: OpenVault, clock: Clock
) -> None:
    family = signed_case(vault)
    meeting_id = running_meeting(
        vault, family, family.subject, family.karin, family.maria, family.peter
    )
    tell(vault, meeting_id, family, "Elias har varit i skolan.")
    clock.move(minutes=10)
    move(vault, meeting_id, seat_of(vault, meeting_id, "Peter"), Presence.GONE)
    clock.move(minutes=10)
    end_meeting(EndMeeting(meeting_id=meeting_id), vault=vault)

    assert counts(vault, family.case_id) == {"Maria Lind": [1], "Peter Falk": [0]}


def test_what_was_written_after_somebody_left_did_not_reach_them(
    vault: OpenVault, clock: Clock
) -> None:
    family = signed_case(vault)
    meeting_id = running_meeting(vault, family)
    tell(vault, meeting_id, family, "Före.")
    clock.move(minutes=10)
    move(vault, meeting_id, seat_of(vault, meeting_id, "Sara"), Presence.GONE)
    clock.move(minutes=10)
    tell(vault, meeting_id, family, "Efter.")
    end_meeting(EndMeeting(meeting_id=meeting_id), vault=vault)
    clock.move(minutes=10)
    tell(vault, meeting_id, family, "Renskrivet.")

    assert counts(vault, family.case_id) == {
        "Maria Lind": [2],
        "Sara Demosson": [1],
        "Johan Demosson": [2],
    }


def test_a_withdrawal_later_that_day_does_not_undo_what_was_seen(
    vault: OpenVault, clock: Clock
) -> None:
    family = signed_case(vault)
    held(vault, family)
    clock.move(hours=1)
    back = WithdrawConsent(case_id=family.case_id, signer=family.sara, on=DAY)
    withdraw_consent(back, vault=vault)
    clock.move(hours=1)
    closing = ChangePhase(case_id=family.case_id, phase=Phase.CLOSED, reason="consent_withdrawn")
    change_phase(closing, vault=vault)

    assert counts(vault, family.case_id)["Maria Lind"] == [1]


def test_nor_does_a_pause_that_was_decided_later_that_day(vault: OpenVault, clock: Clock) -> None:
    family = signed_case(vault)
    held(vault, family)
    clock.move(hours=1)
    change_phase(ChangePhase(case_id=family.case_id, phase=Phase.PAUSED), vault=vault)

    assert counts(vault, family.case_id)["Maria Lind"] == [1]


def test_a_withdrawal_during_a_meeting_stops_what_comes_after_it(
    vault: OpenVault, clock: Clock
) -> None:
    family = signed_case(vault)
    meeting_id = running_meeting(vault, family, family.subject, family.karin, family.maria)
    wrote(vault, meeting_id, "Före.", organisation_id=family.board)
    clock.move(minutes=10)
    back = WithdrawConsent(case_id=family.case_id, signer=family.sara, on=DAY)
    withdraw_consent(back, vault=vault)
    clock.move(minutes=10)
    wrote(vault, meeting_id, "Efter.", organisation_id=family.board)
    end_meeting(EndMeeting(meeting_id=meeting_id), vault=vault)

    assert counts(vault, family.case_id) == {"Maria Lind": [1]}


def test_a_guardian_who_was_entered_after_the_meeting_does_not_undo_what_was_seen(
    vault: OpenVault, clock: Clock
) -> None:
    family = signed_case(vault)
    held(vault, family)
    clock.move(hours=1)
    another = replace(JOHAN, given_name="Pia")
    relative(vault, family.case_id, another, custody=Custody.JOINT)

    assert counts(vault, family.case_id)["Maria Lind"] == [1]


def test_a_phase_that_opened_during_the_meeting_let_the_screen_show_what_came_then(
    vault: OpenVault, clock: Clock
) -> None:
    family = signed_case(vault)
    change_phase(ChangePhase(case_id=family.case_id, phase=Phase.PAUSED), vault=vault)
    meeting_id = running_meeting(vault, family, family.subject, family.karin, family.maria)
    tell(vault, meeting_id, family, "Mötet.")
    clock.move(minutes=10)
    assert counts(vault, family.case_id) == {"Maria Lind": [0]}
    again = ChangePhase(case_id=family.case_id, phase=Phase.INFORMATION_AND_CONSENT)
    change_phase(again, vault=vault)
    clock.move(minutes=10)
    end_meeting(EndMeeting(meeting_id=meeting_id), vault=vault)

    assert counts(vault, family.case_id) == {"Maria Lind": [1]}


def test_a_consent_that_came_after_the_meeting_did_not_open_it(
    vault: OpenVault, clock: Clock
) -> None:
    family = case_with_family(vault)
    meeting_id = running_meeting(vault, family, family.subject, family.karin, family.maria)
    wrote(vault, meeting_id, "Mötet.", organisation_id=family.board)
    end_meeting(EndMeeting(meeting_id=meeting_id), vault=vault)
    clock.move(hours=1)
    record_consent(paper(family), vault=vault)

    assert counts(vault, family.case_id) == {"Maria Lind": [0]}


def test_meetings_of_one_person_are_told_together_with_their_kinds_of_information(
    vault: OpenVault, clock: Clock
) -> None:
    family = signed_case(vault)
    held(vault, family, family.subject, family.karin, family.maria)
    clock.move(days=1)
    held(vault, family, family.subject, family.karin, family.maria)

    (found,) = receipts(vault, family.case_id)

    assert (found.organisation_id, found.title, found.is_family) == (
        family.school,
        "rektor",
        False,
    )
    assert [(one.number, one.on) for one in found.times] == [
        (1, DAY),
        (2, DAY + timedelta(days=1)),
    ]
    assert {code for one in found.times for code in one.categories} == {"schooling"}


def test_an_interpreter_was_in_the_room_as_well(vault: OpenVault) -> None:
    family = signed_case(vault)
    meeting_id = running_meeting(vault, family, family.subject, family.karin, guests=[INTERPRETER])
    wrote(vault, meeting_id, "Mötet.", organisation_id=family.board)

    assert counts(vault, family.case_id) == {"Nadia Tolk": [1]}


def test_somebody_of_the_family_who_is_protected_is_called_by_the_alias(
    made: MadeVault,
) -> None:
    vault = made.open()
    hidden = replace(JOHAN, alias="SYD-3", protection=Protection.PROTECTED_REGISTRATION)
    family = signed_case(vault)
    guardian = relative(vault, family.case_id, hidden, custody=Custody.JOINT)
    running_meeting(vault, family, family.subject, family.karin, guardian)

    assert counts(vault, family.case_id).keys() == {"SYD-3"}
    vault.close()


def test_after_an_older_file_it_is_still_told_what_was_seen_before(
    made: MadeVault, clock: Clock
) -> None:
    vault = made.open()
    family = signed_case(vault)
    held(vault, family, family.subject, family.karin, family.maria)
    vault.close()
    older = (made.folder / "vault.db").read_bytes()
    made.open().close()
    clock.move(hours=1)
    (made.folder / "vault.db").write_bytes(older)
    vault = made.open(accept_older=True)

    assert counts(vault, family.case_id) == {"Maria Lind": [1]}
    vault.close()


def test_a_print_and_a_file_are_told_with_who_made_them_and_not_for_whom(
    vault: OpenVault, clock: Clock
) -> None:
    family = signed_case(vault)
    meeting_id = held(vault, family, family.subject, family.karin)
    log_protocol_printed(meeting_id, vault=vault)
    clock.move(hours=1)
    log_protocol_printed(meeting_id, vault=vault)
    log_protocol_saved(meeting_id, vault=vault)

    printed, saved = receipts(vault, family.case_id)

    assert (printed.route, saved.route) == (Route.PROTOCOL_PRINTED, Route.PROTOCOL_SAVED)
    assert [(one.name, one.organisation_id, one.by) for one in (printed, saved)] == [
        ("", None, "Karin Ek")
    ] * 2
    assert [(one.number, one.on) for one in printed.times] == [(1, DAY), (1, DAY)]
    first, second = (one.at for one in printed.times)
    assert first is not None
    assert second is not None
    assert second - first >= timedelta(hours=1)


def test_prints_of_another_case_are_not_told(vault: OpenVault) -> None:
    family, other = signed_case(vault), case_with_family(vault)
    log_protocol_printed(held(vault, other, other.subject, other.karin), vault=vault)

    assert receipts(vault, family.case_id) == ()


def test_a_decision_on_another_ground_is_told_with_ground_decider_and_last_day(
    vault: OpenVault,
) -> None:
    family = case_with_family(vault)
    bup = organisation(vault, "child_psychiatry", "BUP Exempelstad")
    mirja = professional(vault, family.case_id, bup, "Mirja Kallio", "kurator")
    meeting_id = running_meeting(vault, family, family.karin, mirja)
    item = wrote(vault, meeting_id, "Sover.", category="family", organisation_id=family.board).id
    use = UseGround(
        case_id=family.case_id,
        ground="care_and_social_under_18",
        items=frozenset({item}),
        recipients=frozenset({bup}),
        answers=(
            GroundAnswer(condition="group", holds=True),
            GroundAnswer(condition="needed", words="BUP behöver det."),
        ),
        decided_by="Maja Lund, enhetschef",
        motive="Sömnen behöver bedömas nu.",
        on=DAY,
        until=DAY + timedelta(days=30),
    )
    use_ground(use, vault=vault)

    (found,) = [one for one in receipts(vault, family.case_id) if one.route is Route.OTHER_GROUND]

    assert (found.organisation_id, found.ground, found.by, found.until) == (
        bup,
        "care_and_social_under_18",
        "Maja Lund, enhetschef",
        DAY + timedelta(days=30),
    )
    assert [(one.on, one.count, one.categories) for one in found.times] == [
        (DAY, 1, frozenset({"family"}))
    ]
