"""Goes through the screens of the real window as its user would, and takes a picture of each."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import QApplication

from trygga_desktop.domain.errors import OlderThanConfirmedError, WrongPassphraseError
from trygga_desktop.ui.application import Appearance
from trygga_desktop.ui.main_window import MainWindow
from trygga_desktop.ui.screens.create_vault.view_model import CreateVaultViewModel
from trygga_desktop.ui.screens.home.view_model import HomeViewModel
from trygga_desktop.ui.screens.new_case.form import FormField
from trygga_desktop.ui.screens.new_case.view_model import NewCaseViewModel
from trygga_desktop.ui.screens.unlock.view_model import UnlockViewModel
from trygga_desktop.ui.tasks import InlineRunner
from trygga_desktop.ui.theme.theme import ThemeName
from trygga_desktop.ui.use_cases import Services

if TYPE_CHECKING:
    from trygga_desktop.services.vault import OpenVault

_SIZES = (QSize(1366, 768), QSize(1920, 1080))
_THEMES = (ThemeName.LIGHT, ThemeName.DARK)
_LARGE = 1.5
_ROUNDS_TO_SETTLE = 5


@dataclass(frozen=True, slots=True)
class Picture:
    """How a round of pictures looks, and what its files are called after."""

    size: QSize
    theme: ThemeName
    scale: float = 1.0

    @property
    def suffix(self) -> str:
        """Return the end of the files' names: SIZE-THEME."""
        size = f"{self.size.width()}x{self.size.height()}"
        theme = "hc" if self.theme is ThemeName.HIGH_CONTRAST else self.theme.value
        return f"{size}-{theme}" + (f"-text{round(self.scale * 100)}" if self.scale > 1 else "")


ROUNDS = (
    *(Picture(size, theme) for size in _SIZES for theme in _THEMES),
    Picture(_SIZES[0], ThemeName.HIGH_CONTRAST),
    Picture(_SIZES[0], ThemeName.LIGHT, _LARGE),
)


class Tour:
    """Walks through one demonstration vault; nothing it does is stored but the log of reading."""

    def __init__(
        self,
        application: QApplication,
        appearance: Appearance,
        services: Services,
        *,
        folder: Path,
        unlock: Callable[[], "OpenVault"],
    ) -> None:
        self._application = application
        self._appearance = appearance
        self._services = services
        self._folder = folder
        self._unlock = unlock
        application.setCursorFlashTime(0)

    def take(self, out: Path, rounds: Iterable[Picture] = ROUNDS) -> list[Path]:
        """Leave NAME-SIZE-THEME.png of every screen in the folder, and return the files."""
        out.mkdir(parents=True, exist_ok=True)
        taken = []
        for picture in rounds:
            self._appearance.choose_theme(picture.theme)
            self._appearance.choose_text_scale(picture.scale)
            for name, window in self._stops(picture.size):
                path = out / f"{name}-{picture.suffix}.png"
                self._grab(window, path)
                taken.append(path)
        return taken

    def _grab(self, window: MainWindow, path: Path) -> None:
        # A wrapped line that comes makes its page lay itself out once more, in three rounds.
        for _ in range(_ROUNDS_TO_SETTLE):
            self._application.processEvents()
        self._application.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        window.grab().save(str(path))

    def _stops(self, size: QSize) -> Iterator[tuple[str, MainWindow]]:
        for stops in (self._before_a_vault, self._with_trouble, self._in_a_vault):
            yield from stops(size)

    def _window(self, size: QSize, services: Services) -> MainWindow:
        window = MainWindow(services, self._appearance, InlineRunner())
        window.resize(size)
        window.show()
        return window

    def _before_a_vault(self, size: QSize) -> Iterator[tuple[str, MainWindow]]:
        window = self._window(size, self._services)
        rooms = window.vault_rooms
        yield "start", window
        rooms.go_to_create()
        yield "vault-place", window
        for name, model in self._making(rooms.current):
            model.changed.emit()
            yield name, window
        rooms.go_to_unlock(self._folder)
        yield "unlock", window
        rooms.go_to_recover(self._folder)
        yield "recover", window
        window.close()

    def _making(self, model: object) -> Iterator[tuple[str, CreateVaultViewModel]]:
        """Go through the steps that make a vault, and stop before the last."""
        if not isinstance(model, CreateVaultViewModel):
            return
        model.go_on()
        model.set_municipality("Exempelstad")
        model.set_name("Karin Ek")
        # The fields hold what was typed into them; this was not.
        model.step_changed.emit()
        yield "vault-you", model
        model.go_on()
        model.new_passphrase.say_alone()
        model.new_passphrase.begin()
        yield "vault-passphrase", model
        model.new_passphrase.type(" ".join(model.new_passphrase.words))
        model.go_on()
        yield "vault-recovery-code", model
        model.go_on()
        yield "vault-confirm", model

    def _with_trouble(self, size: QSize) -> Iterator[tuple[str, MainWindow]]:
        troubles: dict[str, Exception] = {
            "unlock-wrong": WrongPassphraseError(4),
            "error-older": OlderThanConfirmedError(3),
        }
        for name, error in troubles.items():
            window = self._window(size, replace(self._services, unlock=_raising(error)))
            window.vault_rooms.go_to_unlock(self._folder)
            model = window.vault_rooms.current
            if isinstance(model, UnlockViewModel):
                model.submit("fel")
            yield name, window
            window.close()

    def _in_a_vault(self, size: QSize) -> Iterator[tuple[str, MainWindow]]:
        vault = self._unlock()
        window = self._window(size, self._services)
        window.enter_desk(vault)
        rooms = window.desk_rooms
        if rooms is None:
            raise RuntimeError("no desk")
        yield "home", window
        home = rooms.current
        if isinstance(home, HomeViewModel):
            home.open_row(0)
        yield "case", window
        rooms.go_to_new_case()
        yield "new-case", window
        model = rooms.current
        if isinstance(model, NewCaseViewModel):
            _fill(model)
            yield "new-case-filled", window
            # What a picture needed is no draft.
            model.discard()
        rooms.go_to_settings()
        yield "settings", window
        window.close()
        vault.close()


def _fill(model: NewCaseViewModel) -> None:
    """Type a person whose number is nearly right, and leave that field."""
    for field, text in (
        (FormField.GIVEN_NAME, "Noor"),
        (FormField.FAMILY_NAME, "Exempelsson"),
        (FormField.NUMBER, "20120903-2381"),
    ):
        model.type(field, text)
        model.leave_field(field)
    model.form_replaced.emit()


def _raising(error: Exception) -> Callable[..., NoReturn]:
    def refuse(*_: object) -> NoReturn:
        raise error

    return refuse
