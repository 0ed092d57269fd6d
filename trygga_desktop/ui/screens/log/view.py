"""The log of a case: who did what in it and when, the newest first."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from trygga_desktop.ui.screens.log.lines_card import LinesCard
from trygga_desktop.ui.screens.log.view_model import LogState, LogViewModel
from trygga_desktop.ui.shortcuts import Command
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space, Tone
from trygga_desktop.ui.widgets.banner import banner
from trygga_desktop.ui.widgets.boxes import Card, TintedBox
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.empty_state import EmptyState
from trygga_desktop.ui.widgets.focus import focus_in, keep_tab_order
from trygga_desktop.ui.widgets.marks import Pill
from trygga_desktop.ui.widgets.page_header import PageHeader
from trygga_desktop.ui.widgets.removal import take_out
from trygga_desktop.ui.widgets.trouble_banner import come_forward, trouble_banner


class LogView(QWidget):
    """Focus starts in the table. Ctrl+F leads to the choices, Ctrl+E to earlier lines."""

    def __init__(self, model: LogViewModel, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._look = look
        _ = look.language.gettext
        self._back = Button(look, _("Back to the case"), ButtonKind.LINK, icon="arrow-left")
        self._back.setObjectName("back")
        self._back.clicked.connect(model.go_back)
        self._head = QVBoxLayout()
        self._head_parts: list[QWidget] = []
        self._card = LinesCard(model, look)
        self._instead = QVBoxLayout()
        self._instead_parts: list[QWidget] = []
        self._built: object = None
        self._awaits_lines = False
        self._lay_out()
        model.changed.connect(self._show)
        self._show()
        self.commands = (
            Command(_("Choose whose lines are shown"), ("Ctrl+F",), self._go_to_choices),
            Command(_("Show earlier lines"), ("Ctrl+E",), self._show_earlier),
            Command(_("Back to the case"), ("Alt+Left",), model.go_back),
        )

    @property
    def first_focus(self) -> QWidget:
        """Return the table, or what there is instead of it."""
        if self._model.state is LogState.READY:
            if self._model.lines:
                return self._card.table
            if self._card.show_all.isVisibleTo(self):
                return self._card.show_all
        for part in self._head_parts:
            button = part.findChild(Button)
            if isinstance(button, Button):
                return button
        return self._back

    def showEvent(self, event: QShowEvent) -> None:
        """Put the order of Tab right: it turns round when the page comes into its window."""
        super().showEvent(event)
        self._keep_order()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell who and when below what where the page is narrow."""
        super().resizeEvent(event)
        self._card.fit_width(event.size().width())

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        column.addWidget(self._back, 0, Qt.AlignmentFlag.AlignLeft)
        self._head.setSpacing(Space.M)
        column.addLayout(self._head)
        column.addWidget(self._card, 1000)
        column.addLayout(self._instead)
        column.addStretch(1)

    @Slot()
    def _show(self) -> None:
        model = self._model
        is_ready = model.state is LogState.READY
        self._card.setVisible(is_ready)
        if is_ready:
            self._card.show_lines()
        broken = model.broken_count if is_ready else 0
        built = (model.state, model.case_number, model.trouble, broken)
        if built != self._built:
            self._built = built
            self._show_head(broken)
        self._keep_order()
        if self._awaits_lines and not model.is_reading:
            self._awaits_lines = False
            # Unless someone went elsewhere meanwhile.
            if focus_in(self) in {None, self._back}:
                self.first_focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_head(self, broken: int) -> None:
        focus = focus_in(self)
        old = [*self._head_parts, *self._instead_parts]
        had_focus = focus is not None and any(one.isAncestorOf(focus) for one in old)
        take_out(*old)
        self._head_parts, self._instead_parts = [self._build_header()], []
        trouble = self._build_trouble()
        if trouble is not None:
            self._head_parts.append(trouble)
        if broken:
            self._head_parts.append(self._build_warning(broken))
        if self._model.state is LogState.READY:
            self._head_parts.append(self._build_promise())
        for part in self._head_parts:
            self._head.addWidget(part)
            part.show()
        instead = self._build_instead()
        if instead is not None:
            self._instead.addWidget(instead)
            instead.show()
            self._instead_parts.append(instead)
        if trouble is not None:
            come_forward(trouble)
        elif had_focus:
            self.first_focus.setFocus()
            self._awaits_lines = self._model.is_reading

    def _build_header(self) -> PageHeader:
        model, look = self._model, self._look
        _ = look.language.gettext
        private = Pill(
            look, _("Private: never shown on a shared screen"), tone=Tone.WARN, icon="eye-off"
        )
        line = model.case_number if model.state is LogState.READY else ""
        return PageHeader(look, _("The log of the case"), line=line, pills=[private])

    def _build_trouble(self) -> TintedBox | None:
        model, look = self._model, self._look
        if model.trouble is None or model.state is LogState.MORE_SCREENS:
            return None
        again = Button(look, look.language.gettext("Try again"), icon="refresh-cw")
        again.setObjectName("try again")
        again.clicked.connect(model.try_again)
        return trouble_banner(look, model.trouble, buttons=(again,))

    def _build_warning(self, count: int) -> TintedBox:
        language = self._look.language
        title = language.ngettext(
            "{count} line is not what was written",
            "{count} lines are not what was written",
            count,
        ).format(count=language.number(count))
        text = language.gettext(
            "Something other than Trygga has changed the log. Tell whoever is administrator."
        )
        return banner(self._look, text, tone=Tone.BAD, title=title, icon="triangle-alert")

    def _build_promise(self) -> TintedBox:
        text = self._look.language.gettext(
            "The log shows if anyone has changed or removed lines. It cannot stop someone who owns "
            "every copy from replacing all of it. That you have read it is in the log as well."
        )
        return banner(self._look, text, tone=Tone.MUTE, icon="info")

    def _build_instead(self) -> Card | None:
        _ = self._look.language.gettext
        match self._model.state:
            case LogState.MORE_SCREENS:
                text = _(
                    "More than one screen is connected. Who did what in a case is shown only when "
                    "a single one is."
                )
                return self._empty("monitor", _("Not while others may look on"), text)
            case LogState.SLOW:
                return self._empty("hourglass", _("One moment"), _("The page is being opened."))
            case _:
                return None

    def _empty(self, icon: str, title: str, text: str) -> Card:
        card = Card(self._look)
        card.body.addWidget(EmptyState(self._look, icon=icon, title=title, text=text))
        return card

    def _keep_order(self) -> None:
        keep_tab_order(self._back, self._head_parts, *self._card.in_order)

    @Slot()
    def _go_to_choices(self) -> None:
        if self._card.isVisible():
            self._card.choices.actor.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def _show_earlier(self) -> None:
        if self._card.isVisible():
            self._card.want_earlier()
