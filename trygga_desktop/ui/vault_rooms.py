"""The rooms before a vault is open: start, create, unlock, recover, and what goes wrong there."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from trygga_desktop.ui.application import Appearance
from trygga_desktop.ui.frames import Build, Shown, follow_screens
from trygga_desktop.ui.problems import NO_KEYS, OLDER, ProblemKind, Trouble, read_error
from trygga_desktop.ui.screens.create_vault.view_model import CreateVaultViewModel
from trygga_desktop.ui.screens.problem.view_model import Exit, ProblemViewModel, WayOn
from trygga_desktop.ui.screens.recover.view_model import RecoverViewModel
from trygga_desktop.ui.screens.start.view import WIDEST as START_WIDEST
from trygga_desktop.ui.screens.start.view import StartView
from trygga_desktop.ui.screens.start.view_model import StartViewModel
from trygga_desktop.ui.screens.unlock.view import WIDEST as UNLOCK_WIDEST
from trygga_desktop.ui.screens.unlock.view import UnlockView
from trygga_desktop.ui.screens.unlock.view_model import UnlockViewModel
from trygga_desktop.ui.screens.verify.view_model import VerifyViewModel
from trygga_desktop.ui.tasks import TaskRunner
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.use_cases import Services
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.vault_foot import VaultFoot
from trygga_desktop.ui.widgets.vault_frame import VaultFrame, VaultPanel, promise_panel

if TYPE_CHECKING:
    from trygga_desktop.services.access import VaultSeen
    from trygga_desktop.services.vault import OpenVault

_TRY_AGAIN_FIRST = frozenset(
    {
        ProblemKind.IN_USE,
        ProblemKind.DISK_FULL,
        ProblemKind.CANNOT_WRITE,
        ProblemKind.UNEXPECTED,
        ProblemKind.NO_DATABASE,
        ProblemKind.FOREIGN_DATABASE,
        ProblemKind.UNREADABLE,
        ProblemKind.NO_FOLDER,
    }
)

# What is missing is one file, which somebody may find and lay beside the others.
_PUT_BACK = frozenset({ProblemKind.MISSING_LOG, ProblemKind.MISSING_ANCHOR})


class VaultRooms(QObject):
    """Makes a view model for each screen and goes from one to the next."""

    wanted = Signal(object)
    unlocked = Signal(object)

    def __init__(
        self,
        services: Services,
        runner: TaskRunner,
        appearance: Appearance,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._runner = runner
        self._appearance = appearance
        self._model: QObject | None = None

    @property
    def current(self) -> QObject | None:
        """Return the view model of the screen that is shown."""
        return self._model

    def go_to_start(self) -> None:
        """Show the first picture."""
        model = StartViewModel(
            self._appearance.settings.vaults, is_there=self._services.is_there, parent=self
        )
        model.create_wanted.connect(self.go_to_create)
        model.folder_chosen.connect(self.go_to_unlock)
        model.recover_wanted.connect(self.go_to_recover)
        model.verify_wanted.connect(partial(self.go_to_verify, self.go_to_start))
        self._show(model, partial(self._build_start, model))

    def go_to_create(self) -> None:
        """Show the steps that make a vault."""
        _ = self._appearance.look.language.gettext
        name = _("Trygga young people")
        # Imported here: whoever makes no vault does not wait for Qt's PDF and printing.
        from trygga_desktop.ui.platform.printing import print_pdf

        model = CreateVaultViewModel(
            self._services, self._runner, vault_name=name, print_pdf=print_pdf, parent=self
        )
        model.left.connect(self.go_to_start)
        model.finished.connect(self.go_to_unlock)
        self._show(model, partial(self._build_create, model))

    def begin_at(self, folder: Path) -> None:
        """Show the unlock screen of this vault, and a frame until it has been looked at."""
        self.wanted.emit(self._build_waiting)
        self.go_to_unlock(folder)

    def go_to_unlock(self, folder: Path, login: str = "", *, accept_older: bool = False) -> None:
        """Look at the vault and ask for the passphrase, or tell why it cannot be opened.

        An answer that comes when another screen is shown by now is too late.
        """
        look, here = self._services.look, self._model

        def seen(vault: VaultSeen) -> None:
            if self._model is here:
                self._ask_for_passphrase(vault, login, accept_older=accept_older)

        def refused(error: Exception) -> None:
            if self._model is here:
                self._tell_of_folder(read_error(error), folder)

        self._runner.run(self, lambda: look(folder), seen, refused)

    def go_to_recover(self, folder: Path | None = None) -> None:
        """Ask for the recovery code."""
        model = RecoverViewModel(self._services, self._runner, folder=folder, parent=self)
        model.left.connect(self.go_to_start)
        model.finished.connect(self.go_to_unlock)
        self._show(model, partial(self._build_recover, model))

    def go_to_verify(self, back: Callable[[], None]) -> None:
        """Have a file verified; no vault is needed for that."""
        model = VerifyViewModel(self._services.verifier(), self)
        model.left.connect(back)
        self._show(model, partial(self._build_verify, model))

    def tell(self, trouble: Trouble, exits: list[Exit]) -> None:
        """Show what is wrong, with the safest way on first."""
        model = ProblemViewModel(trouble, exits, self)
        self._show(model, partial(self._build_problem, model))

    def screens_changed(self) -> None:
        """Hide or show secrets: a screen came or went."""
        follow_screens(self._model)

    def close(self) -> None:
        """Let go of the screen that is shown, when the desk takes over."""
        match self._model:
            case None:
                pass
            case UnlockViewModel():
                # It may still be unlocking, and has to close what it opens.
                self._model.leave()
            case VerifyViewModel():
                self._model.leave()
                self._model.deleteLater()
            case _:
                self._model.deleteLater()
        self._model = None

    def _ask_for_passphrase(self, seen: VaultSeen, login: str, *, accept_older: bool) -> None:
        model = UnlockViewModel(
            seen, self._services.unlock, self._runner, accept_older=accept_older, parent=self
        )
        if login.casefold() in seen.logins:
            model.choose_login(login.casefold())
        model.unlocked.connect(partial(self._enter, seen.folder))
        model.failed.connect(partial(self._refuse, seen.folder))
        model.recover_wanted.connect(partial(self.go_to_recover, seen.folder))
        model.other_vault_wanted.connect(self.go_to_start)
        model.verify_wanted.connect(partial(self._verify_first, model))
        self._show(model, partial(self._build_unlock, model))

    def _verify_first(self, model: UnlockViewModel) -> None:
        """Have a file verified, and come back to the unlock screen as it was left."""
        folder, login, accept_older = model.seen.folder, model.login, model.accept_older
        self.go_to_verify(partial(self.go_to_unlock, folder, login, accept_older=accept_older))

    def _enter(self, folder: Path, vault: OpenVault) -> None:
        self._appearance.remember_vault(folder)
        self.unlocked.emit(vault)

    def _refuse(self, folder: Path, trouble: Trouble) -> None:
        choose = Exit(WayOn.CHOOSE_VAULT, self.go_to_start)
        again = Exit(WayOn.TRY_AGAIN, partial(self.go_to_unlock, folder))
        if trouble.kind in OLDER:
            older = Exit(WayOn.GO_ON, partial(self.go_to_unlock, folder, accept_older=True))
            can_be_put_back = trouble.kind in _PUT_BACK
            self.tell(trouble, [again, choose, older] if can_be_put_back else [choose, older])
        elif trouble.kind in NO_KEYS:
            recover = Exit(WayOn.RECOVER, partial(self.go_to_recover, folder))
            self.tell(trouble, [recover, choose])
        elif trouble.kind in _TRY_AGAIN_FIRST:
            self.tell(trouble, [again, choose])
        else:
            self.tell(trouble, [choose, again])

    def _tell_of_folder(self, trouble: Trouble, folder: Path) -> None:
        """Tell why a folder cannot be looked at."""
        if trouble.kind is ProblemKind.NOT_A_VAULT:
            self._appearance.forget_vault(folder)
        again = Exit(WayOn.TRY_AGAIN, partial(self.go_to_unlock, folder))
        choose = Exit(WayOn.CHOOSE_VAULT, self.go_to_start)
        if trouble.kind in NO_KEYS:
            recover = Exit(WayOn.RECOVER, partial(self.go_to_recover, folder))
            self.tell(trouble, [again, recover, choose])
        elif trouble.kind in _TRY_AGAIN_FIRST:
            self.tell(trouble, [again, choose])
        else:
            self.tell(trouble, [choose, again])

    def _show(self, model: QObject, build: Build) -> None:
        self.close()
        self._model = model
        self.wanted.emit(build)

    def _build_waiting(self, look: Look) -> Shown:
        _ = look.language.gettext
        page = PlainLabel(look, _("One moment"), style=TextStyle.HERO)
        return self._frame(look, page, promise_panel(look), page, UNLOCK_WIDEST)

    def _build_start(self, model: StartViewModel, look: Look) -> Shown:
        view = StartView(model, look)
        return self._frame(look, view, view.panel, view.first_focus, START_WIDEST)

    def _build_create(self, model: CreateVaultViewModel, look: Look) -> Shown:
        from trygga_desktop.ui.screens.create_vault.view import WIDEST, CreateVaultView

        view = CreateVaultView(model, look, self._services)
        return self._frame(look, view, view.panel, view.first_focus, WIDEST)

    def _build_unlock(self, model: UnlockViewModel, look: Look) -> Shown:
        view = UnlockView(model, look, self._services)
        return self._frame(look, view, view.panel, view.first_focus, UNLOCK_WIDEST)

    def _build_recover(self, model: RecoverViewModel, look: Look) -> Shown:
        from trygga_desktop.ui.screens.recover.view import WIDEST, RecoverView

        view = RecoverView(model, look, self._services)
        return self._frame(look, view, view.panel, view.first_focus, WIDEST)

    def _build_problem(self, model: ProblemViewModel, look: Look) -> Shown:
        from trygga_desktop.ui.screens.problem.view import WIDEST, ProblemView

        view = ProblemView(model, look)
        return self._frame(look, view, view.panel, view.first_focus, WIDEST)

    def _build_verify(self, model: VerifyViewModel, look: Look) -> Shown:
        from trygga_desktop.ui.screens.verify.view import WIDEST, VerifyView

        view = VerifyView(model, look, at_desk=False)
        return self._frame(look, view, view.panel, view.first_focus, WIDEST)

    def _frame(
        self, look: Look, view: QWidget, panel: VaultPanel, first_focus: QWidget, widest: int
    ) -> Shown:
        theme = self._appearance.settings.theme
        foot = VaultFoot(look, theme=theme, version=self._services.version)
        foot.language_chosen.connect(self._appearance.choose_language)
        foot.theme_chosen.connect(self._appearance.choose_theme)
        foot.text_scale_chosen.connect(self._appearance.choose_text_scale)
        frame = VaultFrame(look, panel=panel, page=view, foot=foot, widest=widest)
        return Shown(frame, first_focus, (view, foot))
