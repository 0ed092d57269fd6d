"""An item that was answered about stays in its place, and in its case."""

from dataclasses import replace
from uuid import UUID

import pytest

from tests.domain.facts import ATTENDANCE, marked
from tests.storage.shelf import Shelf
from trygga_desktop.domain.compartments import CompartmentKind
from trygga_desktop.domain.errors import NoAccessError
from trygga_desktop.domain.items import Item, Marking, Noted
from trygga_desktop.storage.stores.plain import spell

FIRST, SECOND = UUID(int=801), UUID(int=802)


@pytest.fixture
def items(shelf: Shelf) -> list[Item]:
    """Two items of the first case, the first told first."""
    told = [
        replace(ATTENDANCE, id=row_id, case_id=shelf.case_id, text=f"{row_id}")
        for row_id in (SECOND, FIRST)
    ]
    for one in told:
        store(shelf, one, is_new=True)
    return told


def store(shelf: Shelf, item: Item, *, is_new: bool = False) -> None:
    """Store an item under the key of the first case."""
    with shelf.vault.work() as work:
        part = work.compartments.of_file(shelf.case_id)[CompartmentKind.CASE]
        key = work.compartments.key(part)
        if is_new:
            work.items.add(item, part, key, sequence=work.sequence)
        else:
            work.items.replace(item, part, key)
        shelf.commit(work)


def read(shelf: Shelf) -> tuple[list[Item], set[UUID]]:
    """Return the items of the first case, and what was left out."""
    with shelf.vault.work() as work:
        return work.items.of_case(shelf.case_id), work.left_out


def test_an_item_that_was_answered_about_keeps_its_place(shelf: Shelf, items: list[Item]) -> None:
    answered = replace(
        items[0],
        markings=marked(exclusion=Marking.TOUCHES).markings,
        noted=Noted(meeting_id=UUID(int=1), agenda_id=UUID(int=2)),
        said_by=UUID(int=3),
        at_table=True,
        follows=UUID(int=4),
        area="school",
        is_strength=True,
    )
    store(shelf, answered)
    store(shelf, answered)
    shelf.forge()

    assert read(shelf) == ([answered, items[1]], set())
    assert shelf.rows(f"SELECT row_version FROM item WHERE id = '{SECOND.hex}'") == [(3,)]


def test_an_item_of_another_case_or_of_none_is_not_replaced(
    shelf: Shelf, items: list[Item]
) -> None:
    for stranger in (
        replace(items[0], case_id=shelf.other_id),
        replace(items[0], id=UUID(int=803)),
    ):
        with pytest.raises(NoAccessError):
            store(shelf, stranger)

    assert read(shelf) == (items, set())


@pytest.mark.parametrize(
    "change",
    [
        "row_version = 1",
        "sequence = sequence + 10",
        "case_id = '{other}'",
        "compartment_id = (SELECT id FROM compartment WHERE kind = 'guarded' LIMIT 1)",
        "ciphertext = (SELECT ciphertext FROM item WHERE id = '{first}')",
    ],
)
def test_an_answer_is_bound_to_its_item_and_its_place(
    shelf: Shelf, items: list[Item], change: str
) -> None:
    store(shelf, replace(items[0], markings=marked(limit=Marking.INSIDE).markings))
    changed = change.format(case=shelf.case_id.hex, other=shelf.other_id.hex, first=FIRST.hex)
    shelf.forge(f"UPDATE item SET {changed} WHERE id = '{SECOND.hex}'")

    found, left_out = read(shelf)
    with shelf.vault.work() as work:
        elsewhere = work.items.of_case(shelf.other_id)
        left_out |= work.left_out
    assert (found, elsewhere, left_out) == ([items[1]], [], {SECOND})


def test_an_item_from_before_there_were_meetings_can_be_read(
    shelf: Shelf, items: list[Item]
) -> None:
    ((sequence,),) = shelf.rows(f"SELECT sequence FROM item WHERE id = '{FIRST.hex}'")
    clear = b"%d" % sequence
    value = shelf.decrypted("item", FIRST, clear=clear)
    later = {"said_by", "at_table", "noted", "follows", "area", "is_strength"}
    assert later < value.keys()
    old = {name: part for name, part in value.items() if name not in later}
    ciphertext = shelf.encrypted("item", FIRST, old, clear=clear)
    shelf.forge(f"UPDATE item SET ciphertext = {ciphertext} WHERE id = '{FIRST.hex}'")

    assert read(shelf) == (items, set())
    assert spell(items[1]).keys() > old.keys()
