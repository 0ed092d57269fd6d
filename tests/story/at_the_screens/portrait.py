"""What the services say of a case, without the ids and moments that are new in every vault."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any
from uuid import UUID

from trygga_desktop.domain.catalogue import Catalogue
from trygga_desktop.domain.consent_events import Concerned, ConsentEvent
from trygga_desktop.services.case_files import read_case
from trygga_desktop.services.consents import read_consents
from trygga_desktop.services.grounds import read_grounds
from trygga_desktop.services.meetings import read_meetings
from trygga_desktop.services.overview import read_overview
from trygga_desktop.services.parties import read_people
from trygga_desktop.services.plan_views import read_plan
from trygga_desktop.services.ratings import read_progress
from trygga_desktop.services.rooms import read_hidden, read_meeting
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.story.tables import ToldCase

_UNNAMED = "…"
_IN_ORDER = frozenset({"agenda", "entries", "meetings"})
"""Where the order says something. Elsewhere it follows from ids, or from the order of a form."""

_OF_THE_VAULT = frozenset({"sequence", "basis", "plan_basis"})
"""What depends on ids, or on how much else was stored before: each draft at a screen counts."""


def portrait(told: ToldCase, vault: OpenVault, days: tuple[date, ...]) -> dict[str, Any]:
    """Return what the screens of a case would show, by the services that they read.

    The consents are looked at on each of the days.
    """
    plan = read_plan(told.id, vault=vault).value
    names = {one.id: one.item.text for one in plan.lines} | _names(told)
    read: dict[str, object] = {
        "overview": read_overview(told.id, vault=vault).value,
        "file": read_case(told.id, vault=vault).value,
        "people": read_people(told.id, vault=vault).value.people,
        "meetings": read_meetings(told.id, vault=vault).value.meetings,
        "grounds": read_grounds(told.id, vault=vault).value,
        "plan": replace(plan, lines=()),
        "lines": {one.id: one for one in plan.lines},
        "progress": read_progress(told.id, vault=vault).value,
    }
    for day in days:
        found = read_consents(told.id, day, vault=vault).value
        read[f"consents {day}"] = replace(found, history=tuple(_said_once(found.history)))
    for code, meeting_id in told.meetings.items():
        read[f"room {code}"] = read_meeting(meeting_id, vault=vault).value
        read[f"hidden {code}"] = read_hidden(meeting_id, vault=vault).value
    return {name: plain(value, names) for name, value in read.items()}


def _said_once(history: Iterable[ConsentEvent]) -> Iterator[ConsentEvent]:
    """Yield what was recorded, and who is concerned only where that is others than before.

    A form at a screen says it anew on each paper.
    """
    concerned: frozenset[UUID] | None = None
    for one in history:
        if isinstance(one.what, Concerned):
            if one.what.organisations == concerned:
                continue
            concerned = one.what.organisations
        yield one


def plain(value: object, names: Mapping[UUID, str]) -> Any:  # noqa: PLR0911  a kind of value each
    """Return a value as plain tables, its ids by their names."""
    match value:
        case UUID():
            return names.get(value, _UNNAMED)
        case Enum():
            return value.value
        case Catalogue():
            return "the catalogue"
        case datetime():
            return value.astimezone(UTC).isoformat()
        case None | str() | int() | float() | bytes():
            return value
        case Mapping():
            rows = [(str(plain(key, names)), plain(one, names)) for key, one in value.items()]
            return dict(sorted(rows, key=repr))
        case frozenset() | set():
            return sorted((plain(one, names) for one in value), key=repr)
        case tuple() | list():
            return [plain(one, names) for one in value]
        case _ if is_dataclass(value):
            told = {
                one.name: plain(getattr(value, one.name), names)
                for one in fields(value)
                if one.name not in _OF_THE_VAULT
            }
            return {
                name: sorted(one, key=repr)
                if isinstance(one, list) and name not in _IN_ORDER
                else one
                for name, one in told.items()
            }
        case _:
            return str(value)


def differences(one: Any, other: Any, place: str = "") -> list[str]:
    """Return where two portraits are not the same, and what stands there."""
    if isinstance(one, dict) and isinstance(other, dict):
        keys = dict.fromkeys([*one, *other])
        return [
            found
            for key in keys
            for found in differences(one.get(key), other.get(key), f"{place}/{key}")
        ]
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        return [
            found
            for number, (left, right) in enumerate(zip(one, other, strict=True))
            for found in differences(left, right, f"{place}/{number}")
        ]
    return [] if one == other else [f"{place}: {one!r} != {other!r}"]


def _names(told: ToldCase) -> dict[UUID, str]:
    named = (
        told.places,
        told.people,
        told.organisations,
        told.meetings,
        told.items,
        told.terms,
    )
    names = {one: code for of in named for code, one in of.items()}
    return names | {told.id: "the case"}
