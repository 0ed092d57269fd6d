"""Which organisations are listed, in what order, and what is found. No widgets."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from trygga_desktop.domain.catalogue import Catalogue
from trygga_desktop.domain.directory import Contact, Directory, Organisation
from trygga_desktop.i18n import Language
from trygga_desktop.ui.agency_words import agency_icon, agency_name, agency_order
from trygga_desktop.ui.widgets.text import LONGEST_NAME, isolate, make_visible


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedOrganisation:
    """A row: an organisation, and those of its people who were searched for."""

    organisation: Organisation
    icon: str
    people: tuple[Contact, ...]
    found: tuple[Contact, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KindHeading:
    """A row above the organisations of one kind."""

    text: str


ListRow = ListedOrganisation | KindHeading


def list_rows(
    directory: Directory,
    catalogue: Catalogue,
    language: Language,
    *,
    words: str = "",
    with_retired: bool = False,
) -> tuple[ListRow, ...]:
    """Return the organisations by kind and name, those that the words are found in.

    They are found by kind, by present and former names, and by their people.
    """
    wanted = folded(words).split()
    kinds: dict[str, list[ListedOrganisation]] = {}
    for one in directory.organisations:
        if one.retired and not with_retired:
            continue
        row = _listed(one, directory, catalogue, language, wanted)
        if row is not None:
            kinds.setdefault(one.kind, []).append(row)
    rows: list[ListRow] = []
    for kind in sorted(kinds, key=lambda code: (agency_order(code, catalogue), code)):
        rows.append(KindHeading(text=agency_name(kind, catalogue, language)))
        listed = kinds[kind]
        listed.sort(key=lambda row: language.sort_key(row.organisation.name))
        rows += listed
    return tuple(rows)


def people_of(
    organisation: Organisation, directory: Directory, language: Language, *, with_retired: bool
) -> tuple[Contact, ...]:
    """Return those who speak for an organisation, by name."""
    people = [
        one
        for one in directory.contacts
        if one.organisation_id == organisation.id and (with_retired or not one.retired)
    ]
    return tuple(sorted(people, key=lambda one: language.sort_key(one.name)))


def former_names(organisation: Organisation, language: Language) -> list[str]:
    """Return what an organisation was called before, each with the day it ended, newest first."""
    _ = language.gettext
    names = organisation.names
    return [
        _("{name}, until {day}").format(
            name=plain(before.name), day=_day_text(after.since, language)
        )
        for before, after in reversed(list(pairwise(names)))
    ]


def next_name(organisation: Organisation, on: date, language: Language) -> str:
    """Return from when a name holds that does not yet, empty where it does."""
    last = organisation.names[-1]
    if last.since <= on:
        return ""
    return language.gettext("Until {day} it is called {name}.").format(
        day=_day_text(last.since, language), name=plain(organisation.name_on(on))
    )


def plain(text: str) -> str:
    """Return a text from people as one line that turns nothing around it."""
    return isolate(make_visible(text, lines=False, longest=LONGEST_NAME))


def folded(text: str) -> str:
    """Return a text as it is compared."""
    return unicodedata.normalize("NFC", text).casefold()


def _listed(
    one: Organisation,
    directory: Directory,
    catalogue: Catalogue,
    language: Language,
    wanted: Sequence[str],
) -> ListedOrganisation | None:
    people = people_of(one, directory, language, with_retired=False)
    row = ListedOrganisation(organisation=one, icon=agency_icon(one.kind, catalogue), people=people)
    names = " ".join(name.name for name in one.names)
    own = folded(f"{agency_name(one.kind, catalogue, language)} {names}")
    if all(word in own for word in wanted):
        return row
    found = tuple(
        person for person in people if all(word in f"{own} {_searched(person)}" for word in wanted)
    )
    return (
        ListedOrganisation(organisation=one, icon=row.icon, people=people, found=found)
        if found
        else None
    )


def _searched(person: Contact) -> str:
    return folded(f"{person.name} {person.title} {person.phone} {person.email}")


def _day_text(day: date, language: Language) -> str:
    return language.date_long(day)
