"""Use cases for the details of a person of a case: read, show what is guarded, change, protect."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.case import CaseRow
from trygga_desktop.domain.compartments import CompartmentKind
from trygga_desktop.domain.errors import ConflictError, InvalidInputError, NoAccessError
from trygga_desktop.domain.items import Part
from trygga_desktop.domain.parties import PartyRole
from trygga_desktop.domain.people import Person, Protection
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.domain.person_changes import (
    PersonChange,
    changed,
    find_change_flaw,
    is_raised,
)
from trygga_desktop.services.audience import (
    controller_of,
    fact,
    show_alone,
    show_case_rows,
    text_of,
)
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.name_places import NamePlaces, find_places, put_name
from trygga_desktop.services.parties import name_of
from trygga_desktop.services.standing import Standing, stand
from trygga_desktop.services.use_case import use_case
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.storage.work import UnitOfWork

CHANGED = Changes(cases=True, parties=True, items=True, meetings=True)
"""Whose name it is stands wherever a case is spoken of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeDetails:
    """What is new about a person of a case, who was read as this `version`."""

    case_id: UUID
    person_id: UUID
    version: str
    change: PersonChange


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownLowering:
    """What somebody asked about a protection, for those who can open the guarded part."""

    to: Protection
    asked_by: str
    asked_at: datetime
    why: str
    is_mine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownDetails:
    """Names, numbers and birth date, as the door let them through; the present number is first.

    `born` is the date as far as it is known, such as 2009-05.
    """

    given_name: str = ""
    family_name: str = ""
    numbers: tuple[str, ...] = ()
    born: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonDetails:
    """One person of a case as the operator may see them, alone.

    Of a protected one `details` are None: `show_details` tells them, to whom the guarded part
    opens (`is_open`). `readers` are the names of all those. `places` are where the name still
    stands. `version` is what a change of what was read has to name.
    """

    row: CaseRow
    person_id: UUID
    role: PartyRole
    name: str
    alias: str
    protection: Protection
    version: str
    since: date | None = None
    details: ShownDetails | None = None
    has_number: bool = False
    is_open: bool = True
    is_nameless: bool = False
    readers: tuple[str, ...] = ()
    lowering: ShownLowering | None = None
    places: NamePlaces | None = None
    left_out: int = 0


@use_case(Permission.WORK_IN_CASE)
def read_details(case_id: UUID, person_id: UUID, *, vault: OpenVault) -> Done[PersonDetails]:
    """Return a person of a case to look at and change; what is guarded is only told to be there.

    Raise NoAccessError for a case we cannot open, InvalidInputError for nobody of the case.
    """
    with vault.work() as work:
        opened = work.cases.find(case_id)
        standing = stand(work, vault, opened)
        found = _details(work, vault, standing, person_id)
        work.commit(Action.DETAILS_READ, case_id)
    return Done(found)


@use_case(Permission.WORK_IN_CASE)
def show_details(case_id: UUID, person_id: UUID, *, vault: OpenVault) -> Done[ShownDetails]:
    """Return the names and numbers of somebody whose identity is protected, once it is in the log.

    Raise NoAccessError where the guarded part was not granted to us.
    """
    with vault.work() as work:
        standing = stand(work, vault, work.cases.find(case_id))
        known = known_person(work, standing, person_id)
        shown = _shown(vault, standing, person_id, known)
        work.commit(Action.DETAILS_SHOWN, case_id)
    return Done(shown)


@use_case(Permission.WORK_IN_CASE)
def change_details(command: ChangeDetails, *, vault: OpenVault) -> Done[None]:
    """Store what is new about a person, and call them so wherever the case repeats it.

    Raise InvalidInputError with the field and its flaw, also for another kind of protection, for
    a name where the case is spoken of without, and where nothing is new; NoAccessError for a
    protected person whose guarded part we cannot open; ConflictError if the person was changed
    since they were read.
    """
    with vault.work() as work:
        standing = stand(work, vault, work.cases.find(command.case_id))
        known = known_person(work, standing, command.person_id)
        if is_raised(known, command.change.protection):
            raise InvalidInputError(field="protection", flaw="raised")
        _change(work, standing, command, known)
        work.commit(Action.DETAILS_CHANGED, command.case_id)
    return Done(None, CHANGED)


@use_case(Permission.WORK_IN_CASE)
def protect_person(command: ChangeDetails, *, vault: OpenVault) -> Done[None]:
    """Store that a person's identity is protected, or more than before, and what else is new.

    From then on who they are stands in the guarded part alone. Raise as `change_details`, but for
    another kind of protection, which must be more than the present one; NoAccessError where we
    cannot open the guarded part, which the name goes into.
    """
    with vault.work() as work:
        standing = stand(work, vault, work.cases.find(command.case_id))
        known = known_person(work, standing, command.person_id)
        if not is_raised(known, command.change.protection):
            raise InvalidInputError(field="protection", flaw="lower")
        _change(work, standing, command, known)
        work.commit(Action.PROTECTION_RAISED, command.case_id)
    return Done(None, CHANGED)


def known_person(work: UnitOfWork, standing: Standing, person_id: UUID) -> Person:
    """Return a person of the family in full.

    Raise InvalidInputError for nobody of the case, NoAccessError for a protected one whose guarded
    part was not granted to us.
    """
    person = standing.people.get(person_id)
    if person is None:
        raise InvalidInputError(field="person", flaw="unknown")
    if person.protection is Protection.NONE:
        return person
    guarded = work.cases.guarded(standing.opened.case.id, person_id)
    if guarded is None:
        raise NoAccessError
    return guarded


def put_person(
    work: UnitOfWork, standing: Standing, person_id: UUID, before: Person, now: Person
) -> None:
    """Store a person anew, and call them so wherever the case repeats it; nothing is committed."""
    case_id = standing.opened.case.id
    parts = work.compartments.of_file(case_id)
    case_part, guarded_part = parts[CompartmentKind.CASE], parts[CompartmentKind.GUARDED]
    key = work.compartments.key(case_part)
    work.cases.rename_person(person_id, now.unguarded(), case_part, key)
    try:
        guarded_key = work.compartments.key(guarded_part)
    except NoAccessError:
        # Only of a protected person does the guarded part tell more than the case.
        if now.protection is not Protection.NONE:
            raise
    else:
        if work.cases.has_guarded(case_id, person_id):
            work.cases.rename_person(person_id, now, guarded_part, guarded_key)
        else:
            work.cases.add_guarded(person_id, now, guarded_part, guarded_key)
    subject = standing.opened.subject_id
    opened = (
        replace(standing.opened, subject=now.unguarded())
        if person_id == subject
        else standing.opened
    )
    put_name(work, opened, person_id, before, now)


def check_version(work: UnitOfWork, case_id: UUID, person_id: UUID, version: str) -> None:
    """Raise ConflictError if a person was changed since they were read as this version."""
    if work.cases.person_version(case_id, person_id) != version:
        raise ConflictError


def _change(work: UnitOfWork, standing: Standing, command: ChangeDetails, known: Person) -> None:
    check_version(work, command.case_id, command.person_id, command.version)
    change = command.change
    is_named = bool(known.full_name) or known.protection is not Protection.NONE
    if not is_named and (change.given_name or change.family_name):
        raise InvalidInputError(field="given_name", flaw="gate")
    flaw = find_change_flaw(known, change, on=standing.on)
    if flaw is not None:
        raise InvalidInputError(field=flaw[0], flaw=flaw[1])
    now = changed(known, change, on=standing.on)
    if now == known:
        raise InvalidInputError(field="person", flaw="same")
    put_person(work, standing, command.person_id, known, now)


def _details(
    work: UnitOfWork, vault: OpenVault, standing: Standing, person_id: UUID
) -> PersonDetails:
    opened = standing.opened
    person = standing.people.get(person_id)
    if person is None:
        raise InvalidInputError(field="person", flaw="unknown")
    row = show_case_rows([opened], vault=vault, on=work.today, restored_at=work.restored_at)[0]
    found = PersonDetails(
        row=row,
        person_id=person_id,
        role=PartyRole.SUBJECT_PERSON
        if person_id == opened.subject_id
        else standing.parties[person_id][0].role,
        name=text_of(name_of(vault, standing, person_id)),
        alias=_told(vault, standing, person_id, person.alias, Part.CASE),
        protection=person.protection,
        version=work.cases.person_version(opened.case.id, person_id),
        is_nameless=not person.full_name and person.protection is Protection.NONE,
        has_number=bool(person.numbers),
        readers=_readers(work, opened.case.id),
    )
    if person.protection is Protection.NONE:
        found = replace(
            found,
            details=_shown(vault, standing, person_id, person),
            is_open=_opens_guarded(work, opened.case.id),
        )
    else:
        guarded = work.cases.guarded(opened.case.id, person_id)
        found = (
            replace(found, is_open=False)
            if guarded is None
            else replace(
                found,
                since=guarded.protected_since,
                has_number=bool(guarded.numbers),
                lowering=_lowering(work, vault, standing, person_id, guarded),
                places=find_places(work, standing, person_id, guarded),
            )
        )
    return replace(found, left_out=len(work.left_out))


def _shown(vault: OpenVault, standing: Standing, person_id: UUID, person: Person) -> ShownDetails:
    part = Part.CASE if person.protection is Protection.NONE else Part.GUARDED
    numbers = [
        _told(vault, standing, person_id, one.formatted, part) for one in reversed(person.numbers)
    ]
    born = "" if person.birth_date is None else str(person.birth_date)
    return ShownDetails(
        given_name=_told(vault, standing, person_id, person.given_name, part),
        family_name=_told(vault, standing, person_id, person.family_name, part),
        numbers=tuple(one for one in numbers if one),
        born=_told(vault, standing, person_id, born, part),
    )


def _told(vault: OpenVault, standing: Standing, person_id: UUID, text: str, part: Part) -> str:
    """Return a detail as the door lets it through to the operator, alone."""
    if not text:
        return ""
    item = fact(
        standing.opened,
        "contact",
        text,
        controller=controller_of(vault),
        part=part,
        about=person_id,
    )
    shown = show_alone([item], vault=vault, given=standing.given).items
    return "".join(map(text_of, shown))


def _opens_guarded(work: UnitOfWork, case_id: UUID) -> bool:
    try:
        work.compartments.key(work.compartments.of_file(case_id)[CompartmentKind.GUARDED])
    except NoAccessError:
        return False
    return True


def _readers(work: UnitOfWork, case_id: UUID) -> tuple[str, ...]:
    """Return the names of those whom the guarded part opens for, where it does for us."""
    compartment = work.compartments.of_file(case_id)[CompartmentKind.GUARDED]
    try:
        key = work.compartments.key(compartment)
    except NoAccessError:
        return ()
    holders = work.compartments.holders(compartment, key)
    return tuple(sorted(one.name for one in work.accounts.all(work.roster) if one.id in holders))


def _lowering(
    work: UnitOfWork, vault: OpenVault, standing: Standing, person_id: UUID, person: Person
) -> ShownLowering | None:
    asked = person.lowering
    if asked is None:
        return None
    names = {one.id: one.name for one in work.accounts.all(work.roster)}
    return ShownLowering(
        to=asked.to,
        asked_by=names.get(asked.asked_by, ""),
        asked_at=asked.asked_at,
        why=_told(vault, standing, person_id, asked.why, Part.GUARDED),
        is_mine=asked.asked_by == vault.keyring.principal,
    )
