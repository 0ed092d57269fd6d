"""Who of a case can be invited, in what order, and who comes unless somebody decides otherwise."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from trygga_desktop.domain.agenda import Form
from trygga_desktop.domain.invitation import USUAL_FUNCTIONS
from trygga_desktop.domain.meeting import Function
from trygga_desktop.domain.parties import PartyRole
from trygga_desktop.domain.reasons import Reason

if TYPE_CHECKING:
    from trygga_desktop.services.meetings import CaseMeetings
    from trygga_desktop.services.parties import ShownParty

_FAMILY_ORDER = (
    PartyRole.SUBJECT_PERSON,
    PartyRole.GUARDIAN,
    PartyRole.APPOINTED_GUARDIAN,
    PartyRole.TRUSTEE,
    PartyRole.RELATIVE,
)
_NOWHERE = UUID(int=0)


class Doubt(StrEnum):
    """Why somebody is not invited unless a person decides so."""

    NOT_COVERED = "not_covered"
    ENDS_BEFORE = "ends_before"
    BARRED = "barred"
    DEPUTY = "deputy"


GUARDED = frozenset({Doubt.NOT_COVERED, Doubt.ENDS_BEFORE})
"""Of whom a person must answer what is to be done before they are invited."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitee:
    """Somebody who can be invited.

    `is_decided` tells of a decision on another legal ground to tell them something, `ends` until
    when the consent covers them, where it ends too early.
    """

    shown: ShownParty
    doubt: Doubt | None = None
    is_decided: bool = False
    ends: date | None = None

    @property
    def is_family(self) -> bool:
        """Tell whether they come for the family."""
        return self.shown.party.role is not PartyRole.PROFESSIONAL

    @property
    def functions(self) -> frozenset[Function]:
        """Return what they do at the table by their place in the case."""
        usual = USUAL_FUNCTIONS[self.shown.party.role]
        if self.shown.party.deputy_of is not None:
            return frozenset({usual, Function.DEPUTY})
        return frozenset({usual})


def invitees_of(found: CaseMeetings, on: date) -> tuple[Invitee, ...]:
    """Return who has a place in the case on a day: family first, then agency by agency."""
    there = [one for one in found.people if one.party.holds_on(on)]
    order = {one.code: one.order for one in found.catalogue.agencies}

    def place(one: ShownParty) -> tuple[int, int, str]:
        if one.party.role is PartyRole.PROFESSIONAL:
            return 1, order.get(one.kind, len(order)), one.organisation
        return 0, _FAMILY_ORDER.index(one.party.role), ""

    # Within one organisation the order is that in which they came into the case.
    return tuple(
        Invitee(
            shown=one,
            doubt=_doubt(one, found, on),
            is_decided=not found.decided.isdisjoint({one.party.id, one.party.organisation_id}),
            ends=found.cover_ends.get(one.party.organisation_id or _NOWHERE),
        )
        for one in sorted(there, key=place)
    )


def usual_presence(invitees: Iterable[Invitee], form: Form) -> frozenset[Invitee]:
    """Return who comes to such a meeting unless somebody decides otherwise."""

    def comes(one: Invitee) -> bool:
        if one.doubt is not None:
            return False
        match form:
            case Form.PROFESSIONALS_ONLY:
                return not one.is_family
            case Form.WITH_PERSON:
                role = one.shown.party.role
                return not one.is_family or role is PartyRole.SUBJECT_PERSON
            case _:
                return True

    return frozenset(one for one in invitees if comes(one))


def _doubt(shown: ShownParty, found: CaseMeetings, on: date) -> Doubt | None:
    party = shown.party
    ends = found.cover_ends.get(party.organisation_id or _NOWHERE)
    if any(bar.reason is Reason.GUARDIAN_BARRED for bar in shown.bars):
        return Doubt.BARRED
    if party.role is PartyRole.PROFESSIONAL and party.organisation_id not in found.covered:
        return Doubt.NOT_COVERED
    if party.role is PartyRole.RELATIVE and not shown.is_signer:
        # No consent is about telling a relative: the room would see next to nothing.
        return Doubt.NOT_COVERED
    if ends is not None and ends < on:
        return Doubt.ENDS_BEFORE
    if party.deputy_of is not None:
        return Doubt.DEPUTY
    return None
