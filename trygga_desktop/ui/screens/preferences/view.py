"""The settings: how the program looks, one's passphrase, and what the program is."""

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from trygga_desktop.i18n import LANGUAGES
from trygga_desktop.ui.screens.preferences.about import about_card
from trygga_desktop.ui.screens.preferences.arms_card import ArmsCard
from trygga_desktop.ui.screens.preferences.naming_card import NamingCard
from trygga_desktop.ui.screens.preferences.passphrase_card import PassphraseCard
from trygga_desktop.ui.screens.preferences.phrases_card import PhrasesCard
from trygga_desktop.ui.screens.preferences.seal_card import SealCard
from trygga_desktop.ui.screens.preferences.view_model import PreferencesViewModel
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.theme import LARGEST_TEXT, SMALLEST_TEXT, TEXT_STEP, ThemeName
from trygga_desktop.ui.theme.tokens import Space
from trygga_desktop.ui.use_cases import Services
from trygga_desktop.ui.widgets.boxes import Card
from trygga_desktop.ui.widgets.buttons import Button
from trygga_desktop.ui.widgets.choices import ChoiceCard
from trygga_desktop.ui.widgets.field import Field
from trygga_desktop.ui.widgets.icon_row import IconRow
from trygga_desktop.ui.widgets.inputs import ComboBox
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.page_header import PageHeader
from trygga_desktop.ui.widgets.two_columns import TwoColumns
from trygga_desktop.ui.widgets.vault_foot import percent, theme_label

_SIDE = 340
_NARROW = 860

_ICONS = {
    ThemeName.SYSTEM: "monitor",
    ThemeName.LIGHT: "sun",
    ThemeName.DARK: "moon",
    ThemeName.HIGH_CONTRAST: "contrast",
}


class PreferencesView(QWidget):
    """Every choice takes effect at once. Focus starts in the language."""

    def __init__(
        self,
        model: PreferencesViewModel,
        look: Look,
        services: Services,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._look = look
        _ = look.language.gettext
        self._language = self._build_language()
        self._text_scale = self._build_text_scale()
        self._themes = self._build_themes()
        self._appearance = self._build_appearance()
        self._passphrase = PassphraseCard(model, look, services)
        self._main = QWidget()
        rows = QVBoxLayout(self._main)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(Space.L)
        rows.addWidget(self._appearance)
        rows.addWidget(self._passphrase)
        if model.phrases is not None:
            rows.addWidget(PhrasesCard(model.phrases, look))
        if model.may_manage_rules:
            rows.addWidget(self._build_rules())
        if model.naming is not None:
            rows.addWidget(NamingCard(model.naming, look))
        if model.arms is not None:
            rows.addWidget(ArmsCard(model.arms, look))
        rows.addWidget(self._build_partners())
        session = services.watch_session()
        hears = session is not None and session.hears
        self._side = QWidget()
        beside = QVBoxLayout(self._side)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(Space.L)
        beside.addWidget(
            about_card(look, version=model.version, times=services.lock_times, hears=hears)
        )
        if model.seal is not None:
            beside.addWidget(SealCard(model.seal, look))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.L)
        column.addWidget(PageHeader(look, _("Settings")))
        main, side = self._main, self._side
        column.addWidget(TwoColumns(look, main, side, fixed=side, width=_SIDE, narrow=_NARROW))
        column.addStretch(1)
        self.first_focus: QWidget = self._language

    def _build_language(self) -> ComboBox:
        box = ComboBox(self._look, [(name, code) for code, name in LANGUAGES.items()])
        box.setObjectName("language")
        box.choose(self._look.language.code)
        box.activated.connect(self._choose_language)
        return box

    def _build_text_scale(self) -> ComboBox:
        steps = round((LARGEST_TEXT - SMALLEST_TEXT) / TEXT_STEP)
        scales = [round(SMALLEST_TEXT + step * TEXT_STEP, 2) for step in range(steps + 1)]
        box = ComboBox(self._look, [(percent(scale), scale) for scale in scales])
        box.setObjectName("text size")
        box.choose(self._look.theme.scale)
        box.activated.connect(self._choose_text_scale)
        return box

    def _build_themes(self) -> QWidget:
        themes = QWidget()
        themes.setAccessibleName(self._look.language.gettext("Theme"))
        grid = QGridLayout(themes)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(Space.M)
        for place, name in enumerate(ThemeName):
            label = theme_label(self._look.language, name)
            card = ChoiceCard(self._look, label, icon=_ICONS[name])
            card.setObjectName(f"theme {name}")
            card.setChecked(name is self._model.theme)
            card.clicked.connect(partial(self._choose_theme, name))
            grid.addWidget(card, place // 2, place % 2)
        return themes

    def _build_rules(self) -> Card:
        _ = self._look.language.gettext
        card = Card(self._look, _("Legal grounds"))
        grounds = Button(self._look, _("See and confirm"))
        grounds.setObjectName("grounds")
        grounds.clicked.connect(self._model.want_grounds)
        line = _("Texts that a lawyer must confirm before they lose their mark.")
        title = _("Other grounds than consent")
        card.body.addWidget(
            IconRow(self._look, icon="scale", title=title, line=line, button=grounds)
        )
        return card

    def _build_partners(self) -> Card:
        _ = self._look.language.gettext
        card = Card(self._look, _("Packets and keys"))
        partners = Button(self._look, _("See the keys"))
        partners.setObjectName("partners")
        partners.clicked.connect(self._model.want_partners)
        line = _("Your own keys for other vaults, and whose keys count in this one.")
        title = _("What is prepared elsewhere")
        card.body.addWidget(
            IconRow(self._look, icon="key-round", title=title, line=line, button=partners)
        )
        return card

    def _build_appearance(self) -> Card:
        _ = self._look.language.gettext
        card = Card(self._look, _("Appearance"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.M)
        grid.setVerticalSpacing(Space.M)
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(Field(self._look, _("Language"), self._language), 0, 0, top)
        hint = _(
            "Ctrl and + or − change the text size everywhere. "  # noqa: RUF001
            "Ctrl and 0 bring back the usual one."
        )
        size = Field(self._look, _("Text size"), self._text_scale, hint=hint)
        grid.addWidget(size, 0, 1, top)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        card.body.addLayout(grid)
        card.body.addWidget(PlainLabel(self._look, _("Theme"), style=TextStyle.LABEL))
        card.body.addWidget(self._themes)
        return card

    @Slot()
    def _choose_language(self) -> None:
        self._model.choose_language(str(self._language.currentData()))

    @Slot()
    def _choose_text_scale(self) -> None:
        self._model.choose_text_scale(float(self._text_scale.currentData()))

    def _choose_theme(self, name: ThemeName) -> None:
        self._model.choose_theme(name)
