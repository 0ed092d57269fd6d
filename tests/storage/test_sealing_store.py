"""Sealed protocols come back as they were stored; nothing of their meetings is written."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.exc import IntegrityError

from tests.domain.facts import ATTENDANCE
from tests.storage.shelf import Shelf, literal
from tests.storage.test_case_rows import COMMITMENT, MEETING
from trygga_desktop.domain.commitments import CommitmentChange, CommitmentState
from trygga_desktop.domain.compartments import CompartmentKind
from trygga_desktop.domain.errors import SealedMeetingError, TamperedError
from trygga_desktop.domain.items import Item, Noted, to_plain
from trygga_desktop.domain.sealing import ProtocolKind, SealedProtocol, Shown
from trygga_desktop.storage.work import UnitOfWork

PROTOCOL_ID, ITEM, PROMISED = UUID(int=701), UUID(int=702), UUID(int=703)
SEALED, OPEN = UUID(int=711), UUID(int=712)
PDF = b"%PDF-1.7 \x00\xff sealed"
DONE = CommitmentChange(state=CommitmentState.DONE, on=datetime(2026, 12, 1, tzinfo=UTC).date())


def item(shelf: Shelf, row_id: UUID = ITEM, meeting_id: UUID | None = SEALED) -> Item:
    """Return what was said at a meeting."""
    noted = None if meeting_id is None else Noted(meeting_id=meeting_id, agenda_id=UUID(int=1))
    return replace(ATTENDANCE, id=row_id, case_id=shelf.case_id, noted=noted)


def protocol(shelf: Shelf, **changes: Any) -> SealedProtocol:
    """Return the first protocol of the case."""
    return replace(
        SealedProtocol(
            id=PROTOCOL_ID,
            case_id=shelf.case_id,
            meeting_id=SEALED,
            sequence=1,
            kind=ProtocolKind.FULL,
            control_code="T9VZ-BQFY-H206",
            record_hash="1" * 64,
            digest="2" * 64,
            seal="3" * 64,
            sealed_by=UUID(int=5),
            sealed_at=datetime(2026, 11, 26, 15, 0, tzinfo=UTC),
            language="sv",
            meeting_number=3,
            made_with=(("reportlab", "5.1"), ("zlib", "1.3")),
            shown=Shown(items=frozenset({ITEM, PROMISED}), name=True),
        ),
        **changes,
    )


def put(shelf: Shelf, work: UnitOfWork, one: Item) -> None:
    """Add an item under the key of the case."""
    part = work.compartments.of_file(shelf.case_id)[CompartmentKind.CASE]
    work.items.add(one, part, work.compartments.key(part), sequence=work.sequence)


@pytest.fixture
def sealed(shelf: Shelf) -> Shelf:
    """A case with two meetings, an item and a promise at each; the first is sealed."""
    with shelf.vault.work() as work:
        for meeting_id in (SEALED, OPEN):
            work.meetings.add(shelf.case_id, replace(MEETING, id=meeting_id))
        put(shelf, work, item(shelf))
        put(shelf, work, item(shelf, PROMISED))
        work.commitments.add(shelf.case_id, replace(COMMITMENT, id=PROMISED))
        work.protocols.add(protocol(shelf), PDF)
        shelf.commit(work)
    return shelf


def test_the_stores_write_nothing_that_belongs_to_a_sealed_meeting(sealed: Shelf) -> None:
    case_id = sealed.case_id
    with sealed.vault.work() as work:
        part = work.compartments.of_file(case_id)[CompartmentKind.CASE]
        key = work.compartments.key(part)
        promise = replace(COMMITMENT, id=PROMISED)
        writes = [
            lambda: put(sealed, work, item(sealed, UUID(int=799))),
            lambda: work.items.replace(item(sealed), part, key),
            lambda: work.items.replace(item(sealed, meeting_id=None), part, key),
            lambda: work.items.replace(item(sealed, meeting_id=OPEN), part, key),
            lambda: work.meetings.add(case_id, replace(MEETING, id=SEALED)),
            lambda: work.meetings.replace(case_id, replace(MEETING, id=SEALED), row_version=1),
            lambda: work.commitments.add(case_id, replace(COMMITMENT, id=ITEM)),
            lambda: work.commitments.replace(
                case_id, replace(promise, responsible="Någon annan"), row_version=1
            ),
            lambda: work.commitments.replace(case_id, replace(promise, changes=()), row_version=1),
            lambda: work.commitments.replace(
                case_id, replace(promise, changes=(DONE,)), row_version=1
            ),
        ]
        for write in writes:
            with pytest.raises(SealedMeetingError):
                write()
        assert len(work.items.of_case(case_id)) == 2


def test_an_item_does_not_move_into_a_sealed_meeting(sealed: Shelf) -> None:
    with sealed.vault.work() as work:
        put(sealed, work, item(sealed, UUID(int=704), OPEN))
        part = work.compartments.of_file(sealed.case_id)[CompartmentKind.CASE]
        with pytest.raises(SealedMeetingError):
            work.items.replace(item(sealed, UUID(int=704)), part, work.compartments.key(part))


def test_what_became_of_a_promise_is_told_on_after_sealing(sealed: Shelf) -> None:
    told = replace(COMMITMENT, id=PROMISED, changes=(*COMMITMENT.changes, DONE))
    with sealed.vault.work() as work:
        work.commitments.replace(sealed.case_id, told, row_version=1)
        sealed.commit(work)

    with sealed.vault.work() as work:
        assert work.commitments.of_case(sealed.case_id) == [(told, 2)]


def test_the_other_meetings_of_the_case_are_written_as_before(sealed: Shelf) -> None:
    with sealed.vault.work() as work:
        work.meetings.replace(sealed.case_id, replace(MEETING, id=OPEN, minutes=5), row_version=1)
        put(sealed, work, item(sealed, UUID(int=704), OPEN))
        put(sealed, work, item(sealed, UUID(int=705), None))
        sealed.commit(work)

    with sealed.vault.work() as work:
        assert len(work.items.of_case(sealed.case_id)) == 4
        assert work.protocols.sealed_meetings(sealed.case_id) == {SEALED}


def test_a_protocol_and_its_bytes_come_back_as_they_were_stored(sealed: Shelf) -> None:
    second = protocol(sealed, id=UUID(int=720), sequence=2, kind=ProtocolKind.ROOM)
    with sealed.vault.work() as work:
        work.protocols.add(second, b"other")
        assert work.protocols.add_revision(second, b"signed") == 2
        sealed.commit(work)
    sealed.forge()

    with sealed.vault.work() as work:
        assert work.protocols.of_case(sealed.case_id) == [protocol(sealed), second]
        assert work.protocols.file(protocol(sealed)) == PDF
        assert work.protocols.file(second, 2) == b"signed"
        assert work.protocols.newest_revision(second.id) == 2
        assert work.protocols.case_of(second.id) == sealed.case_id
        assert work.protocols.of_case(sealed.other_id) == []
        assert work.left_out == set()


def test_two_protocols_never_have_one_place_in_their_case(sealed: Shelf) -> None:
    with sealed.vault.work() as work, pytest.raises(IntegrityError, match="never changes"):
        work.protocols.add(protocol(sealed, id=UUID(int=720)), b"other")


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE protocol SET meeting_id = '{open}'",
        "UPDATE protocol SET sequence = 7",
        "UPDATE protocol SET ciphertext = x'00'",
        "UPDATE protocol SET id = '{open}'",
        "UPDATE protocol SET compartment_id = (SELECT id FROM compartment WHERE kind = 'guarded')",
    ],
)
def test_a_protocol_that_was_changed_underhand_is_left_out(sealed: Shelf, change: str) -> None:
    sealed.forge(change.format(open=OPEN.hex))

    with sealed.vault.work() as work:
        assert work.protocols.of_case(sealed.case_id) == []
        assert len(work.left_out) == 1


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE protocol_file SET ciphertext = x'00'",
        "UPDATE protocol_file SET revision = 2",
        "DELETE FROM protocol_file",
    ],
)
def test_bytes_that_were_changed_underhand_are_not_handed_out(sealed: Shelf, change: str) -> None:
    sealed.forge(change)

    with sealed.vault.work() as work, pytest.raises(TamperedError):
        work.protocols.file(protocol(sealed), work.protocols.newest_revision(PROTOCOL_ID) or 1)


def test_an_item_that_was_moved_to_another_meeting_underhand_is_left_out(sealed: Shelf) -> None:
    for value in ("NULL", f"'{OPEN.hex}'"):
        sealed.forge(f"UPDATE item SET meeting_id = {value} WHERE id = '{ITEM.hex}'")
        with sealed.vault.work() as work:
            assert ITEM not in {one.id for one in work.items.of_case(sealed.case_id)}
            assert work.left_out == {ITEM}


def test_an_item_bound_to_another_meeting_than_it_says_is_left_out(shelf: Shelf) -> None:
    """Its author has the key, and can spell any place into it."""
    with shelf.vault.work() as work:
        put(shelf, work, item(shelf))
        shelf.commit(work)
    ((sequence,),) = shelf.rows("SELECT sequence FROM item")
    lie = shelf.encrypted(
        "item", ITEM, to_plain(item(shelf)), clear=b"%d %s" % (sequence, OPEN.bytes)
    )
    shelf.forge(f"UPDATE item SET meeting_id = '{OPEN.hex}', ciphertext = {lie}")

    with shelf.vault.work() as work:
        assert work.items.of_case(shelf.case_id) == []
        assert work.left_out == {ITEM}


def test_items_from_before_rows_named_their_meeting_are_bound_to_it(shelf: Shelf) -> None:
    with shelf.vault.work() as work:
        work.meetings.add(shelf.case_id, replace(MEETING, id=SEALED))
        put(shelf, work, item(shelf))
        put(shelf, work, item(shelf, PROMISED, OPEN))
        shelf.commit(work)
    for row_id, meeting_id in ((ITEM, SEALED), (PROMISED, OPEN)):
        ((sequence,),) = shelf.rows(f"SELECT sequence FROM item WHERE id = '{row_id.hex}'")
        value = to_plain(item(shelf, row_id, meeting_id))
        before = shelf.encrypted("item", row_id, value, clear=b"%d" % sequence)
        shelf.forge(
            f"UPDATE item SET meeting_id = NULL, ciphertext = {before} WHERE id = '{row_id.hex}'"
        )

    with shelf.vault.work() as work:
        assert len(work.items.of_case(shelf.case_id)) == 2
        work.items.bind(shelf.case_id, SEALED)
        shelf.commit(work)

    bound = shelf.rows("SELECT id, meeting_id FROM item ORDER BY id")
    assert bound == [(ITEM.hex, SEALED.hex), (PROMISED.hex, None)]
    with shelf.vault.work() as work:
        assert len(work.items.of_case(shelf.case_id)) == 2
        assert work.left_out == set()


def test_an_item_that_was_planted_in_a_sealed_meeting_is_left_out(shelf: Shelf) -> None:
    """Its author has the key, and leaves out of the row what the triggers look at."""
    with shelf.vault.work() as work:
        for meeting_id in (SEALED, OPEN):
            work.meetings.add(shelf.case_id, replace(MEETING, id=meeting_id))
        put(shelf, work, item(shelf, PROMISED))
        work.protocols.add(protocol(shelf), PDF)
        shelf.commit(work)
    part = shelf.part()
    for row_id, meeting_id in ((ITEM, SEALED), (UUID(int=706), OPEN)):
        body = shelf.encrypted(
            "item", row_id, to_plain(item(shelf, row_id, meeting_id)), clear=b"9"
        )
        shelf.forge(
            f"INSERT INTO item VALUES ('{row_id.hex}', '{part.id.hex}', 1, 1, {body},"
            f" '{shelf.case_id.hex}', 9, NULL)"
        )

    with shelf.vault.work() as work:
        read = {one.id for one in work.items.of_case(shelf.case_id)}
        assert read == {PROMISED, UUID(int=706)}
        assert work.left_out == {ITEM}


def test_no_word_of_a_protocol_stands_in_the_clear(sealed: Shelf) -> None:
    told = " ".join(map(repr, sealed.rows("SELECT * FROM protocol")))
    told += " ".join(map(repr, sealed.rows("SELECT * FROM protocol_file")))
    for word in ("full", "T9VZ", "2" * 64, literal(PDF), "sealed"):
        assert word not in told
