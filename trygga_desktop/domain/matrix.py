"""The consent matrix: what each cell comes to on a day, and what each signer said of it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from trygga_desktop.domain.consent import (
    Answer,
    Cell,
    Consent,
    Direction,
    find_latest_yes,
    find_refusals_of_cell,
)
from trygga_desktop.domain.reasons import Reason, place_in_order
from trygga_desktop.domain.sharing import (
    ChainStanding,
    Circumstances,
    Confirmation,
    find_closures,
)


class CellState(StrEnum):
    """What one cell comes to, in the words of the matrix."""

    YES = "yes"
    LIMITED = "limited"
    EXPIRES_SOON = "expires_soon"
    NO = "no"
    NOT_ASKED = "not_asked"
    WAITING = "waiting"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


class Says(StrEnum):
    """What one signer said of one cell."""

    YES = "yes"
    NO = "no"
    REFUSED = "refused"
    NOTHING_YET = "nothing_yet"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignerSays:
    """One signer's part in a cell.

    `until` is the last day of the answer that it comes from, or the day on which it was taken back.
    """

    signer: UUID
    says: Says
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixCell:
    """One cell on a day; `reasons` say why it is not open, that told first first."""

    cell: Cell
    state: CellState
    reasons: tuple[Reason, ...]
    says: tuple[SignerSays, ...]
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """What the consents in force come to together on a day.

    `signed` are those of the required signers whose yes holds, from the last of their first days
    to the first of their last ones. `organisations` are those that every one of them lets have
    something; there is none as long as one of them has not signed. Where `is_closed`, none of it
    counts: the case itself says no, whatever was signed.
    """

    signed: frozenset[UUID]
    valid_from: date | None
    valid_to: date | None
    organisations: frozenset[UUID]
    is_closed: bool


SOON = 30
"""So many days ahead it is told that a consent ends (`reminder_days` of the programmes)."""

_BY_REASON = (
    (Reason.WITHDRAWN, CellState.WITHDRAWN),
    (Reason.WITHDRAWN_PART, CellState.WITHDRAWN),
    (Reason.WAITING_FOR_SIGNATURE, CellState.WAITING),
    (Reason.SIGNER_ADDED, CellState.WAITING),
    (Reason.TURNED_15, CellState.WAITING),
    (Reason.TURNED_18, CellState.EXPIRED),
    (Reason.NOT_YET_VALID, CellState.WAITING),
    (Reason.EXPIRED, CellState.EXPIRED),
    (Reason.CONSENT_MISSING, CellState.NOT_ASKED),
    (Reason.NO_SIGNER, CellState.NOT_ASKED),
)


def read_cell(cell: Cell, given: Circumstances) -> MatrixCell:
    """Return what a cell comes to: open only if every required signer says yes to it."""
    refusals = find_refusals_of_cell(cell, given.required_answers)
    against = refusals | find_closures(given, refusals=refusals)
    until = _ends(given) if not against else None
    return MatrixCell(
        cell=cell,
        state=_state(cell, against, until, given),
        reasons=tuple(sorted(against, key=place_in_order)),
        says=tuple(_says(one, cell, given) for one in sorted(given.required)),
        until=until,
    )


def read_cover(given: Circumstances) -> Cover:
    """Return what the consents in force come to, with what closes the whole case."""
    in_force = [
        one
        for one in given.consents
        if one.signer in given.required and one.holds_on(given.on) and one.answer is Answer.GIVEN
    ]
    signed = frozenset(one.signer for one in in_force)
    organisations: frozenset[UUID] = frozenset()
    if in_force and signed == given.required:
        organisations = frozenset.intersection(
            *(frozenset(cell.organisation_id for cell in one.cells) for one in in_force)
        )
    return Cover(
        signed=signed,
        valid_from=max((one.valid_from for one in in_force), default=None),
        valid_to=min((one.valid_to for one in in_force), default=None),
        organisations=organisations,
        is_closed=given.chain is not ChainStanding.HOLDS
        or given.confirmation is not Confirmation.CONFIRMED
        or bool(find_closures(given, refusals=frozenset())),
    )


def read_matrix(
    organisations: Iterable[UUID], categories: Collection[str], given: Circumstances
) -> tuple[MatrixCell, ...]:
    """Return every cell of these organisations and categories, both directions of each."""
    return tuple(
        read_cell(Cell(organisation_id=one, category=category, direction=direction), given)
        for one in organisations
        for category in categories
        for direction in Direction
    )


def _state(
    cell: Cell, against: frozenset[Reason], until: date | None, given: Circumstances
) -> CellState:
    if not against:
        if any(_asks_about(one, cell) for one in given.consents if one.holds_on(given.on)):
            return CellState.LIMITED
        is_ending = until is not None and until - given.on <= timedelta(days=SOON)
        return CellState.EXPIRES_SOON if is_ending else CellState.YES
    return next((state for reason, state in _BY_REASON if reason in against), CellState.NO)


def _asks_about(consent: Consent, cell: Cell) -> bool:
    return any(limit.cell == cell for limit in consent.limits)


def _ends(given: Circumstances) -> date | None:
    ends = [
        one.valid_to
        for one in given.consents
        if one.signer in given.required and one.holds_on(given.on)
    ]
    return min(ends, default=None)


def _says(signer: UUID, cell: Cell, given: Circumstances) -> SignerSays:
    answers = [one for one in given.consents if one.signer == signer]
    in_force = next((one for one in answers if one.holds_on(given.on)), None)
    if in_force is not None:
        says = Says.YES if cell in in_force.cells else Says.NO
        if in_force.answer is Answer.REFUSED:
            says = Says.REFUSED
        if cell.organisation_id in in_force.taken_back:
            return _taken_back(in_force, cell.organisation_id, answers)
        return _said(in_force, says)
    last = find_latest_yes(answers, on=given.on)
    if last is not None and last.is_withdrawn_on(given.on):
        return _said(last, Says.WITHDRAWN)
    if last is None or given.on < last.valid_from:
        return SignerSays(signer=signer, says=Says.NOTHING_YET)
    return _said(last, Says.EXPIRED)


def _taken_back(consent: Consent, organisation_id: UUID, answers: Iterable[Consent]) -> SignerSays:
    """Say when an answer of which the rest is in force was taken back for an organisation."""
    stretches = [one for one in answers if one.id == consent.id]
    without = [one.valid_from for one in stretches if organisation_id in one.taken_back]
    return SignerSays(
        signer=consent.signer,
        says=Says.WITHDRAWN,
        since=min(one.valid_from for one in stretches),
        until=min(without),
    )


def _said(consent: Consent, says: Says) -> SignerSays:
    ended = consent.withdrawn_on if says is Says.WITHDRAWN else consent.valid_to
    return SignerSays(signer=consent.signer, says=says, since=consent.valid_from, until=ended)
