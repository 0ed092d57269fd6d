"""What is typed in of the sheets of a meeting, agency by agency. No widgets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from PySide6.QtCore import QObject

from trygga_desktop.documents.preparation import OwnQuestion
from trygga_desktop.ui.text_form import TextForm
from trygga_desktop.ui.typed import Chosen, Typed, id_in, one_of, write_typed

if TYPE_CHECKING:
    from trygga_desktop.services.answers import AgencySheet, MeetingSheets, RecordAnswers


_NEWS = ("new", "now")
"""How the codes of items begin in the catalogue at which agencies tell how it goes."""


class Line(NamedTuple):
    """One line of a sheet: a question of every sheet, or that of an item of the agenda."""

    field: str
    own: OwnQuestion | None = None
    agenda_id: UUID | None = None
    question: str = ""
    title: str = ""


@dataclass(slots=True)
class _Belongs:
    """Where the answers to the questions of every sheet go; no category is that of the item."""

    agenda_id: UUID | None
    category: str = ""


class AnswersForm(TextForm):
    """The texts of all sheets. One of them is shown; the others wait with what stands there."""

    def __init__(self, found: MeetingSheets, parent: QObject | None = None) -> None:
        super().__init__(parent=parent)
        self._sheets = {one.organisation_id: one for one in found.sheets}
        self.organisation_id = next(iter(self._sheets), None)
        self._belongs = {key: _Belongs(_first_item(one)) for key, one in self._sheets.items()}

    @property
    def sheet(self) -> AgencySheet | None:
        """Return the sheet that is shown."""
        return None if self.organisation_id is None else self._sheets[self.organisation_id]

    @property
    def lines(self) -> tuple[Line, ...]:
        """Return the lines of the sheet that is shown, as they stand on the paper."""
        sheet = self.sheet
        return () if sheet is None else _lines(sheet)

    @property
    def missing(self) -> tuple[str, ...]:
        """Return the first line while there is nothing on any of the sheet that is shown."""
        if any(self.tidy(one.field) for one in self.lines):
            return ()
        return tuple(one.field for one in self.lines[:1])

    @property
    def may_send(self) -> bool:
        """Return whether something stands on the sheet that is shown."""
        return bool(self.lines) and super().may_send

    @property
    def agenda_id(self) -> UUID | None:
        """Return the item that the answers to the questions of every sheet belong to."""
        found = self._belongs_now()
        return None if found is None else found.agenda_id

    @property
    def category(self) -> str:
        """Return the category of those answers; empty is that of their item."""
        found = self._belongs_now()
        return "" if found is None else found.category

    def choose_sheet(self, organisation_id: UUID) -> None:
        """Show the sheet of another agency."""
        if organisation_id in self._sheets and organisation_id != self.organisation_id:
            self.organisation_id = organisation_id
            self.changed.emit()

    def choose_item(self, agenda_id: UUID) -> None:
        """Have the answers to the questions of every sheet belong to this item."""
        found = self._belongs_now()
        if found is not None and found.agenda_id != agenda_id:
            found.agenda_id = agenda_id
            self.changed.emit()

    def choose_category(self, code: str) -> None:
        """Give the answers to the questions of every sheet this category."""
        found = self._belongs_now()
        if found is not None and found.category != code:
            found.category = code
            self.changed.emit()

    def command(self, meeting_id: UUID) -> RecordAnswers:
        """Return the sheet that is shown as the use case takes it; asked only where some stands."""
        # Imported here: the first window does not wait for the database.
        from trygga_desktop.services.answers import Answer, RecordAnswers  # noqa: PLC0415

        assert self.organisation_id is not None  # noqa: S101  nothing is missing
        answers = []
        for line in self.lines:
            text = self.tidy(line.field)
            agenda_id = line.agenda_id or self.agenda_id
            if text and agenda_id is not None:
                category = self.category if line.own is not None else ""
                answers.append(Answer(agenda_id=agenda_id, words=text, category=category))
        return RecordAnswers(
            meeting_id=meeting_id, organisation_id=self.organisation_id, answers=tuple(answers)
        )

    def rest(self) -> str:
        """Return what is typed of the other sheets, as the text of a draft."""
        ours = {one.field for one in self.lines}
        texts = {name: text for name, text in self.texts.items() if name not in ours and text}
        if not texts:
            return ""
        return write_typed(Typed(texts=texts, chosen={**self.chosen(), "sheet": ()}))

    def follow(self, found: MeetingSheets) -> None:
        """Take the sheets as they are by now."""
        for one in found.sheets:
            if one.organisation_id in self._sheets:
                self._sheets[one.organisation_id] = one
        self.changed.emit()

    def empty_sheet(self) -> None:
        """Empty the sheet that is shown: what stood there is recorded."""
        for line in self.lines:
            self.texts.pop(line.field, None)
            self.refused.pop(line.field, None)
        self.is_working = False
        self.replaced.emit()
        self.changed.emit()

    def refuse_sheet(self, flaw: str) -> None:
        """Take the sheet back with what is wrong on it: the first line that is too long, if any."""
        filled = [one.field for one in self.lines if self.tidy(one.field)]
        self.refuse(max(filled, key=lambda one: len(self.tidy(one)), default=""), flaw)

    def chosen(self) -> Chosen:
        """Return which sheet is shown, and where the answers of each belong."""
        if not any(text.strip() for text in self.texts.values()):
            # What is only looked at is no draft.
            return {}
        told: dict[str, tuple[str, ...]] = {"sheet": (str(self.organisation_id),)}
        for organisation, one in self._belongs.items():
            told[f"item {organisation}"] = () if one.agenda_id is None else (str(one.agenda_id),)
            told[f"category {organisation}"] = (one.category,) if one.category else ()
        return told

    def take_chosen(self, chosen: Chosen) -> None:
        """Choose what an earlier visit chose, as far as the meeting still has it."""
        sheet = id_in(chosen, "sheet")
        if sheet in self._sheets:
            self.organisation_id = sheet
        for organisation, one in self._belongs.items():
            known = {each.id for each in self._sheets[organisation].agenda}
            agenda_id = id_in(chosen, f"item {organisation}")
            one.agenda_id = agenda_id if agenda_id in known else one.agenda_id
            one.category = one_of(chosen, f"category {organisation}")

    def _belongs_now(self) -> _Belongs | None:
        return None if self.organisation_id is None else self._belongs[self.organisation_id]


def _lines(sheet: AgencySheet) -> tuple[Line, ...]:
    own = tuple(Line(field=f"{sheet.organisation_id} {one.value}", own=one) for one in OwnQuestion)
    asked = tuple(
        Line(
            field=f"{sheet.organisation_id} {one.id}",
            agenda_id=one.id,
            question=one.question,
            title=one.title,
        )
        for one in sheet.agenda
        if one.question
    )
    return (*own, *asked)


def _first_item(sheet: AgencySheet) -> UUID | None:
    """Return the item at which news are told, or else the first that is not the welcome."""
    news = [one.id for one in sheet.agenda if one.code.startswith(_NEWS)]
    return next(iter((*news, *(one.id for one in (*sheet.agenda[1:], *sheet.agenda)))), None)
