"""Consent: who may give and who may receive what, and why an answer does not open a passage."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from trygga_desktop.domain.items import Item, Marking
from trygga_desktop.domain.reasons import Reason


class Direction(StrEnum):
    """Which way information goes, seen from the organisation of a cell."""

    GIVE = "give"
    RECEIVE = "receive"


class Answer(StrEnum):
    """What a signer said."""

    GIVEN = "given"
    REFUSED = "refused"


class OwnInformation(StrEnum):
    """To whom a signer lets be told what is about the signer: a tick of its own on the form."""

    NONE = "none"
    AGENCIES = "agencies"
    AGENCIES_AND_FAMILY = "agencies_and_family"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Cell:
    """One ticked cell of the matrix: this organisation may give or receive that category.

    Cells have an order, so that a set of them is spelled in one way only.
    """

    organisation_id: UUID
    category: str
    direction: Direction


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A cell that is open only in part. What its words say is answered item by item."""

    id: UUID
    cell: Cell


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusion:
    """Something within a category that may not be raised. Its words are answered item by item."""

    id: UUID
    category: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """One signer's answer, and when it holds: `valid_to` counts, `withdrawn_on` does not.

    `taken_back` are organisations that it once covered and no longer does.
    """

    id: UUID
    signer: UUID
    answer: Answer
    cells: frozenset[Cell]
    valid_from: date
    valid_to: date
    withdrawn_on: date | None = None
    limits: tuple[Limit, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    own_information: OwnInformation = OwnInformation.NONE
    taken_back: frozenset[UUID] = frozenset()

    def __post_init__(self) -> None:
        """Refuse a consent that ends before it begins."""
        if self.valid_to < self.valid_from:
            raise ValueError("A consent ends before it begins.")

    def holds_on(self, day: date) -> bool:
        """Tell whether the answer, yes or no, is in force on that day."""
        return self.valid_from <= day <= self.valid_to and not self.is_withdrawn_on(day)

    def is_withdrawn_on(self, day: date) -> bool:
        """Tell whether the signer has taken it back by that day."""
        return self.withdrawn_on is not None and self.withdrawn_on <= day


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """What each signer must have allowed: this giver tells this recipient about the category."""

    giver_id: UUID | None
    recipient_id: UUID | None
    category: str

    @property
    def cells(self) -> frozenset[Cell]:
        """Return the cells it goes through, as far as giver and recipient are organisations."""
        ends = ((self.giver_id, Direction.GIVE), (self.recipient_id, Direction.RECEIVE))
        return frozenset(
            Cell(organisation_id=end, category=self.category, direction=direction)
            for end, direction in ends
            if end is not None
        )


def lets_be_told(consent: Consent, *, to_family: bool) -> bool:
    """Tell whether a signer lets be told what is about the signer, to agencies or to family."""
    if consent.answer is not Answer.GIVEN:
        return False
    if to_family:
        return consent.own_information is OwnInformation.AGENCIES_AND_FAMILY
    return consent.own_information is not OwnInformation.NONE


def has_one_answer_each(consents: Collection[Consent], *, on: date) -> bool:
    """Tell whether no signer has two answers in force on that day."""
    signers = [consent.signer for consent in consents if consent.holds_on(on)]
    return len(set(signers)) == len(signers)


def find_refusals(
    item: Item,
    recipient_id: UUID | None,
    *,
    required: frozenset[UUID],
    consents: Collection[Consent],
    on: date,
) -> frozenset[Reason]:
    """Return why consent does not let that organisation have the item; empty when it does.

    Every required signer must allow it. If nobody is required, nobody has allowed it.
    """
    passage = Passage(giver_id=item.origin_id, recipient_id=recipient_id, category=item.category)
    return _refusals(
        lambda consent: _gaps(consent, passage) | _unmet_words(consent, passage, item),
        required=required,
        consents=consents,
        on=on,
    )


def find_refusals_of_cell(
    cell: Cell, *, required: frozenset[UUID], consents: Collection[Consent], on: date
) -> frozenset[Reason]:
    """Return why one cell of the matrix does not hold on that day; empty when it does.

    Limits and exclusions do not close a cell: they ask a question about each item.
    """
    return _refusals(
        lambda consent: _gaps_of_cell(consent, cell), required=required, consents=consents, on=on
    )


def _refusals(
    gaps: Callable[[Consent], set[Reason]],
    *,
    required: frozenset[UUID],
    consents: Collection[Consent],
    on: date,
) -> frozenset[Reason]:
    if not required:
        return frozenset({Reason.NO_SIGNER})
    in_force = {one.signer: one for one in consents if one.holds_on(on)}
    somebody_signed = any(
        signer in in_force and in_force[signer].answer is Answer.GIVEN for signer in required
    )
    found: set[Reason] = set()
    for signer in required:
        consent = in_force.get(signer)
        if consent is None:
            earlier = [one for one in consents if one.signer == signer]
            found.add(_why_nothing_holds(earlier, on=on, somebody_signed=somebody_signed))
        elif consent.answer is Answer.REFUSED:
            found.add(Reason.REFUSED)
        else:
            found |= gaps(consent)
    return frozenset(found)


def find_latest_yes(answers: Collection[Consent], *, on: date) -> Consent | None:
    """Return a signer's newest yes, for what is told where none of the answers is in force.

    What has ended says more than what is yet to begin.
    """
    given = [consent for consent in answers if consent.answer is Answer.GIVEN]
    begun = [consent for consent in given if consent.valid_from <= on]
    return max(
        begun or given, key=lambda consent: (consent.valid_from, consent.valid_to), default=None
    )


def _why_nothing_holds(earlier: Collection[Consent], *, on: date, somebody_signed: bool) -> Reason:
    latest = find_latest_yes(earlier, on=on)
    if latest is None:
        return Reason.WAITING_FOR_SIGNATURE if somebody_signed else Reason.CONSENT_MISSING
    if latest.is_withdrawn_on(on):
        return Reason.WITHDRAWN
    return Reason.NOT_YET_VALID if on < latest.valid_from else Reason.EXPIRED


_Gap = Callable[[frozenset[Cell], Passage], bool]


def _stands_in(cells: frozenset[Cell], organisation_id: UUID | None) -> bool:
    return any(cell.organisation_id == organisation_id for cell in cells)


def _may(
    cells: frozenset[Cell], organisation_id: UUID | None, category: str, direction: Direction
) -> bool:
    return any(
        (cell.organisation_id, cell.category, cell.direction)
        == (organisation_id, category, direction)
        for cell in cells
    )


def _recipient_is_missing(cells: frozenset[Cell], passage: Passage) -> bool:
    return not _stands_in(cells, passage.recipient_id)


def _giver_is_missing(cells: frozenset[Cell], passage: Passage) -> bool:
    return not _stands_in(cells, passage.giver_id)


def _recipient_may_not_receive(cells: frozenset[Cell], passage: Passage) -> bool:
    return _stands_in(cells, passage.recipient_id) and not _may(
        cells, passage.recipient_id, passage.category, Direction.RECEIVE
    )


def _giver_may_not_give(cells: frozenset[Cell], passage: Passage) -> bool:
    return _stands_in(cells, passage.giver_id) and not _may(
        cells, passage.giver_id, passage.category, Direction.GIVE
    )


# What can be missing in the matrix of a consent that is in force.
_GAPS: tuple[tuple[Reason, _Gap], ...] = (
    (Reason.RECIPIENT_NOT_COVERED, _recipient_is_missing),
    (Reason.GIVER_NOT_COVERED, _giver_is_missing),
    (Reason.CATEGORY_NOT_COVERED, _recipient_may_not_receive),
    (Reason.DIRECTION_NOT_COVERED, _giver_may_not_give),
)


def _says_nothing(consent: Consent) -> bool:
    """Tell whether nothing was ever ticked. What was taken back bit by bit was not empty."""
    return not consent.cells and not consent.taken_back


def _gaps(consent: Consent, passage: Passage) -> set[Reason]:
    if _says_nothing(consent):
        return {Reason.EMPTY_CONSENT}
    found = {reason for reason, is_missing in _GAPS if is_missing(consent.cells, passage)}
    return _tell_taken_back(found, consent, passage.recipient_id)


def _gaps_of_cell(consent: Consent, cell: Cell) -> set[Reason]:
    if _says_nothing(consent):
        return {Reason.EMPTY_CONSENT}
    if cell in consent.cells:
        return set()
    receives = cell.direction is Direction.RECEIVE
    if _stands_in(consent.cells, cell.organisation_id):
        return {Reason.CATEGORY_NOT_COVERED if receives else Reason.DIRECTION_NOT_COVERED}
    found = {Reason.RECIPIENT_NOT_COVERED if receives else Reason.GIVER_NOT_COVERED}
    return _tell_taken_back(found, consent, cell.organisation_id)


def _tell_taken_back(
    found: set[Reason], consent: Consent, recipient_id: UUID | None
) -> set[Reason]:
    """Say of a recipient who is no longer covered that it once was."""
    if Reason.RECIPIENT_NOT_COVERED in found and recipient_id in consent.taken_back:
        return (found - {Reason.RECIPIENT_NOT_COVERED}) | {Reason.WITHDRAWN_PART}
    return found


# What a recorded answer means; any other answer, and none, leaves the question open.
_Meaning = Mapping[Marking | None, Reason | None]
_TO_EXCLUSION: _Meaning = {Marking.DOES_NOT_TOUCH: None, Marking.TOUCHES: Reason.EXCLUDED}
_TO_LIMIT: _Meaning = {Marking.INSIDE: None, Marking.OUTSIDE: Reason.OUTSIDE_LIMIT}


def _unmet_words(consent: Consent, passage: Passage, item: Item) -> set[Reason]:
    """Return what a person's answers about the limits and exclusions in question come to."""
    asked = [
        (_TO_EXCLUSION, exclusion.id)
        for exclusion in consent.exclusions
        if exclusion.category == passage.category
    ]
    cells = passage.cells
    asked += [(_TO_LIMIT, limit.id) for limit in consent.limits if limit.cell in cells]
    answers = (
        meaning.get(item.marking_for(asked_id), Reason.NEEDS_MARKING) for meaning, asked_id in asked
    )
    return {reason for reason in answers if reason is not None}
