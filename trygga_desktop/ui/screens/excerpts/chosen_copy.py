"""State of the copy that is chosen in the list: seen again as it was given, led on from."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Signal, Slot

from trygga_desktop.ui.leaving import Leaving
from trygga_desktop.ui.press import PrintPdf
from trygga_desktop.ui.tasks import TaskRunner

if TYPE_CHECKING:
    from trygga_desktop.services.distribution import Distribution, ListedCopy
    from trygga_desktop.services.excerpts import ExcerptFile
    from trygga_desktop.ui.case_uses import ExcerptUses


class Listing(StrEnum):
    """Which copies stand in the list."""

    ALL = "all"
    DUE = "due"


class ChosenCopy(Leaving):
    """Who has what, and one copy of it; `listing` tells which of the copies are listed."""

    signatures_wanted = Signal(UUID)

    def __init__(  # noqa: PLR0913  what it stands on
        self,
        case_id: UUID,
        *,
        uses: ExcerptUses,
        may_give: bool,
        print_pdf: PrintPdf,
        runner: TaskRunner,
        now: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(print_pdf=print_pdf, runner=runner, now=now, parent=parent)
        self.distribution: Distribution | None = None
        self.shows_list = False
        self.listing = Listing.ALL
        self.copy_id: UUID | None = None
        self.seen: ExcerptFile | None = None
        self.may_give = may_give
        self._case_id = case_id
        self._uses = uses

    @property
    def copies(self) -> tuple[ListedCopy, ...]:
        """Return who has what of the case, the newest first."""
        return () if self.distribution is None else tuple(reversed(self.distribution.copies))

    @property
    def listed(self) -> tuple[ListedCopy, ...]:
        """Return those of them that stand in the list."""
        if self.listing is Listing.ALL:
            return self.copies
        return tuple(one for one in self.copies if one.is_due_back)

    def choose_listing(self, listing: Listing) -> None:
        """List all copies, or those alone that should come back."""
        if listing is not self.listing and not self.is_leaving:
            self.listing = listing
            self._choose_listed()
            self.changed.emit()

    def _choose_listed(self) -> None:
        """Choose the first of the list where the chosen copy does not stand in it."""
        ids = [one.copy.id for one in self.listed]
        if self.copy_id not in ids:
            self.copy_id = next(iter(ids), None)

    @property
    def copy(self) -> ListedCopy | None:
        """Return the copy that is chosen in the list."""
        return next((one for one in self.copies if one.copy.id == self.copy_id), None)

    @property
    def may_see_signatures(self) -> bool:
        """Return whether the chosen copy has a line that somebody can have signed."""
        copy = self.copy
        is_one = copy is not None and bool(copy.copy.signer) and not copy.copy.is_spoilt
        return is_one and not self.is_leaving

    def see_given(self) -> None:
        """Show the chosen excerpt as it was given, byte for byte; it is logged first."""
        copy = self.copy
        if copy is None or copy.copy.excerpt_id is None or self.is_leaving:
            return
        read, wanted = self._uses.read_excerpt, copy.copy.excerpt_id

        def seen(file: ExcerptFile) -> None:
            # Somebody may have gone on to something else meanwhile.
            if self.shows_list and self.copy_id == copy.copy.id:
                self.seen = file
                self.changed.emit()

        self._forget()
        self._runner.run(self, lambda: read(wanted).value, seen, self._refused)

    @Slot()
    def close_given(self) -> None:
        """Go back from what was given to the list."""
        if self.seen is not None:
            self.seen = None
            self.changed.emit()

    @Slot()
    def go_to_signatures(self) -> None:
        """Lead on to who signs the chosen excerpt, and to its paper that comes back."""
        copy = self.copy
        if copy is not None and self.may_see_signatures:
            self.signatures_wanted.emit(copy.copy.id)
