"""State of the two forms of the directory: an organisation, and a professional of one."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject

from trygga_desktop.ui.text_form import DayFlaw, TextForm, read_day
from trygga_desktop.ui.typed import Chosen, codes_of, id_in, one_of

if TYPE_CHECKING:
    from trygga_desktop.domain.directory import Contact, Organisation
    from trygga_desktop.services.contacts import SaveContact, SaveOrganisation

MOST_NAME = 200
"""The longest name, title, address or number in characters that is stored."""


class DirectoryField(StrEnum):
    """The fields in reading order; the values are those that a use case names."""

    KIND = "kind"
    NAME = "name"
    SINCE = "since"
    TITLE = "title"
    PHONE = "phone"
    EMAIL = "email"


class OrganisationForm(TextForm):
    """A new organisation, or one that is there: then another name has a day to begin on.

    A name that was only misspelt is corrected: it takes the place of the one before.
    """

    def __init__(
        self,
        kind: str,
        today: date,
        *,
        before: Organisation | None = None,
        parent: QObject | None = None,
    ) -> None:
        name = "" if before is None else before.name
        texts: dict[str, str] = {DirectoryField.NAME: name, DirectoryField.SINCE: today.isoformat()}
        super().__init__(texts, parent)
        self.before = before
        self.kind = kind if before is None else before.kind
        self.is_correction = False

    @property
    def is_renamed(self) -> bool:
        """Return whether the organisation that is there gets another name."""
        return self.before is not None and self.tidy(DirectoryField.NAME) != self.before.name

    @property
    def asks_for_day(self) -> bool:
        """Return whether it must be known from which day the name holds."""
        return self.is_renamed and not self.is_correction

    @property
    def since(self) -> date | DayFlaw:
        """Return the day from which the name holds, or why the text is none."""
        return read_day(self.text_in(DirectoryField.SINCE))

    @property
    def is_changed(self) -> bool:
        """Return whether there is anything to store."""
        return self.before is None or self.is_renamed or self.kind != self.before.kind

    @property
    def has_edits(self) -> bool:
        """Return whether something would be lost with the form."""
        return bool(self.tidy(DirectoryField.NAME)) if self.before is None else self.is_changed

    @property
    def missing(self) -> tuple[DirectoryField, ...]:
        """Return the fields that keep it from being stored, in reading order."""
        wrong = set(self.refused)
        if not 0 < len(self.tidy(DirectoryField.NAME)) <= MOST_NAME:
            wrong.add(DirectoryField.NAME)
        if self.asks_for_day and self._is_day_wrong():
            wrong.add(DirectoryField.SINCE)
        return tuple(field for field in DirectoryField if field in wrong)

    @property
    def may_send(self) -> bool:
        """Return whether there is something to store, and nothing missing."""
        return super().may_send and self.is_changed

    def day_flaw(self, field: str) -> DayFlaw | None:
        """Return why what stands in a field is no day, None where it is one or need not be."""
        since = self.since
        return since if field == DirectoryField.SINCE and isinstance(since, DayFlaw) else None

    def choose_kind(self, kind: str) -> None:
        """Say what kind of organisation it is."""
        self.refused.pop(DirectoryField.KIND, None)
        self.refused.pop(DirectoryField.NAME, None)
        self.kind = kind
        self.changed.emit()

    def correct(self, *, is_correction: bool) -> None:
        """Say that the name before was never right, or that it was until a day."""
        self.is_correction = is_correction
        self.refused.pop(DirectoryField.SINCE, None)
        self.changed.emit()

    def chosen(self) -> Chosen:
        """Return the kind, and whether the name is a correction."""
        return {"kind": (self.kind,), "correction": ("yes",) if self.is_correction else ()}

    def take_chosen(self, chosen: Chosen) -> None:
        """Choose what an earlier visit chose."""
        self.kind = one_of(chosen, "kind") or self.kind
        self.is_correction = bool(chosen.get("correction"))

    def command(self) -> SaveOrganisation | None:
        """Return what is to be stored, None while something is missing."""
        # Imported here: the first window does not wait for the database.
        from trygga_desktop.services.contacts import SaveOrganisation  # noqa: PLC0415

        if not self.may_send:
            return None
        since = self.since
        day = None if isinstance(since, DayFlaw) or not self.asks_for_day else since
        if self.before is not None and self.is_correction:
            day = self.before.names[-1].since
        return SaveOrganisation(
            kind=self.kind,
            name=self.tidy(DirectoryField.NAME),
            id=None if self.before is None else self.before.id,
            since=day,
            retired=self.before is not None and self.before.retired,
        )

    def _is_day_wrong(self) -> bool:
        since, before = self.since, self.before
        if isinstance(since, DayFlaw):
            return True
        return before is not None and since < before.names[-1].since


class ContactForm(TextForm):
    """A professional of an organisation."""

    def __init__(
        self,
        organisation_id: UUID,
        *,
        before: Contact | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__({} if before is None else texts_of(before), parent)
        self.organisation_id = organisation_id
        self.before = before

    @property
    def is_changed(self) -> bool:
        """Return whether there is anything to store."""
        if self.before is None:
            return True
        stored = texts_of(self.before)
        return any(self.tidy(field) != stored[field].strip() for field in stored)

    @property
    def has_edits(self) -> bool:
        """Return whether something would be lost with the form."""
        return any(map(self.tidy, self.texts)) if self.before is None else self.is_changed

    @property
    def missing(self) -> tuple[DirectoryField, ...]:
        """Return the fields that keep it from being stored, in reading order."""
        wrong = set(self.refused)
        if not self.tidy(DirectoryField.NAME):
            wrong.add(DirectoryField.NAME)
        wrong |= {field for field in DirectoryField if len(self.tidy(field)) > MOST_NAME}
        return tuple(field for field in DirectoryField if field in wrong)

    @property
    def may_send(self) -> bool:
        """Return whether there is something to store, and nothing missing."""
        return super().may_send and self.is_changed

    def chosen(self) -> Chosen:
        """Return the organisation, which a new professional belongs to."""
        return {"organisation": codes_of(self.organisation_id)}

    def take_chosen(self, chosen: Chosen) -> None:
        """Choose the organisation that an earlier visit was in."""
        if self.before is None:
            self.organisation_id = id_in(chosen, "organisation") or self.organisation_id

    def command(self) -> SaveContact | None:
        """Return what is to be stored, None while something is missing."""
        # Imported here: the first window does not wait for the database.
        from trygga_desktop.services.contacts import SaveContact  # noqa: PLC0415

        if not self.may_send:
            return None
        return SaveContact(
            name=self.tidy(DirectoryField.NAME),
            organisation_id=self.organisation_id,
            id=None if self.before is None else self.before.id,
            title=self.tidy(DirectoryField.TITLE),
            phone=self.tidy(DirectoryField.PHONE),
            email=self.tidy(DirectoryField.EMAIL),
            retired=self.before is not None and self.before.retired,
        )


def texts_of(contact: Contact) -> dict[str, str]:
    """Return what a form for a professional who is there begins with."""
    return {
        DirectoryField.NAME: contact.name,
        DirectoryField.TITLE: contact.title,
        DirectoryField.PHONE: contact.phone,
        DirectoryField.EMAIL: contact.email,
    }
