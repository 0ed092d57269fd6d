"""Consent: who may give and who may receive what, and why an answer does not open a passage."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
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


@dataclass(frozen=True, kw_only=True)
class Consent:
    """One signer's answer, and when it holds: `valid_to` counts, `withdrawn_on` does not.

    `taken_back` are organisations that it once covered and no longer does. `programme` is the code
    of the work that it was given for, and `facts_since` the day from which on it is about what is
    known. `has_lapsed` tells that it would hold for longer, had its giver not come of age.
    `long_term` lets somebody ask how it is, some time after the work has ended.
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
    programme: str = ""
    facts_since: date | None = None
    has_lapsed: bool = False
    long_term: bool = False

    def __post_init__(self) -> None:
        """Refuse a consent that ends before it begins."""
        if self.valid_to < self.valid_from:
            raise ValueError("A consent ends before it begins.")

    @cached_property
    def organisations(self) -> frozenset[UUID]:
        """Return whoever stands in a cell of it."""
        # Found once: it is asked for with every item of a room, for everyone in it.
        return frozenset(cell.organisation_id for cell in self.cells)

    def holds_on(self, day: date) -> bool:
        """Tell whether the answer, yes or no, is in force on that day."""
        return self.valid_from <= day <= self.valid_to and not self.is_withdrawn_on(day)

    def is_withdrawn_on(self, day: date) -> bool:
        """Tell whether the signer has taken it back by that day."""
        return self.withdrawn_on is not None and self.withdrawn_on <= day


@dataclass(frozen=True, slots=True, kw_only=True)
class Newcomer:
    """Somebody who must sign since a day on which others may have signed already, and why."""

    since: date
    reason: Reason


@dataclass(frozen=True, kw_only=True)
class Consents:
    """Everyone's answers, whose are needed on a day and for which work.

    `newcomers` are those of the required who became so; the key is the person.
    """

    on: date
    required: frozenset[UUID]
    answers: tuple[Consent, ...]
    programme: str = ""
    newcomers: Mapping[UUID, Newcomer] = field(default_factory=dict)

    def of(self, signer: UUID) -> tuple[Consent, ...]:
        """Return all answers of one person."""
        return tuple(one for one in self.answers if one.signer == signer)

    def in_force_of(self, signer: UUID) -> Consent | None:
        """Return the answer of one person that is in force; there is at most one."""
        return self._in_force.get(signer)

    @cached_property
    def _in_force(self) -> Mapping[UUID, Consent]:
        return {one.signer: one for one in self.answers if one.holds_on(self.on)}


@dataclass(frozen=True, kw_only=True)
class Passage:
    """What each signer must have allowed: this giver tells this recipient about the category."""

    giver_id: UUID | None
    recipient_id: UUID | None
    category: str

    @cached_property
    def giving(self) -> Cell | None:
        """Return the cell of the giver, None for one that is no organisation."""
        return _cell_of(self.giver_id, self.category, Direction.GIVE)

    @cached_property
    def receiving(self) -> Cell | None:
        """Return the cell of the recipient, None for one that is no organisation."""
        return _cell_of(self.recipient_id, self.category, Direction.RECEIVE)

    @property
    def cells(self) -> frozenset[Cell]:
        """Return the cells it goes through, as far as giver and recipient are organisations."""
        return frozenset(cell for cell in (self.giving, self.receiving) if cell is not None)


def _cell_of(organisation_id: UUID | None, category: str, direction: Direction) -> Cell | None:
    if organisation_id is None:
        return None
    return Cell(organisation_id=organisation_id, category=category, direction=direction)


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


def find_refusals(item: Item, recipient_id: UUID | None, consents: Consents) -> frozenset[Reason]:
    """Return why consent does not let that organisation have the item; empty when it does.

    Every required signer must allow it. If nobody is required, nobody has allowed it.
    """
    passage = Passage(giver_id=item.origin_id, recipient_id=recipient_id, category=item.category)
    return _refusals(
        lambda consent: (
            _gaps(consent, passage) | _too_old(consent, item) | _unmet_words(consent, passage, item)
        ),
        consents,
    )


def find_refusals_of_cell(cell: Cell, consents: Consents) -> frozenset[Reason]:
    """Return why one cell of the matrix does not hold on that day; empty when it does.

    Limits and exclusions do not close a cell: they ask a question about each item. Nor does it
    matter here how old an item may be.
    """
    return _refusals(lambda consent: _gaps_of_cell(consent, cell), consents)


def _refusals(gaps: Callable[[Consent], set[Reason]], consents: Consents) -> frozenset[Reason]:
    if not consents.required:
        return frozenset({Reason.NO_SIGNER})
    found: set[Reason] = set()
    for signer in consents.required:
        consent = consents.in_force_of(signer)
        if consent is None:
            found.add(_why_nothing_holds(signer, consents))
        elif consent.answer is Answer.REFUSED:
            found.add(Reason.REFUSED)
        elif consent.programme != consents.programme:
            found.add(Reason.OTHER_PURPOSE)
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


def _why_nothing_holds(signer: UUID, consents: Consents) -> Reason:
    latest = find_latest_yes(consents.of(signer), on=consents.on)
    if latest is None:
        return _why_nothing_was_given(signer, consents)
    if latest.is_withdrawn_on(consents.on):
        return Reason.WITHDRAWN
    if consents.on < latest.valid_from:
        return Reason.NOT_YET_VALID
    return Reason.TURNED_18 if latest.has_lapsed else Reason.EXPIRED


def _why_nothing_was_given(signer: UUID, consents: Consents) -> Reason:
    given = [
        one for one in consents.answers if one.answer is Answer.GIVEN and one.holds_on(consents.on)
    ]
    newcomer = consents.newcomers.get(signer)
    if newcomer is not None and any(one.valid_from < newcomer.since for one in given):
        # Those who had to sign then did, and nobody thought of this one.
        return newcomer.reason
    somebody_signed = any(one.signer in consents.required for one in given)
    return Reason.WAITING_FOR_SIGNATURE if somebody_signed else Reason.CONSENT_MISSING


# What can be missing at an end of a passage: the organisation, or this category that way.
_GAPS: Mapping[Direction, tuple[Reason, Reason]] = {
    Direction.RECEIVE: (Reason.RECIPIENT_NOT_COVERED, Reason.CATEGORY_NOT_COVERED),
    Direction.GIVE: (Reason.GIVER_NOT_COVERED, Reason.DIRECTION_NOT_COVERED),
}


def _says_nothing(consent: Consent) -> bool:
    """Tell whether nothing was ever ticked. What was taken back bit by bit was not empty."""
    return not consent.cells and not consent.taken_back


def _gaps(consent: Consent, passage: Passage) -> set[Reason]:
    """Return what is missing in the matrix of a consent that is in force, at either end."""
    if _says_nothing(consent):
        return {Reason.EMPTY_CONSENT}
    found = _gap_at(consent, passage.receiving, Direction.RECEIVE)
    return found | _gap_at(consent, passage.giving, Direction.GIVE)


def _gaps_of_cell(consent: Consent, cell: Cell) -> set[Reason]:
    if _says_nothing(consent):
        return {Reason.EMPTY_CONSENT}
    return _gap_at(consent, cell, cell.direction)


def _gap_at(consent: Consent, cell: Cell | None, direction: Direction) -> set[Reason]:
    """Return why one end is not open, and nothing where it is; without a cell it never is."""
    if cell in consent.cells:
        return set()
    organisation, category = _GAPS[direction]
    if cell is None:
        return {organisation}
    if cell.organisation_id in consent.organisations:
        return {category}
    return _tell_taken_back({organisation}, consent, cell.organisation_id)


def _tell_taken_back(
    found: set[Reason], consent: Consent, recipient_id: UUID | None
) -> set[Reason]:
    """Say of a recipient who is no longer covered that it once was."""
    if Reason.RECIPIENT_NOT_COVERED in found and recipient_id in consent.taken_back:
        return (found - {Reason.RECIPIENT_NOT_COVERED}) | {Reason.WITHDRAWN_PART}
    return found


def _too_old(consent: Consent, item: Item) -> set[Reason]:
    is_older = consent.facts_since is not None and item.known_on < consent.facts_since
    return {Reason.OLDER_THAN_CONSENT} if is_older else set()


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
    ends = (passage.giving, passage.receiving)
    asked += [(_TO_LIMIT, limit.id) for limit in consent.limits if limit.cell in ends]
    answers = (
        meaning.get(item.marking_for(asked_id), Reason.NEEDS_MARKING) for meaning, asked_id in asked
    )
    return {reason for reason in answers if reason is not None}
