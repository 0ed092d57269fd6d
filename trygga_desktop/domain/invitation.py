"""Whom a consent lets come to a meeting, until when, and whom only a recorded decision does."""

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from trygga_desktop.domain.consent import Answer, Consent, Direction
from trygga_desktop.domain.meeting import Function
from trygga_desktop.domain.parties import PartyRole
from trygga_desktop.domain.sharing import Circumstances

USUAL_FUNCTIONS: Mapping[PartyRole, Function] = {
    PartyRole.SUBJECT_PERSON: Function.SUBJECT_PERSON,
    PartyRole.GUARDIAN: Function.GUARDIAN,
    PartyRole.APPOINTED_GUARDIAN: Function.GUARDIAN,
    PartyRole.TRUSTEE: Function.GUARDIAN,
    # Nothing is shown to a relative unless a consent names them, as with anyone who listens.
    PartyRole.RELATIVE: Function.OBSERVER,
    PartyRole.PROFESSIONAL: Function.AGENCY_REPRESENTATIVE,
}
"""What somebody does at a table by their place in the case."""


def find_covered(given: Circumstances) -> Mapping[UUID, date]:
    """Return the organisations that every required signer lets have something today.

    Each comes with the last day of that, as far as is known today. The controller, which needs no
    consent for its own file, is not among them.
    """
    in_force = [
        one for one in given.consents if one.answer is Answer.GIVEN and one.holds_on(given.on)
    ]
    by_signer = [
        _ends(one for one in in_force if one.signer == signer) for signer in given.required
    ]
    everyone = set.intersection(*map(set, by_signer)) if by_signer else set()
    return {one: min(ends[one] for ends in by_signer) for one in everyone - {given.controller_id}}


def find_decided(given: Circumstances) -> frozenset[UUID]:
    """Return the organisations that a decision on another legal ground tells something today.

    It opens no more than the items that it names, at a meeting as anywhere.
    """
    return frozenset(
        recipient
        for one in given.grounds
        if one.flaw is None and not one.names_nobody and given.on <= one.use.until
        for recipient in one.use.recipients
    )


def _ends(consents: Iterable[Consent]) -> dict[UUID, date]:
    ends: dict[UUID, date] = {}
    for one in consents:
        for cell in one.cells:
            if cell.direction is Direction.RECEIVE:
                known = ends.get(cell.organisation_id, one.valid_to)
                ends[cell.organisation_id] = max(known, one.valid_to)
    return ends
