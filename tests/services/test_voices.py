"""What the young person says before a meeting, who hears it, and what is not raised."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from tests.conftest import MadeVault
from tests.insider import without_triggers
from tests.people import (
    Family,
    arrive,
    case_with_family,
    item_of,
    paper,
    planned_meeting,
    room_of,
    running_meeting,
    seat_of,
    signed_case,
    wrote,
)
from trygga_desktop.domain.errors import InvalidInputError
from trygga_desktop.domain.meeting import ToldBy
from trygga_desktop.domain.reasons import Reason
from trygga_desktop.services.consents import record_consent
from trygga_desktop.services.meetings import AddAgendaItem, add_agenda_item, begin_meeting
from trygga_desktop.services.rooms import ShownAgendaItem, read_hidden
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.services.voices import (
    RecordVoice,
    read_voice,
    record_voice,
)

WORDS = "Musiken är viktigast för mig"
NOT_RAISED = "Inte det som hände i våras"


def said(meeting_id: UUID, **changes: Any) -> RecordVoice:
    """Return what the young person said."""
    command = RecordVoice(
        meeting_id=meeting_id, words=WORDS, told_by=ToldBy.SELF, not_raised=NOT_RAISED
    )
    return replace(command, **changes)


def shown(vault: OpenVault, meeting_id: UUID, code: str) -> ShownAgendaItem:
    """Return an item of the agenda as the room sees it."""
    (found,) = [
        one
        for one in room_of(vault, meeting_id).agenda
        if one.id == item_of(vault, meeting_id, code)
    ]
    return found


def begun(vault: OpenVault, family: Family, *party_ids: UUID, **changes: Any) -> UUID:
    """Prepare a meeting with the young person, and begin it with these."""
    meeting_id = planned_meeting(vault, family, *party_ids)
    record_voice(said(meeting_id, **changes), vault=vault)
    for seat in room_of(vault, meeting_id).seats:
        arrive(vault, meeting_id, seat)
    begin_meeting(meeting_id, vault=vault)
    return meeting_id


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"words": " "}, ("words", "missing")),
        ({"words": "x" * 2_000_001}, ("words", "length")),
        ({"told_by": ToldBy.LETTER}, ("letter", "missing")),
        ({"told_by": ToldBy.SOMEBODY}, ("teller", "missing")),
        ({"teller": "x" * 201}, ("teller", "length")),
        ({"unraised": frozenset({UUID(int=1)})}, ("unraised", "unknown")),
    ],
)
def test_what_lacks_something_is_refused_by_field_and_nothing_is_stored(
    vault: OpenVault, changes: dict[str, Any], expected: tuple[str, str]
) -> None:
    meeting_id = planned_meeting(vault, case_with_family(vault))

    with pytest.raises(InvalidInputError) as caught:
        record_voice(said(meeting_id, **changes), vault=vault)

    assert (caught.value.field, caught.value.flaw) == expected
    assert read_voice(meeting_id, vault=vault).value.told is None


def test_the_voice_itself_is_never_left_out_and_a_meeting_that_goes_on_is_prepared_no_more(
    vault: OpenVault,
) -> None:
    family = case_with_family(vault)
    planned, running = planned_meeting(vault, family), running_meeting(vault, family)
    voice = frozenset({item_of(vault, planned, "voice")})

    for command, field in ((said(planned, unraised=voice), "unraised"), (said(running), "meeting")):
        with pytest.raises(InvalidInputError) as caught:
            record_voice(command, vault=vault)
        assert caught.value.field == field


def test_what_was_said_comes_back_and_is_changed_but_a_letter_is_not_made_away_with(
    vault: OpenVault,
) -> None:
    meeting_id = planned_meeting(vault, case_with_family(vault))
    first = said(meeting_id, told_by=ToldBy.LETTER, letter="Hej alla")
    record_voice(first, vault=vault)
    before = read_voice(meeting_id, vault=vault).value.told
    second = replace(first, words="Något annat", told_by=ToldBy.SOMEBODY, teller="Karin")

    record_voice(second, vault=vault)

    assert before == first
    assert read_voice(meeting_id, vault=vault).value.told == second
    with pytest.raises(InvalidInputError):
        record_voice(replace(second, letter=""), vault=vault)


def test_words_that_not_everyone_may_hear_stand_nowhere_in_the_room(vault: OpenVault) -> None:
    family = case_with_family(vault)
    meeting_id = begun(vault, family)

    assert shown(vault, meeting_id, "voice").entries == ()
    hidden = read_hidden(meeting_id, vault=vault).value.hidden
    assert WORDS in {one.entry.item.text for one in hidden}


def test_the_words_stand_at_the_voice_for_those_who_may_hear_them(vault: OpenVault) -> None:
    family = signed_case(vault)
    meeting_id = begun(vault, family, family.subject, family.karin)

    (entry,) = shown(vault, meeting_id, "voice").entries

    assert entry.item.text == WORDS
    assert entry.item.said_by == family.subject
    assert NOT_RAISED not in str(room_of(vault, meeting_id))


def test_what_must_not_be_raised_is_on_no_shared_screen_and_the_operator_reads_why(
    vault: OpenVault,
) -> None:
    family = signed_case(vault)
    planned = planned_meeting(vault, family, family.subject, family.karin)
    school = item_of(vault, planned, "now_school")
    record_voice(said(planned, unraised=frozenset({school})), vault=vault)
    for seat in room_of(vault, planned).seats:
        arrive(vault, planned, seat)
    begin_meeting(planned, vault=vault)
    wrote(vault, planned, "Om skolan", organisation_id=family.board)

    (item,) = [one for one in room_of(vault, planned).agenda if one.id == school]
    hidden = read_hidden(planned, vault=vault).value.hidden

    assert (item.is_private, item.title, item.question, item.entries) == (True, "", "", ())
    reasons = {
        one.entry.item.text: {decision.reason for _, decision in one.against}
        for one in hidden
        if one.agenda_id == school
    }
    assert reasons == {"Om skolan": {Reason.EXCLUDED}, "Skola och vardag": {Reason.EXCLUDED}}
    assert seat_of(vault, planned, "Elias").name


def test_a_title_that_the_young_person_may_not_see_is_not_before_them(made: MadeVault) -> None:
    vault = made.open()
    family = case_with_family(vault)
    record_consent(paper(family), vault=vault)
    meeting_id = planned_meeting(vault, family)
    own = AddAgendaItem(meeting_id=meeting_id, title="Ett tips om helgen", category="network")
    add_agenda_item(own, vault=vault)
    (title,) = [one for one in read_voice(meeting_id, vault=vault).value.agenda if not one.code]
    vault.close()
    # Behind a broken chain nothing is shown to anybody.
    without_triggers(made, "DELETE FROM consent_event")
    vault = made.open()
    after = read_voice(meeting_id, vault=vault).value.agenda
    vault.close()

    assert title.title == "Ett tips om helgen"
    assert [(one.title, one.is_private) for one in after if one.id == title.id] == [("", True)]
    assert all(one.title for one in after if one.code)


def test_the_title_of_what_is_not_to_be_raised_stands_before_the_young_person(
    vault: OpenVault,
) -> None:
    planned = planned_meeting(vault, signed_case(vault))
    school = item_of(vault, planned, "now_school")
    record_voice(said(planned, unraised=frozenset({school})), vault=vault)

    agenda = read_voice(planned, vault=vault).value.agenda

    assert [one.title for one in agenda if one.id == school] == ["Skola och vardag"]
