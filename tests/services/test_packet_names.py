"""Who of a family is called by name in a packet, on either side."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from tests.people import DAY, VIKTOR, cells, paper, relative, running_meeting, wrote
from tests.services.packet_desk import (
    Side,
    forged,
    leaving,
    logged,
    look,
    only,
    outgoing,
    plan,
    prepared,
    said,
    send,
    statement,
    take,
    texts,
)
from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.commitments import Commitment, CommitmentState
from trygga_desktop.domain.meeting import ToldBy
from trygga_desktop.domain.packets import Change, PartKind
from trygga_desktop.domain.people import Protection
from trygga_desktop.domain.person_changes import PersonChange
from trygga_desktop.domain.plan import LineKind, PlanLine
from trygga_desktop.domain.receipts import Route
from trygga_desktop.services.consents import record_consent
from trygga_desktop.services.details import (
    ChangeDetails,
    change_details,
    protect_person,
    read_details,
)
from trygga_desktop.services.entries import ChangeCommitment, EntryKind, change_commitment
from trygga_desktop.services.packet_names import FamilyNames
from trygga_desktop.services.packets import OutgoingPart
from trygga_desktop.services.packets_in import TakeIn, take_in_plan
from trygga_desktop.services.plan_versions import versions_of
from trygga_desktop.services.standing import stand
from trygga_desktop.services.voices import RecordVoice, record_voice
from trygga_desktop.services.withdrawals import read_withdrawal

SEEN_VIKTOR = replace(VIKTOR, protection=Protection.NONE, alias="")
WITHOUT_CONTACT = ("leisure", "own_words", "plan", "schooling")


def only_for(side: Side, categories: Iterable[str]) -> None:
    """Let everyone sign anew, for these categories alone."""
    allowed = cells((side.family.board, side.family.school), categories)
    signed = paper(side.family)
    answers = tuple(replace(one, cells=allowed) for one in signed.answers)
    record_consent(replace(signed, answers=answers), vault=side.vault)


def let_himself_be_told(side: Side, person_id: UUID) -> None:
    """Let somebody else of the family sign that they may be spoken of."""
    signed = paper(side.family)
    own = replace(signed.answers[0], signer=person_id)
    record_consent(replace(signed, answers=(*signed.answers, own)), vault=side.vault)


def action(number: int, words: str, name: str, party_id: UUID | None = None) -> PlanLine:
    """Return an action of somebody of the family."""
    return PlanLine(
        id=UUID(int=number),
        kind=LineKind.ACTION,
        words=words,
        area="school",
        responsible=name,
        party_id=party_id,
        due_on=DAY + timedelta(days=7),
    )


def promise(side: Side, name: str) -> UUID:
    """Let somebody by that name promise something for no agency, and return it."""
    meeting_id = running_meeting(side.vault, side.family)
    return wrote(
        side.vault, meeting_id, "Hämtar efter träningen.", kind=EntryKind.ACTION,
        under="commitments", responsible=name, due_on=date(2026, 12, 10),
    ).id  # fmt: skip


def promised(side: Side) -> Commitment:
    """Return the one commitment of the case here."""
    with side.vault.work() as work:
        ((found, _),) = work.commitments.of_case(side.case_id)
    return found


def lines_of(side: Side) -> dict[UUID, PlanLine]:
    """Return the lines of the plan as they are stored here, by their ids."""
    with side.vault.work() as work:
        return {one.id: one for one in versions_of(work, side.case_id)[-1].lines}


def told_in_packets(side: Side) -> frozenset[str]:
    """Return the categories of what the one packet so far has told."""
    receipts = read_withdrawal(side.case_id, vault=side.vault).value.receipts
    (receipt,) = [one for one in receipts if one.route is Route.PACKET]
    return receipt.times[0].categories


def named(parts: Iterable[OutgoingPart]) -> list[str]:
    """Return who is told to be responsible."""
    return [texts(one).get("responsible", "") for one in parts]


def test_no_name_of_the_family_leaves_that_the_receiver_may_not_know(
    sides: tuple[Side, Side],
) -> None:
    here, there = sides
    only_for(here, WITHOUT_CONTACT)
    family = here.family
    plan(
        here,
        action(1, "Hämta efter träningen.", "Sara Demosson", family.sara),
        action(2, "Gå på boxningen.", "Elias Demosson", family.subject),
        action(3, "Ringa tränaren.", "Johan  DEMOSSON"),
        action(4, "Köpa skor.", "Moster Ulla"),
        replace(action(5, "Boka möte.", "Maria Lind"), organisation_id=family.school),
    )
    promise(here, "Sara Demosson")

    parts = leaving(here, None)

    assert outgoing(here, None).name == ""
    assert sorted(named(parts)) == ["", "", "", "", "", "Maria Lind"]
    assert sum(one.withholds_name for one in parts) == 5
    came = look(there, send(here, None)).parts
    assert {texts(one).get("responsible", "") for one in came} == {"", "Maria Lind"}
    assert not [one for one in came if one.flaw is not None]


def test_names_leave_that_the_receiver_may_know(sides: tuple[Side, Side]) -> None:
    here, _ = sides
    plan(
        here,
        action(1, "Hämta efter träningen.", "Sara Demosson", here.family.sara),
        action(2, "Ringa tränaren.", "johan demosson"),
    )

    parts = leaving(here, None)

    assert named(parts) == ["Sara Demosson", "Johan Demosson"]
    assert not any(one.withholds_name for one in parts)


@pytest.mark.parametrize("is_typed", [False, True])
def test_neither_the_name_nor_the_alias_of_a_protected_relative_leaves_unasked(
    sides: tuple[Side, Side], *, is_typed: bool
) -> None:
    here, _ = sides
    viktor = relative(here.vault, here.case_id, VIKTOR)
    name, party_id = ("viktor  TESTMAN", None) if is_typed else ("Viktor Testman", viktor)
    plan(here, action(1, "Hämta efter träningen.", name, party_id))

    assert named(leaving(here, None)) == [""]

    let_himself_be_told(here, viktor)

    assert named(leaving(here, None)) == ["NORD-7"]


def test_who_was_to_tell_the_words_does_not_leave_once_the_young_person_tells_them(
    sides: tuple[Side, Side],
) -> None:
    here, there = sides
    meeting_id = prepared(here)
    command = RecordVoice(
        meeting_id=meeting_id, words="Hej.", told_by=ToldBy.SELF, teller="Moster Ulla"
    )
    record_voice(command, vault=here.vault)

    (voice,) = only(look(there, send(here, meeting_id)).parts, PartKind.VOICE)

    assert "teller" not in texts(voice)


def test_a_name_that_did_not_travel_stays_where_it_is_known(sides: tuple[Side, Side]) -> None:
    here, there = sides
    only_for(here, WITHOUT_CONTACT)
    line = action(1, "Hämta efter träningen.", "Sara Demosson", here.family.sara)
    plan(here, line)
    take(there, send(here, None))
    assert not lines_of(there)[line.id].responsible
    plan(there, replace(lines_of(there)[line.id], due_on=DAY + timedelta(days=9)), based_on=1)
    back = send(there, None)

    (part,) = look(here, back).parts
    take(here, back)

    assert (part.change, texts(part)["responsible"]) == (Change.THERE, "Sara Demosson")
    kept = lines_of(here)[line.id]
    assert (kept.responsible, kept.party_id) == ("Sara Demosson", here.family.sara)
    assert kept.due_on == DAY + timedelta(days=9)


def test_what_was_promised_without_a_name_is_followed_up_on_both_sides(
    sides: tuple[Side, Side],
) -> None:
    here, there = sides
    only_for(here, WITHOUT_CONTACT)
    commitment_id = promise(here, "Sara Demosson")
    take(there, send(here, None))
    assert not promised(there).responsible
    done = ChangeCommitment(
        case_id=there.case_id, commitment_id=commitment_id, state=CommitmentState.DONE
    )
    change_commitment(done, vault=there.vault)
    back = send(there, None)

    (part,) = look(here, back).parts
    take(here, back)

    assert (part.change, part.flaw) == (Change.THERE, None)
    assert promised(here).state is CommitmentState.DONE
    assert promised(here).responsible == "Sara Demosson"


def test_a_name_that_may_be_known_later_comes_to_what_was_promised_without_it(
    sides: tuple[Side, Side],
) -> None:
    here, there = sides
    only_for(here, WITHOUT_CONTACT)
    promise(here, "Sara Demosson")
    take(there, send(here, None))
    only_for(here, (*WITHOUT_CONTACT, "contact"))

    take(there, send(here, None))

    assert promised(there).responsible == "Sara Demosson"


def test_a_name_that_left_counts_as_told(sides: tuple[Side, Side]) -> None:
    here, _ = sides
    only_for(here, (*WITHOUT_CONTACT, "contact"))
    promise(here, "Sara Demosson")

    send(here, None)

    assert "contact" in told_in_packets(here)


def test_a_name_that_stayed_does_not_count_as_told(sides: tuple[Side, Side]) -> None:
    here, _ = sides
    only_for(here, WITHOUT_CONTACT)
    said(here, prepared(here), "Hej.")
    promise(here, "Sara Demosson")

    send(here, None)

    assert "contact" not in told_in_packets(here)


def test_the_name_of_somebody_protected_here_is_neither_shown_nor_stored(
    sides: tuple[Side, Side],
) -> None:
    here, there = sides
    viktor = relative(here.vault, here.case_id, SEEN_VIKTOR)
    let_himself_be_told(here, viktor)
    relative(there.vault, there.case_id, VIKTOR)
    line = action(1, "Hämta efter träningen.", "Viktor Testman", viktor)
    plan(here, line)
    packet = send(here, None)

    (part,) = look(there, packet).parts
    take(there, packet)

    assert texts(part)["responsible"] == "NORD-7"
    assert lines_of(there)[line.id].responsible == "NORD-7"
    assert Action.PACKET_TAKEN_IN in logged(there)
    with there.vault.work() as work:
        assert len(versions_of(work, there.case_id)) == 1


def test_a_line_whose_name_is_another_here_goes_back_as_changed_there_alone(
    sides: tuple[Side, Side],
) -> None:
    here, there = sides
    viktor = relative(here.vault, here.case_id, SEEN_VIKTOR)
    let_himself_be_told(here, viktor)
    relative(there.vault, there.case_id, VIKTOR)
    line = action(1, "Hämta efter träningen.", "Viktor Testman", viktor)
    plan(here, line)
    take(there, send(here, None))
    plan(there, replace(lines_of(there)[line.id], due_on=DAY + timedelta(days=9)), based_on=1)
    back = send(there, None)

    (part,) = look(here, back).parts
    take(here, back)

    assert (part.change, texts(part)["responsible"]) == (Change.THERE, "Viktor Testman")
    assert lines_of(here)[line.id].party_id == viktor


def test_the_name_of_a_young_person_who_is_protected_here_is_not_shown_beside_the_alias(
    sides: tuple[Side, Side],
) -> None:
    here, there = sides
    plan(here, action(1, "Gå på boxningen.", "Elias Demosson", here.family.subject))
    subject = there.family.subject
    version = read_details(there.case_id, subject, vault=there.vault).value.version
    change = PersonChange(protection=Protection.SECRECY_MARKING, alias="NORD-9")
    command = ChangeDetails(
        case_id=there.case_id, person_id=subject, version=version, change=change
    )
    protect_person(command, vault=there.vault)

    found = look(there, send(here, None))

    assert (found.name_there, found.name_here) == ("NORD-9", "NORD-9")
    assert not found.is_another_name
    assert [texts(one)["responsible"] for one in found.parts] == ["NORD-9"]


def test_what_the_sender_wrote_otherwise_than_it_is_stored_is_taken_in_all_the_same(
    sides: tuple[Side, Side],
) -> None:
    here, there = sides
    line = action(1, "Hämta efter träningen.", "Maria Lind")
    plan(here, replace(line, organisation_id=here.family.school))
    packet = forged(
        here,
        there,
        send(here, None),
        lambda part: replace(part, fields={**part.fields, "responsible": " Maria Lind "}),
    )

    take(there, packet)

    assert lines_of(there)[line.id].responsible == "Maria Lind"
    assert Action.PACKET_TAKEN_IN in logged(there)


def test_a_packet_whose_plan_was_stored_before_the_program_ended_is_taken_in_after_it(
    sides: tuple[Side, Side],
) -> None:
    here, there = sides
    # It is stored there without the blank, so that it is not the line as it came.
    line = action(1, "Hämta efter träningen.", "Maria Lind ")
    plan(here, replace(line, organisation_id=here.family.school))
    packet = send(here, None)
    asked = [one.key for one in look(there, packet).parts if one.must_be_answered]
    command = TakeIn(
        case_id=there.case_id,
        data=packet,
        accepted=frozenset(asked),
        refused=frozenset(),
        is_same_person=True,
    )
    take_in_plan(command, vault=there.vault)

    take(there, packet)

    with there.vault.work() as work:
        assert len(versions_of(work, there.case_id)) == 1
    assert Action.PACKET_TAKEN_IN in logged(there)


def test_a_name_that_may_be_that_of_somebody_whose_name_is_closed_is_not_told(
    sides: tuple[Side, Side],
) -> None:
    here, _ = sides
    viktor = relative(here.vault, here.case_id, VIKTOR)
    with here.vault.work() as work:
        opened = stand(work, here.vault, work.cases.find(here.case_id))
        partner = work.partners.find(here.partner)
    assert partner is not None
    standing = replace(opened, protected_names={})

    names = FamilyNames(here.vault, standing, partner)

    assert (names.here("Moster Ulla"), names.there("Moster Ulla")) == ("", "")
    assert (names.here("sara demosson"), names.there("sara demosson")) == (
        "sara demosson",
        "Sara Demosson",
    )
    # A packet of somebody else says so though the name is not shown; of an alias nobody can tell.
    assert names.is_another("Moster Ulla", here.family.subject)
    assert not names.is_another("elias demosson", here.family.subject)
    assert not names.is_another("Viktor Testman", viktor)
    assert (names.here("Viktor Testman", viktor), names.there("", viktor)) == ("NORD-7", "")


def test_a_packet_of_somebody_who_is_called_otherwise_says_so(
    sides: tuple[Side, Side],
) -> None:
    here, there = sides
    statement(here, "Elias har ny tränare.")
    packet = send(here, None)
    assert not look(there, packet).is_another_name
    version = read_details(there.case_id, there.family.subject, vault=there.vault).value.version
    command = ChangeDetails(
        case_id=there.case_id,
        person_id=there.family.subject,
        version=version,
        change=PersonChange(given_name="Elis"),
    )
    change_details(command, vault=there.vault)

    found = look(there, packet)

    assert found.is_another_name
    assert (found.name_there, found.name_here) == ("Elias Demosson", "Elis Demosson")
