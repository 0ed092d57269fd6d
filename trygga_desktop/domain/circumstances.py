"""What holds in a case on a day: from its people, its consent events, its phase and the rules."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from trygga_desktop.domain.case import Cause, PhaseStep, is_without_names, phase_reason
from trygga_desktop.domain.catalogue import Catalogue
from trygga_desktop.domain.consent import Newcomer
from trygga_desktop.domain.consent_events import (
    ConsentEvent,
    ConsentState,
    state_on,
)
from trygga_desktop.domain.dates import PartialDate, months_after
from trygga_desktop.domain.directory import Directory
from trygga_desktop.domain.ground_use import UsedGround, find_flaw
from trygga_desktop.domain.grounds import Mode
from trygga_desktop.domain.parties import Party, guardians_on, organisations_of
from trygga_desktop.domain.programme import (
    ADULT,
    PersonDuty,
    Programme,
    RequiredSigners,
    agencies_may_share,
    required_signers,
)
from trygga_desktop.domain.reasons import Reason
from trygga_desktop.domain.sharing import ChainStanding, Circumstances, Confirmation, Stage
from trygga_desktop.domain.signing import ExceptionStatus, exception_status

_OF_OWN_VOICE = 15
"""From this age the law lets the young person decide (SoL 11 kap. 10 §); programmes may say less,
and who then has not signed is only waited for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of a case. `born` is None where nobody knows when.

    `programme` is None for a case that is in none, or in one that the catalogue does not have.
    `restored_at` is the sequence of the newest restore, 0 without any. `earlier` are the phases
    before the present `step`, in order.
    """

    controller_id: UUID
    subject_id: UUID
    born: PartialDate | None
    parties: tuple[Party, ...]
    events: tuple[ConsentEvent, ...]
    chain: ChainStanding
    restored_at: int
    step: PhaseStep
    programme: Programme | None
    catalogue: Catalogue
    directory: Directory
    earlier: tuple[PhaseStep, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """What the facts come to on a day: whom to ask, what was answered, what the decision takes."""

    state: ConsentState
    required: RequiredSigners
    given: Circumstances


def derive(facts: Facts, day: date) -> Derived:
    """Return what the facts come to on a day. What is not known closes sharing."""
    programme, born = facts.programme, facts.born
    state = state_on(facts.events, day)
    if programme is not None and programme.adult_signs_anew and born is not None:
        state = _ending_at_18(state, facts.events, born)
    guardians = guardians_on(facts.parties, day)
    age = None if born is None else born.age_on(day)
    required = RequiredSigners()
    if programme is not None:
        required = required_signers(
            programme,
            subject=facts.subject_id,
            age=age,
            guardians=guardians,
            excepted=_excepted(facts, state, day),
        )
    organisations = organisations_of(facts.parties) | _named_in(state)
    is_confirmed = state.compared_at >= facts.restored_at
    rules, phase = facts.catalogue.phases, facts.step.phase
    given = Circumstances(
        on=day,
        controller_id=facts.controller_id,
        subject_id=facts.subject_id,
        subject_age=age,
        organisations=organisations,
        categories=frozenset(one.code for one in facts.catalogue.categories),
        chain=facts.chain,
        confirmation=Confirmation.CONFIRMED if is_confirmed else Confirmation.UNCONFIRMED,
        stage=Stage.ANONYMOUS if is_without_names((*facts.earlier, facts.step)) else Stage.NAMED,
        guardians=guardians,
        required=required.signs,
        consents=state.consents,
        opinion_of=required.opinion_of,
        opinions=state.opinions,
        # Whoever signs, or is asked no more, says yes or no in another way.
        unweighed=state.unweighed & required.opinion_of,
        concerned=frozenset()
        if programme is None
        else _groups_to_cover(
            programme, state, facts.directory, organisations | {facts.controller_id}
        ),
        bars=state.bars,
        closed_by=None if agencies_may_share(phase, rules=rules) else phase_reason(phase),
        pause_follows=facts.step.cause is Cause.FOLLOWS_CONSENT,
        programme="" if programme is None else programme.code,
        newcomers=_newcomers(facts, day),
        grounds=tuple(_used_grounds(facts, state, day)),
    )
    return Derived(state=state, required=required, given=given)


def _excepted(facts: Facts, state: ConsentState, day: date) -> frozenset[UUID]:
    """Return whose signature is done without."""
    opening = facts.catalogue.opening_exceptions
    return frozenset(
        one.signer
        for one in state.exceptions
        if exception_status(one, state.consents, facts.events, opening=opening, on=day)
        is ExceptionStatus.IN_FORCE
    )


def _ending_at_18(
    state: ConsentState, events: Iterable[ConsentEvent], born: PartialDate
) -> ConsentState:
    """Let what was signed before the young person comes of age end on the day before.

    The joint consent lapses whole, the young person's own part too (README of the catalogue, 3).
    That is known beforehand: whoever reads until when it holds reads that day.
    """
    signed_as_adult = {event.id for event in events if _is_of_age(born, event.what.on, ADULT)}
    last = _birthday(born, ADULT) - timedelta(days=1)
    kept = [
        one
        if one.id in signed_as_adult
        else replace(
            one,
            valid_to=min(one.valid_to, last),
            has_lapsed=last < one.valid_to and not one.is_withdrawn_on(last),
        )
        for one in state.consents
        if one.id in signed_as_adult or one.valid_from <= last
    ]
    return replace(state, consents=tuple(kept))


def _is_of_age(born: PartialDate, day: date, years: int) -> bool:
    age = born.age_on(day)
    return age is not None and age >= years


def _birthday(born: PartialDate, years: int) -> date:
    # Where only the year is known it is as early as it can be: nothing holds for longer.
    return born.turns(years) or months_after(born.earliest, 12 * years)


def _newcomers(facts: Facts, day: date) -> Mapping[UUID, Newcomer]:
    """Return since when each of the signers must sign, and what made them one."""
    found = {
        party.id: Newcomer(since=party.since, reason=Reason.SIGNER_ADDED)
        for party in facts.parties
        if party.has_custody_on(day)
    }
    first = None if facts.programme is None else _first_age_to_sign(facts.programme)
    if facts.born is not None and first == _OF_OWN_VOICE:
        since = _birthday(facts.born, first)
        found[facts.subject_id] = Newcomer(since=since, reason=Reason.TURNED_15)
    return found


def _first_age_to_sign(programme: Programme) -> int | None:
    ages = [one.from_age for one in programme.signers if one.person is PersonDuty.SIGNS]
    return min(ages, default=None)


def _used_grounds(facts: Facts, state: ConsentState, day: date) -> Iterable[UsedGround]:
    kinds = facts.directory.kinds(facts.catalogue.agencies)
    known = {one.code: one for one in facts.catalogue.legal_grounds}
    for used in state.grounds:
        ground = known.get(used.use.ground)
        flaw = find_flaw(used.use, ground, decided_on=used.on, on=day, kinds=kinds)
        names_nobody = ground is not None and ground.mode is Mode.OPEN
        yield UsedGround(use=used.use, flaw=flaw, names_nobody=names_nobody)


def _groups_to_cover(
    programme: Programme, state: ConsentState, directory: Directory, known: frozenset[UUID]
) -> frozenset[frozenset[UUID]]:
    """Return what a consent must cover to count (README of the catalogue, 9 and 10).

    That is one organisation of each kind that the programme cannot do without, and all that are
    concerned where it wants them all: until somebody has said who they are, nothing is enough.
    """
    groups = {
        frozenset(one.id for one in directory.organisations if one.kind == kind and one.id in known)
        for kind in programme.required_agencies
    }
    if programme.needs_all_concerned_agencies:
        groups |= {frozenset({one}) for one in state.concerned} or {frozenset()}
    return frozenset(groups)


def _named_in(state: ConsentState) -> frozenset[UUID]:
    """Return the organisations that consents and grounds name: they have a place in the case."""
    cells = (cell for consent in state.consents for cell in consent.cells)
    told: Collection[UUID] = [one for used in state.grounds for one in used.use.recipients]
    return frozenset(cell.organisation_id for cell in cells) | state.concerned | frozenset(told)
