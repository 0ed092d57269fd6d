"""Use cases for the contact directory: organisations, and the professionals who speak for them."""

import unicodedata
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID, uuid4

from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.catalogue import Catalogue
from trygga_desktop.domain.directory import Contact, Directory, NameSince, Organisation
from trygga_desktop.domain.errors import InvalidInputError
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.services.audience import controller_of
from trygga_desktop.services.catalogues import catalogue_of
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.use_case import use_case
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.storage.work import UnitOfWork

MOST_NAME = 200
"""The longest name, title, address or number in characters that is stored."""

_CONTROLLER_KIND = "social_services"
_LONG_AGO = date(1900, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveOrganisation:
    """An organisation as the form holds it; without `id` it is a new one.

    Another name than before is its name from `since` on, from today if that is not given. What was
    written earlier keeps the old one.
    """

    kind: str
    name: str
    id: UUID | None = None
    since: date | None = None
    retired: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveContact:
    """A professional as the form holds it; without `id` it is a new one."""

    name: str
    organisation_id: UUID
    id: UUID | None = None
    title: str = ""
    phone: str = ""
    email: str = ""
    retired: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectoryView:
    """The directory, and the rule data of the vault: kinds of agencies, programmes.

    `controller_id` is the organisation whose vault this is, which is never retired.
    """

    directory: Directory
    catalogue: Catalogue
    controller_id: UUID
    left_out: int = 0


@use_case(Permission.USE_VAULT)
def read_directory(*, vault: OpenVault) -> Done[DirectoryView]:
    """Return everyone and every organisation that is known, the controller's own among them."""
    with vault.work() as work:
        view = DirectoryView(
            directory=directory_of(vault, work),
            catalogue=catalogue_of(vault, work),
            controller_id=controller_of(vault),
            left_out=len(work.left_out),
        )
        work.commit(Action.DIRECTORY_READ, vault.keyring.principal)
    return Done(view)


@use_case(Permission.WORK_IN_CASE)
def save_organisation(command: SaveOrganisation, *, vault: OpenVault) -> Done[UUID]:
    """Store an organisation.

    Raise InvalidInputError for a name that is missing, too long or taken by another of its kind,
    for a kind that the catalogue does not know, for a new name that begins before the last, for an
    `id` that is not known, and where the controller would be retired.
    """
    name = _tidy("name", command.name, must=True)
    with vault.work() as work:
        known = directory_of(vault, work)
        if command.kind not in {one.code for one in catalogue_of(vault, work).agencies}:
            raise InvalidInputError(field="kind", flaw="unknown")
        _refuse_taken(known, command, name)
        before = known.organisation(command.id)
        if command.id is not None and before is None:
            raise InvalidInputError(field="organisation", flaw="unknown")
        if command.retired and command.id == controller_of(vault):
            raise InvalidInputError(field="retired", flaw="needed")
        organisation = Organisation(
            id=command.id or uuid4(),
            kind=command.kind,
            # What the controller was called until it was named is nobody's former name.
            names=_names(
                work.directory.all().organisation(command.id), name, command.since or work.today
            ),
            retired=command.retired,
        )
        work.directory.put_organisation(organisation)
        work.commit(Action.DIRECTORY_CHANGED, organisation.id)
    return Done(organisation.id, Changes(directory=True))


@use_case(Permission.WORK_IN_CASE)
def save_contact(command: SaveContact, *, vault: OpenVault) -> Done[UUID]:
    """Store a professional. Two may have one name: they are told apart by what they do and where.

    Raise InvalidInputError for a name that is missing or too long, or an organisation or an `id`
    that is not known.
    """
    fields = {
        "name": _tidy("name", command.name, must=True),
        "title": _tidy("title", command.title),
        "phone": _tidy("phone", command.phone),
        "email": _tidy("email", command.email),
    }
    with vault.work() as work:
        known = directory_of(vault, work)
        if known.organisation(command.organisation_id) is None:
            raise InvalidInputError(field="organisation", flaw="unknown")
        if command.id is not None and known.contact(command.id) is None:
            raise InvalidInputError(field="contact", flaw="unknown")
        contact = Contact(
            id=command.id or uuid4(),
            organisation_id=command.organisation_id,
            retired=command.retired,
            **fields,
        )
        work.directory.put_contact(contact)
        work.commit(Action.DIRECTORY_CHANGED, contact.id)
    return Done(contact.id, Changes(directory=True))


def directory_of(vault: OpenVault, work: UnitOfWork) -> Directory:
    """Return the directory. The controller is an organisation of it from the start.

    Until somebody gives it another name it is called as the municipality is.
    """
    stored = work.directory.all()
    known = Directory(
        organisations=tuple(sorted(stored.organisations, key=lambda one: (one.name, one.kind))),
        contacts=tuple(sorted(stored.contacts, key=lambda one: (one.name, one.title))),
    )
    controller = controller_of(vault)
    if known.organisation(controller) is not None:
        return known
    ours = Organisation(
        id=controller,
        kind=_CONTROLLER_KIND,
        names=(NameSince(name=vault.municipality or "?", since=_LONG_AGO),),
    )
    return replace(known, organisations=(ours, *known.organisations))


def _names(before: Organisation | None, name: str, since: date) -> tuple[NameSince, ...]:
    if before is None:
        return (NameSince(name=name, since=_LONG_AGO),)
    if before.name == name:
        return before.names
    *earlier, last = before.names
    if last.since > since:
        raise InvalidInputError(field="since", flaw="order")
    kept = before.names if last.since < since else tuple(earlier)
    return (*kept, NameSince(name=name, since=since))


def _refuse_taken(known: Directory, command: SaveOrganisation, name: str) -> None:
    for one in known.organisations:
        is_other = one.id != command.id and one.kind == command.kind and not one.retired
        if is_other and one.name.casefold() == name.casefold():
            raise InvalidInputError(field="name", flaw="taken")


def _tidy(field: str, text: str, *, must: bool = False) -> str:
    tidied = unicodedata.normalize("NFC", text).strip()
    if must and not tidied:
        raise InvalidInputError(field=field, flaw="missing")
    if len(tidied) > MOST_NAME:
        raise InvalidInputError(field=field, flaw="length")
    return tidied
