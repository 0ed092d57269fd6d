"""What holds in a case on a day: people, consents, phase, and what that makes of sharing."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from hashlib import sha256
from uuid import UUID

from trygga_desktop.crypto.canonical import to_canonical
from trygga_desktop.domain.audit import CONSENT_ACTIONS, PHASE_ACTIONS, PLACE_ACTIONS, Action
from trygga_desktop.domain.case import Case, Cause, PhaseStep
from trygga_desktop.domain.catalogue import Catalogue
from trygga_desktop.domain.circumstances import Facts, derive
from trygga_desktop.domain.consent_events import ConsentEvent, ConsentState, Withdrawn
from trygga_desktop.domain.directory import Directory
from trygga_desktop.domain.lane import is_acute
from trygga_desktop.domain.meeting import Meeting
from trygga_desktop.domain.parties import Party
from trygga_desktop.domain.people import Person, Protection
from trygga_desktop.domain.programme import (
    Programme,
    RequiredSigners,
)
from trygga_desktop.domain.pseudonym import Pseudonym
from trygga_desktop.domain.recognising import Known, points_out
from trygga_desktop.domain.reminders import Reminder, find_reminders
from trygga_desktop.domain.resting import Resting
from trygga_desktop.domain.sharing import ChainStanding, Circumstances, Stage
from trygga_desktop.i18n import STOCKHOLM
from trygga_desktop.services.catalogues import catalogue_of, has_its_rules
from trygga_desktop.services.contacts import directory_of
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.storage.stores.cases import OpenedCase
from trygga_desktop.storage.stores.consents import Chain
from trygga_desktop.storage.work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A case as it stands on a day. `people` are all of the family, the young person among them.

    `parties` come with the versions of their rows. `resting` answers which commitments rest.
    `protected_names` are the names behind the aliases, of those whose guarded part opens to us: for
    comparing with what somebody typed, and for nothing else.
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
    reminders: tuple[Reminder, ...]
    resting: Resting
    protected_names: Mapping[UUID, str] = field(default_factory=dict, repr=False)

    @property
    def programme(self) -> Programme | None:
        """Return the programme that the case is in, or None where it is in none that is known."""
        return find_programme(self.catalogue, self.opened.case.programme)

    @property
    def goes_by_hours(self) -> bool:
        """Return whether the case is in the acute lane, where something can be due at an hour."""
        step = self.opened.case.stage
        return step is not None and is_acute(self.programme, step.stage)

    @property
    def is_without_names(self) -> bool:
        """Return whether the case is spoken of without the name."""
        return self.given.stage is not Stage.NAMED

    @property
    def known(self) -> Known:
        """Return what of the case nobody is to say while it is spoken of without the name."""
        people = self.people.values()
        schools = {"school", "independent_school"}
        organisations = self.directory.organisations
        return Known(
            names=frozenset(name for one in people if (name := one.full_name)),
            places=frozenset(
                each.name for one in organisations if one.kind in schools for each in one.names
            ),
            born=frozenset(str(one.birth_date) for one in people if one.birth_date is not None),
        )

    @property
    def pseudonym(self) -> Pseudonym:
        """Return what the young person is called without the name: never what gives it away."""
        subject = self.opened.subject
        called = subject.pseudonym(self.given.subject_age)
        return replace(called, alias="") if points_out(called.alias, self.known) else called

    @property
    def is_protected(self) -> bool:
        """Return whether somebody of the family is: paper then never says where they are."""
        return any(one.protection is not Protection.NONE for one in self.people.values())

    @property
    def family_names(self) -> dict[UUID, str]:
        """Return what the people of the case are called: a protected one by the alias."""
        return {one: person.shown_name for one, person in self.people.items()}

    def names_of(self, organisations: Collection[UUID]) -> tuple[str, ...]:
        """Return what these organisations are called on the day, in order of their names."""
        known = self.directory.organisations
        return tuple(sorted(one.name_on(self.on) for one in known if one.id in organisations))


def stand(  # noqa: PLR0913  which day is asked about, and what was known then
    work: UnitOfWork,
    vault: OpenVault,
    opened: OpenedCase,
    *,
    on: date | None = None,
    known_by: datetime | None = None,
    before: int | None = None,
) -> Standing:
    """Return how a case stands on a day, today if none is given.

    With `known_by`, an aware moment, it is how the case stood then: of its consents and phases
    nothing counts that was recorded later, not even later on that day, and no guardian is asked for
    whom nobody had entered yet. With `before`, the sequence
    of a consent event, neither that event counts nor what stands behind it in the chain.

    What is not known closes sharing: a case without a programme has nobody who can consent, and
    where somebody's place or a phase is not as it was left nobody can tell who must, and whether.
    """
    day = work.today if on is None else on
    case = opened.case
    catalogue = catalogue_of(vault, work)
    parties = {one.id: (one, version) for one, version in work.parties.of_case(case.id)}
    people = work.cases.people(case.id)
    chain = work.consents.chain(case, work.audit.digests(CONSENT_ACTIONS, case.id))
    is_whole = (
        has_its_rules(vault, work)
        and _has_its_places(work, case.id, parties)
        and _has_its_phases(work, case)
        and people.keys() <= {opened.subject_id, *parties}
    )
    directory = directory_of(vault, work)
    events = chain.events
    known = tuple(one for one, _ in parties.values())
    steps = case.steps_on(day)
    if known_by is not None:
        known = _entered_by(work, case.id, known, day=day, moment=known_by)
        events = tuple(one for one in events if one.recorded_at <= known_by)
        steps = _as_of(work, case, chain.events, known_by).steps_on(day)
    if before is not None:
        events = tuple(one for one in events if one.sequence < before)
    facts = Facts(
        controller_id=UUID(bytes=vault.trust.vault_id),
        subject_id=opened.subject_id,
        born=_known_of(work, opened).birth_date,
        parties=known,
        events=events,
        chain=chain.standing if is_whole else ChainStanding.BROKEN,
        restored_at=work.restored_at,
        step=steps[-1],
        earlier=steps[:-1],
        programme=find_programme(catalogue, case.programme),
        catalogue=catalogue,
        directory=directory,
    )
    derived = derive(facts, day)
    return Standing(
        on=day,
        opened=opened,
        catalogue=catalogue,
        directory=directory,
        parties=parties,
        people=people,
        chain=chain,
        state=derived.state,
        step=steps[-1],
        required=derived.required,
        given=derived.given,
        reminders=find_reminders(facts, derived),
        resting=Resting(facts, derived),
        protected_names=_protected_names(work, case.id, people),
    )


def _protected_names(
    work: UnitOfWork, case_id: UUID, people: Mapping[UUID, Person]
) -> dict[UUID, str]:
    hidden = [one for one, person in people.items() if person.protection is not Protection.NONE]
    guarded = ((one, work.cases.guarded(case_id, one)) for one in hidden)
    return {one: person.full_name for one, person in guarded if person is not None}


def _entered_by(
    work: UnitOfWork, case_id: UUID, parties: Collection[Party], *, day: date, moment: datetime
) -> tuple[Party, ...]:
    """Return the parties without the guardians who were entered later: nobody asked for theirs."""
    entries = work.audit.entries_of({Action.PARTY_ADDED}, {case_id})
    later = {one.digest for one in entries if one.at > moment}
    return tuple(
        one
        for one in parties
        if not (one.has_custody_on(day) and digest_of_place(case_id, one.id, 1) in later)
    )


def _as_of(work: UnitOfWork, case: Case, events: Sequence[ConsentEvent], moment: datetime) -> Case:
    """Return the case with the phases that it had come into by then: steps know only their days."""
    entries = work.audit.entries_of(PHASE_ACTIONS, {case.id})
    decided = {one.digest for one in entries if one.at > moment}
    taken_back = {
        one.recorded_at.astimezone(STOCKHOLM).date()
        for one in events
        if isinstance(one.what, Withdrawn) and one.recorded_at > moment
    }
    for count, step in enumerate(case.steps):
        follows = step.cause is Cause.FOLLOWS_CONSENT
        is_later = (
            step.on in taken_back
            if follows
            else digest_of_phases(case.id, case.steps[: count + 1]) in decided
        )
        if is_later:
            return replace(case, steps=case.steps[:count])
    return case


def as_spoken_of(standing: Standing, meeting: Meeting) -> Standing:
    """Return how the case stands at this meeting: one that began without the name stays without.

    Once the case goes by name, what was said there is still told as it was then.
    """
    if meeting.pseudonym is None:
        return standing
    return replace(standing, given=replace(standing.given, stage=Stage.ANONYMOUS))


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
    return _is_within(work, PLACE_ACTIONS, case_id, stored)


def _has_its_phases(work: UnitOfWork, case: Case) -> bool:
    """Tell whether the case was not put back into a phase that it has left."""
    gone_through = {
        digest_of_phases(case.id, case.steps[:count]) for count in range(len(case.steps) + 1)
    }
    return _is_within(work, PHASE_ACTIONS, case.id, gone_through)


def _is_within(
    work: UnitOfWork, actions: Collection[Action], case_id: UUID, known: set[bytes]
) -> bool:
    return set(work.audit.digests(actions, case_id)) <= known
