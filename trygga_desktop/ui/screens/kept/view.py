"""The page of kept text: what was not recorded at the left, the bin at the right."""

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from trygga_desktop.domain.drafts import Draft
from trygga_desktop.ui.draft_words import ICONS, draft_line, draft_past, draft_where, when_text
from trygga_desktop.ui.screens.kept.view_model import KeptState, KeptViewModel
from trygga_desktop.ui.shortcuts import Command
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space, Tone
from trygga_desktop.ui.typed import readable
from trygga_desktop.ui.widgets.banner import banner
from trygga_desktop.ui.widgets.boxes import Card, Divider
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.empty_state import EmptyState
from trygga_desktop.ui.widgets.field import Field
from trygga_desktop.ui.widgets.flow import Flow
from trygga_desktop.ui.widgets.focus import focus_in
from trygga_desktop.ui.widgets.icon_row import IconRow
from trygga_desktop.ui.widgets.inputs import ComboBox, TextArea
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.page_header import PageHeader
from trygga_desktop.ui.widgets.removal import take_out
from trygga_desktop.ui.widgets.text import make_visible
from trygga_desktop.ui.widgets.trouble_banner import come_forward, trouble_banner
from trygga_desktop.ui.widgets.two_columns import TwoColumns

_SIDE = 460
_NARROW = 900
_ROWS = 6


class KeptView(QWidget):
    """Focus starts on the first thing that can be gone on with, or on the way back."""

    def __init__(self, model: KeptViewModel, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._look = look
        self._built: object = None
        self._told: object = (None, 0)
        _ = look.language.gettext
        self._back = Button(look, _("Back to home"), ButtonKind.GHOST, icon="arrow-left")
        self._back.setObjectName("back to home")
        self._back.start_column()
        self._back.clicked.connect(model.go_back)
        self._banners = QVBoxLayout()
        self._parts: list[QWidget] = []
        self._shown_banners: list[QWidget] = []
        self._left, self._left_column = _column()
        self._right, self._right_column = _column()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.L)
        column.addWidget(self._back, 0, Qt.AlignmentFlag.AlignLeft)
        line = _("Everything here is encrypted, and only you can open it.")
        column.addWidget(PageHeader(look, _("Kept text"), line=line))
        column.addLayout(self._banners)
        right = self._right
        column.addWidget(
            TwoColumns(look, self._left, right, fixed=right, width=_SIDE, narrow=_NARROW)
        )
        column.addStretch(1)
        model.changed.connect(self._show)
        self._show()
        self.commands = (Command(_("Back to home"), ("Alt+Left",), model.go_back),)

    @property
    def first_focus(self) -> QWidget:
        """Return what leads to the newest text, or the way back."""
        for part in self._parts:
            button = part.findChild(Button)
            if isinstance(button, Button):
                return button
        return self._back

    @Slot()
    def _show(self) -> None:
        model = self._model
        told = (model.trouble, model.left_out)
        if told != self._told:
            self._told = told
            self._show_trouble()
        now = (model.state, model.drafts, model.opened, model.version, model.asks_to_empty)
        if now == self._built:
            return
        self._built = now
        focus = focus_in(self)
        had_focus = focus is not None and any(one.isAncestorOf(focus) for one in self._parts)
        name = "" if focus is None else focus.objectName()
        take_out(*self._parts)
        self._parts = [self._build_unrecorded(), self._build_bin()]
        for place, part in zip((self._left_column, self._right_column), self._parts, strict=True):
            place.insertWidget(0, part)
        if had_focus:
            again = self.findChild(QWidget, name) if name else None
            to = again if isinstance(again, QWidget) else self.first_focus
            to.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build_unrecorded(self) -> Card:
        look, model = self._look, self._model
        _ = look.language.gettext
        drafts = model.unrecorded
        count = look.language.ngettext("{count} text", "{count} texts", len(drafts))
        note = count.format(count=look.language.number(len(drafts))) if drafts else ""
        card = Card(look, _("Not recorded yet"), note=note)
        card.setObjectName("unrecorded")
        if not drafts:
            card.body.addWidget(self._nothing())
        for place, draft in enumerate(drafts):
            if place:
                card.body.addWidget(Divider(look))
            go_on = self._button(_("Go on"), "go on", draft, icon="undo-2")
            go_on.clicked.connect(partial(model.go_on, draft))
            throw = self._button(_("Throw away"), "throw away", draft)
            throw.clicked.connect(partial(model.throw_away, draft))
            self._put(card, draft, (go_on, self._read_button(draft), throw))
        return card

    def _build_bin(self) -> Card:
        look, model = self._look, self._model
        _ = look.language.gettext
        drafts = model.thrown
        count = look.language.ngettext("{count} text", "{count} texts", len(drafts))
        note = count.format(count=look.language.number(len(drafts))) if drafts else ""
        card = Card(look, _("The bin"), note=note)
        card.setObjectName("bin")
        text2 = look.theme.tokens.text2
        text = _("What you throw away stays here until you empty the bin.")
        card.body.addWidget(PlainLabel(look, text, style=TextStyle.SECONDARY, colour=text2))
        for draft in drafts:
            card.body.addWidget(Divider(look))
            back = self._button(_("Bring back"), "bring back", draft, icon="undo-2")
            back.clicked.connect(partial(model.bring_back, draft))
            self._put(card, draft, (back, self._read_button(draft)))
        if drafts:
            card.body.addWidget(Divider(look))
            card.body.addWidget(self._build_emptying())
        return card

    def _build_emptying(self) -> QWidget:
        look, model = self._look, self._model
        _ = look.language.gettext
        if not model.asks_to_empty:
            empty = Button(look, _("Empty the bin"), ButtonKind.GHOST, icon="trash-2")
            empty.setObjectName("empty the bin")
            empty.start_column()
            empty.clicked.connect(partial(model.ask_to_empty, asks=True))
            return Flow((empty,))
        keep = Button(look, _("Keep it"), ButtonKind.SECONDARY)
        keep.setObjectName("keep the bin")
        keep.clicked.connect(partial(model.ask_to_empty, asks=False))
        sure = Button(look, _("Delete for ever"), ButtonKind.DANGER)
        sure.setObjectName("delete for ever")
        sure.clicked.connect(model.empty_bin)
        text = _("Nobody can bring it back then.")
        return banner(look, text, tone=Tone.WARN, buttons=(keep, sure))

    def _put(self, card: Card, draft: Draft, buttons: tuple[Button, ...]) -> None:
        look, model = self._look, self._model
        title = draft_where(draft, model.numbers, look.language)
        line = draft_past(draft, model.now(), look.language)
        card.body.addWidget(IconRow(look, icon=ICONS[draft.kind], title=title, line=line))
        card.body.addWidget(Flow(buttons))
        if model.opened == draft.id:
            card.body.addWidget(self._text_of(draft))

    def _text_of(self, draft: Draft) -> QWidget:
        look, model = self._look, self._model
        _ = look.language.gettext
        block, column = _column()
        versions = model.versions
        if len(versions) > 1:
            whens = [when_text(one.stored_at, model.now(), look.language) for one in versions]
            choices = [(text, place) for place, text in enumerate(whens)]
            box = ComboBox(look, choices)
            box.setObjectName("version")
            box.choose(model.version)
            box.activated.connect(model.show_version)
            column.addWidget(Field(look, _("As it stood"), box))
        text = readable(draft.kind, versions[model.version].text)
        area = TextArea(look, text=make_visible(text, longest=len(text)), rows=_ROWS)
        area.setObjectName("kept text")
        area.setReadOnly(True)
        area.setAccessibleName(_("The text"))
        column.addWidget(area)
        if model.version:
            use = Button(look, _("Go back to this text"), ButtonKind.SECONDARY, icon="undo-2")
            use.setObjectName("use this version")
            use.clicked.connect(model.use_version)
            column.addWidget(use, 0, Qt.AlignmentFlag.AlignLeft)
        return block

    def _read_button(self, draft: Draft) -> Button:
        _ = self._look.language.gettext
        is_open = self._model.opened == draft.id
        button = self._button(_("Hide the text") if is_open else _("Show the text"), "read", draft)
        button.clicked.connect(partial(self._model.show_text, draft.id))
        return button

    def _button(self, text: str, name: str, draft: Draft, *, icon: str = "") -> Button:
        button = Button(self._look, text, ButtonKind.SECONDARY, icon=icon, small=True)
        button.setObjectName(f"{name} {draft.id}")
        what = draft_line(draft, self._model.numbers, self._model.now(), self._look.language)
        button.setAccessibleName(f"{text}: {what}")
        return button

    def _nothing(self) -> QWidget:
        _ = self._look.language.gettext
        if self._model.state is KeptState.READY:
            title, icon = _("Nothing waits for you"), "circle-check"
            text = _("Everything you have typed is recorded.")
        elif self._model.state is KeptState.FAILED:
            title, icon = _("It could not be read"), "triangle-alert"
            text = _("What was confirmed as saved is kept.")
        else:
            title, icon = _("One moment"), "hourglass"
            text = _("The texts are being read.")
        return EmptyState(self._look, icon=icon, title=title, text=text)

    def _show_trouble(self) -> None:
        take_out(*self._shown_banners)
        self._shown_banners = []
        if self._model.left_out:
            self._show_left_out(self._model.left_out)
        if self._model.trouble is not None:
            told = trouble_banner(self._look, self._model.trouble)
            self._banners.addWidget(told)
            self._shown_banners.append(told)
            come_forward(told)

    def _show_left_out(self, count: int) -> None:
        language = self._look.language
        text = language.ngettext(
            "{count} text could not be verified and is not shown. Ask the administrator to check "
            "the vault.",
            "{count} texts could not be verified and are not shown. Ask the administrator to check "
            "the vault.",
            count,
        ).format(count=language.number(count))
        told = banner(self._look, text, tone=Tone.WARN)
        self._banners.addWidget(told)
        self._shown_banners.append(told)


def _column() -> tuple[QWidget, QVBoxLayout]:
    widget = QWidget()
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(Space.M)
    return widget, column
