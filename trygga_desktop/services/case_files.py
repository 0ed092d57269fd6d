"""Use cases within one case: read it, tell something, make a working note."""

from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID, uuid4

from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.case import CaseRow
from trygga_desktop.domain.compartments import CompartmentKind
from trygga_desktop.domain.errors import InvalidInputError
from trygga_desktop.domain.items import Item, ItemKind, Part
from trygga_desktop.domain.people import PartialDate, Person, Protection
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.domain.sharing import Circumstances
from trygga_desktop.services.audience import (
    Shown,
    ShownItem,
    circumstances,
    controller_of,
    fact,
    show_alone,
    show_case_rows,
)
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.entries import check_text, check_told, origin_of
from trygga_desktop.services.granting import new_compartment
from trygga_desktop.services.standing import stand
from trygga_desktop.services.use_case import use_case
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.storage.stores.cases import OpenedCase
from trygga_desktop.storage.work import UnitOfWork


class FactKind(StrEnum):
    """What a case file says of the young person, in the order in which it is shown."""

    NAME = "name"
    ALIAS = "alias"
    NUMBER = "number"
    FORMER_NUMBER = "former_number"
    BIRTH_DATE = "birth_date"
    PROTECTION = "protection"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownFact:
    """One fact as the door let it through. Its text is a plain value or a code, not a sentence.

    `born` is there beside a birth date, for telling an age.
    """

    kind: FactKind
    item: ShownItem
    born: PartialDate | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """A case as whoever has it open may see it, alone.

    `guarded_readable` tells whether the guarded part was granted to them. `left_out` counts what
    did not verify.
    """

    row: CaseRow
    registry_number: str
    facts: tuple[ShownFact, ...]
    guarded_readable: bool
    items: Shown
    notes: tuple[ShownItem, ...]
    left_out: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteNote:
    """A working note, for the writer's own eyes."""

    case_id: UUID
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordStatement:
    """Something that was told: by whom, which kind of information it is, and whom it is about.

    `origin_id` None is the board itself, which is also taken to give what `said_by`, a person of
    the case, told it. Nobody named in `about` means the young person. `area` is the life area of a
    mapping, and `is_strength` tells what holds from what is needed.
    """

    case_id: UUID
    origin_id: UUID | None
    category: str
    about: frozenset[UUID]
    text: str
    area: str = ""
    is_strength: bool = False
    said_by: UUID | None = None


@use_case(Permission.WORK_IN_CASE)
def read_case(case_id: UUID, *, vault: OpenVault) -> Done[CaseFile]:
    """Return a case to show; the reading is in the audit log before anyone sees a word.

    Raise NoAccessError if it was not granted to us, TamperedError if it was changed.
    """
    with vault.work() as work:
        opened = work.cases.find(case_id)
        guarded = work.cases.guarded(case_id, opened.subject_id)
        if not work.compartments.is_as_logged(case_id):
            work.left_out.add(case_id)
        case_file = _case_file(vault, work, opened, guarded)
        work.commit(Action.CASE_READ, case_id)
    return Done(case_file)


@use_case(Permission.WORK_IN_CASE)
def write_note(command: WriteNote, *, vault: OpenVault) -> Done[UUID]:
    """Store a working note that only its writer can open; it is kept apart from the file.

    Raise NoAccessError for a case we cannot open, InvalidInputError for a note that is empty or
    too long.
    """
    check_text(command.text)
    me = vault.keyring.principal
    with vault.work() as work:
        work.cases.find(command.case_id)
        compartment = work.compartments.own(
            CompartmentKind.NOTES, case_id=command.case_id, user_id=me
        )
        if compartment is None:
            made, key = new_compartment(
                work,
                CompartmentKind.NOTES,
                holders=[me],
                case_id=command.case_id,
                user_id=me,
            )
            compartment = made.compartment
        else:
            key = work.compartments.key(compartment)
        note = Item(
            id=uuid4(),
            case_id=command.case_id,
            kind=ItemKind.NOTE,
            part=Part.NOTES,
            author_id=me,
            origin_id=controller_of(vault),
            category="",
            about=frozenset(),
            reporter_ids=frozenset(),
            known_on=work.today,
            text=command.text,
        )
        work.items.add(note, compartment, key, sequence=work.sequence)
        work.commit(Action.NOTE_WRITTEN, note.id)
    return Done(note.id, Changes(items=True))


@use_case(Permission.WORK_IN_CASE)
def record_statement(command: RecordStatement, *, vault: OpenVault) -> Done[UUID]:
    """Store what an organisation told, in the case file.

    Raise NoAccessError for a case we cannot open, InvalidInputError with the field and its flaw for
    a text that is empty or too long, and an organisation, person, category or area that is not
    known, and TamperedError where what is written could be read by others than the case was granted
    to.
    """
    check_text(command.text)
    with vault.work() as work:
        opened = work.cases.find(command.case_id)
        standing = stand(work, vault, opened)
        check_told(standing, command.category, command.origin_id, command.said_by, command.about)
        if command.area and command.area not in {one.code for one in standing.catalogue.life_areas}:
            raise InvalidInputError(field="area", flaw="unknown")
        compartment = work.compartments.of_file(command.case_id)[CompartmentKind.CASE]
        statement = Item(
            id=uuid4(),
            case_id=command.case_id,
            kind=ItemKind.STATEMENT,
            part=Part.CASE,
            author_id=vault.keyring.principal,
            origin_id=origin_of(standing, command.category, command.origin_id, command.said_by),
            category=command.category,
            about=command.about or frozenset({opened.subject_id}),
            reporter_ids=frozenset(),
            known_on=work.today,
            text=command.text,
            said_by=command.said_by,
            area=command.area,
            is_strength=command.is_strength,
        )
        key = work.compartments.key(compartment)
        work.items.add(statement, compartment, key, sequence=work.sequence)
        work.commit(Action.STATEMENT_RECORDED, statement.id)
    return Done(statement.id, Changes(items=True))


def _case_file(
    vault: OpenVault, work: UnitOfWork, opened: OpenedCase, guarded: Person | None
) -> CaseFile:
    today, restored_at = work.today, work.restored_at
    controller = controller_of(vault)
    # Of everybody else the case itself tells who they are, also once somebody told the name.
    is_guarded = guarded is not None and opened.subject.protection is not Protection.NONE
    person = guarded if guarded is not None and is_guarded else opened.subject
    full = replace(opened, subject=person)
    given = circumstances(full, controller=controller, on=today, restored_at=restored_at)
    told = show_alone(work.items.of_case(opened.case.id), vault=vault, given=given)
    row = show_case_rows([opened], vault=vault, on=today, restored_at=restored_at)[0]
    return CaseFile(
        row=row,
        registry_number=opened.case.registry_number,
        facts=_facts(vault, full, given=given, is_guarded=row.protected and guarded is not None),
        guarded_readable=guarded is not None,
        items=Shown(
            items=tuple(one for one in told.items if one.kind is not ItemKind.NOTE),
            hidden=told.hidden,
        ),
        notes=tuple(one for one in told.items if one.kind is ItemKind.NOTE),
        left_out=len(work.left_out),
    )


def _facts(
    vault: OpenVault, opened: OpenedCase, *, given: Circumstances, is_guarded: bool
) -> tuple[ShownFact, ...]:
    controller = controller_of(vault)
    part = Part.GUARDED if is_guarded else Part.CASE
    shown = []
    for kind, text in _told_of(opened.subject):
        item = fact(opened, "contact", text, controller=controller, part=part)
        born = opened.subject.birth_date if kind is FactKind.BIRTH_DATE else None
        shown += [
            ShownFact(kind=kind, item=one, born=born)
            for one in show_alone([item], vault=vault, given=given).items
        ]
    return tuple(shown)


def _told_of(person: Person) -> list[tuple[FactKind, str]]:
    told = [(FactKind.NAME, f"{person.given_name} {person.family_name}".strip())]
    told.append((FactKind.ALIAS, person.alias))
    numbers = [number.formatted for number in reversed(person.numbers)]
    kinds = [FactKind.NUMBER, *[FactKind.FORMER_NUMBER] * len(numbers)]
    told += zip(kinds, numbers, strict=False)
    if person.birth_date is not None:
        told.append((FactKind.BIRTH_DATE, str(person.birth_date)))
    if person.protection is not Protection.NONE:
        told.append((FactKind.PROTECTION, person.protection))
    return [(kind, text) for kind, text in told if text]
