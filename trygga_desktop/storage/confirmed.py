"""What was confirmed last, and whether the file still holds all of it."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace

from trygga_desktop.domain.audit import Mark
from trygga_desktop.domain.errors import (
    CannotWriteError,
    DamagedLogError,
    DiskFullError,
    FolderCopiedBackError,
    MissingAnchorError,
    MissingLogError,
    MixedPagesError,
    NotConfirmedError,
    OlderThanConfirmedError,
    Witness,
)
from trygga_desktop.storage.anchor import Anchor, Confirmation, Standing, judge
from trygga_desktop.storage.files import told_plainly
from trygga_desktop.storage.pages import Pages

# As many pages as SQLite itself would let a log grow to.
_LONG_LOG = 1000


@dataclass(slots=True, kw_only=True)
class Confirmed:
    """What was confirmed last, in memory and in the two anchors.

    `here` lies in the vault's folder, `machine` outside it. `mark` is nothing until the file has
    been judged; until then nothing may be written. After one confirmation that could not be
    written, nothing more is: what came after it could go missing unnoticed. `is_mended` says that
    the anchor was lost and is written anew from the machine's.
    """

    here: Anchor
    machine: Anchor
    pages: Pages
    mark: Mark | None = None
    filed: int = 0
    is_broken: bool = False
    is_mended: bool = False

    @property
    def is_log_long(self) -> bool:
        """Return whether the log should be moved into the file."""
        return self.pages.frames > _LONG_LOG

    def advance(self, mark: Mark) -> None:
        """Confirm a save, or raise NotConfirmedError: it is stored, but that may go unnoticed."""
        self.mark = mark
        self._write(mark, self.here.advance, self.machine.advance)

    def reset(self, mark: Mark) -> None:
        """Trust the file as it is from now on, or raise NotConfirmedError as `advance` does."""
        self.mark = mark
        self._write(mark, self.here.reset, self.machine.reset)

    def believe(self, mark: Mark) -> None:
        """Take the file, as it was judged, for what goes on from here.

        Raise DiskFullError or CannotWriteError if a lost anchor cannot be written anew.
        """
        if not self.pages.frames:
            # With nothing in the log, the file is as far as the vault.
            self.filed = mark.sequence
        if self.is_mended:
            self.here.reset(self._confirmation(mark))
        self.mark = mark

    def remember_here(self) -> None:
        """Write down on this machine how far the vault has come, where that is possible."""
        if self.mark is not None:
            with suppress(DiskFullError, CannotWriteError):
                self.machine.reset(self._confirmation(self.mark))

    def log_was_emptied(self) -> None:
        """Take note that everything is in the file now. What cannot be written is no loss."""
        self.pages.log_was_emptied()
        if self.mark is not None and not self.is_broken:
            self.filed = self.mark.sequence
            with suppress(DiskFullError, CannotWriteError):
                self.here.reset(self._confirmation(self.mark))

    def forget_pages(self) -> None:
        """Expect no particular pages: they are about to be rebuilt.

        A crash until the next save is then no damage. Raise DiskFullError or CannotWriteError if
        that cannot be written.
        """
        here, machine = self.here.read(), self.machine.read()
        if here is not None:
            self.here.reset(replace(here, content=None))
        if machine is not None:
            with suppress(DiskFullError, CannotWriteError):
                self.machine.reset(replace(machine, content=None))

    def last(self) -> Confirmation | None:
        """Return what was confirmed last: by the anchor, or by this machine where that is lost."""
        return self.here.read() or self.machine.read()

    def check(self, present: Mark, seen: Mark | None, head_at: Callable[[int], bytes]) -> None:
        """Raise an OlderThanConfirmedError unless the file holds all that was confirmed.

        `seen` is what its user remembers, `head_at` returns the newest link of the file's chain up
        to a sequence. Which error it is tells what was lost, and who knows.
        """
        here, machine = self.here.read(), self.machine.read()
        last = here or machine
        # A note of long ago does not say that nothing was confirmed since.
        if last is None or (here is None and present.sequence > last.mark.sequence + 1):
            raise MissingAnchorError
        with told_plainly():
            content = self.pages.content()
        missing = max(0, last.mark.sequence - present.sequence)
        standing = judge(last.mark, present, head_at)
        # The anchor alone may be one of earlier; where both know as much, it is the one to ask.
        newest = max((one for one in (last, machine) if one), key=lambda one: one.mark.sequence)
        fits = newest.content in {None, content} or present.sequence != newest.mark.sequence
        if standing is not Standing.WHOLE or not fits:
            if missing and self.pages.is_log_torn:
                raise DamagedLogError(missing)
            is_one_piece = head_at(max(present.sequence, last.mark.sequence)) == present.head
            if not is_one_piece or standing is Standing.WHOLE:
                raise MixedPagesError(missing)
            if 0 < last.filed <= present.sequence < last.mark.sequence:
                raise MissingLogError(missing)
            raise OlderThanConfirmedError(missing)
        for witness, mark in (
            (Witness.MACHINE, None if machine is None else machine.mark),
            (Witness.USER, seen),
        ):
            if mark is not None and judge(mark, present, head_at) is not Standing.WHOLE:
                lost = max(0, mark.sequence - present.sequence)
                raise FolderCopiedBackError(lost, witness=witness)
        self.is_mended = here is None

    def _write(
        self,
        mark: Mark,
        here: Callable[[Confirmation], None],
        machine: Callable[[Confirmation], None],
    ) -> None:
        try:
            confirmation = self._confirmation(mark)
            here(confirmation)
        except (DiskFullError, CannotWriteError) as error:
            self.is_broken = True
            raise NotConfirmedError from error
        # A second witness only: a profile that cannot be written must not stop a meeting.
        with suppress(DiskFullError, CannotWriteError):
            machine(confirmation)

    def _confirmation(self, mark: Mark) -> Confirmation:
        with told_plainly():
            return Confirmation(mark=mark, filed=self.filed, content=self.pages.content())
