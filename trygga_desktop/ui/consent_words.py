"""How the screens of consents speak: of organisations, people, cells and days. No widgets."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from trygga_desktop.domain.catalogue import Catalogue, UnknownCodeError
from trygga_desktop.domain.directory import Directory, Organisation
from trygga_desktop.domain.matrix import CellState, MatrixCell, Says
from trygga_desktop.i18n import Language
from trygga_desktop.ui.agency_words import role_word
from trygga_desktop.ui.theme.tokens import Tone
from trygga_desktop.ui.widgets.matrix_model import Face, Head
from trygga_desktop.ui.widgets.table_roles import PillValue
from trygga_desktop.ui.widgets.text import LONGEST_NAME, make_visible

# At run time the first window must not wait for the database.
if TYPE_CHECKING:
    from trygga_desktop.services.parties import ShownParty

ICON_ONLY_HEARS = "ear"
"""Beside a cell of somebody who may be told, and may not tell."""

ICON_ONLY_TELLS = "message-circle"
"""Beside a cell of somebody who may tell, and may not be told."""

OPEN_STATES = frozenset({CellState.YES, CellState.LIMITED, CellState.EXPIRES_SOON})
"""The states in which something may pass."""

_DAY = re.compile(r"\d{4}-?\d{2}-?\d{2}")


def read_day(text: str) -> date | None:
    """Return the day that was typed, 2026-11-26 or 20261126, or None for anything else."""
    if not _DAY.fullmatch(text.strip()):
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def is_too_long(text: str) -> bool:
    """Tell whether an exclusion, a limit or an opinion is longer than what can be stored."""
    # Imported here: the first window does not wait for the database.
    from trygga_desktop.services.consents import MOST_WORDS  # noqa: PLC0415

    return len(text) > MOST_WORDS


def length_text(language: Language) -> str:
    """Return how long an exclusion, a limit or an opinion may be."""
    from trygga_desktop.services.consents import MOST_WORDS  # noqa: PLC0415  as above

    text = language.gettext("The text may have at most {count} characters.")
    return text.format(count=language.number(MOST_WORDS))


def state_pill(state: CellState, language: Language) -> PillValue:
    """Return a state in a word. A no is grey: it is a valid answer."""
    _ = language.gettext
    pills: Mapping[CellState, PillValue] = {
        CellState.YES: PillValue(_("Yes"), Tone.OK, "check"),
        CellState.LIMITED: PillValue(_("Limited"), Tone.WARN, "circle-dot"),
        CellState.EXPIRES_SOON: PillValue(_("Ends soon"), Tone.WARN, "timer"),
        CellState.NO: PillValue(_("No"), Tone.MUTE, "ban"),
        CellState.NOT_ASKED: PillValue(_("Not asked"), Tone.MUTE, "circle-dashed"),
        CellState.WAITING: PillValue(_("Waiting"), Tone.INFO, "hourglass"),
        CellState.EXPIRED: PillValue(_("Expired"), Tone.MUTE, "clock"),
        CellState.WITHDRAWN: PillValue(_("Withdrawn"), Tone.BAD, "undo-2"),
    }
    return pills[state]


def says_pill(says: Says, language: Language) -> PillValue:
    """Return what a signer said, in a word."""
    _ = language.gettext
    pills: Mapping[Says, PillValue] = {
        Says.YES: PillValue(_("Yes"), Tone.OK, "check"),
        Says.NO: PillValue(_("No"), Tone.MUTE, "ban"),
        Says.REFUSED: PillValue(_("No to everything"), Tone.MUTE, "ban"),
        Says.NOTHING_YET: PillValue(_("Not answered"), Tone.INFO, "hourglass"),
        Says.WITHDRAWN: PillValue(_("Withdrawn"), Tone.BAD, "undo-2"),
        Says.EXPIRED: PillValue(_("Expired"), Tone.MUTE, "clock"),
    }
    return pills[says]


class ConsentNames:
    """What everyone and everything of a case's consents is called, in one language.

    People are called by their first name, unless two share it or are protected; where two share the
    whole name, what tells them apart goes with it. Organisations are called what their kind is,
    unless two of them are of one kind, and by the name that they had on the day.
    """

    def __init__(  # noqa: PLR0913  what names are taken from
        self,
        *,
        people: Sequence[ShownParty],
        organisations: Sequence[Organisation],
        directory: Directory,
        catalogue: Catalogue,
        on: date,
        language: Language,
    ) -> None:
        self._on = on
        self._language = language
        self._catalogue = catalogue
        self._directory = directory
        self._people = {one.party.id: one for one in people}
        self._first = Counter(_first(one).casefold() for one in people)
        self._whole = Counter(_full(one).casefold() for one in people)
        self._kinds = Counter(one.kind for one in organisations)
        self._known = {one.id: one for one in (*directory.organisations, *organisations)}
        self.subject = self.person(people[0].party.id) if people else ""

    def person(self, person_id: UUID) -> str:
        """Return what somebody is called in a sentence."""
        one = self._people.get(person_id)
        if one is None:
            return self._language.gettext("somebody who is not named in the case")
        first = _first(one)
        # One with the name of another keeps what tells them apart.
        return _line(first) if self._first[first.casefold()] == 1 else self.full_name(person_id)

    def in_order(self, ids: Iterable[UUID]) -> tuple[UUID, ...]:
        """Return these people in the order of the case."""
        wanted = set(ids)
        known = [one for one in self._people if one in wanted]
        return (*known, *sorted(wanted - self._people.keys()))

    def people(self, ids: Iterable[UUID]) -> tuple[str, ...]:
        """Return the names of several, in the order of the case."""
        return tuple(self.person(one) for one in self.in_order(ids))

    def full_name(self, person_id: UUID) -> str:
        """Return the whole name, as beside an answer."""
        one = self._people.get(person_id)
        if one is None:
            return self.person(person_id)
        name = _full(one)
        if self._whole[name.casefold()] == 1:
            return _line(name)
        return (
            f"{_line(name)} ({_line(one.told_apart or role_word(one.party.role, self._language))})"
        )

    def organisation(self, organisation_id: UUID) -> str:
        """Return what stands over a column: short."""
        one = self._known.get(organisation_id)
        if one is None:
            return self._language.gettext("Unknown organisation")
        if self._kinds[one.kind] > 1:
            return _line(one.name_on(self._on))
        try:
            return self._catalogue.agency(one.kind).short.in_language(self._language.code)
        except UnknownCodeError:
            return _line(one.name_on(self._on))

    def definite(self, organisation_id: UUID) -> str:
        """Return what an organisation is called within a sentence: the police."""
        one = self._known.get(organisation_id)
        if one is None or self._kinds[one.kind] > 1:
            return self.organisation(organisation_id)
        try:
            return self._catalogue.agency(one.kind).definite.in_language(self._language.code)
        except UnknownCodeError:
            return _line(one.name_on(self._on))

    def own_name(self, organisation_id: UUID) -> str:
        """Return an organisation by its own name."""
        one = self._known.get(organisation_id)
        return self.organisation(organisation_id) if one is None else _line(one.name_on(self._on))

    def kind(self, organisation_id: UUID) -> str:
        """Return the code of the kind of an organisation."""
        one = self._known.get(organisation_id)
        return "" if one is None else one.kind

    def category(self, code: str) -> str:
        """Return a kind of information, as before a row."""
        try:
            return self._catalogue.category(code).name.in_language(self._language.code)
        except UnknownCodeError:
            return _line(code)

    def about(self, code: str) -> str:
        """Return a kind of information within a sentence."""
        try:
            return self._catalogue.category(code).about.in_language(self._language.code)
        except UnknownCodeError:
            return _line(code)

    def exception(self, code: str) -> str:
        """Return why a guardian's signature is done without, in the words of the catalogue."""
        try:
            return self._catalogue.signer_exception(code).name.in_language(self._language.code)
        except UnknownCodeError:
            return _line(code)

    def ground(self, code: str) -> str:
        """Return what a legal ground is called, with a mark while nobody confirmed its text."""
        try:
            ground = self._catalogue.legal_ground(code)
        except UnknownCodeError:
            return _line(code)
        name = ground.title.in_language(self._language.code)
        if ground.is_verified:
            return name
        mark = self._language.gettext("To be confirmed by a lawyer")
        return f"{name} · {mark}"

    def brings(self, organisation_id: UUID, category: str) -> bool:
        """Tell whether that kind of organisation usually has such information itself."""
        try:
            return category in self._catalogue.agency(self.kind(organisation_id)).owns
        except UnknownCodeError:
            return False

    def column_head(self, organisation_id: UUID) -> Head:
        """Return what stands over the column of an organisation."""
        name = self.organisation(organisation_id)
        return Head(text=name, aloud=self.own_name(organisation_id))

    def row_head(self, category: str) -> Head:
        """Return what stands before the row of a kind of information."""
        return Head(text=self.category(category))

    def list_words(self, words: Iterable[str]) -> str:
        """Return names as a list within a sentence."""
        return self._language.list_words(list(words))


def cell_face(
    receive: MatrixCell, give: MatrixCell | None, names: ConsentNames, language: Language
) -> Face:
    """Return how a cell looks: its word is about being told; an icon beside it, about telling."""
    _ = language.gettext
    pill = state_pill(receive.state, language)
    cell = receive.cell
    told = [
        _("{organisation} and {about}: {state}.").format(
            organisation=names.organisation(cell.organisation_id),
            about=names.about(cell.category),
            state=pill.text.lower(),
        ),
        *who_said(receive, names, language),
    ]
    may_hear = receive.state in OPEN_STATES
    may_tell = may_hear if give is None else give.state in OPEN_STATES
    aside = ""
    if may_hear and not may_tell:
        aside = ICON_ONLY_HEARS
        told.append(_("May be told, but may not tell."))
    elif may_tell and not may_hear:
        aside = ICON_ONLY_TELLS
        told.append(_("May tell, but may not be told."))
    return Face(
        word=pill.text,
        icon=pill.icon,
        tone=pill.tone,
        aloud=" ".join(told),
        aside=aside,
        dashed=receive.state is CellState.NOT_ASKED,
    )


def who_said(cell: MatrixCell, names: ConsentNames, language: Language) -> list[str]:
    """Return in sentences who does not say yes to a cell, or until when all do.

    What nobody ticked was hardly asked about: nobody has said no to it.
    """
    _ = language.gettext
    if cell.state in OPEN_STATES:
        until = cell.until
        return [] if until is None else [_("Until {date}.").format(date=language.date_long(until))]
    by_answer = {says: [one.signer for one in cell.says if one.says is says] for says in Says}
    told = []
    refused = by_answer[Says.REFUSED]
    if by_answer[Says.YES]:
        refused = [*by_answer[Says.NO], *refused]
    waiting, taken = by_answer[Says.NOTHING_YET], by_answer[Says.WITHDRAWN]
    expired = by_answer[Says.EXPIRED]
    for ids, text in (
        (refused, _("{names} said no.")),
        (
            waiting,
            language.ngettext(
                "{names} has not answered.", "{names} have not answered.", len(waiting)
            ),
        ),
        (taken, _("{names} took the consent back.")),
        (expired, _("The consent of {names} has expired.")),
    ):
        if ids:
            told.append(text.format(names=names.list_words(names.people(ids))))
    return told


def _first(one: ShownParty) -> str:
    name = one.name.strip()
    return name if one.is_protected else name.split(" ", 1)[0]


def _full(one: ShownParty) -> str:
    return one.name.strip() or "?"


def _line(text: str) -> str:
    return make_visible(text, lines=False, longest=LONGEST_NAME) or "?"


def cells_by_place(
    cells: Collection[MatrixCell],
) -> Mapping[tuple[UUID, str, str], MatrixCell]:
    """Return the cells by organisation, category and direction."""
    return {
        (one.cell.organisation_id, one.cell.category, str(one.cell.direction)): one for one in cells
    }
