"""State of a small form: its texts, what was left, what was refused. Imports no widgets."""

import re
from collections.abc import Callable, Mapping
from datetime import date, time
from enum import StrEnum
from typing import NamedTuple, TypeVar

from PySide6.QtCore import QObject, Signal

from trygga_desktop.ui.draft_keeper import DraftKeeper
from trygga_desktop.ui.problems import Trouble
from trygga_desktop.ui.tasks import TaskRunner
from trygga_desktop.ui.typed import NOTHING_TYPED, Chosen, Typed, read_typed, write_typed

T = TypeVar("T")

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_WITH_HOUR = re.compile(r"(.+?)\s+(?:kl\.?\s*)?(\d{1,2})[:.](\d{2})", re.ASCII)


class Mark(StrEnum):
    """What is thought of a text; the values are those of the field's states."""

    PLAIN = "plain"
    TYPING = "typing"
    OK = "ok"
    WARN = "warn"
    BAD = "bad"


class Hint(NamedTuple):
    """A line below a field."""

    mark: Mark
    text: str = ""


class DayFlaw(StrEnum):
    """Why a text is no day, or no day somebody can be born on."""

    UNREADABLE = "unreadable"
    NO_SUCH_DAY = "no_such_day"
    IN_THE_FUTURE = "in_the_future"
    TOO_LONG_AGO = "too_long_ago"


class TextForm(QObject):
    """Nothing is thought wrong before `leave_field` was called for it, or it was refused.

    Fields are members of an enumeration whose values are those that a use case names. `replaced`
    follows when fields hold something else than what was typed into them, or another choice stands
    there than the one that was made. `drafts` keeps what is typed, once somebody has asked for it.
    """

    changed = Signal()
    replaced = Signal()

    def __init__(
        self, texts: Mapping[str, str] | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.texts: dict[str, str] = dict(texts or {})
        self.left_fields: frozenset[str] = frozenset()
        self.refused: dict[str, str] = {}
        self.trouble: Trouble | None = None
        self.is_working = False
        self.drafts: DraftKeeper | None = None
        self._at_first = NOTHING_TYPED

    def keep_with(self, drafts: DraftKeeper) -> None:
        """Keep as a draft what differs from how the form stands now; bring back an earlier one."""
        drafts.setParent(self)
        self.drafts = drafts
        self._at_first = self.typed()
        self.changed.connect(self._keep)
        drafts.found.connect(self._take_draft)
        drafts.look_for_earlier()

    def begin_from_here(self) -> None:
        """Take how the form stands now as nothing typed yet: what it is about was read again."""
        self._at_first = self.typed()

    def typed(self) -> Typed:
        """Return everything typed and chosen so far."""
        return Typed(texts=dict(self.texts), chosen=self.chosen())

    def chosen(self) -> Chosen:
        """Return what is chosen beside the texts, by names that no field has."""
        return {}

    def take_chosen(self, chosen: Chosen) -> None:
        """Choose what an earlier visit chose, as far as there still is such a choice."""

    @property
    def missing(self) -> tuple[str, ...]:
        """Return the fields that keep the form from being sent, in reading order."""
        return ()

    @property
    def may_send(self) -> bool:
        """Return whether everything needed is there."""
        return not self.is_working and not self.missing

    def day_flaw(self, field: str) -> DayFlaw | None:  # noqa: ARG002  for those with days
        """Return why what stands in a field is no day, None where it is one or need not be."""
        return None

    def text_in(self, field: str) -> str:
        """Return what stands in a field."""
        return self.texts.get(field, "")

    def tidy(self, field: str) -> str:
        """Return what stands in a field without the spaces around it."""
        return self.text_in(field).strip()

    def type(self, field: str, text: str) -> None:
        """Take what stands in a field."""
        # Half characters could not be stored.
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        if text == self.text_in(field):
            return
        self.texts[field] = text
        self.refused.pop(field, None)
        self.left_fields -= {field}
        self.changed.emit()

    def leave_field(self, field: str) -> None:
        """Think about a field, now that whoever types has gone on."""
        if self.text_in(field) and field not in self.left_fields:
            self.left_fields |= {field}
            self.changed.emit()

    def begin(self) -> None:
        """Note that it is on its way."""
        self.is_working, self.trouble = True, None
        self.changed.emit()

    def refuse(self, field: str, flaw: str) -> None:
        """Take back a field with what is wrong with it."""
        self.is_working = False
        self.refused[field] = flaw
        self.left_fields |= {field}
        self.changed.emit()

    def fail(self, trouble: Trouble) -> None:
        """Take back all of it, with what has happened."""
        self.is_working, self.trouble = False, trouble
        self.changed.emit()

    def put_to_use(
        self,
        runner: TaskRunner,
        owner: QObject,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Run what records the form; its draft goes with it, whatever becomes of the screen."""
        if self.drafts is None:
            runner.run(owner, work, done, failed)
        else:
            self.drafts.put_to_use(owner, work, done, failed)

    def _keep(self) -> None:
        if self.drafts is not None:
            typed = self._own()
            self.drafts.keep("" if typed == NOTHING_TYPED else write_typed(typed))

    def _own(self) -> Typed:
        """Return what differs from how the form stood: others may have changed the rest since."""
        now, first = self.typed(), self._at_first
        return Typed(
            texts={name: one for name, one in now.texts.items() if first.texts.get(name) != one},
            chosen={name: one for name, one in now.chosen.items() if first.chosen.get(name) != one},
        )

    def _take_draft(self, text: str) -> None:
        typed = read_typed(text)
        if typed is None:
            return
        self.texts.update(typed.texts)
        self.left_fields = frozenset(field for field, held in typed.texts.items() if held)
        self.take_chosen({**self.chosen(), **typed.chosen})
        self.replaced.emit()
        self.changed.emit()


def read_day(text: str) -> date | DayFlaw:
    """Return the day that a text such as 2026-11-26 names, or why it names none."""
    if _DAY.fullmatch(text.strip()) is None:
        return DayFlaw.UNREADABLE
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return DayFlaw.NO_SUCH_DAY


def read_until(text: str) -> tuple[date, time | None] | DayFlaw:
    """Return the day that a text such as 2026-11-26 14:30 names, and its hour if it names one.

    Of what names no day, or an hour that no clock shows, return why.
    """
    try:
        told, hour = split_hour(text)
    except ValueError:
        return DayFlaw.UNREADABLE
    day = read_day(told)
    return day if isinstance(day, DayFlaw) else (day, hour)


def split_hour(text: str) -> tuple[str, time | None]:
    """Return what stands before an hour such as 14:30 at the end of a text, and that hour.

    None where there is none. Raise ValueError for one that no clock shows.
    """
    timed = _WITH_HOUR.fullmatch(text.strip())
    if timed is None:
        return text.strip(), None
    return timed[1], time(int(timed[2]), int(timed[3]))
