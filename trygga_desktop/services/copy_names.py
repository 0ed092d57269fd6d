"""What whoever has a copy is called now, for the operator: a protected person never by the name.

What was written down keeps the name of its day. A list that said it would tell it to a colleague
whom the guarded part of the case is not open to.
"""

from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

from trygga_desktop.domain.excerpts import Copy, GivenExcerpt
from trygga_desktop.domain.meeting import Participant, called_anew
from trygga_desktop.domain.people import aliases_of
from trygga_desktop.i18n import LANGUAGES, load_language
from trygga_desktop.services.audience import spelled, text_of
from trygga_desktop.services.parties import name_of, typed_name
from trygga_desktop.services.standing import Standing
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.storage.work import UnitOfWork


def recipient_of(vault: OpenVault, standing: Standing, excerpt: GivenExcerpt) -> str:
    """Return what whoever an excerpt was given to is called, empty where that is not told."""
    if not excerpt.preset.is_family:
        return excerpt.recipient
    if excerpt.recipient_id in standing.people:
        return text_of(name_of(vault, standing, excerpt.recipient_id))
    return typed_name(vault, standing, excerpt.recipient)


def own_file_words() -> Iterator[str]:
    """Yield what a copy for the board's own file is called, in every language."""
    for code in LANGUAGES:
        yield load_language(code).gettext("The board's file")


class CopyNames:
    """Calls the copies of a case by the names that the operator may have."""

    def __init__(self, work: UnitOfWork, vault: OpenVault, standing: Standing) -> None:
        self._vault = vault
        self._standing = standing
        case_id = standing.opened.case.id
        self._excerpts = {one.id: one for one in work.excerpts.of_case(case_id)}
        aliases = aliases_of(standing.people)
        meetings = (called_anew(one, aliases) for one, _ in work.meetings.of_case(case_id))
        self._seats: dict[UUID, Participant] = {
            one.id: one for meeting in meetings for one in meeting.participants
        }
        directory = standing.directory
        known = [
            vault.municipality,
            *own_file_words(),
            *(one.name for one in directory.contacts),
            *(each.name for one in directory.organisations for each in one.names),
            *(one.name for one in self._seats.values() if one.organisation_id is not None),
        ]
        self._known = {spelled(one) for one in known}

    def called(self, copy: Copy) -> Copy:
        """Return a copy with whom it was given to, and who signs it, as they are called now."""
        excerpt = self._excerpts.get(copy.excerpt_id) if copy.excerpt_id is not None else None
        if excerpt is not None:
            name = recipient_of(self._vault, self._standing, excerpt)
            is_theirs = bool(copy.signer) and excerpt.preset.is_family
            return replace(copy, to=name, signer=name if is_theirs else copy.signer)
        seat = self._seats.get(copy.recipient_id) if copy.recipient_id is not None else None
        if seat is None:
            return replace(copy, to=self._typed(copy.to))
        if seat.person_id is None:
            return replace(copy, to=seat.name)
        return replace(copy, to=text_of(name_of(self._vault, self._standing, seat.person_id)))

    def _typed(self, to: str) -> str:
        """Return whom somebody typed: a name, and behind a comma whom they are there for."""
        name, _, rest = to.partition(",")
        if {spelled(to), spelled(name)} & self._known:
            return to
        told = typed_name(self._vault, self._standing, name)
        if told == name:
            return typed_name(self._vault, self._standing, to) if rest else to
        return f"{told},{rest}" if told and rest else told
