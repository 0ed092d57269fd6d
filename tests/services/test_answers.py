"""What agencies wrote on their sheets: typed back in, it is theirs and shown to whoever may see."""

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.conftest import MadeVault
from tests.insider import with_roles
from tests.people import (
    DAY,
    Family,
    case_with_family,
    item_of,
    planned_meeting,
    room_of,
    running_meeting,
    signed_case,
    texts_in,
)
from tests.services.sealing_desk import held_meeting, sealed_of
from trygga_desktop.domain.errors import (
    InvalidInputError,
    NoAccessError,
    NoRightError,
    SealedMeetingError,
)
from trygga_desktop.domain.permissions import Role
from trygga_desktop.services.answers import (
    MOST_ANSWERS,
    Answer,
    RecordAnswers,
    read_answers,
    record_answers,
)
from trygga_desktop.services.consents import ChangeTerms, NewExclusion, change_terms
from trygga_desktop.services.entries import MOST_TEXT_OF_ENTRY
from trygga_desktop.services.meetings import Invitation, cancel_meeting
from trygga_desktop.services.rooms import read_hidden
from trygga_desktop.services.vault import OpenVault

PRESENT = "Elias har varit där varje dag."


def told(
    vault: OpenVault, meeting_id: UUID, organisation_id: UUID, **changes: Any
) -> RecordAnswers:
    """Return one answer of an agency about school."""
    answer = Answer(agenda_id=item_of(vault, meeting_id, "now_school"), words=PRESENT)
    return RecordAnswers(
        meeting_id=meeting_id,
        organisation_id=organisation_id,
        answers=(replace(answer, **changes),),
    )


def typed_of(vault: OpenVault, meeting_id: UUID, organisation_id: UUID) -> list[str]:
    """Return what was typed in of an agency's sheet."""
    sheets = read_answers(meeting_id, vault=vault).value.sheets
    (sheet,) = [one for one in sheets if one.organisation_id == organisation_id]
    return [one.item.text for one in sheet.typed]


def test_nobody_without_the_right_or_the_case_reads_or_records_them(made: MadeVault) -> None:
    vault = made.open()
    family = signed_case(vault)
    meeting_id = planned_meeting(vault, family)
    command = told(vault, meeting_id, family.school)
    vault.close()
    for role, error in ((Role.AUDITOR, NoRightError), (Role.SOCIAL_WORKER, NoAccessError)):
        with_roles(made, "pn", role)
        other = made.open("pn")
        with pytest.raises(error):
            read_answers(meeting_id, vault=other)
        with pytest.raises(error):
            record_answers(command, vault=other)
        other.close()

    again = made.open()
    assert typed_of(again, meeting_id, family.school) == []
    again.close()


@pytest.mark.parametrize(
    ("changes", "field", "flaw"),
    [
        ({"words": ""}, "text", "missing"),
        ({"words": " \n"}, "text", "missing"),
        ({"words": "x" * (MOST_TEXT_OF_ENTRY + 1)}, "text", "length"),
        ({"category": "own_words"}, "category", "unknown"),
        ({"category": "no such"}, "category", "unknown"),
    ],
)
def test_an_answer_that_cannot_be_one_is_refused(
    vault: OpenVault, changes: dict[str, str], field: str, flaw: str
) -> None:
    family = signed_case(vault)
    meeting_id = planned_meeting(vault, family)

    with pytest.raises(InvalidInputError) as caught:
        record_answers(told(vault, meeting_id, family.school, **changes), vault=vault)

    assert (caught.value.field, caught.value.flaw) == (field, flaw)
    assert typed_of(vault, meeting_id, family.school) == []


def test_one_wrong_line_stores_none_of_them(vault: OpenVault) -> None:
    family = signed_case(vault)
    meeting_id = planned_meeting(vault, family)
    right = told(vault, meeting_id, family.school)
    (answer,) = right.answers
    voice = next(one for one in room_of(vault, meeting_id).agenda if one.category == "own_words")
    for wrong, field in (
        (replace(right, answers=()), "answers"),
        (replace(right, answers=(answer,) * (MOST_ANSWERS + 1)), "answers"),
        (replace(right, answers=(answer, replace(answer, agenda_id=uuid4()))), "agenda"),
        (replace(right, answers=(answer, replace(answer, agenda_id=voice.id))), "agenda"),
        (replace(right, organisation_id=family.police), "organisation"),
        (replace(right, organisation_id=uuid4()), "organisation"),
    ):
        with pytest.raises(InvalidInputError) as caught:
            record_answers(wrong, vault=vault)
        assert caught.value.field == field

    assert typed_of(vault, meeting_id, family.school) == []


def test_whoever_is_called_to_a_part_answers_nothing_else(vault: OpenVault) -> None:
    family = case_with_family(vault)
    called = Invitation(
        party_id=family.maria, functions=frozenset(), called_to=frozenset({"now_leisure"})
    )
    meeting_id = planned_meeting(vault, family, invited=(called,))

    with pytest.raises(InvalidInputError) as caught:
        record_answers(told(vault, meeting_id, family.school), vault=vault)

    assert caught.value.field == "agenda"


def test_none_is_typed_in_for_a_meeting_that_is_called_off_or_sealed(vault: OpenVault) -> None:
    family = signed_case(vault)
    cancelled = planned_meeting(vault, family)
    command = told(vault, cancelled, family.school)
    cancel_meeting(cancelled, vault=vault)
    with pytest.raises(InvalidInputError) as caught:
        record_answers(command, vault=vault)
    assert caught.value.field == "meeting"

    held = held_meeting(vault, family)
    sealed_of(vault, held)
    with pytest.raises(SealedMeetingError):
        record_answers(told(vault, held.meeting_id, family.school), vault=vault)


def test_an_answer_stands_ready_at_its_item_for_those_who_may_see_it(vault: OpenVault) -> None:
    family = signed_case(vault)
    meeting_id = running_meeting(vault, family)

    record_answers(told(vault, meeting_id, family.school), vault=vault)
    hidden = told(vault, meeting_id, family.school, words="Har rökt.", category="substance")
    record_answers(hidden, vault=vault)

    assert texts_in(room_of(vault, meeting_id)) == [PRESENT]
    (entry,) = [entry for item in room_of(vault, meeting_id).agenda for entry in item.entries]
    assert (entry.who, entry.item.category) == ("Ekbackens skola", "schooling")
    assert typed_of(vault, meeting_id, family.school) == [PRESENT, "Har rökt."]
    assert typed_of(vault, meeting_id, family.board) == []


def test_an_answer_that_an_exclusion_asks_about_stays_hidden_until_it_is_answered(
    vault: OpenVault,
) -> None:
    family = signed_case(vault)
    asked = NewExclusion(categories=frozenset({"schooling"}), words="Bråket", asked_by=family.sara)
    change_terms(ChangeTerms(case_id=family.case_id, on=DAY, exclusions=(asked,)), vault=vault)
    meeting_id = running_meeting(vault, family)

    record_answers(told(vault, meeting_id, family.school), vault=vault)

    assert texts_in(room_of(vault, meeting_id)) == []
    (waiting,) = read_hidden(meeting_id, vault=vault).value.hidden
    assert not waiting.questions[0].is_answered


def test_each_agency_has_one_sheet_with_the_items_that_it_is_called_to(
    vault: OpenVault,
) -> None:
    family: Family = case_with_family(vault)
    meeting_id = planned_meeting(vault, family)

    found = read_answers(meeting_id, vault=vault).value

    assert [one.organisation_id for one in found.sheets] == [family.board, family.school]
    for sheet in found.sheets:
        assert "own_words" not in {one.category for one in sheet.agenda}
    assert "own_words" not in {one.code for one in found.categories}
