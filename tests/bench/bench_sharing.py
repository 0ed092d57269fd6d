"""The sharing decision with its reasons, and what a long history of consents comes to."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from uuid import UUID

from tests.bench.clockwork import Figure, median
from tests.domain.chains import YES, chain, taken_back
from tests.domain.facts import ATTENDANCE, DAY, GIVEN, GUARDIAN, POLICE, POLICE_OFFICER, SCHOOL
from trygga_desktop.domain.consent_events import ConsentEvent, Happening, state_on
from trygga_desktop.domain.items import Item
from trygga_desktop.domain.matrix import read_matrix
from trygga_desktop.domain.sharing import Recipient, decide

_EVENTS = 200


def figures() -> Iterator[Figure]:
    """Yield the rows of the table."""
    for items, people in ((60, 12), (500, 30)):
        told, room = _items(items), _people(people)
        yield Figure(
            f"decide {items} items for {people} people, with every reason",
            median(partial(_decide, told, room), times=9),
        )
    events = chain(_history())
    yield Figure(
        f"what a case with {len(events)} consent events comes to, and its matrix",
        median(lambda: _effect(events), times=9),
    )


def _items(count: int) -> list[Item]:
    origins = (SCHOOL, POLICE)
    return [
        replace(ATTENDANCE, id=UUID(int=10_000 + one), origin_id=origins[one % 2])
        for one in range(count)
    ]


def _people(count: int) -> list[Recipient]:
    officer = [replace(POLICE_OFFICER, id=UUID(int=20_000 + one)) for one in range(count // 2)]
    family = [
        replace(POLICE_OFFICER, id=UUID(int=30_000 + one), organisation_id=None, person_id=GUARDIAN)
        for one in range(count - count // 2)
    ]
    return [*officer, *family]


def _decide(items: list[Item], people: list[Recipient]) -> None:
    for item in items:
        for one in people:
            decide(item, one, GIVEN)


def _history() -> list[Happening]:
    happened: list[Happening] = []
    for one in range(_EVENTS // 2):
        signer = replace(YES, signer=UUID(int=1 + one % 3), on=DAY - timedelta(days=80 - one // 2))
        happened += [signer, taken_back(signer.on, POLICE, signer=signer.signer)]
    return happened


def _effect(events: list[ConsentEvent]) -> None:
    state = state_on(events, DAY)
    read_matrix([SCHOOL, POLICE], sorted(GIVEN.categories), replace(GIVEN, consents=state.consents))
