"""State of the settings: how the program looks, and one's passphrase. It stores nothing itself."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from trygga_desktop.domain.errors import WeakPassphraseError
from trygga_desktop.domain.passphrase import PassphraseFlaw
from trygga_desktop.domain.permissions import Permission, allows
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.ui.new_passphrase import NewPassphrase
from trygga_desktop.ui.phrases import PhraseBook
from trygga_desktop.ui.problems import ProblemKind, Trouble, read_error
from trygga_desktop.ui.screens.preferences.arms import ArmsModel
from trygga_desktop.ui.screens.preferences.naming import NamingModel
from trygga_desktop.ui.screens.preferences.seal import SealModel
from trygga_desktop.ui.tasks import TaskRunner
from trygga_desktop.ui.theme.theme import ThemeName
from trygga_desktop.ui.use_cases import Services

if TYPE_CHECKING:
    from trygga_desktop.services.accounts import ChangePassphrase
    from trygga_desktop.services.vault import Me


class PassphraseState(StrEnum):
    """How far the change of the passphrase has come."""

    AT_REST = "at_rest"
    ASKING = "asking"
    WORKING = "working"
    CHANGED = "changed"


class PreferencesViewModel(QObject):
    """Tells what was chosen, and changes the passphrase. The old one is never kept here."""

    changed = Signal()
    language_chosen = Signal(str)
    theme_chosen = Signal(ThemeName)
    text_scale_chosen = Signal(float)
    grounds_wanted = Signal()
    partners_wanted = Signal()
    made = Signal(Changes)
    removed = Signal(object)
    failed = Signal(Trouble)

    def __init__(  # noqa: PLR0913  what the settings are about
        self,
        *,
        services: Services,
        me: Me,
        municipality: Callable[[], str],
        change_passphrase: Callable[[ChangePassphrase], Done[None]],
        runner: TaskRunner,
        theme: Callable[[], ThemeName],
        arms: ArmsModel | None = None,
        seal: SealModel | None = None,
        naming: NamingModel | None = None,
        phrases: PhraseBook | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.version = services.version
        self.may_manage_rules = allows(me.roles, Permission.MANAGE_RULES)
        self.arms, self.seal, self.naming = arms, seal, naming
        self.phrases = phrases
        for part in (arms, seal, naming):
            if part is not None:
                part.setParent(self)
                part.made.connect(self.made)
                part.failed.connect(self.failed)
        if naming is not None and seal is not None:
            naming.offers_seal = True
            naming.seal_wanted.connect(seal.ask)
        if arms is not None:
            arms.removed.connect(self.removed)
        self.state = PassphraseState.AT_REST
        self.is_old_wrong = False
        self.flaw: PassphraseFlaw | None = None
        self.trouble: Trouble | None = None
        self.new_passphrase = NewPassphrase(
            services, lambda: (municipality(), me.name, me.login), self
        )
        self.new_passphrase.changed.connect(self.changed)
        self.new_passphrase.way_changed.connect(self.changed)
        self._theme = theme
        self._change = change_passphrase
        self._runner = runner

    @property
    def theme(self) -> ThemeName:
        """Return the theme chosen now, which may be that of the system."""
        return self._theme()

    @property
    def may_submit(self) -> bool:
        """Return whether the new passphrase is complete."""
        return self.state is PassphraseState.ASKING and self.new_passphrase.is_ready

    def choose_language(self, code: str) -> None:
        """Ask for this language."""
        self.language_chosen.emit(code)

    def choose_theme(self, name: ThemeName) -> None:
        """Ask for these colours."""
        self.theme_chosen.emit(name)

    def choose_text_scale(self, scale: float) -> None:
        """Ask for this text size."""
        self.text_scale_chosen.emit(scale)

    def want_grounds(self) -> None:
        """Ask for the texts of the legal grounds."""
        if self.may_manage_rules:
            self.grounds_wanted.emit()

    def want_partners(self) -> None:
        """Ask for one's own keys, and those of users of other vaults."""
        self.partners_wanted.emit()

    def begin(self) -> None:
        """Start changing the passphrase."""
        self._clear()
        self._enter(PassphraseState.ASKING)

    def give_up(self) -> None:
        """Keep the passphrase as it is."""
        self._clear()
        self._enter(PassphraseState.AT_REST)

    def type_old(self) -> None:
        """Note that the old passphrase is being typed again."""
        if self.is_old_wrong:
            self.is_old_wrong = False
            self.changed.emit()

    def submit(self, old: str) -> None:
        """Put the new passphrase in place of the old one."""
        if not self.may_submit or not old:
            return
        # Imported here: the first window does not wait for the database.
        from trygga_desktop.services.accounts import ChangePassphrase  # noqa: PLC0415

        command = ChangePassphrase(old=old, new=self.new_passphrase.passphrase)
        self.is_old_wrong, self.flaw, self.trouble = False, None, None
        self._enter(PassphraseState.WORKING)
        change = self._change
        self._runner.run(self, lambda: change(command), self._done, self._fail)

    def screens_changed(self) -> None:
        """Hide drawn words when a screen comes or goes."""
        self.new_passphrase.screens_changed()
        self.changed.emit()

    def leave(self) -> None:
        """Store what is being typed and let go of the new passphrase."""
        if self.phrases is not None:
            self.phrases.leave()
        if self.naming is not None:
            self.naming.leave()
        if self.state is PassphraseState.ASKING:
            self.give_up()

    def _done(self, done: Done[None]) -> None:
        self._clear()
        self._enter(PassphraseState.CHANGED)
        self.made.emit(done.changes)

    def _fail(self, error: Exception) -> None:
        trouble = read_error(error)
        if trouble.kind is ProblemKind.NOT_CONFIRMED:
            self.failed.emit(trouble)
        elif trouble.kind is ProblemKind.WRONG_PASSPHRASE:
            self.is_old_wrong = True
        elif isinstance(error, WeakPassphraseError):
            self.flaw = error.flaw
        else:
            self.trouble = trouble
        self._enter(PassphraseState.ASKING)

    def _clear(self) -> None:
        self.new_passphrase.forget()
        self.is_old_wrong, self.flaw, self.trouble = False, None, None

    def _enter(self, state: PassphraseState) -> None:
        self.state = state
        self.changed.emit()
