"""The foot of a vault screen: language, theme and text size before anyone has signed in."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from trygga_desktop.i18n import LANGUAGES, Language
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.theme import ThemeName
from trygga_desktop.ui.theme.tokens import Space
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.labels import PlainLabel

TEXT_SCALES = (0.9, 1.0, 1.25, 1.5, 1.75, 2.0)
"""The text sizes a menu offers; the keys reach the steps between."""


_ROOM_FOR_LINE = 720


def theme_label(language: Language, name: ThemeName) -> str:
    """Return what a theme is called."""
    _ = language.gettext
    match name:
        case ThemeName.SYSTEM:
            return _("As the system")
        case ThemeName.LIGHT:
            return _("Light")
        case ThemeName.DARK:
            return _("Dark")
        case ThemeName.HIGH_CONTRAST:
            return _("High contrast")


def percent(scale: float) -> str:
    """Return a text scale as people say it."""
    return f"{round(scale * 100)}\u00a0%"


class VaultFoot(QWidget):
    """Three small menus at the left, the version and a promise at the right."""

    language_chosen = Signal(str)
    theme_chosen = Signal(ThemeName)
    text_scale_chosen = Signal(float)

    def __init__(
        self, look: Look, *, theme: ThemeName, version: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look = look
        language = look.language
        _ = language.gettext
        row = QHBoxLayout(self)
        row.setContentsMargins(44, Space.S, Space.XXXL, 14)
        row.setSpacing(Space.S)
        row.addWidget(
            self._menu(
                _("Language"),
                "globe",
                [(name, code, code == language.code) for code, name in LANGUAGES.items()],
                self.language_chosen.emit,
            )
        )
        row.addWidget(
            self._menu(
                _("Theme"),
                "sun-moon",
                [(theme_label(language, name), name, name is theme) for name in ThemeName],
                self.theme_chosen.emit,
            )
        )
        scale = look.theme.scale
        scales = sorted({*TEXT_SCALES, scale})
        row.addWidget(
            self._menu(
                _("Text size"),
                "a-large-small",
                [(percent(one), one, one == scale) for one in scales],
                self.text_scale_chosen.emit,
            )
        )
        row.addStretch(1)
        line = _("Trygga {version} · Nothing is sent over the network").format(version=version)
        text2 = look.theme.tokens.text2
        self._line = PlainLabel(look, line, style=TextStyle.CAPTION, colour=text2)
        row.addWidget(self._line, 0, Qt.AlignmentFlag.AlignVCenter)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the line out where only the menus have room."""
        super().resizeEvent(event)
        self._line.setVisible(self._look.effective(event.size().width()) >= _ROOM_FOR_LINE)

    def _menu(
        self,
        name: str,
        icon: str,
        choices: Sequence[tuple[str, object, bool]],
        chosen: Callable[..., None],
    ) -> Button:
        current = next(text for text, _, checked in choices if checked)
        button = Button(self._look, current, ButtonKind.LINK, icon=icon)
        button.setObjectName(f"foot {icon}")
        button.setAccessibleName(f"{name}: {current}")
        menu = QMenu(button)
        menu.setFont(self._look.theme.font(TextStyle.BODY))
        for text, value, checked in choices:
            action = QAction(text, menu)
            action.setCheckable(True)
            action.setChecked(checked)
            action.triggered.connect(_sender(chosen, value))
            menu.addAction(action)

        def open_above() -> None:
            menu.popup(button.mapToGlobal(QPoint(0, -menu.sizeHint().height())))

        button.clicked.connect(open_above)
        return button


def _sender(chosen: Callable[..., None], value: object) -> Callable[[], None]:
    def send() -> None:
        chosen(value)

    return send
