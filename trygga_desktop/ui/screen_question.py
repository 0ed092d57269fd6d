"""What is asked when a screen comes while a vault is open: who is to see what."""

from enum import StrEnum

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Radius, Space, Tone
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.choices import ChoiceCard
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.marks import Disc
from trygga_desktop.ui.widgets.page import Page
from trygga_desktop.ui.widgets.painting import draw_box, smooth

_WIDTH = 600


class ScreenAnswer(StrEnum):
    """What becomes of a screen that has come."""

    SHOW_MEETING = "show_meeting"
    LEAVE_EMPTY = "leave_empty"
    GO_ON = "go_on"
    LOCK = "lock"


class ScreenQuestion(QWidget):
    """Covers the window until one of the answers is chosen; Enter takes the one that is marked."""

    chosen = Signal(ScreenAnswer)

    def __init__(
        self, look: Look, screen: str, *, has_meeting: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._ground = look.theme.tokens.nav
        self._cards: dict[ScreenAnswer, ChoiceCard] = {}
        self._group = QButtonGroup(self)
        _ = look.language.gettext
        self.setAccessibleName(_("A screen has been connected"))
        box = _Box(look)
        column = QVBoxLayout(box)
        column.setContentsMargins(Space.XL, Space.XL, Space.XL, Space.XL)
        column.setSpacing(Space.M)
        head = QHBoxLayout()
        head.setSpacing(Space.M)
        head.addWidget(Disc(look, icon="monitor", tone=Tone.ACCENT, size=40))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(
            PlainLabel(look, _("A screen has been connected"), style=TextStyle.SUBTITLE_LARGE)
        )
        told = _(
            "{screen}. If the screens show the same, the room sees everything you do: choose "
            "extended screens."
        )
        text2 = look.theme.tokens.text2
        words.addWidget(PlainLabel(look, told.format(screen=screen), colour=text2))
        head.addLayout(words, 1)
        column.addLayout(head)
        for answer, title, icon in self._answers(look, has_meeting=has_meeting):
            card = ChoiceCard(look, title, icon=icon)
            card.setObjectName(f"answer {answer}")
            self._group.addButton(card)
            self._cards[answer] = card
            column.addWidget(card)
        next(iter(self._cards.values())).setChecked(True)
        foot = QHBoxLayout()
        covered = _("Everything is covered until you have chosen.")
        foot.addWidget(PlainLabel(look, covered, style=TextStyle.SECONDARY, colour=text2), 1)
        self._go_on = Button(look, _("Continue"), ButtonKind.PRIMARY, icon="arrow-right")
        self._go_on.setObjectName("continue")
        self._go_on.clicked.connect(self._choose)
        foot.addWidget(self._go_on)
        column.addLayout(foot)
        width = look.theme.px(_WIDTH)
        box.setFixedSize(width, column.totalHeightForWidth(width))
        content = QWidget()
        middle = QVBoxLayout(content)
        middle.addStretch(1)
        middle.addWidget(box, 0, Qt.AlignmentFlag.AlignHCenter)
        middle.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(Page(content))

    @property
    def first_focus(self) -> QWidget:
        """Return the answer that is marked."""
        return next(card for card in self._cards.values() if card.isChecked())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the marked answer with Enter."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._choose()
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  all of it is drawn
        """Draw the ground over everything."""
        QPainter(self).fillRect(self.rect(), QColor(self._ground))

    @staticmethod
    def _answers(look: Look, *, has_meeting: bool) -> list[tuple[ScreenAnswer, str, str]]:
        _ = look.language.gettext
        lock = (ScreenAnswer.LOCK, _("Lock Trygga"), "lock")
        if not has_meeting:
            on = _("Go on working: nobody else sees the screens")
            return [lock, (ScreenAnswer.GO_ON, on, "eye-off")]
        show = _("Show the meeting to the room: only what everyone may see")
        empty = _("Leave it empty: the room sees the curtain")
        return [
            (ScreenAnswer.SHOW_MEETING, show, "users"),
            (ScreenAnswer.LEAVE_EMPTY, empty, "blinds"),
            lock,
        ]

    @Slot()
    def _choose(self) -> None:
        self.chosen.emit(next(one for one, card in self._cards.items() if card.isChecked()))


class _Box(QWidget):
    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tokens = look.theme.tokens

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  all of it is drawn
        """Draw the surface and its edge."""
        painter = QPainter(self)
        smooth(painter)
        fill, edge = self._tokens.surface, self._tokens.border
        draw_box(painter, QRectF(self.rect()), radius=Radius.CARD, fill=fill, edge=edge)
