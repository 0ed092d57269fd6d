"""What is noted at the table about somebody else than the young person, and who that is."""

from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from tests.conftest import MadeVault
from tests.insider import without_triggers
from tests.people import (
    Family,
    case_with_family,
    paper,
    room_of,
    running_meeting,
    signed_case,
    texts_in,
    wrote,
)
from tests.services.sealing_desk import to_seal
from trygga_desktop.domain.consent import OwnInformation
from trygga_desktop.domain.errors import (
    InvalidInputError,
    NoAccessError,
    SealedMeetingError,
    TamperedError,
)
from trygga_desktop.domain.reasons import Reason
from trygga_desktop.domain.sealing import GapKind
from trygga_desktop.services.consents import record_consent
from trygga_desktop.services.entries import EntryKind
from trygga_desktop.services.meetings import EndMeeting, end_meeting
from trygga_desktop.services.rooms import HiddenEntry, read_hidden
from trygga_desktop.services.sealing import read_sealing, seal_protocol
from trygga_desktop.services.second_persons import NameSecondPersons, name_second_persons
from trygga_desktop.services.vault import OpenVault

TOLD = "Storebror har flyttat hemifrån."


def hidden(vault: OpenVault, meeting_id: UUID) -> tuple[HiddenEntry, ...]:
    return read_hidden(meeting_id, vault=vault).value.hidden


def unnamed(vault: OpenVault) -> tuple[Family, UUID, UUID]:
    """Return a family, its meeting, and what was noted there of somebody who is not named."""
    family = signed_case(vault)
    meeting_id = running_meeting(vault, family)
    item_id = wrote(vault, meeting_id, TOLD, organisation_id=family.school, about_unnamed=True).id
    return family, meeting_id, item_id


def name(vault: OpenVault, family: Family, item_id: UUID, *people: UUID) -> None:
    command = NameSecondPersons(case_id=family.case_id, item_id=item_id, people=frozenset(people))
    name_second_persons(command, vault=vault)


def test_what_is_about_a_guardian_at_the_table_is_hidden_from_who_may_not_hear_of_them(
    vault: OpenVault,
) -> None:
    family = case_with_family(vault)
    signed = paper(family)
    # Everyone signs for the young person; of themself the guardian lets nothing be told.
    answers = tuple(
        replace(one, own_information=OwnInformation.NONE) if one.signer == family.sara else one
        for one in signed.answers
    )
    record_consent(replace(signed, answers=answers), vault=vault)
    seats = (family.subject, family.sara, family.karin, family.maria)
    meeting_id = running_meeting(vault, family, *seats)
    about = frozenset({family.subject, family.sara})
    wrote(vault, meeting_id, "Det går bättre för Elias.")
    wrote(vault, meeting_id, "Sara sover dåligt.", about=about)

    (entry,) = hidden(vault, meeting_id)

    against = {seat.organisation_id: decision.reason for seat, decision in entry.against}
    assert against[family.school] is Reason.SECOND_PERSON
    assert not entry.is_about_unnamed
    assert texts_in(room_of(vault, meeting_id)) == ["Det går bättre för Elias."]


def test_what_a_guardian_says_of_themself_at_the_table_is_shown(vault: OpenVault) -> None:
    family = case_with_family(vault)
    signed = paper(family)
    # Everyone signs for the young person; of themself the guardian lets nothing be told.
    answers = tuple(
        replace(one, own_information=OwnInformation.NONE) if one.signer == family.sara else one
        for one in signed.answers
    )
    record_consent(replace(signed, answers=answers), vault=vault)
    seats = (family.subject, family.sara, family.karin, family.maria)
    meeting_id = running_meeting(vault, family, *seats)
    about = frozenset({family.subject, family.sara})
    wrote(
        vault,
        meeting_id,
        "Jag sover dåligt.",
        kind=EntryKind.OWN_WORDS,
        said_by=family.sara,
        about=about,
    )

    assert texts_in(room_of(vault, meeting_id)) == ["Jag sover dåligt."]


def test_what_is_about_somebody_who_is_not_named_stays_hidden(vault: OpenVault) -> None:
    family = signed_case(vault)
    meeting_id = running_meeting(vault, family)
    written = wrote(
        vault,
        meeting_id,
        TOLD,
        organisation_id=family.school,
        about_unnamed=True,
        is_tried=True,
    )

    (entry,) = hidden(vault, meeting_id)

    assert written.must_be_tried
    assert entry.is_about_unnamed
    assert {decision.reason for _, decision in entry.against} == {Reason.SECOND_PERSON}
    assert texts_in(room_of(vault, meeting_id)) == []
    others = {one.id for one in read_hidden(meeting_id, vault=vault).value.others}
    assert family.sara in others
    assert family.subject not in others


def test_once_they_are_named_the_rule_for_second_persons_decides(vault: OpenVault) -> None:
    family, meeting_id, item_id = unnamed(vault)

    name(vault, family, item_id, family.sara)

    (entry,) = hidden(vault, meeting_id)
    assert not entry.is_about_unnamed
    assert entry.entry.item.about == {family.subject, family.sara}
    with pytest.raises(InvalidInputError) as refused:
        name(vault, family, item_id, family.sara)
    assert (refused.value.field, refused.value.flaw) == ("item", "order")


def test_what_was_about_nobody_else_after_all_is_shown(vault: OpenVault) -> None:
    family, meeting_id, item_id = unnamed(vault)

    name(vault, family, item_id, family.subject)

    assert texts_in(room_of(vault, meeting_id)) == [TOLD]


def test_nobody_and_nobody_of_the_case_are_refused(vault: OpenVault) -> None:
    family, meeting_id, item_id = unnamed(vault)
    for people, flaw in (((), "missing"), ((uuid4(),), "unknown")):
        with pytest.raises(InvalidInputError) as refused:
            name(vault, family, item_id, *people)
        assert (refused.value.field, refused.value.flaw) == ("about", flaw)
    with pytest.raises(NoAccessError):
        name(vault, family, uuid4(), family.sara)
    assert texts_in(room_of(vault, meeting_id)) == []


def test_a_protocol_is_sealed_all_the_same_and_then_nobody_is_named(vault: OpenVault) -> None:
    family, meeting_id, item_id = unnamed(vault)
    end_meeting(EndMeeting(meeting_id=meeting_id), vault=vault)
    gaps = read_sealing(meeting_id, vault=vault).value.gaps
    assert [one.item_id for one in gaps if one.kind is GapKind.NOT_NAMED] == [item_id]
    assert not GapKind.NOT_NAMED.is_bar

    seal_protocol(to_seal(vault, meeting_id), vault=vault)

    with pytest.raises(SealedMeetingError):
        name(vault, family, item_id, family.sara)


def test_whoever_is_of_the_case_and_cannot_be_read_is_not_taken_for_somebody_unnamed(
    made: MadeVault,
) -> None:
    vault = made.open()
    family = signed_case(vault)
    meeting_id = running_meeting(vault, family)
    about = frozenset({family.subject, family.sara})
    written = wrote(vault, meeting_id, TOLD, organisation_id=family.school, about=about)
    vault.close()
    spoil = f"UPDATE person SET ciphertext = x'00' WHERE id = '{family.sara.hex}'"
    without_triggers(made, spoil)

    vault = made.open()
    with pytest.raises(TamperedError):
        name(vault, family, written.id, family.subject)
    with vault.work() as work:
        (kept,) = [one for one in work.items.of_case(family.case_id) if one.id == written.id]
    assert kept.about == about
    vault.close()
