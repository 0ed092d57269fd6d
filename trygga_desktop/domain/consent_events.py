"""What happened to the consents of a case: a chain that only grows, and what it comes to on a day.

Within a day the order of recording decides. A question about a day takes the state after that
day's last event (`resources/catalogue/README.md`, rule 1). A withdrawal is never without effect
for its date alone: where its signer had given nothing yet that it could take back, it takes back
what was recorded before it.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from trygga_desktop.domain.bars import Bar
from trygga_desktop.domain.consent import (
    Answer,
    Cell,
    Consent,
    Exclusion,
    Limit,
    OwnInformation,
)
from trygga_desktop.domain.ground_use import GroundUse


class Way(StrEnum):
    """How an answer was given. What is said is followed by a signature."""

    PAPER = "paper"
    ORAL = "oral"


class View(StrEnum):
    """What somebody who is asked, but does not sign, thinks of the consent."""

    AGREES = "agrees"
    DISAGREES = "disagrees"


class Capacity(StrEnum):
    """In what capacity somebody consents."""

    YOUNG_PERSON = "young_person"
    GUARDIAN = "guardian"
    APPOINTED_GUARDIAN = "appointed_guardian"
    TRUSTEE = "trustee"


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstance:
    """How a paper was signed, in the words of whoever received it; each may be empty.

    `maturity` is how mature a child was found to be in this very matter, `paper` where the signed
    paper lies, so that it can be found again.
    """

    form_version: str = ""
    language: str = ""
    interpreter: str = ""
    understanding: str = ""
    identified_by: str = ""
    place: str = ""
    maturity: str = ""
    paper: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A signer's answer; `valid_to` is the last day that it holds. A no has no cells.

    It is for the work of one programme (its code), and, where `facts_since` is a day, about what is
    known from that day on. `capacity` is None for who consents only to what is about themself.
    `long_term` is a tick of its own: somebody may ask how it is, after the work has ended.
    """

    signer: UUID
    answer: Answer
    on: date
    valid_from: date
    valid_to: date
    cells: frozenset[Cell]
    own_information: OwnInformation
    way: Way
    circumstance: Circumstance = Circumstance()
    programme: str = ""
    facts_since: date | None = None
    capacity: Capacity | None = None
    long_term: bool = False

    def __post_init__(self) -> None:
        """Refuse an answer that ends before it begins, and a no that opens something."""
        if self.valid_to < self.valid_from:
            raise ValueError("A consent ends before it begins.")
        if self.answer is Answer.REFUSED and (self.cells or self.long_term):
            raise ValueError("A refusal has cells.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn:
    """A signer took back everything (`organisations` None), or what concerns some of them."""

    signer: UUID
    on: date
    organisations: frozenset[UUID] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """What somebody who does not sign was asked and said; `weighed` is how a no was weighed."""

    person: UUID
    on: date
    view: View
    words: str
    weighed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Excluded:
    """Something within these categories may not be raised."""

    id: UUID
    on: date
    categories: frozenset[str]
    words: str
    asked_by: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Limited:
    """A cell is open only as far as these words say."""

    id: UUID
    on: date
    cell: Cell
    words: str
    asked_by: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Barred:
    """Somebody decided to keep something from a person or an organisation, and why."""

    on: date
    bar: Bar
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lifted:
    """An exclusion, a limit, a bar, an exception or a decision on a ground no longer holds."""

    what: UUID
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Concerned:
    """These organisations are concerned; some programmes need a consent that covers them all."""

    on: date
    organisations: frozenset[UUID]


@dataclass(frozen=True, slots=True, kw_only=True)
class Requested:
    """These people were asked to sign, and got the form to read."""

    on: date
    signers: frozenset[UUID]


@dataclass(frozen=True, slots=True, kw_only=True)
class Excepted:
    """A guardian's signature is done without, for a reason that the catalogue knows (`code`).

    It counts once somebody else has approved it, and until the end of `until`. Told anew under the
    same id it takes the place of what was told before.
    """

    id: UUID
    on: date
    signer: UUID
    code: str
    words: str
    decided_by: str
    until: date
    approved_by: str = ""

    def holds_on(self, day: date) -> bool:
        """Tell whether the signature can be done without on that day."""
        return self.on <= day <= self.until and bool(self.approved_by.strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class GroundUsed:
    """Somebody decided to tell something without consent, on another legal ground."""

    on: date
    use: GroundUse


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """After a restore, a person compared the consents with the papers: they count again."""

    on: date


Happening = (
    Given
    | Withdrawn
    | Opinion
    | Excluded
    | Limited
    | Barred
    | Lifted
    | Concerned
    | Requested
    | Excepted
    | GroundUsed
    | Compared
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentEvent:
    """One link of a case's chain: what happened, who recorded it and when (aware, in UTC)."""

    id: UUID
    case_id: UUID
    sequence: int
    recorded_by: UUID
    recorded_at: datetime
    what: Happening


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentState:
    """What the chain comes to on a day. `compared_at` is the newest comparison's sequence, or 0.

    `exceptions` and `grounds` are all that were not lifted, also those that do not count.
    """

    consents: tuple[Consent, ...] = ()
    opinions: frozenset[UUID] = frozenset()
    unweighed: frozenset[UUID] = frozenset()
    bars: tuple[Bar, ...] = ()
    concerned: frozenset[UUID] = frozenset()
    exclusions: tuple[Excluded, ...] = ()
    limits: tuple[Limited, ...] = ()
    exceptions: tuple[Excepted, ...] = ()
    grounds: tuple[GroundUsed, ...] = ()
    compared_at: int = 0


def state_on(events: Iterable[ConsentEvent], day: date) -> ConsentState:
    """Return what the events come to on a day.

    A later answer of a signer ends the earlier from its own first day. Exclusions, limits, bars,
    exceptions and decisions on grounds stand until they are lifted.
    """
    happened = happened_by(events, day)
    terms = _terms(happened)
    exclusions = tuple(one for one in terms if isinstance(one, Excluded))
    limits = tuple(one for one in terms if isinstance(one, Limited))
    opinions = {one.what.person: one.what for one in happened if isinstance(one.what, Opinion)}
    concerned = [one.what.organisations for one in happened if isinstance(one.what, Concerned)]
    compared = [one.sequence for one in happened if isinstance(one.what, Compared)]
    return ConsentState(
        consents=tuple(_asking(_consents(happened), exclusions, limits)),
        opinions=frozenset(opinions),
        unweighed=frozenset(
            person
            for person, opinion in opinions.items()
            if opinion.view is View.DISAGREES and not opinion.weighed.strip()
        ),
        bars=tuple(one.bar for one in terms if isinstance(one, Barred)),
        concerned=concerned[-1] if concerned else frozenset(),
        exclusions=exclusions,
        limits=limits,
        exceptions=tuple(one for one in terms if isinstance(one, Excepted)),
        grounds=tuple(one for one in terms if isinstance(one, GroundUsed)),
        compared_at=max(compared, default=0),
    )


def happened_by(events: Iterable[ConsentEvent], day: date) -> Sequence[ConsentEvent]:
    """Return what had happened by the end of a day, in the order in which it counts."""
    happened = [event for event in events if event.what.on <= day]
    return sorted(happened, key=lambda event: (_counts_from(event, happened), event.sequence))


def _counts_from(event: ConsentEvent, happened: Collection[ConsentEvent]) -> date:
    """Return the day in whose order an event counts: its own, with one exception.

    A withdrawal dated before there was anything to take back belongs to what was recorded before
    it: its date is wrong, and what was meant to close must not stay open for that.
    """
    taken = event.what
    if not isinstance(taken, Withdrawn):
        return taken.on
    given = [
        (one.what, one.sequence)
        for one in happened
        if isinstance(one.what, Given) and _can_be_taken_back(one.what, taken)
    ]
    if any((one.on, sequence) < (taken.on, event.sequence) for one, sequence in given):
        return taken.on
    return max((one.on for one, sequence in given if sequence < event.sequence), default=taken.on)


def _can_be_taken_back(given: Given, taken: Withdrawn) -> bool:
    is_yes = given.signer == taken.signer and given.answer is Answer.GIVEN
    return is_yes and taken.on <= given.valid_to


_Term = Excluded | Limited | Barred | Excepted | GroundUsed


def _terms(happened: Sequence[ConsentEvent]) -> list[_Term]:
    """Return what holds until it is lifted. What is told anew afterwards holds anew."""
    terms: list[_Term] = []
    for event in happened:
        match event.what:
            case Excluded() | Limited() | Barred() as term:
                terms.append(term)
            case Excepted() | GroundUsed() as term:
                # What opens something is told once; what closes adds up.
                terms = [one for one in terms if _id_of(one) != _id_of(term)]
                terms.append(term)
            case Lifted(what=what):
                terms = [one for one in terms if _id_of(one) != what]
            case _:
                pass
    return terms


def _id_of(term: _Term) -> UUID:
    match term:
        case Barred(bar=bar):
            return bar.id
        case GroundUsed(use=use):
            return use.id
        case _:
            return term.id


def _consents(happened: Sequence[ConsentEvent]) -> list[Consent]:
    """Return every stretch of time in which a signer's answer stood as it stood."""
    stretches: list[Consent] = []
    for event in happened:
        match event.what:
            case Given():
                stretches = _answered(stretches, event.id, event.what)
            case Withdrawn():
                stretches = _withdrawn(stretches, event.what)
            case _:
                pass
    return stretches


def _answered(stretches: Collection[Consent], consent_id: UUID, given: Given) -> list[Consent]:
    new = Consent(
        id=consent_id,
        signer=given.signer,
        answer=given.answer,
        cells=given.cells,
        valid_from=given.valid_from,
        valid_to=given.valid_to,
        own_information=given.own_information,
        programme=given.programme,
        facts_since=given.facts_since,
        long_term=given.long_term,
    )
    kept = []
    for one in stretches:
        if one.signer != given.signer or one.valid_to < given.valid_from:
            kept.append(one)
        elif one.valid_from < given.valid_from:
            kept.append(replace(one, valid_to=given.valid_from - timedelta(days=1)))
    return [*kept, new]


def _withdrawn(stretches: Collection[Consent], taken: Withdrawn) -> list[Consent]:
    kept: list[Consent] = []
    for one in stretches:
        is_over = one.valid_to < taken.on or one.withdrawn_on is not None
        if one.signer != taken.signer or one.answer is not Answer.GIVEN or is_over:
            kept.append(one)
        elif taken.organisations is None:
            kept.append(replace(one, withdrawn_on=taken.on))
        else:
            kept += _narrowed(one, taken.on, taken.organisations)
    return kept


def _narrowed(consent: Consent, on: date, organisations: frozenset[UUID]) -> Iterable[Consent]:
    if consent.valid_from < on:
        yield replace(consent, valid_to=on - timedelta(days=1))
    covered = {cell.organisation_id for cell in consent.cells}
    yield replace(
        consent,
        valid_from=max(on, consent.valid_from),
        cells=frozenset(one for one in consent.cells if one.organisation_id not in organisations),
        taken_back=consent.taken_back | (organisations & covered),
    )


def _asking(
    consents: Iterable[Consent], exclusions: Iterable[Excluded], limits: Iterable[Limited]
) -> Iterable[Consent]:
    """Let each consent ask what the case's exclusions and limits ask."""
    asked = tuple(
        Exclusion(id=one.id, category=category)
        for one in exclusions
        for category in sorted(one.categories)
    )
    open_in_part = tuple(Limit(id=one.id, cell=one.cell) for one in limits)
    for consent in consents:
        yield replace(consent, exclusions=asked, limits=open_in_part)
