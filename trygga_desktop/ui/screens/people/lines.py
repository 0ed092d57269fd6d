"""What the rows say of somebody of a case. No widgets."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from trygga_desktop.domain.catalogue import Catalogue
from trygga_desktop.domain.parties import Custody, PartyRole
from trygga_desktop.domain.reasons import Reason
from trygga_desktop.i18n import Language, SortKey
from trygga_desktop.services.parties import CasePeople, ShownParty
from trygga_desktop.ui.agency_words import (
    agency_icon,
    agency_name,
    agency_order,
    custody_word,
    role_icon,
    role_word,
)
from trygga_desktop.ui.case_words import age_text
from trygga_desktop.ui.theme.tokens import Tone
from trygga_desktop.ui.widgets.table_roles import PillValue
from trygga_desktop.ui.widgets.text import LONGEST_NAME, isolate, make_visible

_BETWEEN = " · "
_ORDER = (
    PartyRole.SUBJECT_PERSON,
    PartyRole.GUARDIAN,
    PartyRole.APPOINTED_GUARDIAN,
    PartyRole.TRUSTEE,
    PartyRole.RELATIVE,
)
_GUARDIANS = frozenset({PartyRole.GUARDIAN, PartyRole.APPOINTED_GUARDIAN, PartyRole.TRUSTEE})


class PersonLines(NamedTuple):
    """A row: icon, name, what tells two of one name apart, lines below, pills."""

    icon: str
    name: str
    apart: str
    lines: tuple[str, ...]
    pills: tuple[PillValue, ...]
    note: str = ""


class Group(NamedTuple):
    """Professionals of one kind of agency."""

    icon: str
    title: str
    people: tuple[ShownParty, ...]


def plain(text: str) -> str:
    """Return a text from people as one line that turns nothing around it."""
    return isolate(make_visible(text, lines=False, longest=LONGEST_NAME))


def family_of(people: Sequence[ShownParty]) -> tuple[ShownParty, ...]:
    """Return the young person, then those with custody, then others close to them."""
    family = [one for one in people if one.party.role in _ORDER]
    return tuple(sorted(family, key=lambda one: _ORDER.index(one.party.role)))


def groups_of(
    people: Sequence[ShownParty], catalogue: Catalogue, language: Language
) -> tuple[Group, ...]:
    """Return the professionals by kind of agency, in the order of the catalogue."""
    kinds: dict[str, list[ShownParty]] = {}
    for one in people:
        if one.party.role is PartyRole.PROFESSIONAL:
            kinds.setdefault(one.kind, []).append(one)
    return tuple(
        Group(
            icon=agency_icon(kind, catalogue),
            title=agency_name(kind, catalogue, language),
            people=tuple(sorted(kinds[kind], key=lambda one: _by_place(one, language))),
        )
        for kind in sorted(kinds, key=lambda kind: agency_order(kind, catalogue))
    )


def twins_of(people: Sequence[ShownParty]) -> frozenset[str]:
    """Return the names that more than one person has, as they are compared."""
    count = Counter(one.name.casefold() for one in people)
    return frozenset(name for name, times in count.items() if times > 1)


def name_apart(one: ShownParty, people: Sequence[ShownParty], language: Language) -> str:
    """Return a name as among others to choose from, with what tells it from the same name."""
    if one.name.casefold() not in twins_of(people):
        return one.name
    apart = one.told_apart or role_word(one.party.role, language)
    return f"{one.name} ({apart})"


def lines_of(one: ShownParty, people: CasePeople, on: date, language: Language) -> PersonLines:
    """Return what a row says of somebody."""
    is_professional = one.party.role is PartyRole.PROFESSIONAL
    apart = one.told_apart if one.name.casefold() in twins_of(people.people) else ""
    lines = (
        _professional_lines(one, language) if is_professional else _family_line(one, on, language)
    )
    return PersonLines(
        icon=agency_icon(one.kind, people.catalogue)
        if is_professional
        else role_icon(one.party.role),
        name=make_visible(one.name, lines=False, longest=LONGEST_NAME),
        apart=make_visible(apart, lines=False, longest=LONGEST_NAME),
        lines=lines,
        pills=_pills(one, on, language),
        note=_note(one, people, language),
    )


def place_line(one: ShownParty, on: date, language: Language) -> str:
    """Return in one line what somebody is in the case."""
    if one.party.role is PartyRole.PROFESSIONAL:
        return _professional_lines(one, language)[0]
    return _family_line(one, on, language)[0]


def _family_line(one: ShownParty, on: date, language: Language) -> tuple[str, ...]:
    _ = language.gettext
    party = one.party
    parts = [role_word(party.role, language)]
    if party.relation.strip():
        parts.append(plain(party.relation.strip()))
    if party.role in _GUARDIANS and not (party.until is not None and party.until <= on):
        parts.append(custody_word(party.custody, language))
    if one.is_protected:
        parts.append(_("Protected details"))
    elif party.role is PartyRole.SUBJECT_PERSON:
        age = None if one.born is None else one.born.age_on(on)
        parts += [] if age is None else [age_text(age, language)]
    elif one.born is not None:
        parts.append(_("born {day}").format(day=one.born))
    return (_BETWEEN.join(parts),)


def _professional_lines(one: ShownParty, language: Language) -> tuple[str, ...]:
    _ = language.gettext
    first = [plain(text) for text in (one.party.function, one.organisation) if text.strip()]
    if one.deputy_of:
        first.append(_("deputy of {name}").format(name=plain(one.deputy_of)))
    reached = [plain(text) for text in (one.phone, one.email) if text.strip()]
    return (
        _BETWEEN.join(first) or role_word(one.party.role, language),
        *([_BETWEEN.join(reached)] if reached else []),
    )


def _pills(one: ShownParty, on: date, language: Language) -> tuple[PillValue, ...]:
    _ = language.gettext
    party = one.party
    pills = []
    if party.until is not None and party.until <= on:
        text = _("Until {day}").format(day=language.date_long(party.until))
        return (PillValue(text, Tone.MUTE, "circle-check"),)
    if party.since > on:
        text = _("From {day}").format(day=language.date_long(party.since))
        pills.append(PillValue(text, Tone.INFO, "calendar"))
    if one.is_asked:
        # The youngest are asked what they think and do not sign.
        pills.append(PillValue(_("Is asked"), Tone.INFO, "pen-line"))
    elif one.is_signer:
        pills.append(PillValue(_("Must sign"), Tone.INFO, "pen-line"))
    if one.is_protected:
        pills.append(PillValue(_("Protected details"), Tone.WARN, "shield-user"))
    reasons = {bar.reason for bar in one.bars}
    if Reason.GUARDIAN_BARRED in reasons:
        pills.append(PillValue(_("Barred"), Tone.WARN, "circle-slash"))
    elif reasons:
        pills.append(PillValue(_("Something is kept back"), Tone.WARN, "circle-slash"))
    if party.until is not None:
        text = _("Until {day}").format(day=language.date_long(party.until))
        pills.append(PillValue(text, Tone.MUTE, "calendar"))
    return tuple(pills)


def _note(one: ShownParty, people: CasePeople, language: Language) -> str:
    if one.party.contact_id is None or one.party.contact_id not in people.also_known:
        return ""
    return also_family_text(language)


def also_family_text(language: Language) -> str:
    """Return that a professional may be one of the family, and where it is said which they are."""
    return language.gettext(
        "One of the family has the same name. If it is the same person, you choose at the meeting "
        "in which capacity they sit there."
    )


def custody_choices(language: Language) -> list[tuple[str, object]]:
    """Return what part of the custody somebody can have, to choose from."""
    order = (Custody.JOINT, Custody.SOLE, Custody.NONE)
    return [(custody_word(one, language), one) for one in order]


def _by_place(one: ShownParty, language: Language) -> tuple[SortKey, SortKey]:
    return language.sort_key(one.organisation), language.sort_key(one.name)
