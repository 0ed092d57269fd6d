"""The Qt application, and how it looks at this moment: theme, text size, language."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import (
    QLibraryInfo,
    QLocale,
    QObject,
    Qt,
    QTranslator,
    Signal,
)
from PySide6.QtGui import QAccessibilityHints, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from trygga_desktop.i18n import load_language
from trygga_desktop.ui.settings import SettingsFile, ViewSettings
from trygga_desktop.ui.theme.fonts import TextStyle, load_fonts
from trygga_desktop.ui.theme.icons import IconStore
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.style import palette_of, sheet_of
from trygga_desktop.ui.theme.theme import (
    TEXT_STEP,
    TOKENS,
    Theme,
    ThemeName,
    keep_text_scale,
    tokens_from_system,
)
from trygga_desktop.ui.theme.tokens import DARK, LIGHT, Tokens
from trygga_desktop.ui.widgets.brand import window_icon


def build_application(arguments: list[str], resources: Path) -> QApplication:
    """Return the application with our style and typeface; call once per process."""
    application = QApplication(arguments)
    application.setApplicationName("Trygga")
    application.setApplicationDisplayName("Trygga")
    application.setStyle("Fusion")
    load_fonts(resources / "fonts")
    application.setWindowIcon(window_icon())
    return application


def system_palette(application: QApplication) -> QPalette:
    """Return the colours of the system as they are now, not those that were set over them."""
    application.setPalette(QPalette())
    return QPalette(application.palette())


class Appearance(QObject):
    """Applies the view settings to the application and stores each change of them.

    `changed` follows when everything that is open must be built anew.
    """

    changed = Signal()

    def __init__(
        self,
        application: QApplication,
        file: SettingsFile,
        icons: Path,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._application = application
        self._file = file
        self._icons = IconStore(icons)
        self._settings = file.load()
        self._translator: QTranslator | None = None
        # Both must be kept: Qt's wrapper of the hints dies with the last reference to it.
        self._hints = QGuiApplication.styleHints()
        self._needs: QAccessibilityHints = self._hints.accessibility()
        self._hints.colorSchemeChanged.connect(self._follow_system)
        self._needs.contrastPreferenceChanged.connect(self._follow_system)
        self.look = self._apply()

    @property
    def settings(self) -> ViewSettings:
        """Return what is chosen now."""
        return self._settings

    def choose_language(self, code: str) -> None:
        """Speak this language from now on."""
        self._change(replace(self._settings, language=code))

    def choose_theme(self, name: ThemeName) -> None:
        """Use these colours from now on."""
        self._change(replace(self._settings, theme=name))

    def choose_text_scale(self, scale: float) -> None:
        """Use the nearest text size the program offers."""
        self._change(replace(self._settings, text_scale=keep_text_scale(scale)))

    def larger_text(self) -> None:
        """Make the text one step larger."""
        self.choose_text_scale(self._settings.text_scale + TEXT_STEP)

    def smaller_text(self) -> None:
        """Make the text one step smaller."""
        self.choose_text_scale(self._settings.text_scale - TEXT_STEP)

    def usual_text(self) -> None:
        """Go back to 100 %."""
        self.choose_text_scale(1.0)

    def remember_vault(self, folder: Path) -> None:
        """Put the vault first among those known on this computer."""
        self._store(self._settings.with_vault(folder))

    def forget_vault(self, folder: Path) -> None:
        """Take the vault from the list; the vault itself is not touched."""
        self._store(self._settings.without_vault(folder))

    def _change(self, settings: ViewSettings) -> None:
        if settings == self._settings:
            return
        self._store(settings)
        self.look = self._apply()
        self.changed.emit()

    def _store(self, settings: ViewSettings) -> None:
        self._settings = settings
        self._file.store(settings)

    def _follow_system(self) -> None:
        if self._settings.theme is ThemeName.SYSTEM:
            self.look = self._apply()
            self.changed.emit()

    def _apply(self) -> Look:
        settings = self._settings
        theme = Theme(self._tokens(settings.theme), self._icons, settings.text_scale)
        language = load_language(settings.language)
        application = self._application
        locale = QLocale(language.locale)
        QLocale.setDefault(locale)
        self._translate_qt(locale)
        application.setPalette(palette_of(theme.tokens))
        application.setFont(theme.font(TextStyle.BODY))
        # Set anew each time: widgets with a style sheet keep the old palette otherwise.
        application.setStyleSheet(sheet_of(theme))
        return Look(theme, language)

    def _tokens(self, name: ThemeName) -> Tokens:
        own = TOKENS.get(name)
        if own is not None:
            return own
        if self._needs.contrastPreference() is Qt.ContrastPreference.HighContrast:
            return tokens_from_system(system_palette(self._application))
        dark = self._hints.colorScheme() is Qt.ColorScheme.Dark
        return DARK if dark else LIGHT

    def _translate_qt(self, locale: QLocale) -> None:
        if self._translator is not None:
            self._application.removeTranslator(self._translator)
        self._translator = QTranslator(self)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if self._translator.load(locale, "qtbase", "_", folder):
            self._application.installTranslator(self._translator)
