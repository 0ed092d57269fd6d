"""Use cases for the people of a case: family, and the professionals who speak for agencies."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID, uuid4

from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.bars import Bar
from trygga_desktop.domain.case import CaseRow
from trygga_desktop.domain.catalogue import Catalogue
from trygga_desktop.domain.compartments import CompartmentKind
from trygga_desktop.domain.dates import PartialDate
from trygga_desktop.domain.directory import Directory
from trygga_desktop.domain.errors import InvalidInputError, NoAccessError, NoRightError
from trygga_desktop.domain.parties import Custody, Party, PartyRole
from trygga_desktop.domain.people import (
    Person,
    Protection,
    find_person_flaws,
    protected_namesake,
    tidy,
)
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.services.audience import (
    ShownItem,
    controller_of,
    fact,
    show_alone,
    show_case_rows,
    text_of,
)
from trygga_desktop.services.cases import NewPerson
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.contacts import directory_of
from trygga_desktop.services.standing import Standing, digest_of_place, stand
from trygga_desktop.services.use_case import use_case
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.storage.work import UnitOfWork

_FAMILY = frozenset(PartyRole) - {PartyRole.PROFESSIONAL, PartyRole.SUBJECT_PERSON}
# A court gives the appointed one the custody. A legal guardian ad litem may have another task.
_WITH_CUSTODY = frozenset({PartyRole.GUARDIAN, PartyRole.APPOINTED_GUARDIAN})
_MOST_WORDS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class AddRelative:
    """Somebody of the family, or close to it, in the capacity they have from `since` on.

    From today if that is not given.
    """

    case_id: UUID
    role: PartyRole
    person: NewPerson
    custody: Custody = Custody.NONE
    relation: str = ""
    since: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AddProfessional:
    """A professional of the directory, and what they do in this case."""

    case_id: UUID
    contact_id: UUID
    function: str = ""
    deputy_of: UUID | None = None
    since: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Which account of the program somebody of the board signs in with, None for none."""

    account_id: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownAccount:
    """An account that somebody of the case may have, with the name that it signs in by."""

    id: UUID
    name: str
    login: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeParty:
    """What is new about somebody's place; what is None stays. `until` is the first day without."""

    case_id: UUID
    party_id: UUID
    custody: Custody | None = None
    relation: str | None = None
    function: str | None = None
    deputy_of: UUID | None = None
    until: date | None = None
    link: Link | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownParty:
    """Somebody of the case as the operator may see them, alone.

    `name` is an alias where they are protected. `organisation` and `kind` are those of whom a
    professional speaks for. `bars` are what is kept from them, `is_signer` whether their consent is
    needed today, `is_asked` whether no more than their view is. Two people of one name are told
    apart by `told_apart`: birth date or organisation.
    """

    party: Party
    name: str
    told_apart: str
    is_protected: bool = False
    born: PartialDate | None = None
    organisation: str = ""
    kind: str = ""
    phone: str = ""
    email: str = ""
    deputy_of: str = ""
    bars: tuple[Bar, ...] = ()
    is_signer: bool = False
    is_asked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePeople:
    """Everyone of a case, the young person first, and the directory to take more from.

    `also_known` tells of a professional of the directory who has the name of one of the family.
    `accounts` are those that one of the board's people, `board_id`, can be said to have; none where
    we may not say it.
    """

    row: CaseRow
    subject_id: UUID
    people: tuple[ShownParty, ...]
    directory: Directory
    catalogue: Catalogue
    also_known: frozenset[UUID] = frozenset()
    left_out: int = 0
    board_id: UUID | None = None
    accounts: tuple[KnownAccount, ...] = ()


@use_case(Permission.WORK_IN_CASE)
def read_people(case_id: UUID, *, vault: OpenVault) -> Done[CasePeople]:
    """Return the people of a case; the reading is in the audit log before anyone sees a name.

    Raise NoAccessError if it was not granted to us, TamperedError if it was changed.
    """
    with vault.work() as work:
        opened = work.cases.find(case_id)
        standing = stand(work, vault, opened)
        row = show_case_rows([opened], vault=vault, on=work.today, restored_at=work.restored_at)[0]
        people = people_of(vault, standing)
        names = {one.name.casefold() for one in people if one.party.contact_id is None}
        directory = standing.directory
        found = CasePeople(
            row=row,
            subject_id=opened.subject_id,
            people=people,
            directory=directory,
            catalogue=standing.catalogue,
            also_known=frozenset(
                one.id for one in directory.contacts if one.name.casefold() in names
            ),
            left_out=len(work.left_out),
            board_id=standing.given.controller_id,
            accounts=_accounts(work) if vault.may(Permission.GRANT_ACCESS) else (),
        )
        work.commit(Action.PEOPLE_READ, case_id)
    return Done(found)


@use_case(Permission.WORK_IN_CASE)
def add_relative(command: AddRelative, *, vault: OpenVault) -> Done[UUID]:
    """Store somebody of the family in the case.

    Raise InvalidInputError with the field and its flaw, also for a guardian without custody, whose
    consent nobody would ask for. Raise NoAccessError for a case we cannot open, and for a protected
    person where we cannot open the guarded part, which their name goes into.
    """
    if command.role not in _FAMILY:
        raise InvalidInputError(field="role", flaw="unknown")
    if command.role in _WITH_CUSTODY and command.custody is Custody.NONE:
        raise InvalidInputError(field="custody", flaw="missing")
    person = tidy(command.person.to_person())
    for field, flaw in find_person_flaws(person):
        raise InvalidInputError(field=field, flaw=flaw)
    _check_words("relation", command.relation)
    person_id = uuid4()
    with vault.work() as work:
        work.cases.find(command.case_id)
        parts = work.compartments.of_file(command.case_id)
        case_part, guarded_part = parts[CompartmentKind.CASE], parts[CompartmentKind.GUARDED]
        key = work.compartments.key(case_part)
        work.cases.add_person(person_id, person.unguarded(), case_part, key)
        try:
            # Whoever may be protected or not: a row for these alone would point them out.
            guarded_key = work.compartments.key(guarded_part)
            work.cases.add_guarded(person_id, person, guarded_part, guarded_key)
        except NoAccessError:
            if person.protection is not Protection.NONE:
                raise
        party = Party(
            id=person_id,
            role=command.role,
            since=command.since or work.today,
            custody=command.custody,
            relation=command.relation.strip(),
        )
        work.parties.add(command.case_id, party)
        digest = digest_of_place(command.case_id, person_id, 1)
        work.commit(Action.PARTY_ADDED, command.case_id, digest=digest)
    return Done(person_id, Changes(parties=True))


@use_case(Permission.WORK_IN_CASE)
def add_professional(command: AddProfessional, *, vault: OpenVault) -> Done[UUID]:
    """Store that a professional of the directory has to do with the case.

    Raise InvalidInputError for one who is not known or has this place already, or who is to stand
    in for somebody who has none; NoAccessError for a case we cannot open.
    """
    _check_words("function", command.function)
    with vault.work() as work:
        work.cases.find(command.case_id)
        contact = directory_of(vault, work).contact(command.contact_id)
        if contact is None:
            raise InvalidInputError(field="contact", flaw="unknown")
        day = command.since or work.today
        known = [one for one, _ in work.parties.of_case(command.case_id)]
        if any(one.contact_id == contact.id and one.until is None for one in known):
            raise InvalidInputError(field="contact", flaw="taken")
        _check_deputy(command.deputy_of, known)
        party = Party(
            id=uuid4(),
            role=PartyRole.PROFESSIONAL,
            since=day,
            contact_id=contact.id,
            organisation_id=contact.organisation_id,
            function=command.function.strip() or contact.title,
            deputy_of=command.deputy_of,
        )
        work.parties.add(command.case_id, party)
        digest = digest_of_place(command.case_id, party.id, 1)
        work.commit(Action.PARTY_ADDED, command.case_id, digest=digest)
    return Done(party.id, Changes(parties=True))


@use_case(Permission.WORK_IN_CASE)
def change_party(command: ChangeParty, *, vault: OpenVault) -> Done[None]:
    """Store what is new about somebody's place in the case, or that they have it no more.

    Raise InvalidInputError for somebody who is not of the case, an end before the beginning, or
    a stand-in for nobody else of the case. Only who may grant a case says whose an account is:
    raise NoRightError for anybody else, InvalidInputError for an account that is not known or
    somebody else's, and for somebody who is not of the board.
    """
    if command.link is not None and not vault.may(Permission.GRANT_ACCESS):
        raise NoRightError
    _check_words("relation", command.relation or "")
    _check_words("function", command.function or "")
    with vault.work() as work:
        work.cases.find(command.case_id)
        rows = {one.id: (one, version) for one, version in work.parties.of_case(command.case_id)}
        if command.party_id not in rows:
            raise InvalidInputError(field="party", flaw="unknown")
        party, version = rows[command.party_id]
        if command.until is not None and command.until < party.since:
            raise InvalidInputError(field="until", flaw="order")
        others = [one for one, _ in rows.values() if one.id != party.id]
        _check_deputy(command.deputy_of, others)
        if command.link is not None and command.link.account_id is not None:
            _check_account(work, vault, party, command.link.account_id, others)
        work.parties.replace(command.case_id, _changed(party, command), row_version=version)
        digest = digest_of_place(command.case_id, party.id, version + 1)
        work.commit(Action.PARTY_CHANGED, command.case_id, digest=digest)
    return Done(None, Changes(parties=True))


def people_of(vault: OpenVault, standing: Standing) -> tuple[ShownParty, ...]:
    """Return everyone of a case as the operator may see them, alone: the young person first."""
    subject = Party(
        id=standing.opened.subject_id,
        role=PartyRole.SUBJECT_PERSON,
        since=standing.opened.case.opened_on,
    )
    others = [one for one, _ in standing.parties.values()]
    shown = [_shown(vault, standing, one) for one in (subject, *others)]
    return tuple(sorted((one for one in shown if one is not None), key=_place))


_ORDER = {role: place for place, role in enumerate(PartyRole)}


def _place(shown: ShownParty) -> tuple[int, str, str, str]:
    party = shown.party
    return _ORDER[party.role], shown.organisation, shown.name, party.since.isoformat()


def name_of(vault: OpenVault, standing: Standing, person_id: UUID) -> ShownItem | None:
    """Return what somebody of the family is called, as the door lets it through to the operator."""
    person = standing.people.get(person_id)
    return None if person is None else _told(vault, standing, person.shown_name, person_id)


def typed_name(vault: OpenVault, standing: Standing, name: str) -> str:
    """Return a name that somebody typed as the operator may have it, alone.

    That of a protected person is theirs, though nobody said so: it is told as they are called, and
    not at all where we cannot open what tells whether it is theirs.
    """
    found = protected_namesake(name, standing.people, standing.protected_names)
    if found is None:
        return name
    return "" if found.person_id is None else text_of(name_of(vault, standing, found.person_id))


def _told(vault: OpenVault, standing: Standing, text: str, about: UUID) -> ShownItem | None:
    controller = controller_of(vault)
    told = fact(standing.opened, "contact", text, controller=controller, about=about)
    return next(iter(show_alone([told], vault=vault, given=standing.given).items), None)


def _shown(vault: OpenVault, standing: Standing, party: Party) -> ShownParty | None:
    against = {party.id, party.organisation_id}
    bars = tuple(one for one in standing.state.bars if one.against in against)
    if party.contact_id is None:
        name = name_of(vault, standing, party.id)
        person = standing.people.get(party.id, Person(given_name="", family_name=""))
        if name is None:
            return None
        is_protected = person.protection is not Protection.NONE
        born = None if is_protected else person.birth_date
        told = None if born is None else _told(vault, standing, str(born), party.id)
        return ShownParty(
            party=party,
            name=text_of(name),
            told_apart=text_of(told),
            is_protected=is_protected,
            born=None if told is None else born,
            bars=bars,
            is_signer=party.id in standing.required.signs,
            is_asked=party.id in standing.required.opinion_of,
        )
    contact = standing.directory.contact(party.contact_id)
    organisation = standing.directory.organisation(party.organisation_id)
    name_of_organisation = "" if organisation is None else organisation.name_on(standing.on)
    return ShownParty(
        party=party,
        name="" if contact is None else contact.name,
        told_apart=name_of_organisation,
        organisation=name_of_organisation,
        kind="" if organisation is None else organisation.kind,
        phone="" if contact is None else contact.phone,
        email="" if contact is None else contact.email,
        deputy_of=_name_of_professional(standing, party.deputy_of),
        bars=bars,
    )


def _name_of_professional(standing: Standing, party_id: UUID | None) -> str:
    found = standing.parties.get(party_id) if party_id is not None else None
    contact = None if found is None else standing.directory.contact(found[0].contact_id)
    return "" if contact is None else contact.name


def _changed(party: Party, command: ChangeParty) -> Party:
    new = {
        "custody": command.custody,
        "relation": command.relation,
        "function": command.function,
        "deputy_of": command.deputy_of,
        "until": command.until,
    }
    if command.link is not None:
        party = replace(party, account_id=command.link.account_id)
    return replace(party, **{name: one for name, one in new.items() if one is not None})  # type: ignore[arg-type]  # each is of its field's type


def _check_deputy(deputy_of: UUID | None, others: Iterable[Party]) -> None:
    professionals = {one.id for one in others if one.role is PartyRole.PROFESSIONAL}
    if deputy_of is not None and deputy_of not in professionals:
        raise InvalidInputError(field="deputy_of", flaw="unknown")


def _accounts(work: UnitOfWork) -> tuple[KnownAccount, ...]:
    """Return the accounts of those who may work in cases."""
    known = ((one, work.roster.active(one.id)) for one in work.accounts.all(work.roster))
    return tuple(
        KnownAccount(id=one.id, name=one.name, login=one.login)
        for one, principal in known
        if principal is not None and principal.may(Permission.WORK_IN_CASE)
    )


def _check_account(
    work: UnitOfWork, vault: OpenVault, party: Party, account_id: UUID, others: Iterable[Party]
) -> None:
    if party.organisation_id != controller_of(vault):
        raise InvalidInputError(field="account", flaw="board")
    if account_id not in {one.id for one in _accounts(work)}:
        raise InvalidInputError(field="account", flaw="unknown")
    taken = (one for one in others if one.account_id == account_id)
    if any(one.contact_id != party.contact_id for one in taken):
        raise InvalidInputError(field="account", flaw="taken")


def _check_words(field: str, text: str) -> None:
    if len(text) > _MOST_WORDS:
        raise InvalidInputError(field=field, flaw="length")
