"""What is told of a case: who may have told it, and what cannot be recorded."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.conftest import MadeVault
from tests.people import Family, case_with_family, signed_case
from trygga_desktop.domain.errors import InvalidInputError, NoAccessError
from trygga_desktop.domain.items import Item
from trygga_desktop.services.case_files import (
    RecordStatement,
    WriteNote,
    read_case,
    record_statement,
    write_note,
)
from trygga_desktop.services.entries import MOST_TEXT_OF_ENTRY
from trygga_desktop.services.vault import OpenVault

NOBODY = uuid4()
LONG = "x" * (MOST_TEXT_OF_ENTRY + 1)


def statement(family: Family, **changes: Any) -> RecordStatement:
    command = RecordStatement(
        case_id=family.case_id,
        origin_id=family.school,
        category="schooling",
        about=frozenset(),
        text="Han trivs.",
        area="school",
        is_strength=True,
    )
    return replace(command, **changes)


def refused(act: Callable[..., object], command: object, vault: OpenVault) -> tuple[str, str]:
    with pytest.raises(InvalidInputError) as caught:
        act(command, vault=vault)
    return caught.value.field, caught.value.flaw


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"text": " "}, ("text", "missing")),
        ({"text": LONG}, ("text", "length")),
        ({"origin_id": NOBODY}, ("organisation", "unknown")),
        ({"said_by": NOBODY}, ("said_by", "unknown")),
        ({"about": frozenset({NOBODY})}, ("about", "unknown")),
        ({"category": "x"}, ("category", "unknown")),
        ({"category": ""}, ("category", "unknown")),
        ({"area": "x"}, ("area", "unknown")),
    ],
)
def test_what_nobody_known_told_of_nothing_known_is_refused_by_field(
    vault: OpenVault, changes: dict[str, Any], expected: tuple[str, str]
) -> None:
    family = case_with_family(vault)
    assert refused(record_statement, statement(family, **changes), vault) == expected
    assert read_case(family.case_id, vault=vault).value.items.items == ()


@pytest.mark.parametrize(("text", "flaw"), [("\n", "missing"), (LONG, "length")])
def test_a_note_that_says_nothing_or_too_much_is_refused(
    vault: OpenVault, text: str, flaw: str
) -> None:
    family = case_with_family(vault)
    command = WriteNote(case_id=family.case_id, text=text)
    assert refused(write_note, command, vault) == ("text", flaw)
    assert read_case(family.case_id, vault=vault).value.notes == ()


def test_an_organisation_and_people_of_another_case_told_nothing_in_this_one(
    vault: OpenVault,
) -> None:
    family, other = case_with_family(vault), case_with_family(vault)
    for changes, field in (
        ({"said_by": other.sara}, "said_by"),
        ({"about": frozenset({other.subject})}, "about"),
    ):
        found = refused(record_statement, statement(family, **changes), vault)
        assert found == (field, "unknown")


def test_who_was_granted_nothing_records_nothing(made: MadeVault) -> None:
    vault = made.open()
    family = case_with_family(vault)
    vault.close()
    vault = made.open("pn")
    with pytest.raises(NoAccessError):
        record_statement(statement(family), vault=vault)
    with pytest.raises(NoAccessError):
        write_note(WriteNote(case_id=family.case_id, text="x"), vault=vault)
    vault.close()


def test_what_is_told_is_kept_with_who_told_it(vault: OpenVault) -> None:
    family = signed_case(vault)

    def kept(**changes: Any) -> Item:
        told: UUID = record_statement(statement(family, **changes), vault=vault).value
        with vault.work() as work:
            return next(one for one in work.items.of_case(family.case_id) if one.id == told)

    plain = kept()
    assert (plain.origin_id, plain.about) == (family.school, frozenset({family.subject}))
    assert (plain.area, plain.is_strength) == ("school", True)
    assert kept(origin_id=None, area="").origin_id == family.board
    own = kept(said_by=family.subject, category="own_words", about=frozenset({family.subject}))
    assert (own.origin_id, own.said_by) == (family.board, family.subject)
