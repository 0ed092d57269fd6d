"""What holds in a case on a day: people, consents, phase, and what that makes of sharing."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from hashlib import sha256
from uuid import UUID

from trygga_desktop.crypto.canonical import to_canonical
from trygga_desktop.domain.audit import CONSENT_ACTIONS, Action
from trygga_desktop.domain.case import Case, Cause, Phase, PhaseStep, phase_reason
from trygga_desktop.domain.catalogue import Catalogue
from trygga_desktop.domain.consent_events import ConsentState, Given, state_on
from trygga_desktop.domain.dates import PartialDate, months_after
from trygga_desktop.domain.directory import Directory
from trygga_desktop.domain.parties import Party, guardians_on, organisations_of
from trygga_desktop.domain.people import Person, Protection
from trygga_desktop.domain.programme import (
    ADULT,
    Programme,
    RequiredSigners,
    agencies_may_share,
    required_signers,
)
from trygga_desktop.domain.sharing import ChainStanding, Circumstances, Confirmation, Stage
from trygga_desktop.services.catalogues import catalogue_of
from trygga_desktop.services.contacts import directory_of
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.storage.stores.cases import OpenedCase
from trygga_desktop.storage.stores.consents import Chain
from trygga_desktop.storage.work import UnitOfWork

# Their entries are about the case, and tied to the place that they left.
_PLACE_ACTIONS = frozenset({Action.PARTY_ADDED, Action.PARTY_CHANGED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A case as it stands on a day. `people` are all of the family, the young person among them.

    `parties` come with the versions of their rows.
    """

    on: date
    opened: OpenedCase
    catalogue: Catalogue
    directory: Directory
    parties: Mapping[UUID, tuple[Party, int]]
    people: Mapping[UUID, Person]
    chain: Chain
    state: ConsentState
    step: PhaseStep
    required: RequiredSigners
    given: Circumstances

    @property
    def programme(self) -> Programme | None:
        """Return the programme that the case is in, or None where it is in none that is known."""
        return find_programme(self.catalogue, self.opened.case.programme)

    def names_of(self, organisations: Collection[UUID]) -> tuple[str, ...]:
        """Return what these organisations are called on the day, in order of their names."""
        known = self.directory.organisations
        return tuple(sorted(one.name_on(self.on) for one in known if one.id in organisations))


def stand(
    work: UnitOfWork, vault: OpenVault, opened: OpenedCase, *, on: date | None = None
) -> Standing:
    """Return how a case stands on a day, today if none is given.

    What is not known closes sharing: a case without a programme has nobody who can consent, and
    where somebody's place or a phase is not as it was left nobody can tell who must, and whether.
    """
    day = work.today if on is None else on
    case = opened.case
    catalogue = catalogue_of(vault, work)
    parties = {one.id: (one, version) for one, version in work.parties.of_case(case.id)}
    everyone = [one for one, _ in parties.values()]
    people = work.cases.people(case.id)
    chain = work.consents.chain(case, work.audit.digests(CONSENT_ACTIONS, case.id))
    is_whole = (
        _has_its_places(work, case.id, parties)
        and _has_its_phases(work, case)
        and people.keys() <= {opened.subject_id, *parties}
    )
    step = case.phase_on(day)
    guardians = guardians_on(everyone, day)
    born = _known_of(work, opened).birth_date
    age = None if born is None else born.age_on(day)
    programme = find_programme(catalogue, case.programme)
    state = state_on(chain.events, day)
    if programme is not None and programme.adult_signs_anew and born is not None:
        state = _without_lapsed(state, chain, born, day)
    required = (
        RequiredSigners()
        if programme is None
        else required_signers(programme, subject=opened.subject_id, age=age, guardians=guardians)
    )
    is_confirmed = state.compared_at >= work.restored_at
    controller = UUID(bytes=vault.trust.vault_id)
    directory = directory_of(vault, work)
    organisations = organisations_of(everyone) | _named_in(state)
    given = Circumstances(
        on=day,
        controller_id=controller,
        subject_id=opened.subject_id,
        subject_age=age,
        organisations=organisations,
        categories=frozenset(one.code for one in catalogue.categories),
        chain=chain.standing if is_whole else ChainStanding.BROKEN,
        confirmation=Confirmation.CONFIRMED if is_confirmed else Confirmation.UNCONFIRMED,
        stage=Stage.ANONYMOUS if step.phase is Phase.ASSESSMENT else Stage.NAMED,
        guardians=guardians,
        required=required.signs,
        consents=state.consents,
        opinion_of=required.opinion_of,
        opinions=state.opinions,
        unweighed=state.unweighed,
        concerned=frozenset()
        if programme is None
        else _groups_to_cover(programme, state, directory, organisations | {controller}),
        bars=state.bars,
        closed_by=None
        if agencies_may_share(step.phase, rules=catalogue.phases)
        else phase_reason(step.phase),
        pause_follows=step.cause is Cause.FOLLOWS_CONSENT,
    )
    return Standing(
        on=day,
        opened=opened,
        catalogue=catalogue,
        directory=directory,
        parties=parties,
        people=people,
        chain=chain,
        state=state,
        step=step,
        required=required,
        given=given,
    )


def find_programme(catalogue: Catalogue, code: str) -> Programme | None:
    """Return a programme, or None where the catalogue has none such."""
    return next((one for one in catalogue.programmes if one.code == code), None)


def _known_of(work: UnitOfWork, opened: OpenedCase) -> Person:
    """Return the young person as fully as we may know them.

    A protected person's birth date lies in the guarded part. Whoever cannot open that does not
    know who must sign, and shares nothing.
    """
    if opened.subject.protection is Protection.NONE:
        return opened.subject
    return work.cases.guarded(opened.case.id, opened.subject_id) or opened.subject


def _without_lapsed(
    state: ConsentState, chain: Chain, born: PartialDate, day: date
) -> ConsentState:
    """Return what is left when the young person has come of age: only what was signed since then.

    The joint consent lapses whole, the young person's own part too (README of the catalogue, 3).
    """
    if not _is_adult(born, day):
        return state
    signed_as_adult = {
        event.id
        for event in chain.events
        if isinstance(event.what, Given) and _is_adult(born, event.what.on)
    }
    # Where only the year is known it is as early as it can be: nothing holds for longer.
    birthday = born.turns(ADULT) or months_after(born.earliest, 12 * ADULT)
    last = birthday - timedelta(days=1)
    kept = [
        one if one.id in signed_as_adult else replace(one, valid_to=min(one.valid_to, last))
        for one in state.consents
        if one.id in signed_as_adult or one.valid_from <= last
    ]
    return replace(state, consents=tuple(kept))


def _is_adult(born: PartialDate, day: date) -> bool:
    age = born.age_on(day)
    return age is not None and age >= ADULT


def digest_of_place(case_id: UUID, party_id: UUID, version: int) -> bytes:
    """Return what the log is tied to when somebody's place in a case was stored so often."""
    return _digest("place", case_id.hex, party_id.hex, version)


def digest_of_phases(case_id: UUID, steps: Sequence[PhaseStep]) -> bytes:
    """Return what the log is tied to when a case has gone through these phases."""
    return _digest("phases", case_id.hex, *(step.phase.value for step in steps))


def _digest(*parts: str | int) -> bytes:
    # Nothing of it is more than what stands beside the ciphertexts anyway.
    return sha256(to_canonical(["trygga-tie-1", *parts])).digest()


def _has_its_places(
    work: UnitOfWork, case_id: UUID, parties: Mapping[UUID, tuple[Party, int]]
) -> bool:
    """Tell whether nobody's place was taken away, or put back as it was before.

    Without a guardian's place nobody would ask for their consent. Whoever writes more into the log
    opens nothing by it, and nobody takes anything out of it.
    """
    stored = {
        digest_of_place(case_id, one, earlier)
        for one, (_, version) in parties.items()
        for earlier in range(1, version + 1)
    }
    return _is_within(work, _PLACE_ACTIONS, case_id, stored)


def _has_its_phases(work: UnitOfWork, case: Case) -> bool:
    """Tell whether the case was not put back into a phase that it has left."""
    gone_through = {
        digest_of_phases(case.id, case.steps[:count]) for count in range(len(case.steps) + 1)
    }
    return _is_within(work, {Action.PHASE_CHANGED}, case.id, gone_through)


def _is_within(
    work: UnitOfWork, actions: Collection[Action], case_id: UUID, known: set[bytes]
) -> bool:
    return set(work.audit.digests(actions, case_id)) <= known


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
    """Return the organisations that consents name: they have a place in the case too."""
    cells = (cell for consent in state.consents for cell in consent.cells)
    return frozenset(cell.organisation_id for cell in cells) | state.concerned
