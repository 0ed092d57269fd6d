"""The answer: yes or no in one large sentence, what it rests on, how it could become possible."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from trygga_desktop.ui.screens.question.view_model import QuestionViewModel
from trygga_desktop.ui.screens.question.words import Told, Ways
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Radius, Space, Tone
from trygga_desktop.ui.widgets.banner import banner
from trygga_desktop.ui.widgets.boxes import Card, TintedBox
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.marks import IconMark, Pill
from trygga_desktop.ui.widgets.painting import draw_box, smooth
from trygga_desktop.ui.widgets.removal import take_out


class AnswerCard(Card):
    """It takes the focus itself, so that it can be read as one. What changes in it is announced."""

    def __init__(self, model: QuestionViewModel, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent=parent)
        _ = look.language.gettext
        self._model = model
        self._look = look
        self._parts: list[QWidget] = []
        self._told: object = None
        self._told_of_copy: object = None
        self.setObjectName("answer")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._content = QVBoxLayout()
        self._content.setSpacing(Space.M)
        self.body.addLayout(self._content)
        foot = QHBoxLayout()
        foot.setSpacing(Space.M)
        text2 = look.theme.tokens.text2
        self._of_copy = PlainLabel(look, "", style=TextStyle.SECONDARY, colour=text2)
        self.copy_button = Button(look, _("Copy the answer"), ButtonKind.SECONDARY, icon="copy")
        self.copy_button.setObjectName("copy the answer")
        self.copy_button.setToolTip("Ctrl+C")
        self.copy_button.setAccessibleDescription(_("The sentence is copied without names."))
        foot.addWidget(self._of_copy, 1)
        foot.addWidget(self.copy_button)
        self.body.addLayout(foot)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the card, and a ring around it while it has the focus."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            smooth(painter)
            focus = self._look.theme.tokens.focus
            draw_box(painter, QRectF(self.rect()), radius=Radius.CARD, edge=focus, width=2)

    def show_answer(self, about: str, told: Told | None, instead: str) -> None:
        """Show what is asked `about` and the answer, or what is still to be chosen `instead`.

        A new answer is said aloud.
        """
        self._show_copy(told)
        if (about, told, instead) == self._told:
            return
        is_first, self._told = self._told is None, (about, told, instead)
        take_out(*self._parts)
        self._parts = []
        self._put(PlainLabel(self._look, about, style=TextStyle.MEDIUM))
        if told is None:
            self._put(PlainLabel(self._look, instead, colour=self._look.theme.tokens.text2))
        else:
            self._build(told)
        self.copy_button.setEnabled(told is not None)
        words = [one.text() for part in self._parts for one in _labels_of(part)]
        self.setAccessibleName(" ".join(words))
        if not is_first:
            self._say(instead if told is None else told.aloud)

    def _show_copy(self, told: Told | None) -> None:
        model = self._model
        _ = self._look.language.gettext
        text = ""
        if told is not None and model.may_copy_sensitive:
            text = _("The sentence shows somebody's situation. Copy once more if you mean it.")
        elif told is not None and model.has_copied:
            text = _("Copied, without names.")
        if text != self._told_of_copy:
            self._told_of_copy = text
            self._of_copy.show_text(text)
            if text:
                self._say(text)

    def _say(self, text: str) -> None:
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def _build(self, told: Told) -> None:
        look = self._look
        _ = look.language.gettext
        self._put(self._box(told))
        if told.also:
            self._put(self._grid([(_("Also"), "\n".join(told.also))]))
        if told.rows:
            self._put(self._grid(told.rows))
        for ways in told.ways:
            self._put(self._ways(ways))
        if told.duty:
            self._put(banner(look, told.duty, tone=Tone.INFO, icon="info"))

    def _box(self, told: Told) -> TintedBox:
        look = self._look
        _ = look.language.gettext
        tone = Tone.OK if told.is_yes else Tone.MUTE
        box = TintedBox(look, tone)
        box.setObjectName("verdict")
        ink = look.theme.tokens.tint(tone).ink
        icon = "circle-check" if told.is_yes else "ban"
        mark = IconMark(look, icon, colour=ink, size=34)
        box.row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(Space.XS)
        colour = ink if told.is_yes else look.theme.tokens.text
        words.addWidget(PlainLabel(look, told.headline, style=TextStyle.TITLE, colour=colour))
        words.addWidget(PlainLabel(look, told.sentence, style=TextStyle.LARGE))
        if told.without_consent:
            pill = Pill(look, _("Without consent"), tone=Tone.WARN, icon="scale")
            words.addWidget(pill, 0, Qt.AlignmentFlag.AlignLeft)
        box.row.addLayout(words, 1)
        return box

    def _grid(self, rows: Sequence[tuple[str, str]]) -> QWidget:
        look = self._look
        part = QWidget()
        grid = QGridLayout(part)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(Space.L)
        grid.setVerticalSpacing(Space.S)
        grid.setColumnStretch(1, 1)
        text2 = look.theme.tokens.text2
        top = Qt.AlignmentFlag.AlignTop
        for place, (label, text) in enumerate(rows):
            head = PlainLabel(look, label, style=TextStyle.SECONDARY, colour=text2)
            head.setMinimumWidth(look.theme.px(90))
            grid.addWidget(head, place, 0, top)
            grid.addWidget(PlainLabel(look, text), place, 1, top)
        return part

    def _ways(self, ways: Ways) -> QWidget:
        look = self._look
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addWidget(PlainLabel(look, ways.heading, style=TextStyle.STRONG))
        accent = look.theme.tokens.accent
        for line in ways.lines:
            row = QHBoxLayout()
            row.setSpacing(Space.S)
            mark = IconMark(look, "arrow-right", colour=accent, size=16)
            row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(PlainLabel(look, line), 1)
            column.addLayout(row)
        return part

    def _put(self, part: QWidget) -> None:
        self._content.addWidget(part)
        self._parts.append(part)
        part.show()


def _labels_of(part: QWidget) -> list[PlainLabel]:
    return [part] if isinstance(part, PlainLabel) else part.findChildren(PlainLabel)
