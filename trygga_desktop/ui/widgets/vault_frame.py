"""The frame of every screen before a vault is open: dark panel, one column, foot."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import NO_LIMIT, Space
from trygga_desktop.ui.widgets.brand import Brand
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.marks import IconMark
from trygga_desktop.ui.widgets.page import Page
from trygga_desktop.ui.widgets.removal import take_out
from trygga_desktop.ui.widgets.step_list import Step, StepList

_PANEL = 420
_WIDE_PANEL = 520
_STRIP = 60
_NARROW = 1000
_WIDE = 1500


class VaultPanel(QWidget):
    """What stands on the dark panel. In a narrow window only the mark and one line are left."""

    def __init__(
        self,
        look: Look,
        *,
        title: str,
        note: str,
        body: QWidget | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        # A panel with a body says there what matters; what a task changes stands in its note.
        self.note = note if body is None else ""
        tokens = look.theme.tokens
        self._body = body or QWidget()
        self._short = PlainLabel(look, "", style=TextStyle.STRONG, colour=tokens.nav_text)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        self._short.setAlignment(right)
        self._short.hide()
        title_label = PlainLabel(look, title, style=TextStyle.PROMISE, colour=tokens.nav_strong)
        note_label = PlainLabel(look, note, style=TextStyle.SECONDARY, colour=tokens.nav_text)
        head = QHBoxLayout()
        head.setSpacing(Space.L)
        head.addWidget(Brand(look))
        head.addWidget(self._short, 1)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(0)
        self._column.addLayout(head)
        self._rest = QWidget()
        self._inside = QVBoxLayout(self._rest)
        self._inside.setContentsMargins(0, 46, 0, 0)
        self._inside.setSpacing(0)
        self._inside.addWidget(title_label)
        self._inside.addSpacing(28)
        self._inside.addWidget(self._body)
        self._inside.addStretch(1)
        self._inside.addWidget(note_label)
        self._column.addWidget(self._rest, 1)
        self.arrange(narrow=False, wide=False)

    def arrange(self, *, narrow: bool, wide: bool) -> None:
        """Become a panel at the left, or a strip at the top of a narrow window."""
        theme = self._look.theme
        self._rest.setVisible(not narrow)
        self._short.setVisible(narrow and bool(self._short.text()))
        if narrow:
            self._column.setContentsMargins(Space.XL, Space.S, Space.XL, Space.S)
            self.setMinimumWidth(0)
            self.setMaximumWidth(NO_LIMIT)
            self.setFixedHeight(theme.px(_STRIP))
            return
        self._column.setContentsMargins(40, 40, 40, 26)
        self.setMinimumHeight(0)
        self.setMaximumHeight(NO_LIMIT)
        self.setFixedWidth(theme.px(_WIDE_PANEL if wide else _PANEL))

    def show_step(self, steps: Sequence[Step], current: int) -> None:
        """Show the steps of a task instead of the body, with this one as the one at hand."""
        _ = self._look.language.gettext
        self._short.show_text(
            _("{number} of {count}: {name}").format(
                number=current + 1, count=len(steps), name=steps[current].name
            )
        )
        body = StepList(self._look, steps, current=current)
        self._inside.replaceWidget(self._body, body)
        take_out(self._body)
        self._body = body

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  all of it is drawn
        """Draw the dark ground, with an edge where the page is as dark."""
        painter = QPainter(self)
        tokens = self._look.theme.tokens
        painter.fillRect(self.rect(), QColor(tokens.nav))
        if tokens.outlined:
            painter.setPen(QColor(tokens.border))
            painter.drawLine(self.rect().topRight(), self.rect().bottomRight())


def promise_panel(look: Look) -> VaultPanel:
    """Return the panel with what the program promises."""
    _ = look.language.gettext
    promises = (
        ("eye", _("The room sees only what everyone may see"), _("And the program can say why.")),
        (
            "shield-check",
            _("What you have confirmed does not disappear"),
            _("And what is sealed does not change."),
        ),
        (
            "key-round",
            _("Only those with the right can read"),
            _("Even if someone else gets hold of the file."),
        ),
    )
    body = QWidget()
    column = QVBoxLayout(body)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(24)
    for promise in promises:
        column.addLayout(_promise(look, *promise))
    return VaultPanel(
        look,
        title=_("Meetings about young people, with consent and order."),
        body=body,
        note=_("The information lies encrypted on this computer."),
    )


class VaultFrame(QWidget):
    """Puts a page beside its panel, a little above the middle, with the foot below."""

    def __init__(  # noqa: PLR0913  the parts of a frame
        self,
        look: Look,
        *,
        panel: VaultPanel,
        page: QWidget,
        foot: QWidget,
        widest: int,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self.panel = panel
        self.page = page
        inner = QWidget()
        self._inner = QVBoxLayout(inner)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._build_column(look.theme.px(widest)), 1000)
        row.addStretch(1)
        self._inner.addStretch(2)
        self._inner.addLayout(row)
        self._inner.addStretch(3)
        # Inside the page: a low window needs its height for what one has come for.
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(inner, 1)
        column.addWidget(foot)
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._layout.addWidget(panel)
        self._layout.addWidget(Page(content), 1)

    def _build_column(self, widest: int) -> QWidget:
        """Return the page, with what the panel has no room for in a narrow window below it."""
        look = self._look
        colour = look.theme.tokens.text2
        self._note = PlainLabel(look, self.panel.note, style=TextStyle.SECONDARY, colour=colour)
        self._note.hide()
        middle = QWidget()
        middle.setMaximumWidth(widest)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.L)
        column.addWidget(self.page)
        column.addWidget(self._note)
        return middle

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Turn the panel into a strip where the window is narrow for its text."""
        super().resizeEvent(event)
        width = self._look.effective(event.size().width())
        narrow = width < _NARROW
        self.panel.arrange(narrow=narrow, wide=width >= _WIDE)
        self._note.setVisible(narrow and bool(self.panel.note))
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._layout.setDirection(way)
        side = Space.XL if narrow else Space.XXXL
        self._inner.setContentsMargins(side, Space.L, side, Space.L)


def _promise(look: Look, icon: str, title: str, line: str) -> QHBoxLayout:
    tokens = look.theme.tokens
    row = QHBoxLayout()
    row.setSpacing(14)
    row.addWidget(
        IconMark(look, icon, colour=tokens.nav_mark, size=22), 0, Qt.AlignmentFlag.AlignTop
    )
    words = QVBoxLayout()
    words.setSpacing(3)
    words.addWidget(PlainLabel(look, title, style=TextStyle.SUBTITLE, colour=tokens.nav_strong))
    words.addWidget(PlainLabel(look, line, colour=tokens.nav_text))
    row.addLayout(words, 1)
    return row
