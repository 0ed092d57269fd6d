"""Use cases for cases: open a new one, list them, find one that is there already."""

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID, uuid4

from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.case import Case, CaseList, Intake, Phase, PhaseStep
from trygga_desktop.domain.compartments import CompartmentKind
from trygga_desktop.domain.errors import InvalidInputError
from trygga_desktop.domain.identity_number import IdentityNumber
from trygga_desktop.domain.people import (
    PartialDate,
    Person,
    Protection,
    find_person_flaws,
    tidy,
)
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.domain.principals import Roster
from trygga_desktop.services.audience import show_case_rows
from trygga_desktop.services.catalogues import catalogue_of
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.granting import new_compartment
from trygga_desktop.services.use_case import use_case
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.storage.stores.cases import OpenedCase
from trygga_desktop.storage.work import UnitOfWork

_MOST_NUMBER = 60
_MOST_WORDS = 10_000
_RANDOM_BYTES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPerson:
    """Who a case is going to be about."""

    given_name: str
    family_name: str
    alias: str = ""
    birth_date: PartialDate | None = None
    number: IdentityNumber | None = None
    protection: Protection = Protection.NONE

    def to_person(self) -> Person:
        """Return the person as stored."""
        return Person(
            given_name=self.given_name,
            family_name=self.family_name,
            alias=self.alias,
            birth_date=self.birth_date,
            numbers=() if self.number is None else (self.number,),
            protection=self.protection,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCase:
    """What the form holds. An empty case number asks for a random one."""

    person: NewPerson
    case_number: str = ""
    registry_number: str = ""
    programme: str = ""
    intake: Intake | None = None


class SimilarBy(StrEnum):
    """What makes two cases look like one."""

    NUMBER = "number"
    NAME_AND_BIRTH = "name_and_birth"


@dataclass(frozen=True, slots=True, kw_only=True)
class SimilarCase:
    """A case that may be about the same person."""

    id: UUID
    case_number: str
    same: SimilarBy


@use_case(Permission.OPEN_CASE)
def open_case(command: OpenCase, *, vault: OpenVault) -> Done[UUID]:
    """Store a new case, which opens for whoever makes it and for the coordinators.

    Nobody else can open it before it is granted, and its guarded part only its maker. Raise
    InvalidInputError with the field and its flaw.
    """
    person = tidy(command.person.to_person())
    with vault.work() as work:
        case_id = store_case(work, vault, command, person, [Phase.REFERRAL])
        work.commit(Action.CASE_OPENED, case_id, digest=work.compartments.digest(case_id))
    return Done(case_id, Changes(cases=True))


def store_case(
    work: UnitOfWork,
    vault: OpenVault,
    command: OpenCase,
    person: Person,
    phases: Sequence[Phase],
) -> UUID:
    """Store a new case about this person, in the last of these phases, and return its id.

    Nothing is committed. Raise InvalidInputError with the field and its flaw.
    """
    _check(command, person)
    case_id, subject_id = uuid4(), uuid4()
    me = vault.keyring.principal
    _check_programme(command.programme, vault, work)
    number = _free_number(work, _tidy(command.case_number), draw=vault.environment.draw)
    holders = {me, *_coordinators(work.roster)}
    made, key = new_compartment(work, CompartmentKind.CASE, holders=holders, case_id=case_id)
    guarded, guarded_key = new_compartment(
        work, CompartmentKind.GUARDED, holders=[me], case_id=case_id
    )
    case = Case(
        id=case_id,
        phase=phases[-1],
        case_number=number,
        registry_number=_tidy(command.registry_number),
        opened_on=work.today,
        programme=command.programme,
        intake=command.intake or Intake(),
        steps=tuple(PhaseStep(phase=one, on=work.today) for one in phases),
        responsible=me,
        earlier_id=closed_before(work, person),
    )
    work.cases.add(
        OpenedCase(case=case, subject_id=subject_id, subject=person.unguarded()),
        made.compartment,
        key,
        sequence=work.sequence,
    )
    work.cases.add_guarded(subject_id, person, guarded.compartment, guarded_key)
    return case_id


@use_case(Permission.WORK_IN_CASE)
def list_cases(*, vault: OpenVault) -> Done[CaseList]:
    """Return the cases we can open; of the others not even the number.

    Rows that are not what their author left here are left out and counted.
    """
    with vault.work() as work:
        rows = show_case_rows(
            work.cases.all(), vault=vault, on=work.today, restored_at=work.restored_at
        )
        left_out = len(work.left_out)
        goes_on_from = work.goes_on_from
        work.commit_of_cases(Action.CASES_LISTED, [row.id for row in rows])
    return Done(CaseList(rows=rows, left_out=left_out, goes_on_from=goes_on_from))


@use_case(Permission.OPEN_CASE)
def find_similar(person: NewPerson, *, vault: OpenVault) -> Done[tuple[SimilarCase, ...]]:
    """Return the cases that may be about the same person, among those we can open.

    A protected person is compared only where we can open the guarded part.
    """
    wanted = tidy(person.to_person())
    with vault.work() as work:
        similar = [
            SimilarCase(id=case.id, case_number=case.case_number, same=same)
            for case, same in _about_the_same(work, wanted)
        ]
        work.commit_of_cases(Action.CASES_COMPARED, [one.id for one in similar])
    return Done(tuple(similar))


def _about_the_same(work: UnitOfWork, wanted: Person) -> Iterator[tuple[Case, SimilarBy]]:
    for opened in work.cases.all():
        known = opened.subject
        if known.protection is not Protection.NONE:
            known = work.cases.guarded(opened.case.id, opened.subject_id) or known
        same = _sameness(wanted, known)
        if same is not None:
            yield opened.case, same


def closed_before(work: UnitOfWork, person: Person) -> UUID | None:
    """Return the case about the same person that was closed last, of those that are closed now.

    A name and a day of birth are not enough: two people may share them. No day of it is passed on:
    whoever is granted the new case alone is to learn nothing of that one.
    """
    closed = [
        case
        for case, same in _about_the_same(work, person)
        if same is SimilarBy.NUMBER and case.phase is Phase.CLOSED and case.steps
    ]
    latest = max(closed, key=lambda one: one.steps[-1].on, default=None)
    return None if latest is None else latest.id


def _coordinators(roster: Roster) -> list[UUID]:
    """Return who leads the work in every case, and can grant it to others."""
    return [one.id for one in roster.principals.values() if one.may(Permission.GRANT_ACCESS)]


def _tidy(number: str) -> str:
    return unicodedata.normalize("NFC", number).strip()


def _check_programme(code: str, vault: OpenVault, work: UnitOfWork) -> None:
    """Refuse a programme that is not known. A case without one has nobody who can consent."""
    known = {one.code for one in catalogue_of(vault, work).programmes}
    if code and code not in known:
        raise InvalidInputError(field="programme", flaw="unknown")


def _check(command: OpenCase, person: Person) -> None:
    for field, flaw in find_person_flaws(person):
        raise InvalidInputError(field=field, flaw=flaw)
    for name, text in (
        ("case_number", command.case_number),
        ("registry_number", command.registry_number),
    ):
        if len(text) > _MOST_NUMBER:
            raise InvalidInputError(field=name, flaw="length")
    intake = command.intake or Intake()
    for name, text in (("why", intake.why), ("assessment", intake.assessment)):
        if len(text) > _MOST_WORDS:
            raise InvalidInputError(field=name, flaw="length")


def _free_number(work: UnitOfWork, wanted: str, *, draw: Callable[[int], bytes]) -> str:
    """Return a number that none of our cases has; never a running count, which tells how many."""
    taken = {one.case.case_number.casefold() for one in work.cases.all()}
    if wanted:
        if wanted.casefold() in taken:
            raise InvalidInputError(field="case_number", flaw="taken")
        return wanted
    while True:
        number = draw(_RANDOM_BYTES).hex().upper()
        drawn = f"{number[:4]}-{number[4:]}"
        if drawn.casefold() not in taken:
            return drawn


def _sameness(new: Person, known: Person) -> SimilarBy | None:
    if set(new.numbers) & set(known.numbers):
        return SimilarBy.NUMBER
    names = [
        (one.given_name.casefold(), one.family_name.casefold(), one.birth_date)
        for one in (new, known)
    ]
    if new.birth_date is not None and new.given_name and names[0] == names[1]:
        return SimilarBy.NAME_AND_BIRTH
    return None
