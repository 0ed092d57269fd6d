"""A chain of consent events from which something is missing, or in which it is forged, is broken.

Nothing that is done to the file makes the reading of it fail: a broken chain is an answer.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

import pytest

from tests.conftest import MadeVault
from tests.storage.shelf import ODD, Shelf, literal
from trygga_desktop.crypto.canonical import to_canonical
from trygga_desktop.crypto.signing import SigningKey
from trygga_desktop.domain.audit import CONSENT_ACTIONS, Action
from trygga_desktop.domain.bars import Bar, BarScope
from trygga_desktop.domain.compartments import CompartmentKind
from trygga_desktop.domain.consent import Answer, Cell, Direction, OwnInformation
from trygga_desktop.domain.consent_events import (
    Barred,
    Circumstance,
    Compared,
    Concerned,
    ConsentEvent,
    Excluded,
    Given,
    Happening,
    Lifted,
    Limited,
    Opinion,
    View,
    Way,
    Withdrawn,
)
from trygga_desktop.domain.errors import NoAccessError
from trygga_desktop.domain.permissions import Role
from trygga_desktop.domain.reasons import Reason
from trygga_desktop.domain.sharing import ChainStanding
from trygga_desktop.services.accounts import change_roles
from trygga_desktop.storage.stores.consents import Chain

DAY = date(2026, 11, 26)
AT = datetime(2026, 11, 26, 6, 51, tzinfo=UTC)
SIGNER, SCHOOL, TERM = UUID(int=1), UUID(int=2), UUID(int=3)
CELL = Cell(organisation_id=SCHOOL, category="schooling", direction=Direction.GIVE)
GIVEN = Given(
    signer=SIGNER,
    answer=Answer.GIVEN,
    on=DAY,
    valid_from=date.min,
    valid_to=date.max,
    cells=frozenset({CELL, replace(CELL, direction=Direction.RECEIVE)}),
    own_information=OwnInformation.AGENCIES,
    way=Way.ORAL,
    circumstance=Circumstance(interpreter="Amina \u202e", understanding="'; --"),
)
WITHDRAWN = Withdrawn(signer=SIGNER, on=DAY, organisations=frozenset({SCHOOL}))
EVERYTHING: list[Happening] = [
    GIVEN,
    WITHDRAWN,
    replace(WITHDRAWN, organisations=None),
    Opinion(person=SIGNER, on=DAY, view=View.DISAGREES, words="nej \ud800", weighed=""),
    Excluded(id=TERM, on=DAY, categories=frozenset({"health"}), words="x", asked_by=SIGNER),
    Limited(id=TERM, on=DAY, cell=CELL, words="y", asked_by=SIGNER),
    Barred(
        on=DAY,
        bar=Bar(
            id=TERM,
            reason=Reason.CHILD_LIMITED,
            against=SIGNER,
            scope=BarScope.ALL_BUT_THESE,
            categories=frozenset({"contact"}),
        ),
        words="z",
    ),
    Lifted(what=TERM, on=DAY),
    Concerned(on=DAY, organisations=frozenset({SCHOOL})),
    Compared(on=DAY),
]
THREE: list[Happening] = [GIVEN, Compared(on=DAY), replace(WITHDRAWN, organisations=None)]
HOLDS, BROKEN = ChainStanding.HOLDS, ChainStanding.BROKEN


@dataclass
class Told:
    """A chain of the first case, event by event."""

    shelf: Shelf
    events: list[ConsentEvent] = field(default_factory=list)
    ends: list[bytes] = field(default_factory=list)

    def tell(self, *happenings: Happening) -> None:
        """Store these in one transaction: the next links of the chain, and where it now ends."""
        shelf = self.shelf
        with shelf.vault.work() as work:
            opened = work.cases.find(shelf.case_id)
            end = opened.case.consent_head
            for what in happenings:
                event = ConsentEvent(
                    id=UUID(int=2000 + len(self.events)),
                    case_id=shelf.case_id,
                    sequence=work.sequence,
                    recorded_by=shelf.vault.keyring.principal,
                    recorded_at=AT,
                    what=what,
                )
                end = work.consents.add(event, after=end)
                self.events.append(event)
                self.ends.append(end)
            self._keep(end, opened.case.consent_count + len(happenings), work)
            work.commit(Action.CONSENT_RECORDED, shelf.case_id, digest=end)

    def name(self, head: bytes, count: int) -> None:
        """Have a holder of the key say that the chain ends there."""
        with self.shelf.vault.work() as work:
            self._keep(head, count, work)
            self.shelf.commit(work)

    def _keep(self, head: bytes, count: int, work: Any) -> None:
        opened = work.cases.find(self.shelf.case_id)
        part = work.compartments.of_file(self.shelf.case_id)[CompartmentKind.CASE]
        case = replace(opened.case, consent_head=head, consent_count=count)
        work.cases.replace(replace(opened, case=case), part, work.compartments.key(part))

    def read(self, logged: Sequence[bytes] | None = None) -> Chain:
        """Return the chain, compared with what the audit log tells of it."""
        shelf = self.shelf
        with shelf.vault.work() as work:
            told = work.audit.digests(CONSENT_ACTIONS, shelf.case_id)
            case = work.cases.find(shelf.case_id).case
            return work.consents.chain(case, told if logged is None else logged)

    def value(self, place: int) -> dict[str, Any]:
        """Return what lies in the event at that place."""
        event = self.events[place]
        return self.shelf.decrypted("consent_event", event.id, clear=b"%d" % event.sequence)

    def statement_of(self, place: int, value: Mapping[str, Any]) -> str:
        """Return what puts this value in place of what lies in an event."""
        event = self.events[place]
        written = self.shelf.encrypted(
            "consent_event", event.id, value, clear=b"%d" % event.sequence
        )
        return f"UPDATE consent_event SET ciphertext = {written} WHERE id = '{event.id.hex}'"


@pytest.fixture
def told(shelf: Shelf) -> Told:
    """A chain of three events, each of a transaction of its own."""
    chain = Told(shelf)
    for what in THREE:
        chain.tell(what)
    return chain


def link_of(shelf: Shelf, value: Mapping[str, Any]) -> bytes:
    """Return the link that this value has, as the program makes it."""
    plain = {name: part for name, part in value.items() if name not in {"previous", "signature"}}
    spelled = [shelf.made.vault_id.hex(), value["previous"], plain]
    return sha256(to_canonical(spelled)).digest()


def signed(shelf: Shelf, value: Mapping[str, Any], login: str) -> dict[str, Any]:
    """Return the value with a signature of somebody's own that holds."""
    signing = SigningKey(shelf.made.secrets(login).signing_key)
    statement = ("trygga-consent-event-1", link_of(shelf, value).hex())
    return {**value, "signature": signing.sign(statement).hex()}


# What holds.


def test_a_case_in_which_nothing_was_recorded_has_a_whole_chain(shelf: Shelf) -> None:
    assert Told(shelf).read() == Chain(events=(), standing=HOLDS)


def test_every_sort_of_event_comes_back_in_the_order_of_its_links(shelf: Shelf) -> None:
    told = Told(shelf)
    for what in EVERYTHING:
        told.tell(what)
    shelf.forge()

    assert told.read() == Chain(events=tuple(told.events), standing=HOLDS)
    assert {type(one.what) for one in told.read().events} == {type(one) for one in EVERYTHING}


def test_events_of_one_transaction_keep_their_order(shelf: Shelf) -> None:
    told = Told(shelf)
    told.tell(*EVERYTHING[::-1])
    told.tell(*THREE)

    assert len({one.sequence for one in told.events}) == 2
    assert told.read() == Chain(events=tuple(told.events), standing=HOLDS)


def test_each_link_hangs_on_the_one_before(told: Told) -> None:
    assert len(set(told.ends)) == 3
    assert [told.value(place)["previous"] for place in range(3)] == [
        "",
        *(end.hex() for end in told.ends[:2]),
    ]
    assert [link_of(told.shelf, told.value(place)) for place in range(3)] == told.ends


def test_an_event_is_signed_by_whoever_recorded_it(told: Told) -> None:
    for place in range(3):
        value = told.value(place)
        assert signed(told.shelf, value, "ke") == value


def test_an_event_by_a_colleague_with_the_right_holds(told: Told) -> None:
    shelf = told.shelf
    value = {**told.value(2), "recorded_by": str(shelf.made.secrets("pn").principal)}
    head = link_of(shelf, value)
    shelf.forge(told.statement_of(2, signed(shelf, value, "pn")))
    told.name(head, 3)

    assert told.read([*told.ends[:2], head]).standing is HOLDS
    assert told.read().standing is BROKEN


def test_what_somebody_recorded_holds_after_they_lost_the_right(told: Told) -> None:
    shelf = told.shelf
    karin = shelf.vault.keyring.principal
    change_roles(karin, frozenset({Role.ADMINISTRATOR, Role.AUDITOR}), vault=shelf.vault)

    assert told.read().standing is HOLDS


# What is missing.


@pytest.mark.parametrize("gone", [[0], [1], [2], [0, 1], [1, 2], [0, 1, 2]])
def test_a_chain_of_which_an_event_was_taken_is_broken(told: Told, gone: list[int]) -> None:
    told.shelf.forge(
        *(f"DELETE FROM consent_event WHERE id = '{told.events[one].id.hex}'" for one in gone)
    )

    chain = told.read()
    assert chain.standing is BROKEN
    assert chain.events == tuple(told.events[: gone[0]])


@pytest.mark.parametrize("left", [0, 1, 2])
def test_who_takes_the_end_of_the_chain_and_puts_the_head_back_is_found_out_by_the_log(
    told: Told, left: int
) -> None:
    told.shelf.forge(
        *(f"DELETE FROM consent_event WHERE id = '{one.id.hex}'" for one in told.events[left:])
    )
    head = told.ends[left - 1] if left else b""
    told.name(head, left)

    assert told.read(told.ends[:left]).standing is HOLDS
    assert told.read().standing is BROKEN


def test_an_older_row_of_the_case_put_back_with_its_chain_is_found_out_by_the_log(
    shelf: Shelf,
) -> None:
    told = Told(shelf)
    told.tell(GIVEN)
    case_id = shelf.case_id.hex
    ((version, ciphertext),) = shelf.rows(
        f"SELECT row_version, ciphertext FROM \"case\" WHERE id = '{case_id}'"
    )
    told.tell(WITHDRAWN)
    shelf.forge(
        f"DELETE FROM consent_event WHERE id = '{told.events[1].id.hex}'",
        f'UPDATE "case" SET row_version = {version}, ciphertext = {literal(ciphertext)}'
        f" WHERE id = '{case_id}'",
    )

    chain = told.read()
    assert chain.standing is BROKEN
    assert chain.events == (told.events[0],)


@pytest.mark.parametrize(
    ("head", "count"),
    [
        (lambda ends: ends[2], 2),
        (lambda ends: ends[2], 4),
        (lambda ends: ends[1], 3),
        (lambda ends: ends[1], 2),
        (lambda _: b"", 3),
        (lambda _: b"", 0),
        (lambda _: bytes(32), 3),
    ],
)
def test_a_case_that_names_another_end_has_a_broken_chain(
    told: Told, head: Callable[[list[bytes]], bytes], count: int
) -> None:
    told.name(head(told.ends), count)

    assert told.read().standing is BROKEN


@pytest.mark.parametrize(
    ("logged", "standing"),
    [
        (lambda ends: ends, HOLDS),
        # Of a transaction with several events the log knows the last.
        (lambda ends: ends[2:], HOLDS),
        (lambda ends: [ends[0], ends[2]], HOLDS),
        (lambda _: [], BROKEN),
        (lambda ends: ends[:2], BROKEN),
        (lambda ends: [*ends, ends[0]], BROKEN),
        (lambda ends: [ends[2], ends[1]], BROKEN),
        (lambda ends: [bytes(32), *ends], BROKEN),
        (lambda ends: [*ends, bytes(32)], BROKEN),
        (lambda ends: [b"", *ends], BROKEN),
        (lambda ends: [*ends, b""], BROKEN),
    ],
)
def test_a_chain_holds_only_if_it_has_every_end_that_the_log_names(
    told: Told, logged: Callable[[list[bytes]], list[bytes]], standing: ChainStanding
) -> None:
    chain = told.read(logged(told.ends))

    assert chain.standing is standing
    assert chain.events == tuple(told.events)


@pytest.mark.parametrize("logged", [[bytes(32)], [b""], [bytes(32), b""]])
def test_a_chain_without_events_that_the_log_knows_of_is_broken(
    shelf: Shelf, logged: list[bytes]
) -> None:
    assert Told(shelf).read(logged) == Chain(events=(), standing=BROKEN)


# What was moved or changed.


@pytest.mark.parametrize("place", [0, 1, 2])
@pytest.mark.parametrize(
    "change",
    [
        "case_id = '{other}'",
        "compartment_id = (SELECT id FROM compartment WHERE kind = 'guarded' LIMIT 1)",
        "generation = 2",
        "row_version = 2",
        "sequence = sequence + 1",
        "id = '000000000000000000000000000000ff'",
        "ciphertext = zeroblob(80)",
        "ciphertext = (SELECT ciphertext FROM \"case\" WHERE id = '{case}')",
    ],
)
def test_an_event_that_was_moved_or_changed_breaks_the_chain(
    told: Told, change: str, place: int
) -> None:
    shelf = told.shelf
    changed = change.format(case=shelf.case_id.hex, other=shelf.other_id.hex)
    shelf.forge(f"UPDATE consent_event SET {changed} WHERE id = '{told.events[place].id.hex}'")

    assert told.read().standing is BROKEN
    with shelf.vault.work() as work:
        other = work.consents.chain(work.cases.find(shelf.other_id).case, [])
    assert other == Chain(events=(), standing=BROKEN if "case_id = '{other}'" in change else HOLDS)


@pytest.mark.parametrize(
    "column", ["id", "compartment_id", "generation", "row_version", "sequence", "ciphertext"]
)
@pytest.mark.parametrize("odd", ODD)
def test_what_is_no_value_of_its_column_breaks_the_chain_and_nothing_else(
    told: Told, column: str, odd: str
) -> None:
    row_id = told.events[1].id.hex
    told.shelf.forge(f"UPDATE consent_event SET {column} = {odd} WHERE id = '{row_id}'")

    assert told.read() == Chain(events=(told.events[0],), standing=BROKEN)


@pytest.mark.parametrize("column", ["sequence", "ciphertext"])
def test_two_events_that_changed_places_break_the_chain(told: Told, column: str) -> None:
    first, second = (one.id.hex for one in told.events[:2])
    told.shelf.forge(
        f"CREATE TEMP TABLE before AS SELECT id, {column} AS was FROM consent_event",
        *(
            f"UPDATE consent_event SET {column} = (SELECT was FROM before WHERE id = '{other}')"
            f" WHERE id = '{one}'"
            for one, other in ((first, second), (second, first))
        ),
    )

    assert told.read() == Chain(events=(), standing=BROKEN)


def test_a_copy_of_an_event_breaks_the_chain(told: Told) -> None:
    told.shelf.forge(
        "INSERT INTO consent_event SELECT '000000000000000000000000000000ff', compartment_id,"
        " generation, row_version, ciphertext, case_id, sequence FROM consent_event LIMIT 1"
    )

    assert told.read().standing is BROKEN


# What was forged by whoever has the key.


def test_what_was_written_into_an_event_without_a_new_signature_breaks_the_chain(
    told: Told,
) -> None:
    value = told.value(0)
    value["what"]["valid_to"] = "2026-12-01"
    told.shelf.forge(told.statement_of(0, value))

    assert told.read() == Chain(events=(), standing=BROKEN)


@pytest.mark.parametrize("login", ["at", "pn"])
def test_an_event_signed_by_somebody_else_than_it_says_breaks_the_chain(
    told: Told, login: str
) -> None:
    told.shelf.forge(told.statement_of(2, signed(told.shelf, told.value(2), login)))

    assert told.read() == Chain(events=tuple(told.events[:2]), standing=BROKEN)


@pytest.mark.parametrize("place", [0, 1, 2])
def test_an_event_by_somebody_without_the_right_breaks_the_chain(told: Told, place: int) -> None:
    shelf = told.shelf
    anders = str(shelf.made.secrets("at").principal)
    value = signed(shelf, {**told.value(place), "recorded_by": anders}, "at")
    shelf.forge(told.statement_of(place, value))
    told.name(link_of(shelf, value), 3)

    assert told.read() == Chain(events=tuple(told.events[:place]), standing=BROKEN)
    logged = [*told.ends[:place], link_of(shelf, value)]
    assert told.read(logged).standing is BROKEN


def test_an_event_by_nobody_of_the_vault_breaks_the_chain(told: Told) -> None:
    value = signed(told.shelf, {**told.value(2), "recorded_by": str(UUID(int=77))}, "ke")
    told.shelf.forge(told.statement_of(2, value))

    assert told.read().standing is BROKEN


def test_an_author_who_changes_what_she_recorded_is_found_out_by_the_log(told: Told) -> None:
    shelf = told.shelf
    value = told.value(2)
    value["what"]["organisations"] = []
    forged = signed(shelf, value, "ke")
    shelf.forge(told.statement_of(2, forged))
    told.name(link_of(shelf, forged), 3)

    assert told.read([*told.ends[:2], link_of(shelf, forged)]).standing is HOLDS
    chain = told.read()
    assert chain.standing is BROKEN
    assert len(chain.events) == 3


@pytest.mark.parametrize("previous", ["", "first", "itself", "nowhere"])
def test_a_link_that_hangs_elsewhere_breaks_the_chain(told: Told, previous: str) -> None:
    shelf = told.shelf
    elsewhere = {
        "": "",
        "first": told.ends[0].hex(),
        "itself": told.ends[2].hex(),
        "nowhere": bytes(32).hex(),
    }
    value = signed(shelf, {**told.value(2), "previous": elsewhere[previous]}, "ke")
    shelf.forge(told.statement_of(2, value))
    told.name(link_of(shelf, value), 3)

    assert told.read().standing is BROKEN
    assert told.read([*told.ends[:2], link_of(shelf, value)]).standing is BROKEN


def test_an_event_of_another_case_does_not_fit_into_the_chain(told: Told) -> None:
    shelf = told.shelf
    value = signed(shelf, {**told.value(2), "case_id": str(shelf.other_id)}, "ke")
    shelf.forge(told.statement_of(2, value))
    told.name(link_of(shelf, value), 3)

    assert told.read([*told.ends[:2], link_of(shelf, value)]).standing is BROKEN


def test_an_event_that_tells_another_place_than_its_row_breaks_the_chain(told: Told) -> None:
    shelf = told.shelf
    as_it_was = told.value(2)
    for changes in ({"sequence": 1}, {"id": str(UUID(int=99))}):
        value = signed(shelf, {**as_it_was, **changes}, "ke")
        shelf.forge(told.statement_of(2, value))
        told.name(link_of(shelf, value), 3)
        assert told.read([*told.ends[:2], link_of(shelf, value)]).standing is BROKEN


def test_an_event_in_the_guarded_part_breaks_the_chain_though_its_key_opens_it(told: Told) -> None:
    shelf, last = told.shelf, told.events[2]
    written = shelf.encrypted(
        "consent_event",
        last.id,
        told.value(2),
        clear=b"%d" % last.sequence,
        kind=CompartmentKind.GUARDED,
    )
    guarded = shelf.part(CompartmentKind.GUARDED).id.hex
    shelf.forge(
        f"UPDATE consent_event SET compartment_id = '{guarded}', ciphertext = {written}"
        f" WHERE id = '{last.id.hex}'"
    )

    assert told.read() == Chain(events=tuple(told.events[:2]), standing=BROKEN)


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "wish"},
        {"kind": "lifted"},
        {"kind": 7},
        {"kind": ["given"]},
        {"what": None},
        {"what": {}},
        {"what": {"answer": "given"}},
        {"id": "nobody"},
        {"sequence": "1"},
        {"sequence": None},
        {"recorded_by": 7},
        {"recorded_at": "yesterday"},
        {"recorded_at": None},
        {"previous": "xyz"},
        {"previous": None},
        {"signature": ""},
        {"signature": "00"},
        {"signature": "xyz"},
        {"signature": None},
    ],
)
def test_what_is_no_event_breaks_the_chain(told: Told, changes: Mapping[str, Any]) -> None:
    told.shelf.forge(told.statement_of(1, {**told.value(1), **changes}))

    assert told.read() == Chain(events=(told.events[0],), standing=BROKEN)


@pytest.mark.parametrize("value", [{}, [], "text", 7, None])
def test_what_is_no_value_at_all_breaks_the_chain(told: Told, value: Any) -> None:
    told.shelf.forge(told.statement_of(0, value))

    assert told.read() == Chain(events=(), standing=BROKEN)


@pytest.mark.parametrize(
    "changes",
    [
        {"valid_to": "0001-01-01", "valid_from": "0001-01-02"},
        {"answer": "refused"},
        {"answer": "perhaps"},
        {"cells": [{"organisation_id": str(SCHOOL), "category": "plan", "direction": "up"}]},
        {"on": "2026-13-01"},
    ],
)
def test_an_answer_that_could_not_be_given_breaks_the_chain_though_it_is_signed(
    told: Told, changes: Mapping[str, Any]
) -> None:
    value = told.value(0)
    value["what"].update(changes)
    told.shelf.forge(told.statement_of(0, signed(told.shelf, value, "ke")))

    assert told.read() == Chain(events=(), standing=BROKEN)


# Who may know.


def test_who_was_not_granted_the_case_knows_no_event_and_adds_none(
    told: Told, made: MadeVault
) -> None:
    shelf = told.shelf
    with shelf.vault.work() as work:
        case = work.cases.find(shelf.case_id).case
        logged = work.audit.digests(CONSENT_ACTIONS, shelf.case_id)
    shelf.vault.close()
    shelf.vault = made.open("pn")

    with shelf.vault.work() as work:
        assert work.consents.chain(case, logged) == Chain(events=(), standing=BROKEN)
        with pytest.raises(NoAccessError):
            work.consents.add(replace(told.events[0], id=UUID(int=99)), after=told.ends[-1])
