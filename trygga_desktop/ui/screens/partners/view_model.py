"""State of the page of partners: one's own keys, those that count, and the file being certified."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from trygga_desktop.domain.errors import InvalidInputError
from trygga_desktop.domain.partners import MOST_BYTES
from trygga_desktop.domain.permissions import Permission, allows
from trygga_desktop.services.changes import Changes
from trygga_desktop.ui.leaving import News, PagesState, Told
from trygga_desktop.ui.platform.saving import NotSavedError, SaveFlaw, save_durably
from trygga_desktop.ui.problems import ProblemKind, Trouble, read_error
from trygga_desktop.ui.screens.partners.form import CertifyField, CertifyForm
from trygga_desktop.ui.tasks import TaskRunner

if TYPE_CHECKING:
    from trygga_desktop.services.partners import KeyFile, OfferedKeys, PartnerList
    from trygga_desktop.services.vault import Me
    from trygga_desktop.ui.case_uses import PacketUses

PATIENCE = 400
"""Milliseconds after which what is still being read is told to be."""


class PartnersViewModel(QObject):
    """Reads whose keys count, hands out one's own, certifies others' and takes that back.

    `opened` follows when a file was read and the form for it is shown.
    """

    changed = Signal()
    opened = Signal()
    left = Signal()
    made = Signal(Changes)
    failed = Signal(Trouble)

    def __init__(
        self,
        *,
        uses: PacketUses,
        me: Me,
        runner: TaskRunner,
        now: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.state = PagesState.LOADING
        self.found: PartnerList | None = None
        self.form: CertifyForm | None = None
        self.trouble: Trouble | None = None
        self.file_flaw = ""
        self.save_flaw: SaveFlaw | None = None
        self.to_replace: Path | None = None
        self.told: Told | None = None
        self.asks_to_retire: UUID | None = None
        self.is_working = False
        self.may_certify = allows(me.roles, Permission.MANAGE_ACCOUNTS)
        self.may_hand_out = allows(me.roles, Permission.WORK_IN_CASE)
        self._uses = uses
        self._runner = runner
        self._now = now
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE)
        self._patience.timeout.connect(self.lose_patience)

    @Slot()
    def load(self) -> None:
        """Read whose keys count."""
        if self.found is None:
            self.state = PagesState.LOADING
        self._patience.start()
        self.changed.emit()
        read = self._uses.read_partners
        self._runner.run(self, lambda: read().value, self._take, self._fail)

    def refresh(self, changes: Changes, source: object = None) -> None:
        """Read again if someone else changed whose keys count, or whom they speak for."""
        if source is not self and (changes.partners or changes.directory):
            self.load()

    @Slot()
    def lose_patience(self) -> None:
        """Say that it is still being read."""
        if self.state is PagesState.LOADING:
            self.state = PagesState.SLOW
            self.changed.emit()

    def choose(self, file: Path) -> None:
        """Look into a file of keys."""
        if not self.may_certify or self.is_working:
            return
        read = self._uses.read_offered_keys

        def work() -> tuple[bytes, OfferedKeys]:
            with file.open("rb") as opened:
                data = opened.read(MOST_BYTES + 1)
            return data, read(data).value

        self._forget()
        self.is_working = True
        self.changed.emit()
        self._runner.run(self, work, self._offered, self._refuse_file)

    def certify(self) -> None:
        """Vouch for the keys, once everything is there."""
        form = self.form
        if form is None or not form.may_send:
            return
        command, certify = form.command(), self._uses.certify_partner
        self.trouble = None
        form.begin()
        self._runner.run(self, lambda: certify(command).changes, self._certified, self._refuse)

    def cancel(self) -> None:
        """Put the form away; nothing was certified."""
        if self.form is not None and not self.form.is_working:
            self._forget()
            self.changed.emit()

    def ask_to_retire(self, partner_id: UUID | None) -> None:
        """Ask first whether somebody's keys are to count no more, or drop the question."""
        if self.may_certify and not self.is_working:
            self.asks_to_retire = partner_id
            self.changed.emit()

    def retire(self) -> None:
        """Take back that somebody's keys count."""
        partner_id, retire = self.asks_to_retire, self._uses.retire_partner
        if partner_id is None or self.is_working:
            return
        self.is_working, self.trouble = True, None
        self.changed.emit()
        self._runner.run(self, lambda: retire(partner_id).changes, self._retired, self._not_done)

    def save_to(self, file: Path, *, replaces: bool = False) -> None:
        """Save one's own keys as a file, once the log says so; ask first if there is one."""
        if not self.may_hand_out or self.is_working:
            return
        hand_out = self._uses.hand_out_keys
        self.trouble = self.save_flaw = self.to_replace = self.told = None
        if not replaces and file.exists():
            self.to_replace = file
            self.changed.emit()
            return

        def work() -> KeyFile:
            keys = hand_out().value
            save_durably(file, keys.data, replaces=replaces)
            return keys

        def saved(_: KeyFile) -> None:
            self.is_working = False
            self.told = Told(news=News.SAVED, at=self._now(), file=file)
            self.changed.emit()

        self.is_working = True
        self.changed.emit()
        self._runner.run(self, work, saved, lambda error: self._not_saved(error, file))

    def replace(self) -> None:
        """Save over the file that is there already."""
        if self.to_replace is not None:
            self.save_to(self.to_replace, replaces=True)

    def keep(self) -> None:
        """Leave the file that is there as it is."""
        self.to_replace = None
        self.changed.emit()

    def go_back(self) -> None:
        """Go back to the settings."""
        self.left.emit()

    def _take(self, found: PartnerList) -> None:
        self._patience.stop()
        self.found, self.state = found, PagesState.READY
        known = {one.id for one in found.partners if not one.retired}
        if self.asks_to_retire not in known:
            self.asks_to_retire = None
        self.changed.emit()

    def _fail(self, error: Exception) -> None:
        self._patience.stop()
        if self._told_elsewhere(error):
            return
        self.found, self.form = None, None
        self.state = PagesState.FAILED
        self.changed.emit()

    def _offered(self, found: tuple[bytes, OfferedKeys]) -> None:
        self.is_working = False
        self.form = CertifyForm(*found, parent=self)
        self.changed.emit()
        self.opened.emit()

    def _refuse_file(self, error: Exception) -> None:
        self.is_working = False
        if isinstance(error, InvalidInputError) and error.field == "file":
            self.file_flaw = error.flaw
            self.changed.emit()
        else:
            self._not_done(error)

    def _certified(self, changes: Changes) -> None:
        self._forget()
        self.changed.emit()
        self.made.emit(changes)
        self.load()

    def _refuse(self, error: Exception) -> None:
        form = self.form
        if form is None:
            return
        if isinstance(error, InvalidInputError) and error.field in set(CertifyField):
            form.refuse(error.field, error.flaw)
        elif not self._told_elsewhere(error) and self.trouble is not None:
            form.fail(self.trouble)
        self.changed.emit()

    def _retired(self, changes: Changes) -> None:
        self.is_working, self.asks_to_retire = False, None
        self.changed.emit()
        self.made.emit(changes)
        self.load()

    def _not_done(self, error: Exception) -> None:
        self.is_working = False
        if not self._told_elsewhere(error):
            self.changed.emit()

    def _not_saved(self, error: Exception, file: Path) -> None:
        if not isinstance(error, NotSavedError):
            self._not_done(error)
            return
        self.is_working = False
        if error.flaw is SaveFlaw.TAKEN:
            self.to_replace = file
        else:
            self.save_flaw = error.flaw
        self.changed.emit()

    def _forget(self) -> None:
        self.form, self.trouble, self.file_flaw = None, None, ""
        self.save_flaw = self.to_replace = self.told = self.asks_to_retire = None

    def _told_elsewhere(self, error: Exception) -> bool:
        self.trouble = read_error(error)
        if self.trouble.kind is ProblemKind.NOT_CONFIRMED:
            self.failed.emit(self.trouble)
            return True
        return False
