"""A packet goes from one vault to another and back, and nothing of it is taken in unasked."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.people import (
    DAY,
    MAJA,
    STARTS_AT,
    make_due_at,
    opened_case,
    professional,
    room_of,
    signed_case,
    wrote,
)
from tests.services.packet_desk import (
    Side,
    flaw_of,
    forged,
    logged,
    look,
    only,
    outgoing,
    plan,
    plan_of,
    prepared,
    said,
    send,
    statement,
    take,
    texts,
)
from trygga_desktop.crypto.packets import unseal_packet
from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.case import Phase
from trygga_desktop.domain.commitments import CommitmentState
from trygga_desktop.domain.errors import InvalidInputError, NoAccessError
from trygga_desktop.domain.meeting import Function, ToldBy
from trygga_desktop.domain.packets import (
    Change,
    PacketFlaw,
    Part,
    PartFlaw,
    PartKind,
    StayFlaw,
    Whose,
)
from trygga_desktop.domain.plan import LineKind, PlanLine
from trygga_desktop.domain.receipts import Route
from trygga_desktop.services.agendas import GiveMoreTime, give_more_time
from trygga_desktop.services.case_files import WriteNote, write_note
from trygga_desktop.services.consents import WithdrawConsent, withdraw_consent
from trygga_desktop.services.entries import ChangeCommitment, EntryKind, change_commitment
from trygga_desktop.services.meetings import (
    Invitation,
    PlanMeeting,
    cancel_meeting,
    plan_meeting,
    read_meetings,
)
from trygga_desktop.services.overview import ChangePhase, change_phase
from trygga_desktop.services.packets import MakePacket, OutgoingPart, make_packet, read_outgoing
from trygga_desktop.services.packets_in import TakeIn, read_packet, take_in_packet, take_in_plan
from trygga_desktop.services.partners import own_keys, retire_partner
from trygga_desktop.services.plan_versions import digest_of_version, versions_of
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.services.voices import RecordVoice, read_voice, record_voice
from trygga_desktop.services.withdrawals import read_withdrawal


def voice_at(side: Side, meeting_id: UUID) -> str:
    """Return the young person's words as they lie in a vault."""
    told = read_voice(meeting_id, vault=side.vault).value.told
    return "" if told is None else told.words


def take_back(side: Side) -> None:
    """Let a guardian take back the consent."""
    command = WithdrawConsent(case_id=side.case_id, signer=side.family.sara, on=DAY)
    withdraw_consent(command, vault=side.vault)


def test_nothing_leaves_for_somebody_whose_keys_nobody_certified(vault: OpenVault) -> None:
    family = signed_case(vault)
    meeting_id = prepared(Side(vault, family, UUID(int=1)))

    for call in (
        lambda: read_outgoing(family.case_id, meeting_id, UUID(int=1), vault=vault),
        lambda: make_packet(
            MakePacket(
                case_id=family.case_id,
                meeting_id=meeting_id,
                partner_id=UUID(int=1),
                chosen=frozenset({"x"}),
            ),
            vault=vault,
        ),
    ):
        with pytest.raises(InvalidInputError):
            call()
    assert read_outgoing(family.case_id, meeting_id, vault=vault).value.parts == ()


def test_nothing_that_no_consent_covers_can_leave(sides: tuple[Side, Side]) -> None:
    here, _ = sides
    meeting_id = prepared(here)
    statement(here, "Går i nian.", "schooling")
    take_back(here)

    parts = outgoing(here, meeting_id).parts
    kept = [one for one in parts if not one.may_leave]

    assert {one.kind for one in kept} >= {PartKind.STATEMENT}
    assert all(one.decision is not None for one in kept)
    assert outgoing(here, meeting_id).name == ""
    for one in kept:
        with pytest.raises(InvalidInputError) as caught:
            send(here, meeting_id, [one.key])
        assert caught.value.flaw == "not_allowed"
    assert Action.PACKET_MADE not in logged(here)


def test_neither_notes_nor_what_is_guarded_is_ever_offered(sides: tuple[Side, Side]) -> None:
    here, _ = sides
    meeting_id = prepared(here)
    write_note(WriteNote(case_id=here.case_id, text="Arbetsanteckning."), vault=here.vault)
    wrote(
        here.vault, meeting_id, "Bor hos mormor.", under="now_school",
        is_guarded=True, organisation_id=here.family.board,
    )  # fmt: skip

    told = [text for one in outgoing(here, meeting_id).parts for text in texts(one).values()]

    assert not {"Arbetsanteckning.", "Bor hos mormor."} & set(told)


def test_what_tells_of_another_or_of_who_reported_stays_whatever_was_decided(
    sides: tuple[Side, Side],
) -> None:
    here, _ = sides
    meeting_id = prepared(here)
    about = statement(here, "Mamma arbetar natt.", "leisure", about=here.family.sara)
    reported = wrote(
        here.vault, meeting_id, "En granne ringde.", under="now_school",
        organisation_id=here.family.board, reveals_reporter=True,
    ).id  # fmt: skip

    flaws = {one.key.split()[1]: one.flaw for one in outgoing(here, meeting_id).parts}

    assert flaws[str(about)] is StayFlaw.ABOUT_ANOTHER
    assert flaws[str(reported)] is StayFlaw.REPORTER
    for key in (f"statement {about}", f"statement {reported}"):
        with pytest.raises(InvalidInputError):
            send(here, meeting_id, [key])


def test_words_that_somebody_else_is_to_tell_stay_for_who_that_is_stands_beside_them(
    sides: tuple[Side, Side],
) -> None:
    here, _ = sides
    meeting_id = prepared(here)
    told = RecordVoice(
        meeting_id=meeting_id, words="Jag sover illa.", told_by=ToldBy.SOMEBODY, teller="Mormor"
    )
    record_voice(told, vault=here.vault)

    (voice,) = [one for one in outgoing(here, meeting_id).parts if one.kind is PartKind.VOICE]

    assert voice.flaw is StayFlaw.ABOUT_ANOTHER
    with pytest.raises(InvalidInputError):
        send(here, meeting_id, [voice.key])


def test_nothing_leaves_a_case_that_is_spoken_of_without_the_name(
    sides: tuple[Side, Side],
) -> None:
    here, _ = sides
    case_id = opened_case(here.vault, MAJA, programme="sspf")
    maria = professional(here.vault, case_id, here.family.school, "Maria Lind", "rektor")
    phase = ChangePhase(case_id=case_id, phase=Phase.ASSESSMENT)
    change_phase(phase, vault=here.vault)
    place = Invitation(party_id=maria, functions=frozenset({Function.AGENCY_REPRESENTATIVE}))
    asked = PlanMeeting(
        case_id=case_id, template="sspf_professionals", starts_at=STARTS_AT, invited=(place,)
    )
    meeting_id = plan_meeting(asked, vault=here.vault).value
    with pytest.raises(InvalidInputError, match="meeting"):
        outgoing(here, meeting_id)
    here = replace(here, family=replace(here.family, case_id=case_id))
    plan(here, goal(1, "Gå till skolan varje dag."))

    for prepared_for in (meeting_id, None):
        parts = outgoing(here, prepared_for).parts
        assert parts
        assert {one.flaw for one in parts} == {StayFlaw.WITHOUT_NAMES}
        for one in parts:
            with pytest.raises(InvalidInputError):
                send(here, prepared_for, [one.key])


def test_the_number_of_a_case_leaves_only_where_somebody_chose_to_tell_it(
    sides: tuple[Side, Side],
) -> None:
    here, there = sides
    meeting_id = prepared(here)

    assert look(there, send(here, meeting_id)).case_number_there == ""
    told = look(there, send(here, meeting_id, tells_number=True)).case_number_there
    assert told == outgoing(here, meeting_id).row.case_number != ""


def test_nothing_and_what_is_not_there_cannot_be_sent(sides: tuple[Side, Side]) -> None:
    here, _ = sides
    meeting_id = prepared(here)

    for chosen, flaw in (([], "missing"), ([f"statement {UUID(int=3)}"], "unknown")):
        with pytest.raises(InvalidInputError) as caught:
            send(here, meeting_id, chosen)
        assert caught.value.flaw == flaw


def test_a_meeting_that_has_begun_is_not_prepared_elsewhere_any_more(
    sides: tuple[Side, Side],
) -> None:
    here, _ = sides
    meeting_id = prepared(here)
    cancel_meeting(meeting_id, vault=here.vault)

    with pytest.raises(InvalidInputError):
        outgoing(here, meeting_id)


def test_a_packet_is_in_the_log_before_anybody_has_it(sides: tuple[Side, Side]) -> None:
    here, _ = sides
    meeting_id = prepared(here)
    send(here, meeting_id)

    assert logged(here)[-1] is Action.PACKET_MADE
    assert outgoing(here, meeting_id).sent == 1


def test_who_got_a_packet_counts_as_told_when_a_consent_is_taken_back(
    sides: tuple[Side, Side],
) -> None:
    here, _ = sides
    meeting_id = prepared(here)
    assert read_withdrawal(here.case_id, vault=here.vault).value.receipts == ()
    send(here, meeting_id)

    take_back(here)

    desk = read_withdrawal(here.case_id, vault=here.vault).value
    (receipt,) = desk.receipts
    assert (receipt.route, receipt.organisation_id) == (Route.PACKET, here.family.school)
    assert receipt.times[0].categories >= {"leisure"}
    assert (
        receipt.times[0].count
        == len([one for one in outgoing(here, meeting_id).parts if one.kind is not PartKind.AGENDA])
        + 1
    )


def test_a_packet_for_somebody_else_is_refused_as_such(sides: tuple[Side, Side]) -> None:
    here, _ = sides
    made = send(here, prepared(here))

    assert flaw_of(lambda: look(here, made)) is PacketFlaw.FOR_SOMEBODY_ELSE


def test_a_packet_of_somebody_nobody_certified_or_who_was_retired_is_refused(
    sides: tuple[Side, Side],
) -> None:
    here, there = sides
    packet = send(here, prepared(here))
    retire_partner(there.partner, vault=there.vault)

    assert flaw_of(lambda: look(there, packet)) is PacketFlaw.RETIRED


def test_a_packet_that_was_altered_changes_nothing(sides: tuple[Side, Side]) -> None:
    here, there = sides
    packet = send(here, prepared(here))
    before = logged(there)
    altered = packet[:-9] + bytes([packet[-9] ^ 1]) + packet[-8:]

    assert flaw_of(lambda: take(there, altered)) is PacketFlaw.ALTERED
    assert logged(there) == before


def test_a_packet_is_taken_in_once_and_an_older_one_not_after_a_newer(
    sides: tuple[Side, Side],
) -> None:
    here, there = sides
    meeting_id = prepared(here)
    first, second = send(here, meeting_id), send(here, meeting_id)
    take(there, second)

    assert flaw_of(lambda: look(there, second)) is PacketFlaw.TAKEN_BEFORE
    assert flaw_of(lambda: look(there, first)) is PacketFlaw.OLDER


def test_a_packet_of_one_case_is_not_taken_into_another(sides: tuple[Side, Side]) -> None:
    here, there = sides
    packet = send(here, prepared(here))
    take(there, packet)
    other = signed_case(there.vault)
    again = send(here, meeting_of(here))

    elsewhere = replace(there, family=other)
    assert flaw_of(lambda: look(elsewhere, again)) is PacketFlaw.OTHER_CASE


def meeting_of(side: Side) -> UUID:
    """Return the newest meeting of a case."""
    return read_meetings(side.case_id, vault=side.vault).value.meetings[0].id


def test_nobody_without_the_case_looks_into_its_packets(
    sides: tuple[Side, Side],
) -> None:
    here, there = sides
    packet = send(here, prepared(here))

    with pytest.raises(NoAccessError):
        read_packet(UUID(int=5), packet, vault=there.vault)


def test_what_the_receiver_may_not_be_told_is_shown_without_its_words_and_not_taken_in(
    sides: tuple[Side, Side],
) -> None:
    here, there = sides
    packet = send(here, prepared(here))
    take_back(there)

    incoming = look(there, packet)
    (statement_there,) = only(incoming.parts, PartKind.STATEMENT)

    assert statement_there.flaw is PartFlaw.NOT_ALLOWED
    assert statement_there.decision is not None
    assert not statement_there.decision.allowed
    assert statement_there.after == ()
    command = TakeIn(
        case_id=there.case_id, data=packet, accepted=frozenset({statement_there.key}),
        refused=frozenset(), is_same_person=True,
    )  # fmt: skip
    with pytest.raises(InvalidInputError):
        take_in_packet(command, vault=there.vault)


def test_every_part_is_answered_and_the_person_confirmed(sides: tuple[Side, Side]) -> None:
    here, there = sides
    packet = send(here, prepared(here))
    asked = frozenset(one.key for one in look(there, packet).parts if one.must_be_answered)
    one = next(iter(asked))
    right = TakeIn(
        case_id=there.case_id, data=packet, accepted=asked, refused=frozenset(), is_same_person=True
    )

    for wrong, flaw in (
        (replace(right, is_same_person=False), "unconfirmed"),
        (replace(right, accepted=asked - {one}), "unanswered"),
        (replace(right, refused=frozenset({one})), "unanswered"),
        (replace(right, refused=frozenset({"statement x"})), "unanswered"),
    ):
        with pytest.raises(InvalidInputError) as caught:
            take_in_packet(wrong, vault=there.vault)
        assert caught.value.flaw == flaw
    assert read_meetings(there.case_id, vault=there.vault).value.meetings == ()


def test_a_refused_packet_leaves_no_trace_but_that_it_was_answered(
    sides: tuple[Side, Side],
) -> None:
    here, there = sides
    packet = send(here, prepared(here))
    take(there, packet, refuse=lambda _: True)

    assert logged(there)[-1] is Action.PACKET_TAKEN_IN
    assert read_meetings(there.case_id, vault=there.vault).value.meetings == ()
    assert flaw_of(lambda: look(there, packet)) is PacketFlaw.TAKEN_BEFORE


def test_what_is_prepared_arrives_with_its_provenance(sides: tuple[Side, Side]) -> None:
    here, there = sides
    meeting_id = prepared(here)
    packet = send(here, meeting_id)

    incoming = look(there, packet)

    assert (incoming.sender, incoming.organisation) == ("Karin Ek", "Ekbackens skola")
    assert incoming.name_there == incoming.name_here == "Elias Demosson"
    assert incoming.is_first
    assert incoming.is_new_meeting
    assert {one.change for one in incoming.parts} == {Change.NEW}
    assert {one.organisation for one in incoming.parts} == {"Ekbackens skola"}
    assert [texts(one) for one in only(incoming.parts, PartKind.VOICE)] == [
        {"words": "Jag vill spela fotboll.", "told_by": "self"}
    ]
    take(there, packet)
    assert voice_at(there, meeting_id) == "Jag vill spela fotboll."
    told = read_voice(meeting_id, vault=there.vault).value.told
    assert told is not None
    assert told.not_raised == ""


def test_what_came_stays_the_senders_information(sides: tuple[Side, Side]) -> None:
    here, there = sides
    meeting_id = prepared(here)
    take(there, send(here, meeting_id))

    with there.vault.work() as work:
        items = work.items.of_case(there.case_id)
        (meeting,) = [one for one, _ in work.meetings.of_case(there.case_id)]
    assert {one.origin_id for one in items} == {there.family.school}
    written = [one for one in meeting.agenda if not one.code]
    assert [one.origin_id for one in written] == [there.family.school]


def test_a_preparation_goes_there_is_changed_on_both_sides_and_comes_back(
    sides: tuple[Side, Side],
) -> None:
    here, there = sides
    meeting_id = prepared(here)
    take(there, send(here, meeting_id))
    # Over there the words are told anew, an item gets more time, and something is added.
    said(there, meeting_id, "Jag vill byta lag.")
    first, second = room_of(there.vault, meeting_id).agenda[:2]
    more = GiveMoreTime(meeting_id=meeting_id, agenda_id=first.id, minutes=10)
    give_more_time(more, vault=there.vault)
    statement(there, "Skolan bjuder in till prova på.")
    # Meanwhile here as well: the same words, and the time of another item.
    said(here, meeting_id, "Jag vill helst åka skidor.")
    give_more_time(replace(more, agenda_id=second.id), vault=here.vault)
    back = send(there, meeting_id)

    incoming = look(here, back)
    changes = {one.key: one.change for one in incoming.parts}

    assert not incoming.is_first
    assert changes[f"agenda {first.id}"] is Change.THERE
    assert changes[f"agenda {second.id}"] is Change.HERE
    (voice,) = only(incoming.parts, PartKind.VOICE)
    assert voice.change is Change.BOTH
    assert "Jag vill helst åka skidor." in {one.text for one in voice.before}
    assert "Jag vill byta lag." in {one.text for one in voice.after}
    (new,) = [one for one in only(incoming.parts, PartKind.STATEMENT) if one.change is Change.NEW]
    assert (new.organisation, texts(new)["text"]) == (
        "Ekbackens skola",
        "Skolan bjuder in till prova på.",
    )
    assert list(changes.values()).count(Change.SAME) == len(changes) - 4

    take(here, back, refuse=lambda one: one.kind is PartKind.VOICE)

    assert voice_at(here, meeting_id) == "Jag vill helst åka skidor."
    agenda = {one.id: one.minutes for one in room_of(here.vault, meeting_id).agenda}
    assert agenda[first.id] == first.minutes + 10
    assert agenda[second.id] == second.minutes + 10


def test_what_was_refused_here_is_offered_there_as_the_newer(sides: tuple[Side, Side]) -> None:
    here, there = sides
    meeting_id = prepared(here)
    take(there, send(here, meeting_id))
    said(there, meeting_id, "Jag vill byta lag.")
    take(here, send(there, meeting_id), refuse=lambda one: one.kind is PartKind.VOICE)

    (voice,) = only(look(there, send(here, meeting_id)).parts, PartKind.VOICE)

    # Each has seen the other's words: a person says which hold.
    assert voice.change is Change.BOTH


def test_a_commitment_goes_there_is_done_there_and_is_done_here_too(
    sides: tuple[Side, Side],
) -> None:
    here, there = sides
    meeting_id = prepared(here)
    promised = wrote(
        here.vault, meeting_id, "Skolan ringer tränaren.", kind=EntryKind.ACTION,
        organisation_id=here.family.school, responsible="Maria Lind", due_on=date(2026, 12, 10),
    ).id  # fmt: skip
    take(there, send(here, meeting_id))
    done = ChangeCommitment(
        case_id=there.case_id, commitment_id=promised, state=CommitmentState.DONE
    )
    change_commitment(done, vault=there.vault)
    back = send(there, meeting_id)

    (incoming,) = only(look(here, back).parts, PartKind.COMMITMENT)
    assert incoming.change is Change.THERE
    take(here, back)

    with here.vault.work() as work:
        (commitment,) = [one for one, _ in work.commitments.of_case(here.case_id)]
    assert (commitment.id, commitment.state) == (promised, CommitmentState.DONE)
    assert commitment.organisation_id == here.family.school


def test_the_hour_of_what_was_promised_goes_there_and_comes_back_changed(
    sides: tuple[Side, Side],
) -> None:
    here, there = sides
    meeting_id = prepared(here)
    promised = wrote(
        here.vault, meeting_id, "Skolan ringer tränaren.", kind=EntryKind.ACTION,
        organisation_id=here.family.school, responsible="Maria Lind", due_on=date(2026, 12, 10),
    ).id  # fmt: skip
    # As long as there is no hour, the part is what it always was.
    (plain,) = going_out(here, meeting_id)
    assert "due_at" not in texts(plain)
    make_due_at(here.vault, here.case_id, promised, time(14, 30))
    (part,) = going_out(here, meeting_id)
    assert texts(part)["due_at"] == "14:30"
    sent = send(here, meeting_id)

    def at(hour: str) -> Callable[[Part], Part | None]:
        def change(part: Part) -> Part | None:
            is_it = part.kind is PartKind.COMMITMENT
            return replace(part, fields={**part.fields, "due_at": hour}) if is_it else None

        return change

    for hour in ("25:10", "14", "14:30:00", "i natt"):
        (bad,) = look(there, forged(here, there, sent, at(hour))).parts
        assert bad.flaw is PartFlaw.UNREADABLE

    take(there, sent)
    assert hour_at(there, promised) == time(14, 30)
    take(here, forged(there, here, send(there, meeting_id), at("09:15")))
    assert hour_at(here, promised) == time(9, 15)


def test_the_day_on_which_a_promise_is_followed_up_goes_there_and_comes_back_moved(
    sides: tuple[Side, Side],
) -> None:
    here, there = sides
    meeting_id = prepared(here)
    promised = promise(here, meeting_id)
    take(there, send(here, meeting_id))
    assert "follow_up_on" not in texts(going_out(here, meeting_id)[0])
    follow_up(here, promised, date(2026, 12, 3))
    sent = send(here, meeting_id)

    for day in ("3 december", "2026-13-01", "20261203x"):
        (bad,) = only(look(there, forged(here, there, sent, asked_on(day))).parts, COMMITMENT)
        assert bad.flaw is PartFlaw.UNREADABLE
    (incoming,) = only(look(there, sent).parts, COMMITMENT)

    assert incoming.change is Change.THERE
    assert "follow_up_on" not in {one.name for one in incoming.before}
    assert texts(incoming)["follow_up_on"] == "2026-12-03"
    assert (incoming.organisation, incoming.known_on) == ("Annanstad", DAY)
    take(there, sent, refuse=lambda one: one.kind is COMMITMENT)
    assert asked_about(there, promised) is None
    follow_up(here, promised, date(2026, 12, 4))
    take(there, send(here, meeting_id))
    assert asked_about(there, promised) == date(2026, 12, 4)

    follow_up(there, promised, date(2026, 12, 8))
    back = send(there, meeting_id)
    (returned,) = only(look(here, back).parts, COMMITMENT)
    assert returned.change is Change.THERE
    take(here, back)
    assert asked_about(here, promised) == date(2026, 12, 8)


def test_a_new_promise_comes_with_the_day_on_which_it_is_followed_up(
    sides: tuple[Side, Side],
) -> None:
    here, there = sides
    meeting_id = prepared(here)
    promised = promise(here, meeting_id)
    follow_up(here, promised, date(2026, 12, 3))

    take(there, send(here, meeting_id))

    with there.vault.work() as work:
        found = {one.id: one for one, _ in work.commitments.of_case(there.case_id)}
    assert (found[promised].follow_up_on, found[promised].due_on) == (
        date(2026, 12, 3),
        date(2026, 12, 10),
    )


def test_what_an_older_program_knows_nothing_of_stays_and_is_told_to_stay(
    sides: tuple[Side, Side],
) -> None:
    here, there = sides
    meeting_id = prepared(here)
    promised = promise(here, meeting_id)
    follow_up(here, promised, date(2026, 12, 3))
    make_due_at(here.vault, here.case_id, promised, time(14, 30))
    take(there, send(here, meeting_id))
    doing = ChangeCommitment(
        case_id=there.case_id, commitment_id=promised, state=CommitmentState.DOING
    )
    change_commitment(doing, vault=there.vault)
    back = forged(there, here, send(there, meeting_id), as_before)
    moved = forged(there, here, back, due("2026-12-17"))

    (same_day,) = only(look(here, back).parts, COMMITMENT)
    (another_day,) = only(look(here, moved).parts, COMMITMENT)

    assert (texts(same_day)["follow_up_on"], texts(same_day)["due_at"]) == ("2026-12-03", "14:30")
    assert texts(another_day)["follow_up_on"] == "2026-12-03"
    assert "due_at" not in texts(another_day)
    follow_up(here, promised, date(2026, 12, 4))
    assert [one.change for one in only(look(here, back).parts, COMMITMENT)] == [Change.SAME]
    take(here, moved)
    assert (asked_about(here, promised), hour_at(here, promised)) == (date(2026, 12, 4), None)


COMMITMENT = PartKind.COMMITMENT


def promise(side: Side, meeting_id: UUID) -> UUID:
    """Let the school promise something."""
    return wrote(
        side.vault, meeting_id, "Skolan ringer tränaren.", kind=EntryKind.ACTION,
        organisation_id=side.family.school, responsible="Maria Lind", due_on=date(2026, 12, 10),
    ).id  # fmt: skip


def follow_up(side: Side, commitment_id: UUID, day: date) -> None:
    """Agree on a day on which it is asked how it goes."""
    command = ChangeCommitment(
        case_id=side.case_id,
        commitment_id=commitment_id,
        state=CommitmentState.DOING,
        new_follow_up=day,
    )
    change_commitment(command, vault=side.vault)


def asked_about(side: Side, commitment_id: UUID) -> date | None:
    """Return the day on which it is asked how something goes on this side."""
    with side.vault.work() as work:
        found = {one.id: one for one, _ in work.commitments.of_case(side.case_id)}
    return found[commitment_id].follow_up


def as_before(part: Part) -> Part:
    """Return a part as a program told it that knew neither hours nor days of follow-up."""
    told = {name: text for name, text in part.fields.items() if name not in UNKNOWN_BEFORE}
    return replace(part, fields=told) if part.kind is COMMITMENT else part


UNKNOWN_BEFORE = {"due_at", "follow_up_on"}


def asked_on(day: str) -> Callable[[Part], Part]:
    """Return what lets a promise be followed up on a day."""
    return lambda part: with_field(part, "follow_up_on", day)


def due(day: str) -> Callable[[Part], Part]:
    """Return what lets a promise be due on a day."""
    return lambda part: with_field(part, "due_on", day)


def with_field(part: Part, name: str, text: str) -> Part:
    """Return a promise with another field, and any other part as it is."""
    is_it = part.kind is COMMITMENT
    return replace(part, fields={**part.fields, name: text}) if is_it else part


def going_out(side: Side, meeting_id: UUID) -> list[OutgoingPart]:
    """Return the commitments that can be sent."""
    found = outgoing(side, meeting_id).parts
    return [one for one in found if one.kind is PartKind.COMMITMENT]


def hour_at(side: Side, commitment_id: UUID) -> time | None:
    """Return the hour at which something is due on this side."""
    with side.vault.work() as work:
        found = {one.id: one for one, _ in work.commitments.of_case(side.case_id)}
    return found[commitment_id].hour


def test_the_hour_of_a_line_of_the_plan_goes_there_and_comes_back_changed(
    sides: tuple[Side, Side],
) -> None:
    here, there = sides
    line = replace(goal(1, "Ordna boende."), kind=LineKind.ACTION, due_on=DAY)
    plan(here, line)
    # As long as there is no hour, the part is what it always was.
    assert "due_at" not in texts(going(here))
    put_at(here, line.id, time(14, 30))
    assert texts(going(here))["due_at"] == "14:30"
    sent = send(here, None)

    for hour in ("25:10", "14", "14:30:00", "i natt"):
        bad = forged(here, there, sent, partial(at_hour, hour=hour))
        assert only(look(there, bad).parts, PartKind.PLAN_LINE)[0].flaw is PartFlaw.UNREADABLE
    without = forged(here, there, sent, partial(at_hour, hour="14:30", due_on=""))
    assert only(look(there, without).parts, PartKind.PLAN_LINE)[0].flaw is PartFlaw.UNREADABLE
    of_goal = forged(here, there, sent, as_goal)
    assert only(look(there, of_goal).parts, PartKind.PLAN_LINE)[0].flaw is PartFlaw.UNREADABLE

    take(there, sent)
    assert line_at(there, line.id) == (DAY, time(14, 30))
    put_at(there, line.id, time(9, 15))
    back = send(there, None)
    (returned,) = only(look(here, back).parts, PartKind.PLAN_LINE)
    assert (returned.change, texts(returned)["due_at"]) == (Change.THERE, "09:15")
    take(here, back)
    assert line_at(here, line.id) == (DAY, time(9, 15))


def test_a_program_that_knows_no_hour_of_a_line_takes_it_away_with_its_day_alone(
    sides: tuple[Side, Side],
) -> None:
    here, there = sides
    line = replace(goal(1, "Ordna boende."), kind=LineKind.ACTION, due_on=DAY)
    plan(here, line)
    put_at(here, line.id, time(14, 30))
    take(there, send(here, None))
    plan(there, replace(line, words="Ordna boende nu.", due_at=time(14, 30)), based_on=1)
    back = forged(there, here, send(there, None), before_hours)
    moved = forged(there, here, back, lambda part: with_text(part, "due_on", "2026-12-17"))

    (same_day,) = only(look(here, back).parts, PartKind.PLAN_LINE)
    (another_day,) = only(look(here, moved).parts, PartKind.PLAN_LINE)

    assert texts(same_day)["due_at"] == "14:30"
    assert "due_at" not in texts(another_day)
    take(here, back)
    assert line_at(here, line.id) == (DAY, time(14, 30))
    take(there, send(here, None))
    plan(there, replace(line, due_on=date(2026, 12, 17)), based_on=2)
    take(here, send(there, None))
    assert line_at(here, line.id) == (date(2026, 12, 17), None)


def going(side: Side) -> OutgoingPart:
    """Return the line of the plan that can be sent without a meeting."""
    (found,) = [one for one in outgoing(side, None).parts if one.kind is PartKind.PLAN_LINE]
    return found


def line_at(side: Side, line_id: UUID) -> tuple[date | None, time | None]:
    """Return until when a line is to be done on this side."""
    with side.vault.work() as work:
        lines = versions_of(work, side.case_id)[-1].lines
    return next(one.until for one in lines if one.id == line_id)


def put_at(side: Side, line_id: UUID, hour: time) -> None:
    """Let a line be due at an hour, as in the acute stage."""
    with side.vault.work() as work:
        before = versions_of(work, side.case_id)[-1]
        version = replace(
            before,
            id=uuid4(),
            number=before.number + 1,
            lines=tuple(
                replace(one, due_at=hour) if one.id == line_id else one for one in before.lines
            ),
            based_on=before.number,
            previous=digest_of_version(before).hex(),
        )
        work.plans.add(side.case_id, version)
        work.commit(Action.PLAN_KEPT, side.case_id, digest=digest_of_version(version))


def with_text(part: Part, name: str, text: str) -> Part:
    """Return a line of the plan with another field, and any other part as it is."""
    is_it = part.kind is PartKind.PLAN_LINE
    return replace(part, fields={**part.fields, name: text}) if is_it else part


def at_hour(part: Part, hour: str, *, due_on: str = "2026-12-10") -> Part:
    """Return a line of the plan that is due at an hour."""
    return with_text(with_text(part, "due_at", hour), "due_on", due_on)


def as_goal(part: Part) -> Part:
    """Return a line as a goal that is due at an hour."""
    return replace(part, source=replace(part.source, kind=LineKind.GOAL.value))


def before_hours(part: Part) -> Part:
    """Return a line as a program told it that knew no hour of it."""
    told = {name: text for name, text in part.fields.items() if name != "due_at"}
    return replace(part, fields=told) if part.kind is PartKind.PLAN_LINE else part


def test_parts_that_do_not_fit_here_are_told_and_not_taken_in(sides: tuple[Side, Side]) -> None:
    here, there = sides
    meeting_id = prepared(here)
    take(there, send(here, meeting_id))
    said(there, meeting_id, "Jag vill byta lag.")
    back = send(there, meeting_id)
    cancel_meeting(meeting_id, vault=here.vault)

    flaws = {one.kind: one.flaw for one in look(here, back).parts}

    assert flaws[PartKind.VOICE] is PartFlaw.CLOSED
    assert flaws[PartKind.AGENDA] is PartFlaw.CLOSED


def test_what_lies_here_is_not_changed_as_if_it_were_somebody_elses(
    sides: tuple[Side, Side],
) -> None:
    here, there = sides
    meeting_id = prepared(here)
    plan(here, goal(1, "Klara nian."))
    take(there, send(here, meeting_id))
    back = send(there, meeting_id)

    def as_theirs(part: Part) -> Part | None:
        if part.kind is PartKind.STATEMENT:
            source = replace(part.source, whose=Whose.SENDER)
            return replace(part, fields={"text": "Elias har slutat träna."}, source=source)
        if part.kind is PartKind.PLAN_LINE:
            fields = {**part.fields, "words": "Klara tian."}
            return replace(part, fields=fields, source=replace(part.source, category="leisure"))
        return None

    parts = look(here, forged(there, here, back, as_theirs)).parts

    assert {one.kind: one.flaw for one in parts} == {
        PartKind.STATEMENT: PartFlaw.BY_HAND,
        PartKind.PLAN_LINE: PartFlaw.BY_HAND,
    }
    assert [one.flaw for one in only(look(here, back).parts, PartKind.STATEMENT)] == [None]


def test_what_an_unknown_agency_is_to_do_never_becomes_the_familys(
    sides: tuple[Side, Side],
) -> None:
    here, there = sides
    meeting_id = prepared(here)
    wrote(
        here.vault, meeting_id, "Skolan ringer tränaren.", kind=EntryKind.ACTION,
        organisation_id=here.family.school, responsible="Maria Lind", due_on=date(2026, 12, 10),
    )  # fmt: skip
    action = replace(goal(1, "Ordna praktik."), kind=LineKind.ACTION, responsible="Bo Ek")
    plan(here, replace(action, organisation_id=here.family.school))

    def by_unknown(part: Part) -> Part | None:
        if part.kind not in {PartKind.COMMITMENT, PartKind.PLAN_LINE}:
            return None
        source = replace(
            part.source,
            whose=Whose.SENDER,
            speaks=Whose.OTHER,
            speaks_kind="region",
            speaks_name="Vårdcentralen",
        )
        return replace(part, source=source)

    parts = look(there, forged(here, there, send(here, meeting_id), by_unknown)).parts

    assert [one.flaw for one in parts] == [PartFlaw.ORIGIN_UNKNOWN] * 2


def goal(number: int, words: str) -> PlanLine:
    """Return a goal of the plan."""
    return PlanLine(id=UUID(int=number), kind=LineKind.GOAL, words=words, area="school")


def test_lines_of_a_plan_that_nobody_may_be_told_or_that_tell_of_another_stay(
    sides: tuple[Side, Side],
) -> None:
    here, _ = sides
    meeting_id = prepared(here)
    of_sara = replace(goal(2, "Mamma byter jobb."), about=frozenset({here.family.sara}))
    plan(here, goal(1, "Klara nian."), of_sara)
    flaws = {one.key: one.flaw for one in outgoing(here, meeting_id).parts}
    assert flaws[f"plan_line {of_sara.id}"] is StayFlaw.ABOUT_ANOTHER

    take_back(here)

    kept = {one.key for one in outgoing(here, meeting_id).parts if not one.may_leave}
    assert f"plan_line {goal(1, '').id}" in kept


def test_a_plan_is_taken_in_before_the_rest_of_its_packet(sides: tuple[Side, Side]) -> None:
    here, there = sides
    meeting_id = prepared(here)
    plan(here, goal(1, "Klara nian."))
    packet = send(here, meeting_id)
    asked = frozenset(one.key for one in look(there, packet).parts if one.must_be_answered)
    command = TakeIn(
        case_id=there.case_id, data=packet, accepted=asked, refused=frozenset(), is_same_person=True
    )

    with pytest.raises(InvalidInputError) as caught:
        take_in_packet(command, vault=there.vault)
    assert caught.value.flaw == "plan_first"

    take_in_plan(command, vault=there.vault)
    # As if the power had gone: the packet can still be taken in, and the plan is not stored twice.
    take_in_packet(command, vault=there.vault)
    assert plan_of(there) == {goal(1, "").id: "Klara nian."}


def test_who_is_to_do_something_instead_is_told_with_the_agency_and_taken_over_whole(
    sides: tuple[Side, Side],
) -> None:
    here, there = sides
    meeting_id = prepared(here)
    action = replace(goal(1, "Ordna praktik."), kind=LineKind.ACTION, term=None)
    action = replace(
        action,
        responsible="Maria Lind",
        organisation_id=here.family.school,
        party_id=here.family.maria,
    )
    plan(here, action)
    take(there, send(here, meeting_id))
    by_them = replace(
        action,
        responsible="Maria Lind",
        organisation_id=there.family.police,
        party_id=there.family.peter,
    )
    plan(there, by_them, based_on=1)
    back = send(there, meeting_id)

    (line,) = only(look(here, back).parts, PartKind.PLAN_LINE)

    assert line.change is not Change.SAME
    whom = [{one.name: one.text for one in each}["whom"] for each in (line.before, line.after)]
    assert whom[0] != whom[1]
    take(here, back)
    with here.vault.work() as work:
        (kept,) = versions_of(work, here.case_id)[-1].lines
    assert kept.party_id is None
    assert kept.organisation_id == here.family.police


@pytest.mark.parametrize(
    "changed", [{"kind": LineKind.ACTION, "term": None}, {"area": "leisure"}], ids=["kind", "area"]
)
def test_a_line_that_is_something_else_over_there_is_not_told_as_the_same(
    sides: tuple[Side, Side], changed: dict[str, Any]
) -> None:
    here, there = sides
    meeting_id = prepared(here)
    plan(here, replace(goal(1, "Klara nian."), term=None))
    take(there, send(here, meeting_id))
    plan(there, replace(goal(1, "Klara nian."), **({"term": None} | changed)), based_on=1)
    back = send(there, meeting_id)

    (line,) = only(look(here, back).parts, PartKind.PLAN_LINE)
    assert line.change is Change.BOTH

    take(here, back)
    with here.vault.work() as work:
        (kept,) = versions_of(work, here.case_id)[-1].lines
    assert {name: getattr(kept, name) for name in changed} == changed


def test_a_plan_goes_there_is_changed_on_both_sides_and_comes_back(
    sides: tuple[Side, Side],
) -> None:
    here, there = sides
    meeting_id = prepared(here)
    plan(here, goal(1, "Klara nian."), goal(2, "Sova mer."), goal(3, "Börja spela."))
    take(there, send(here, meeting_id))
    plan(
        there, goal(1, "Klara nian i vår."), goal(2, "Sova åtta timmar."), goal(3, "Börja spela."),
        goal(4, "Hitta en praktik."), based_on=1,
    )  # fmt: skip
    plan(here, goal(1, "Klara nian."), goal(2, "Sova bättre."), goal(3, "Börja spela."), based_on=1)
    back = send(there, meeting_id)

    lines = only(look(here, back).parts, PartKind.PLAN_LINE)

    assert {one.key.split()[1]: one.change for one in lines} == {
        str(UUID(int=1)): Change.THERE,
        str(UUID(int=2)): Change.BOTH,
        str(UUID(int=3)): Change.SAME,
        str(UUID(int=4)): Change.NEW,
    }
    take(here, back, refuse=lambda one: one.change is Change.BOTH)
    assert plan_of(here) == {
        UUID(int=1): "Klara nian i vår.",
        UUID(int=2): "Sova bättre.",
        UUID(int=3): "Börja spela.",
        UUID(int=4): "Hitta en praktik.",
    }


def under(goal_id: int, number: int, words: str) -> PlanLine:
    """Return a need that stands under a goal."""
    return replace(goal(number, words), kind=LineKind.NEED, goal_id=UUID(int=goal_id))


def test_a_plan_goes_without_any_meeting_and_what_was_removed_there_is_told_as_such(
    sides: tuple[Side, Side],
) -> None:
    here, there = sides
    lines = goal(1, "Klara nian."), under(1, 2, "Hjälp i matte."), goal(3, "Börja spela.")
    plan(here, *lines, goal(4, "Sova mer."))
    first = send(here, None)
    came = look(there, first)
    assert (came.is_new_meeting, came.starts_at) == (False, None)
    (need,) = [one for one in came.parts if one.key.endswith(str(UUID(int=2)))]
    assert texts(need)["goal"] == "Klara nian."

    def yet_to_come(part: Part) -> Part | None:
        is_it = part.id == UUID(int=4)
        source = replace(part.source, kind=LineKind.INSTRUMENT.value)
        fields = {**part.fields, "due_on": "2099-01-01"}
        return replace(part, fields=fields, source=source) if is_it else None

    # Nobody has used an instrument on a day that has not come: none of our own screens keeps it.
    (used,) = look(there, forged(here, there, first, yet_to_come)).parts
    assert used.flaw is PartFlaw.UNREADABLE
    take(there, first)

    plan(there, replace(lines[0], words="Klara nian i vår."), goal(4, "Sova mer."), based_on=1)
    plan(here, *lines[:2], goal(3, "Börja spela igen."), based_on=1)
    back = send(there, None)

    found = {one.key: one for one in look(here, back).parts}
    number = {one: str(UUID(int=one)) for one in range(1, 5)}
    assert {key: one.change for key, one in found.items()} == {
        f"plan_line {number[1]}": Change.THERE,
        # It was removed here, and has not changed there since.
        f"plan_line {number[4]}": Change.HERE,
        f"removed_line {number[2]}": Change.THERE,
        f"removed_line {number[3]}": Change.BOTH,
    }
    gone = found[f"removed_line {number[2]}"]
    assert [one.text for one in gone.before if one.name == "words"] == ["Hjälp i matte."]
    assert (gone.after, gone.flaw) == ((), None)
    # Its words do not travel again.
    exchange = here.vault.keyring.exchange(here.vault.keyring.principal)
    packet = unseal_packet(back, exchange).read(own_keys(there.vault))
    assert [one.fields for one in packet.parts if one.kind is PartKind.REMOVED_LINE] == [{}, {}]
    take(here, back, refuse=lambda one: one.change is Change.BOTH)
    assert plan_of(here) == {
        UUID(int=1): "Klara nian i vår.",
        UUID(int=3): "Börja spela igen.",
    }
    assert [one.key for one in outgoing(there, None).parts if one.is_new] == []


def test_nothing_tells_that_a_line_is_gone_to_whom_it_may_not_be_told_or_who_never_had_it(
    sides: tuple[Side, Side],
) -> None:
    here, there = sides
    plan(here, goal(1, "Klara nian."), goal(2, "Sova mer."))
    take(there, send(here, None, [f"plan_line {UUID(int=1)}"]))
    plan(here, goal(3, "Börja spela."), based_on=1)
    kinds = {one.key: one for one in outgoing(here, None).parts}
    gone = f"removed_line {UUID(int=1)}"
    # The second one was never sent.
    assert {key for key in kinds if key.startswith("removed_line")} == {gone}
    assert kinds[gone].may_leave

    plan(there, goal(1, "Klara nian."), goal(5, "Ny cykel."), based_on=1)
    packet = send(here, None)

    def of_theirs(part: Part) -> Part | None:
        is_gone = part.kind is PartKind.REMOVED_LINE
        return replace(part, id=UUID(int=5)) if is_gone else None

    (made_up,) = look(there, forged(here, there, packet, of_theirs)).parts
    assert made_up.flaw is PartFlaw.BY_HAND
    take_back(here)
    left = {one.key: one for one in outgoing(here, None).parts}
    assert not left[gone].may_leave
    with pytest.raises(InvalidInputError, match="parts"):
        send(here, None, [gone])
