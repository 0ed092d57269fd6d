"""Programmes: who must sign, for how long, which meetings, and which phase may follow which."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Annotated
from uuid import UUID

from trygga_desktop.domain.case import Phase
from trygga_desktop.domain.tables import (
    FILLED,
    Age,
    AgencyCode,
    Code,
    Icon,
    Key,
    Months,
    Order,
    RoleCode,
    TemplateCode,
    Text,
    between,
)
from trygga_desktop.domain.words import Mark, Words

OLDEST = 120
"""The age that the bands of a programme reach; whoever is older is as old as that."""

ADULT = 18
"""The age from which nobody signs for anyone else."""

_Days = Annotated[int, between(1, 3650)]


class PersonDuty(StrEnum):
    """What a programme asks of the young person: a signature, an opinion that is noted, nothing."""

    SIGNS = "signs"
    OPINION = "opinion"
    NONE = "none"


class GuardianDuty(StrEnum):
    """Whose signature a programme asks for among the guardians."""

    ALL = "all"
    NONE = "none"


class PartialConsent(StrEnum):
    """Whether work can go on when a consent leaves an agency out."""

    ENOUGH = "enough"
    ENOUGH_IF_LEAD_PAIR = "enough_if_lead_pair"
    NOT_ENOUGH = "not_enough"


class OnWithdrawal(StrEnum):
    """What becomes of a case when consent is withdrawn."""

    PAUSE = "pause"
    CONTINUE_WITHOUT = "continue_without"
    PAUSE_UNLESS_NOT_CONCERNED = "pause_unless_not_concerned"


class Decider(StrEnum):
    """Who is asked above the coordinator."""

    MANAGER = "manager"
    STEERING_GROUP = "steering_group"


class SignedDocument(StrEnum):
    """What somebody signs: the whole protocol, or the one composed for them."""

    FULL = "full"
    COMPOSED = "composed"


class Keeping(StrEnum):
    """How much is kept of a case that ends so."""

    FULL = "full"
    LIMITED = "limited"


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseRule:
    """What holds in one phase, whatever the programme.

    `next` are the phases that may follow. An exit may follow on every phase that is not closed.
    `needs_reason` asks for a closing reason. `needs` says in words what must be there first.
    """

    code: Phase
    name: Words
    next: Annotated[tuple[Phase, ...], FILLED]
    agencies_may_share: bool
    is_exit: Annotated[bool, Key("exit")] = False
    needs_reason: bool = False
    needs: str = ""
    keeps: Keeping = Keeping.FULL


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetAges:
    """The ages that a programme is meant for, both included."""

    from_age: Annotated[Age, Key("from")]
    to_age: Annotated[Age, Key("to")]
    mark: Mark
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignerBand:
    """Who must sign while the young person is of these ages, both included."""

    from_age: Age
    to_age: Age
    person: PersonDuty
    guardians: GuardianDuty
    mark: Mark
    source: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignerException:
    """When a guardian's signature can be done without: a person decides, a manager approves.

    Where it does not open sharing (`opens_sharing`), it is about something else that may be done
    without the guardian, and is remembered for that.
    """

    code: Code
    name: Words
    provision: Text
    mark: Mark
    question: Words
    note: Words
    note_mark: Mark
    opens_sharing: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class OralConsent:
    """Whether a consent may be oral until it is signed, and for how many days."""

    allowed: bool
    max_days: Annotated[int, between(0, 90)]
    mark: Mark
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StartNeeds:
    """Which agencies must have decided before work begins."""

    decision_by: Annotated[tuple[AgencyCode, ...], FILLED]
    mark: Mark
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalation:
    """After how many meetings a late commitment is raised, and with whom."""

    overdue_times: Annotated[int, between(1, 20)]
    to: Decider
    mark: Mark
    hours_in_acute_stage: Annotated[int, between(1, 720)] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtocolSigner:
    """Whose signature a protocol has room for, and whether it may be missing."""

    role: RoleCode
    must: bool
    document: SignedDocument
    may_decline: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One stage within a programme, beside the phases of the case."""

    code: Code
    name: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """One programme. Everything is a proposal that a municipality can change.

    `required_agencies` must be covered by every consent. `phases` are those that its cases go
    through, beside the exits. Hours of the urgent lane are 0 where there is none. Where there is an
    agreement with the young person, `agreement_person` and `agreement_programme` are lines that it
    usually has, to be changed for each, and it usually holds for `agreement_months`.
    """

    code: Code
    order: Order
    icon: Icon
    name: Words
    long_name: Words
    purpose: Words
    ages: Annotated[TargetAges, Key("target_ages")]
    host_agency: AgencyCode
    usual_agencies: Annotated[tuple[AgencyCode, ...], FILLED]
    possible_agencies: tuple[AgencyCode, ...]
    signers: Annotated[tuple[SignerBand, ...], FILLED]
    adult_signs_anew: bool
    partial_consent: PartialConsent
    partial_consent_mark: Mark
    needs_all_concerned_agencies: bool
    on_withdrawal_whole: OnWithdrawal
    on_withdrawal_partial: OnWithdrawal
    oral_consent: OralConsent
    consent_months_default: Months
    consent_months_max: Months
    consent_length_mark: Mark
    reminder_days: tuple[_Days, ...]
    second_approval_for_exceptions: Decider
    meeting_templates: Annotated[tuple[TemplateCode, ...], FILLED]
    follow_up_interval_days: _Days
    follow_up_interval_note: Words
    follow_up_interval_mark: Mark
    urgent_lane_hours: Annotated[int, between(0, 720)]
    escalation: Escalation
    escalation_text: Words
    protocol_signers: Annotated[tuple[ProtocolSigner, ...], FILLED]
    phases: Annotated[tuple[Phase, ...], FILLED]
    long_term_follow_up_months: tuple[Months, ...]
    re_referral_flag_months: Months
    required_agencies: tuple[AgencyCode, ...] = ()
    start_needs: StartNeeds | None = None
    partial_consent_note: Words | None = None
    concerned_list_note: Words | None = None
    follow_up_interval_later_days: _Days | None = None
    agreement_with_person: bool = False
    agreement_person: tuple[Words, ...] = ()
    agreement_programme: tuple[Words, ...] = ()
    agreement_months: Months = 6
    refusal_must_be_documented: bool = False
    protected_identity_default: str = ""
    stages: tuple[Stage, ...] = ()

    @property
    def agreement_proposals(self) -> tuple[Words, ...]:
        """Return the lines that an agreement usually has, of both sides."""
        return (*self.agreement_person, *self.agreement_programme)


@dataclass(frozen=True, slots=True, kw_only=True)
class RequiredSigners:
    """Whose signatures a consent needs, and whose opinion is to be noted.

    Nobody in `signs` means that nobody can allow anything.
    """

    signs: frozenset[UUID] = frozenset()
    opinion_of: frozenset[UUID] = frozenset()


def bands_cover_every_age(bands: Collection[SignerBand]) -> bool:
    """Tell whether each age from birth on has one band, and only one."""
    ordered = sorted(bands, key=lambda band: band.from_age)
    meet = all(one.to_age + 1 == other.from_age for one, other in pairwise(ordered))
    runs = all(band.from_age <= band.to_age for band in ordered)
    return meet and runs and ordered[0].from_age == 0 and ordered[-1].to_age == OLDEST


def somebody_always_signs(bands: Collection[SignerBand]) -> bool:
    """Tell whether no age is without a signer, and whether adults sign for themselves alone."""
    return all(_signs_alone(band) or _is_signed_for(band) for band in bands)


def _signs_alone(band: SignerBand) -> bool:
    return band.person is PersonDuty.SIGNS and band.guardians is GuardianDuty.NONE


def _is_signed_for(band: SignerBand) -> bool:
    return band.guardians is GuardianDuty.ALL and band.to_age < ADULT


def signing_duties(programme: Programme, *, age: int) -> SignerBand:
    """Return what the programme asks at that age; a negative age raises ValueError."""
    if age < 0:
        raise ValueError("An age cannot be negative.")
    reached = min(age, OLDEST)
    return next(band for band in programme.signers if band.from_age <= reached <= band.to_age)


def required_signers(
    programme: Programme,
    *,
    subject: UUID,
    age: int | None,
    guardians: frozenset[UUID],
    excepted: frozenset[UUID] = frozenset(),
) -> RequiredSigners:
    """Return who must sign on a day, by the age and the guardians of that day.

    `excepted` are guardians whose signature somebody decided to do without. Nobody signs when the
    age is not known, or when guardians must and none is left: the young person alone is then not
    enough.
    """
    if age is None or age < 0:
        return RequiredSigners()
    band = signing_duties(programme, age=age)
    opinion = frozenset({subject}) if band.person is PersonDuty.OPINION else frozenset()
    signs: set[UUID] = {subject} if band.person is PersonDuty.SIGNS else set()
    if band.guardians is GuardianDuty.ALL:
        asked = guardians - excepted
        signs = signs | asked if asked else set()
    return RequiredSigners(signs=frozenset(signs), opinion_of=opinion)


def agencies_may_share(phase: Phase, *, rules: Collection[PhaseRule]) -> bool:
    """Tell whether a consent in force opens sharing between agencies in this phase."""
    return _rule(phase, rules).agencies_may_share


def needs_closing_reason(phase: Phase, *, rules: Collection[PhaseRule]) -> bool:
    """Tell whether a case that comes into this phase must have a closing reason."""
    return _rule(phase, rules).needs_reason


def allowed_next(
    programme: Programme, phase: Phase, *, rules: Collection[PhaseRule]
) -> tuple[Phase, ...]:
    """Return the phases that a case of this programme may come into from this one.

    Where the programme lacks a phase, the usual one after it takes its place. Exits come last.
    """
    ways = [_nearest(programme, one, rules) for one in _rule(phase, rules).next]
    exits = [] if phase is Phase.CLOSED else [rule.code for rule in rules if rule.is_exit]
    found = [one for one in ways if one is not None]
    return tuple(dict.fromkeys([*found, *(one for one in exits if one is not phase)]))


def _nearest(programme: Programme, phase: Phase, rules: Collection[PhaseRule]) -> Phase | None:
    passed: set[Phase] = set()
    while phase not in passed:
        rule = _rule(phase, rules)
        if rule.is_exit or phase in programme.phases:
            return phase
        passed.add(phase)
        phase = rule.next[0]
    return None


def reaches_every_phase(programme: Programme, *, rules: Collection[PhaseRule]) -> bool:
    """Tell whether a case can come into each phase of the programme, beginning with referral."""
    reached: set[Phase] = set()
    ahead = [Phase.REFERRAL]
    while ahead:
        phase = ahead.pop()
        reached.add(phase)
        ahead += [one for one in allowed_next(programme, phase, rules=rules) if one not in reached]
    return Phase.REFERRAL in programme.phases and reached.issuperset(programme.phases)


def _rule(phase: Phase, rules: Collection[PhaseRule]) -> PhaseRule:
    return next(rule for rule in rules if rule.code is phase)
