"""State of a scan that is brought in: being read, what its pages are, and whom a person saw sign.

Nothing is marked before somebody has looked: each signer is ticked by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from trygga_desktop.domain.matching import Answer, Expected, Fit, ScanFound, match
from trygga_desktop.domain.scanning import (
    MOST_BYTES,
    PageLook,
    Payload,
    ScanError,
    ScanFlaw,
    ScanKind,
    kind_of,
)
from trygga_desktop.domain.sealing import read_code
from trygga_desktop.ui.platform.scan_lines import ReadPage
from trygga_desktop.ui.platform.scanning import Scanner
from trygga_desktop.ui.tasks import TaskRunner
from trygga_desktop.ui.text_form import DayFlaw, read_day

_STRAY = frozenset({Fit.OTHER_PAPER, Fit.OTHER_VAULT})
"""Of another paper than the one that is waited for."""


class ScanState(StrEnum):
    """How far a scan has come."""

    NONE = "none"
    READING = "reading"
    MATCHING = "matching"
    READ = "read"
    FAILED = "failed"


class CodeMatch(StrEnum):
    """What is thought of the code that somebody typed for a page."""

    NOTHING_TYPED = "nothing_typed"
    NO_CODE = "no_code"
    OTHER = "other"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Brought:
    """A file that is being brought in."""

    name: str
    kind: ScanKind
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Awaited:
    """The paper that comes back: how it was printed, its code, what its pages are matched by.

    `first` and `last` are the days between which it can have been signed.
    """

    prints: tuple[bytes, ...]
    control_code: str
    expected: Expected
    first: date
    last: date


class ScanModel(QObject):
    """Reads the files of one scan after the other, then tells what the pages are.

    `is_kept` tells that the scan is one that was kept before, which is only looked at.
    """

    changed = Signal()

    def __init__(
        self,
        *,
        scanner: Callable[[], Scanner],
        looks_of: Callable[[bytes], tuple[PageLook, ...]],
        runner: TaskRunner,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.state = ScanState.NONE
        self.flaw: ScanFlaw | None = None
        self.files: tuple[Brought, ...] = ()
        self.pages: list[ReadPage] = []
        self.found: ScanFound | None = None
        self.answers: dict[int, Answer] = {}
        self.typed: dict[int, str] = {}
        self.shown = 1
        self.ticked: frozenset[int] = frozenset()
        self.day_text = ""
        self.own_days: dict[int, str] = {}
        self.is_kept = False
        self._awaited: Awaited | None = None
        self._recognised: frozenset[UUID] = frozenset()
        self._looks: tuple[tuple[PageLook, ...], ...] = ()
        self._make_scanner = scanner
        self._scanner: Scanner | None = None
        self._looks_of = looks_of
        self._runner = runner
        self._turn = 0
        self._at_file = 0
        self._before = 0
        self._count = 0

    @property
    def is_open(self) -> bool:
        """Return whether there is a scan to look at, or one on its way."""
        return self.state is not ScanState.NONE

    @property
    def share(self) -> float:
        """Return how much has been read, from 0 to 1."""
        read = (len(self.pages) - self._before) / self._count if self._count else 0.0
        return min(1.0, (self._at_file + min(read, 1.0)) / max(len(self.files), 1))

    @property
    def day(self) -> date | DayFlaw:
        """Return the day that stands on the paper, or why what was typed is none."""
        return self._read_day(self.day_text)

    def day_of(self, signer: int) -> date | DayFlaw:
        """Return the day beside somebody's own signature, that of all if none was typed for it."""
        own = self.own_days.get(signer, "").strip()
        return self._read_day(own) if own else self.day

    def _read_day(self, text: str) -> date | DayFlaw:
        day = read_day(text)
        if isinstance(day, date) and self._awaited is not None and day > self._awaited.last:
            return DayFlaw.IN_THE_FUTURE
        if isinstance(day, date) and self._awaited is not None and day < self._awaited.first:
            return DayFlaw.TOO_LONG_AGO
        return day

    @property
    def may_keep(self) -> bool:
        """Return whether the scan is whole, and what is typed beside it can be taken."""
        found = self.found
        is_whole = found is not None and found.is_complete
        has_day = all(isinstance(self.day_of(one), date) for one in self.ticked)
        return self.state is ScanState.READ and is_whole and has_day and not self.is_kept

    def wait_for(self, awaited: Awaited) -> None:
        """Take which paper it is that may come."""
        if self._awaited is None or awaited.prints != self._awaited.prints:
            self._looks = ()
        self._awaited = awaited
        if not self.day_text:
            self.day_text = awaited.first.isoformat()

    def bring(self, paths: Sequence[Path]) -> None:
        """Have these files read, in the order of their names."""
        try:
            self.take(read_files(paths))
        except ScanError as error:
            self.stop()
            self.state, self.flaw = ScanState.FAILED, error.flaw
            self.changed.emit()

    def take(self, files: Sequence[Brought], *, is_kept: bool = False) -> None:
        """Have the pages of these files read."""
        self.stop()
        self.files, self.is_kept = tuple(files), is_kept
        self.state = ScanState.READING
        self.changed.emit()
        self._read_next()

    def stop(self) -> None:
        """Let go of the scan; nothing of it is kept."""
        if self._scanner is not None:
            self._scanner.stop()
        self._turn += 1
        self.state, self.flaw, self.found = ScanState.NONE, None, None
        self.files, self.pages = (), []
        self.answers, self.typed, self.ticked, self.own_days = {}, {}, frozenset(), {}
        self._recognised = frozenset()
        self.shown, self._at_file, self._before, self._count = 1, 0, 0, 0
        self.is_kept = False

    def cancel(self) -> None:
        """Let go of the scan, and say so."""
        self.stop()
        self.changed.emit()

    def show_page(self, place: int) -> None:
        """Show a page of the scan, by its place from 1."""
        if place != self.shown and 1 <= place <= len(self.pages):
            self.shown = place
            self.changed.emit()

    def type_code(self, text: str) -> None:
        """Take the code that somebody reads off the page that is shown."""
        self.typed[self.shown] = text
        is_same = self.code_match is CodeMatch.SAME
        self._answer(replace(self._answer_now, is_code_typed=is_same))

    @property
    def code_match(self) -> CodeMatch:
        """Return whether what was typed for the page that is shown is the code of this paper."""
        typed = self.typed.get(self.shown, "")
        if not typed.strip() or self._awaited is None:
            return CodeMatch.NOTHING_TYPED
        code = read_code(typed)
        if code is None:
            return CodeMatch.NO_CODE
        return CodeMatch.SAME if code == self._awaited.control_code else CodeMatch.OTHER

    @property
    def stray_codes(self) -> tuple[str, ...]:
        """Return the control codes of other papers of which a page has come, or one was typed.

        Those that are known to be in this vault come first. What the others are is not known here:
        the agreements of other cases lie where only whoever opens those reads of them.
        """
        found = self.found
        if found is None or self.is_kept:
            return ()
        if self.code_match is CodeMatch.OTHER:
            return (read_code(self.typed[self.shown]) or "",)
        pages = [one for one in found.pages if one.fit in _STRAY]
        pages.sort(key=lambda one: one.fit is not Fit.OTHER_PAPER)
        return tuple(dict.fromkeys(filter(None, (self._code_on(one.place) for one in pages))))

    def is_all_of(self, code: str) -> bool:
        """Return whether every page that is not empty is one of the paper with this code."""
        pages = () if self.found is None else self.found.pages
        return bool(code) and all(
            one.fit is Fit.BLANK or (one.fit in _STRAY and self._code_on(one.place) == code)
            for one in pages
        )

    def recognise(self, paper_id: UUID) -> None:
        """Take that a page which seemed to be from somewhere else is of a paper of this vault."""
        pages = () if self.found is None else self.found.pages
        strays = [one for one in pages if one.fit is Fit.OTHER_VAULT]
        if any(paper_id == self._stray_on(one.place).protocol_id for one in strays):
            self._recognised |= {paper_id}
            self._match()

    def _code_on(self, place: int) -> str:
        """Return the control code that stands beside the square on a page."""
        # Imported here: the first window does not wait for the documents.
        from trygga_desktop.documents.record import control_code  # noqa: PLC0415  as above

        return control_code(self._stray_on(place).record_hash)

    def _stray_on(self, place: int) -> Payload:
        """Return the first square on a page that is none of the paper that is waited for."""
        awaited = None if self._awaited is None else self._awaited.expected.payload.protocol_id
        payloads = self.pages[place - 1].page.payloads
        return next(one for one in payloads if one.protocol_id != awaited)

    def name_page(self, page: int | None) -> None:
        """Take which page of the paper the page that is shown is, by somebody's own eyes."""
        self._answer(replace(self._answer_now, page=page))

    def put_aside(self, *, is_aside: bool) -> None:
        """Take whether the page that is shown belongs to the paper at all."""
        self._answer(replace(self._answer_now, is_aside=is_aside))

    def tick(self, signer: int, *, is_ticked: bool) -> None:
        """Take whether somebody's signature was seen on the paper."""
        ticked = self.ticked | {signer} if is_ticked else self.ticked - {signer}
        if ticked != self.ticked:
            self.ticked = ticked
            self.changed.emit()

    def type_day(self, text: str) -> None:
        """Take the day that stands on the paper."""
        if text != self.day_text:
            self.day_text = text
            self.changed.emit()

    def type_own_day(self, signer: int, text: str) -> None:
        """Take the day that stands beside one signature alone."""
        if text != self.own_days.get(signer, ""):
            self.own_days[signer] = text
            self.changed.emit()

    @property
    def _answer_now(self) -> Answer:
        return self.answers.get(self.shown, Answer())

    def _answer(self, answer: Answer) -> None:
        if answer == self._answer_now:
            self.changed.emit()
            return
        self.answers[self.shown] = answer
        self._match()

    def _read_next(self) -> None:
        if self._at_file == len(self.files):
            self._match()
            return
        file, self._before, self._count = self.files[self._at_file], len(self.pages), 0
        if self._scanner is None:
            self._scanner = self._make_scanner()
        self._scanner.start(
            file.data, file.kind, page=self._take_page, done=self._end_file, failed=self._fail
        )

    def _take_page(self, read: ReadPage) -> None:
        self._count = read.count
        place = len(self.pages) + 1
        self.pages.append(replace(read, page=replace(read.page, place=place)))
        self.changed.emit()

    def _end_file(self) -> None:
        self._at_file += 1
        self._read_next()

    def _fail(self, flaw: ScanFlaw) -> None:
        self.stop()
        self.state, self.flaw = ScanState.FAILED, flaw
        self.changed.emit()

    def _match(self) -> None:
        """Tell what the pages are, elsewhere: a long paper takes a moment."""
        awaited, looks, looks_of = self._awaited, self._looks, self._looks_of
        if awaited is None:
            return
        pages, answers = [one.page for one in self.pages], dict(self.answers)
        recognised = self._recognised
        self._turn += 1
        turn = self._turn

        def work() -> tuple[tuple[tuple[PageLook, ...], ...], ScanFound]:
            known = looks or tuple(map(looks_of, awaited.prints))
            expected = replace(awaited.expected, others=awaited.expected.others | recognised)
            found = [match(pages, replace(expected, looks=one), answers) for one in known]
            return known, max(found, key=_how_whole)

        def taken(told: tuple[tuple[tuple[PageLook, ...], ...], ScanFound]) -> None:
            self._looks = told[0]
            # Another scan, or another answer, came meanwhile.
            if turn == self._turn:
                self._show_found(told[1])

        def failed(_: Exception) -> None:
            if turn == self._turn:
                self._fail(ScanFlaw.BROKE_OFF)

        self.state = ScanState.MATCHING
        self.changed.emit()
        self._runner.run(self, work, taken, failed)

    def _show_found(self, found: ScanFound) -> None:
        is_first = self.found is None
        self.found, self.state = found, ScanState.READ
        barred = [one.place for one in found.pages if one.fit.is_bar]
        if is_first and barred:
            # What is in doubt is looked at first.
            self.shown = barred[0]
        self.changed.emit()


def _how_whole(found: ScanFound) -> tuple[bool, int]:
    """Return how well a scan fits one way of printing: complete, or by how many pages."""
    return found.is_complete, sum(one.fit is Fit.FITS for one in found.pages)


def read_files(paths: Sequence[Path]) -> list[Brought]:
    """Return files as they lie there, in the order of their names.

    Raise ScanError for what cannot be read, and for what together is more than a scan may be.
    """
    found: list[Brought] = []
    room = MOST_BYTES
    for path in sorted(paths, key=lambda one: one.name.casefold()):
        try:
            if not path.is_file():
                raise ScanError(ScanFlaw.NO_FILE)
            with path.open("rb") as file:
                data = file.read(room + 1)
        except OSError as error:
            raise ScanError(ScanFlaw.NO_FILE) from error
        if len(data) > room:
            raise ScanError(ScanFlaw.TOO_LARGE)
        room -= len(data)
        found.append(Brought(path.name, kind_of(data, path.name), data))
    if not found:
        raise ScanError(ScanFlaw.NO_FILE)
    return found
