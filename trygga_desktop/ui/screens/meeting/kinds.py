"""Agencies by their kind, where no name is said: which school it is would tell too much."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from trygga_desktop.i18n import Language
from trygga_desktop.services.changes import Done
from trygga_desktop.ui.agency_words import agency_name

if TYPE_CHECKING:
    from trygga_desktop.services.rooms import MeetingRoom, ShownEntry


def read_by_kind(
    read: Callable[[UUID], Done[MeetingRoom]], language: Language, meeting_id: UUID
) -> Done[MeetingRoom]:
    """Read a meeting; of one that is held without names every agency is called by its kind."""
    done = read(meeting_id)
    room = done.value
    if room.pseudonym is None:
        return done
    return replace(done, value=_by_kind(room, language))


def _by_kind(room: MeetingRoom, language: Language) -> MeetingRoom:
    def name(kind: str) -> str:
        return agency_name(kind, room.catalogue, language) if kind else ""

    def tell(entry: ShownEntry) -> ShownEntry:
        promised = entry.commitment
        return replace(
            entry,
            who=entry.who or name(entry.kind_of_who),
            commitment=None
            if promised is None
            else replace(promised, organisation=promised.organisation or name(promised.kind)),
            dissents=tuple(map(tell, entry.dissents)),
        )

    return replace(
        room,
        seats=tuple(
            replace(one, organisation=one.organisation or name(one.kind)) for one in room.seats
        ),
        agenda=tuple(
            replace(
                one,
                entries=tuple(map(tell, one.entries)),
                proposals=tuple(
                    replace(each, organisation=each.organisation or name(each.kind_of_organisation))
                    for each in one.proposals
                ),
            )
            for one in room.agenda
        ),
        carried=tuple(map(tell, room.carried)),
        organisations=tuple(
            replace(one, name=one.name or name(one.kind)) for one in room.organisations
        ),
    )
