"""The next version of an agreement while it is written, and who signed the printed one."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from PySide6.QtCore import QObject

from trygga_desktop.domain.agreement import PaperAnswer, Side, Undertaking
from trygga_desktop.ui.text_form import DayFlaw, TextForm, read_day
from trygga_desktop.ui.typed import Chosen, code_in, one_of

if TYPE_CHECKING:
    from trygga_desktop.services.agreements import (
        AgreementView,
        AnswerAgreement,
        KeepAgreement,
        ShownAgreement,
    )

_DOCUMENT_LANGUAGE = "sv"
_EMPTY_AT_FIRST = 3
_MOST_COUNT = 100


class AgreementField(StrEnum):
    """The fields of an agreement beside its lines; the values are those of the use case."""

    VALID_FROM = "valid_from"
    VALID_TO = "valid_to"


class AnswerField(StrEnum):
    """The fields of a signature; the values are those that the use case names."""

    NAME = "name"
    ON = "on"
    WORDS = "words"


def line_field(side: Side, place: int) -> str:
    """Return the field of a line."""
    return f"{side.value} {place}"


class AgreementForm(TextForm):
    """Lines of both sides and two days. A line that is emptied goes away.

    It begins with the newest version, or with the lines that are usual in the programme.
    """

    def __init__(self, found: AgreementView, parent: QObject | None = None) -> None:
        self._ids: dict[str, UUID] = {}
        self.counts: dict[Side, int] = {}
        texts: dict[str, str] = {}
        for side in Side:
            lines = _lines_of(found, side)
            self.counts[side] = max(len(lines), _EMPTY_AT_FIRST)
            for place, (line_id, words) in enumerate(lines):
                texts[line_field(side, place)] = words
                self._ids[line_field(side, place)] = line_id
        newest = found.versions[-1] if found.versions else None
        first = found.today if newest is None else newest.valid_from
        last = found.usual_to if newest is None else newest.valid_to
        texts[AgreementField.VALID_FROM] = first.isoformat()
        texts[AgreementField.VALID_TO] = last.isoformat()
        super().__init__(texts, parent)
        self.based_on = 0 if newest is None else newest.number
        # What is usual in the programme may be agreed on as it stands; a version may not be again.
        self._before = self._told() if newest is not None else None

    @property
    def missing(self) -> tuple[str, ...]:
        """Return the fields that keep it from being stored, in reading order."""
        found: list[str] = [one for one in AgreementField if self.day_flaw(one) is not None]
        if not found and self._day(AgreementField.VALID_TO) < self._day(AgreementField.VALID_FROM):
            found.append(AgreementField.VALID_TO)
        return (*found, *(line_field(one, 0) for one in Side if not self._words(one)))

    @property
    def is_changed(self) -> bool:
        """Return whether it says anything else than the newest version."""
        return self._told() != self._before

    @property
    def may_send(self) -> bool:
        """Return whether everything is there, and anything is new."""
        return super().may_send and self.is_changed

    def day_flaw(self, field: str) -> DayFlaw | None:
        """Return why what stands in a field of a day is none."""
        if field not in set(AgreementField):
            return None
        found = read_day(self.text_in(field))
        return found if isinstance(found, DayFlaw) else None

    def add_line(self, side: Side) -> None:
        """Make room for one line more."""
        if self.counts[side] < _MOST_COUNT:
            self.counts[side] += 1
            self.replaced.emit()
            self.changed.emit()

    def command(self, case_id: UUID) -> KeepAgreement:
        """Return it as the use case takes it; asked only where nothing is missing."""
        # Imported here: the first window does not wait for the database.
        from trygga_desktop.services.agreements import KeepAgreement  # noqa: PLC0415

        return KeepAgreement(
            case_id=case_id,
            based_on=self.based_on,
            valid_from=self._day(AgreementField.VALID_FROM),
            valid_to=self._day(AgreementField.VALID_TO),
            lines=tuple(
                Undertaking(id=self._ids.get(field) or uuid4(), side=side, words=words)
                for side in Side
                for field, words in self._words(side)
            ),
        )

    def chosen(self) -> Chosen:
        """Return how many lines there is room for."""
        return {f"count {side.value}": (str(count),) for side, count in self.counts.items()}

    def take_chosen(self, chosen: Chosen) -> None:
        """Make room for as many lines as an earlier visit did."""
        for side in Side:
            count = one_of(chosen, f"count {side.value}")
            if count.isdecimal():
                self.counts[side] = max(self.counts[side], min(int(count), _MOST_COUNT))

    def _words(self, side: Side) -> list[tuple[str, str]]:
        fields = [line_field(side, place) for place in range(self.counts[side])]
        return [(one, self.tidy(one)) for one in fields if self.tidy(one)]

    def _told(self) -> tuple[object, ...]:
        lines = [[words for _, words in self._words(side)] for side in Side]
        return (*lines, *(self.tidy(one) for one in AgreementField))

    def _day(self, field: AgreementField) -> date:
        found = read_day(self.text_in(field))
        return date.min if isinstance(found, DayFlaw) else found


class AnswerForm(TextForm):
    """Who signed the printed version or declined to, and when."""

    def __init__(
        self, found: AgreementView, version: ShownAgreement, parent: QObject | None = None
    ) -> None:
        super().__init__({AnswerField.ON: found.today.isoformat()}, parent)
        answered = {one.side for one in version.answers}
        self.sides = tuple(one for one in Side if one not in answered)
        self.side = self.sides[0]
        self.answer = PaperAnswer.SIGNED
        self._number = version.number
        self._made_on = version.made_on
        self._today = found.today

    @property
    def missing(self) -> tuple[str, ...]:
        """Return the fields that keep it from being recorded, in reading order."""
        found: list[str] = []
        if self.side is Side.PROGRAMME and not self.tidy(AnswerField.NAME):
            found.append(AnswerField.NAME)
        if self.day_flaw(AnswerField.ON) is not None:
            found.append(AnswerField.ON)
        return tuple(found)

    def day_flaw(self, field: str) -> DayFlaw | None:
        """Return why what stands there is no day on which the paper can have been signed."""
        if field != AnswerField.ON:
            return None
        found = read_day(self.text_in(field))
        if isinstance(found, DayFlaw):
            return found
        if found > self._today:
            return DayFlaw.IN_THE_FUTURE
        return DayFlaw.TOO_LONG_AGO if found < self._made_on else None

    def choose_side(self, side: Side) -> None:
        """Say who signed or declined."""
        if side in self.sides and side is not self.side:
            self.side = side
            self.changed.emit()

    def choose_answer(self, answer: PaperAnswer) -> None:
        """Say whether the paper was signed."""
        if answer is not self.answer:
            self.answer = answer
            self.changed.emit()

    def command(self, case_id: UUID) -> AnswerAgreement:
        """Return it as the use case takes it; asked only where nothing is missing."""
        # Imported here: the first window does not wait for the database.
        from trygga_desktop.services.agreements import AnswerAgreement  # noqa: PLC0415

        found = read_day(self.text_in(AnswerField.ON))
        is_declined = self.answer is PaperAnswer.DECLINED
        return AnswerAgreement(
            case_id=case_id,
            number=self._number,
            side=self.side,
            answer=self.answer,
            on=self._today if isinstance(found, DayFlaw) else found,
            name=self.tidy(AnswerField.NAME) if self.side is Side.PROGRAMME else "",
            words=self.tidy(AnswerField.WORDS) if is_declined else "",
        )

    def chosen(self) -> Chosen:
        """Return who, and what."""
        return {"side": (self.side.value,), "answer": (self.answer.value,)}

    def take_chosen(self, chosen: Chosen) -> None:
        """Choose what an earlier visit chose, as far as that is still waited for."""
        side = code_in(chosen, "side", Side, self.side)
        self.side = side if side in self.sides else self.side
        self.answer = code_in(chosen, "answer", PaperAnswer, self.answer)


def _lines_of(found: AgreementView, side: Side) -> list[tuple[UUID, str]]:
    """Return the lines of the newest version, or those that are usual in the programme."""
    if found.versions:
        lines = found.versions[-1].lines
        return [(one.item.id, one.item.text) for one in lines if one.side is side]
    programme = found.programme
    if programme is None:
        return []
    usual = {
        Side.PERSON: programme.agreement_person,
        Side.PROGRAMME: programme.agreement_programme,
    }[side]
    return [(uuid4(), one.in_language(_DOCUMENT_LANGUAGE)) for one in usual]
