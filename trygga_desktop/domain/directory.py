"""The contact directory of a vault: organisations, and the professionals who speak for them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from trygga_desktop.domain.agencies import Agency


@dataclass(frozen=True, slots=True, kw_only=True)
class NameSince:
    """What an organisation is called from a day on."""

    name: str
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """One organisation; `kind` is a code of `agencies.toml`. It has a name at all times.

    `names` are in order of their days. A day before the first has the first name.
    """

    id: UUID
    kind: str
    names: tuple[NameSince, ...]
    retired: bool = False

    def __post_init__(self) -> None:
        """Refuse an organisation without a name, or with names out of order."""
        days = [one.since for one in self.names]
        if not days or days != sorted(set(days)):
            raise ValueError("An organisation has no name, or two on one day.")

    @property
    def name(self) -> str:
        """Return what it is called now."""
        return self.names[-1].name

    def name_on(self, day: date) -> str:
        """Return what it was called on a day."""
        begun = [one for one in self.names if one.since <= day]
        return (begun[-1] if begun else self.names[0]).name


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A professional; two may have one name. `title` is what they do."""

    id: UUID
    name: str
    organisation_id: UUID
    title: str = ""
    phone: str = ""
    email: str = ""
    retired: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Directory:
    """Everyone and every organisation that is known, retired ones too."""

    organisations: tuple[Organisation, ...] = ()
    contacts: tuple[Contact, ...] = ()

    def organisation(self, organisation_id: UUID | None) -> Organisation | None:
        """Return one organisation, or None if it is not known."""
        return next((one for one in self.organisations if one.id == organisation_id), None)

    def contact(self, contact_id: UUID | None) -> Contact | None:
        """Return one professional, or None if they are not known."""
        return next((one for one in self.contacts if one.id == contact_id), None)

    def kinds(self, agencies: Iterable[Agency]) -> dict[UUID, Agency]:
        """Return what each organisation is, leaving out those of a kind that is not known."""
        by_code = {one.code: one for one in agencies}
        return {one.id: by_code[one.kind] for one in self.organisations if one.kind in by_code}
