"""Promise one, at the door: a room sees only what everyone in it may see."""

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest

from tests.people import ELIAS, VIKTOR, opened_case
from trygga_desktop.domain.consent import Answer, Cell, Consent, Direction
from trygga_desktop.domain.items import Item, ItemKind, Part
from trygga_desktop.domain.reasons import Reason
from trygga_desktop.domain.sharing import Circumstances, Confirmation, Recipient
from trygga_desktop.services.audience import (
    circumstances,
    controller_of,
    show_alone,
    show_room,
)
from trygga_desktop.services.case_files import (
    RecordStatement,
    WriteNote,
    read_case,
    record_statement,
    write_note,
)
from trygga_desktop.services.cases import list_cases
from trygga_desktop.services.vault import OpenVault

SCHOOL, POLICE = UUID(int=101), UUID(int=102)
SARA = UUID(int=201)
DAY = date(2026, 11, 26)
SUBJECT = UUID(int=301)


def recipient(organisation: UUID) -> Recipient:
    return Recipient(id=uuid4(), barred=False, organisation_id=organisation, acknowledged=True)


def told_by_school(case_id: UUID) -> Item:
    return Item(
        id=uuid4(),
        case_id=case_id,
        kind=ItemKind.STATEMENT,
        part=Part.CASE,
        author_id=uuid4(),
        origin_id=SCHOOL,
        category="schooling",
        about=frozenset({SUBJECT}),
        reporter_ids=frozenset(),
        known_on=DAY,
        text="Elias har varit i skolan varje dag.",
    )


@pytest.fixture
def given(vault: OpenVault) -> Circumstances:
    """Return what holds when Sara alone must sign, and lets the school tell the board."""
    opened_case(vault)
    with vault.work() as work:
        opened = work.cases.all()[0]
    controller = controller_of(vault)
    base = circumstances(opened, controller=controller, on=DAY, restored_at=0)
    cells = frozenset(
        {
            Cell(organisation_id=SCHOOL, category="schooling", direction=Direction.GIVE),
            Cell(organisation_id=controller, category="schooling", direction=Direction.RECEIVE),
        }
    )
    consent = Consent(
        id=uuid4(),
        signer=SARA,
        answer=Answer.GIVEN,
        cells=cells,
        valid_from=DAY,
        valid_to=DAY,
    )
    return replace(
        base,
        subject_id=SUBJECT,
        organisations=frozenset({SCHOOL, POLICE}),
        categories=frozenset({"schooling"}),
        required=frozenset({SARA}),
        consents=(consent,),
        closed_by=None,
    )


def test_an_empty_room_sees_nothing(given: Circumstances) -> None:
    shown = show_room([told_by_school(uuid4())], [], given=given)
    assert shown.items == ()
    assert len(shown.hidden) == 1


def test_one_more_person_in_the_room_hides_what_that_person_may_not_see(
    vault: OpenVault, given: Circumstances
) -> None:
    item, board = told_by_school(uuid4()), recipient(controller_of(vault))

    before = show_room([item], [board], given=given)
    after = show_room([item], [board, recipient(POLICE)], given=given)

    assert [one.text for one in before.items] == [item.text]
    assert after.items == ()
    assert [one.decision.reason for one in after.hidden] == [Reason.RECIPIENT_NOT_COVERED]
    assert item.text not in repr(after)


def test_without_any_consent_nothing_leaves_the_file(given: Circumstances) -> None:
    nothing = replace(given, consents=())
    shown = show_room([told_by_school(uuid4())], [recipient(POLICE)], given=nothing)
    assert shown.items == ()


def test_a_working_note_and_the_guarded_part_never_reach_a_room(given: Circumstances) -> None:
    item = told_by_school(uuid4())
    for part in (Part.NOTES, Part.GUARDED):
        shown = show_room([replace(item, part=part)], [recipient(SCHOOL)], given=given)
        assert shown.items == ()


def test_after_a_restore_a_case_is_closed_to_others_and_open_to_its_own_case_worker(
    vault: OpenVault, given: Circumstances
) -> None:
    closed = replace(given, confirmation=Confirmation.UNCONFIRMED)
    item = told_by_school(uuid4())
    board = recipient(controller_of(vault))
    assert show_room([item], [board], given=closed).items == ()
    assert len(show_alone([item], vault=vault, given=closed).items) == 1


def test_a_file_gone_on_with_counts_as_unconfirmed(vault: OpenVault) -> None:
    opened_case(vault)
    with vault.work() as work:
        opened = work.cases.all()[0]
    controller = controller_of(vault)
    before = circumstances(opened, controller=controller, on=DAY, restored_at=0)
    after = circumstances(opened, controller=controller, on=DAY, restored_at=5)
    assert before.confirmation is Confirmation.CONFIRMED
    assert after.confirmation is Confirmation.UNCONFIRMED


def test_a_protected_person_s_name_is_in_no_list_and_reaches_named_readers_alone(
    vault: OpenVault,
) -> None:
    case_id = opened_case(vault, VIKTOR)
    (row,) = list_cases(vault=vault).value.rows
    assert (row.title, row.protected, row.age) == ("NORD-7", True, None)
    file = read_case(case_id, vault=vault).value
    names = [one.item for one in file.facts if one.item.text == "Viktor Testman"]
    assert [one.decision.reason for one in names] == [Reason.NAMED_READER]


def test_who_reads_alone_sees_the_file_and_their_own_notes(vault: OpenVault) -> None:
    case_id = opened_case(vault, ELIAS)
    statement = RecordStatement(
        case_id=case_id,
        origin_id=None,
        category="schooling",
        about=frozenset(),
        text="Han trivs.",
    )
    record_statement(statement, vault=vault)
    write_note(WriteNote(case_id=case_id, text="bara min"), vault=vault)

    file = read_case(case_id, vault=vault).value

    assert [item.text for item in file.items.items] == ["Han trivs."]
    assert [note.text for note in file.notes] == ["bara min"]
    assert file.items.hidden == ()
    assert {fact.item.text for fact in file.facts} == {
        "Elias Demosson",
        "20090514-2394",
        "2009-05-14",
    }
