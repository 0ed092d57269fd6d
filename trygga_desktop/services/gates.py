"""Use case for the gate: from a conversation without names to the named case."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.case import PhaseStep, says_the_name
from trygga_desktop.domain.catalogue import Catalogue, UnknownCodeError
from trygga_desktop.domain.compartments import CompartmentKind
from trygga_desktop.domain.errors import InvalidInputError, NoAccessError
from trygga_desktop.domain.gate import Gate, Threshold, find_gate_flaw
from trygga_desktop.domain.ground_use import GroundAnswer
from trygga_desktop.domain.grounds import LegalGround
from trygga_desktop.domain.people import Person, Protection, find_person_flaws, tidy
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.services.cases import NewPerson, closed_before
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.consents import MOST_WORDS
from trygga_desktop.services.overview import ways_on
from trygga_desktop.services.standing import Standing, digest_of_phases, stand
from trygga_desktop.services.use_case import use_case
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.storage.stores.cases import OpenedCase
from trygga_desktop.storage.work import UnitOfWork

_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class PassGate:
    """The four filters, answered; `person` is who it is, where nobody has told that yet.

    `ground` is a code of the catalogue, consent being one. `decided_by` is the name and position of
    who decided, or who consented, on the day `on`.
    """

    case_id: UUID
    own_agency: str
    threshold: frozenset[Threshold]
    recipients: frozenset[UUID]
    ground: str
    answers: tuple[GroundAnswer, ...]
    decided_by: str
    motive: str
    on: date
    person: NewPerson | None = None


@use_case(Permission.WORK_IN_CASE)
def pass_gate(command: PassGate, *, vault: OpenVault) -> Done[None]:
    """Store why a case is spoken of by name from now on, and who it is about.

    It opens nothing by itself: what comes to whom is still decided by consents and grounds. Raise
    InvalidInputError with the field and its flaw: a case that goes by name already, a phase from
    which no named one follows, a filter that is not answered, a ground that is not in force or not
    for these, a day to come, and a person without a name. Raise NoAccessError for a protected
    person where we cannot open the guarded part, which their name goes into.
    """
    _check_lengths(command)
    with vault.work() as work:
        standing = stand(work, vault, work.cases.find(command.case_id))
        if not standing.is_without_names:
            raise InvalidInputError(field="phase", flaw="named")
        phase = next((one for one, _ in ways_on(standing) if says_the_name(one)), None)
        if phase is None:
            raise InvalidInputError(field="phase", flaw="order")
        gate = _gate(command, vault, work)
        _check(gate, standing)
        opened = _named(command, standing, work)
        case = opened.case
        steps = (*case.steps, PhaseStep(phase=phase, on=work.today, words=gate.motive, gate=gate))
        earlier = case.earlier_id
        if command.person is not None:
            earlier = closed_before(work, command.person.to_person())
        changed = replace(
            opened,
            case=replace(case, phase=phase, steps=steps, earlier_id=earlier),
        )
        compartment = work.compartments.of_file(case.id)[CompartmentKind.CASE]
        work.cases.replace(changed, compartment, work.compartments.key(compartment))
        work.commit(Action.GATE_PASSED, case.id, digest=digest_of_phases(case.id, steps))
    return Done(None, Changes(cases=True, parties=True))


def _check_lengths(command: PassGate) -> None:
    for field, text, longest in (
        ("own_agency", command.own_agency, MOST_WORDS),
        ("decided_by", command.decided_by, _LONGEST_NAME),
        ("motive", command.motive, MOST_WORDS),
    ):
        if len(text) > longest:
            raise InvalidInputError(field=field, flaw="length")
    if any(len(one.words) > MOST_WORDS for one in command.answers):
        raise InvalidInputError(field="answers", flaw="length")


def _gate(command: PassGate, vault: OpenVault, work: UnitOfWork) -> Gate:
    return Gate(
        own_agency=command.own_agency.strip(),
        threshold=command.threshold,
        recipients=command.recipients,
        ground=command.ground,
        answers=command.answers,
        decided_by=command.decided_by.strip(),
        motive=command.motive.strip(),
        on=command.on,
        recorded_by=vault.keyring.principal,
        recorded_at=work.at,
    )


def _check(gate: Gate, standing: Standing) -> None:
    controller = standing.given.controller_id
    if not gate.recipients <= standing.given.organisations | {controller}:
        raise InvalidInputError(field="recipients", flaw="unknown")
    kinds = standing.directory.kinds(standing.catalogue.agencies)
    flaw = find_gate_flaw(
        gate,
        _ground(standing.catalogue, gate.ground),
        today=standing.on,
        giver=kinds.get(controller),
        recipients=[kinds.get(one) for one in gate.recipients - {controller}],
    )
    if flaw is not None:
        raise InvalidInputError(field="gate", flaw=flaw.value)


def _ground(catalogue: Catalogue, code: str) -> LegalGround | None:
    try:
        return catalogue.legal_ground(code)
    except UnknownCodeError:
        return None


def _named(command: PassGate, standing: Standing, work: UnitOfWork) -> OpenedCase:
    """Return the case with the name of whom it is about, stored where nobody had told it."""
    opened = standing.opened
    is_known = opened.subject.full_name or opened.subject.protection is not Protection.NONE
    if is_known:
        if command.person is not None:
            raise InvalidInputError(field="person", flaw="taken")
        return opened
    if command.person is None:
        raise InvalidInputError(field="given_name", flaw="missing")
    person = tidy(command.person.to_person())
    for field, flaw in find_person_flaws(person):
        raise InvalidInputError(field=field, flaw=flaw)
    kept = opened.subject
    is_born = person.birth_date is not None
    person = replace(
        person,
        alias=person.alias or kept.alias,
        age_band=None if is_born else kept.age_band,
    )
    _store_name(work, opened, person)
    return replace(opened, subject=person.unguarded())


def _store_name(work: UnitOfWork, opened: OpenedCase, person: Person) -> None:
    parts = work.compartments.of_file(opened.case.id)
    case_part, guarded_part = parts[CompartmentKind.CASE], parts[CompartmentKind.GUARDED]
    key = work.compartments.key(case_part)
    work.cases.rename_person(opened.subject_id, person.unguarded(), case_part, key)
    try:
        guarded_key = work.compartments.key(guarded_part)
    except NoAccessError:
        # Only of a protected person does the guarded part tell more than the case.
        if person.protection is not Protection.NONE:
            raise
    else:
        work.cases.rename_person(opened.subject_id, person, guarded_part, guarded_key)
