"""The bar at the bottom, where what is said is written down."""

from functools import partial
from math import ceil

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QRadioButton, QSizePolicy, QVBoxLayout, QWidget

from trygga_desktop.ui.draft_keeper import DraftState
from trygga_desktop.ui.due_words import due_short, rest_day
from trygga_desktop.ui.screens.meeting.also_box import AlsoBox
from trygga_desktop.ui.screens.meeting.capture import Said
from trygga_desktop.ui.screens.meeting.half_written import Kind
from trygga_desktop.ui.screens.meeting.room import seat_of
from trygga_desktop.ui.screens.meeting.sizes import RoomLook
from trygga_desktop.ui.screens.meeting.view_model import MeetingViewModel
from trygga_desktop.ui.screens.meeting.words import refusal_told, shown, words_of
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.inputs import ComboBox, TextArea, TextInput
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.painting import draw_box, draw_text, smooth
from trygga_desktop.ui.widgets.phrase_keys import PhraseKeys
from trygga_desktop.ui.widgets.saved_sign import SavedSign
from trygga_desktop.ui.widgets.text import make_visible

_ICONS = {
    Kind.DECISION: "signpost",
    Kind.ACTION: "square-check",
    Kind.NOTE: "message-square",
    Kind.OWN_WORDS: "quote",
    Kind.DISSENT: "hand",
}
_MOST_ROWS = 4
_PEOPLE = 184
_DATE, _DATE_AND_HOUR = 110, 158
_EDGES = 16
"""What the style puts around the text, above and below."""


class Chip(QRadioButton):
    """One sort of entry. Arrow keys move between chips, as between radio buttons."""

    def __init__(self, look: Look, text: str, *, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = look.theme
        self._icon = icon
        self.setFont(look.theme.font(TextStyle.STRONG))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.name(text)

    def name(self, text: str) -> None:
        """Be called this from now on."""
        self._words = make_visible(text, lines=False, longest=40)
        self.setAccessibleName(self._words)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size at which nothing is cut off."""
        theme = self._theme
        words = self.fontMetrics().horizontalAdvance(self._words)
        return QSize(words + theme.px(18) + 38, theme.px(36))

    def minimumSizeHint(self) -> QSize:
        """Return the same."""
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:  # noqa: N802  Qt's name
        """Take a click anywhere on it."""
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  all of it is drawn
        """Draw the chip."""
        painter = QPainter(self)
        smooth(painter)
        tokens, box = self._theme.tokens, QRectF(self.rect())
        chosen = self.isChecked()
        fill, edge = (
            (tokens.accent_soft, tokens.accent) if chosen else (tokens.surface, tokens.strong)
        )
        width = 2.0 if chosen else 1.0
        if self.hasFocus():
            edge, width = tokens.focus, 2.0
        radius = box.height() / 2
        draw_box(painter, box, radius=radius, fill=fill, edge=edge, width=width)
        size = self._theme.px(18)
        ink = tokens.accent if chosen else tokens.text
        at = QRectF(14, box.center().y() - size / 2, size, size)
        self._theme.paint_icon(painter, self._icon, ink, at)
        words = box.adjusted(14 + size + 8, 0, -8, 0)
        draw_text(painter, words, self._words, font=self.font(), colour=ink)


class CaptureBar(QWidget):
    """Focus starts in its text. It says the same of exclusions whatever there is."""

    def __init__(
        self, model: MeetingViewModel, room: RoomLook, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._model = model.capture
        self._meeting = model
        self._room = room
        self._shown_choices: object = None
        self._shown_categories: object = None
        self._shown_seats: object = None
        look = room.near
        self._kinds = self._build_kinds()
        self.text = TextArea(look, text=self._model.text, rows=1)
        self.text.setObjectName("capture text")
        self.text.document().setDocumentMargin(1)
        self.text.textChanged.connect(self._type)
        # Everyone sees this screen: what is not typed here is not listed here.
        PhraseKeys(self.text, model.phrases, offers=False)
        self.text.document().documentLayout().documentSizeChanged.connect(self._grow)
        self._whose = self._combo("whose", _PEOPLE)
        self._whose.activated.connect(
            lambda row: self._model.choose_whose(self._whose.itemData(row))
        )
        self._responsible = self._combo("responsible", _PEOPLE)
        self._responsible.activated.connect(
            lambda row: self._model.choose_responsible(self._responsible.itemData(row))
        )
        self._due = TextInput(look, text=self._model.due, longest=20)
        self._due.setObjectName("due")
        self._due.textEdited.connect(self._model.type_due)
        self._category = self._combo("category", 230)
        self._category.setFixedHeight(look.theme.px(30))
        self._category.activated.connect(
            lambda row: self._model.choose_category(str(self._category.itemData(row)))
        )
        self._also = AlsoBox(self._model, look)
        self._also.activated.connect(lambda _row: self.text.setFocus())
        self._lay_out()
        self._model.replaced.connect(self._replace)
        self._model.taken.connect(self._take_away)
        self._grow()

    @property
    def first_focus(self) -> QWidget:
        """Return the text."""
        return self.text

    def say_about(self) -> None:
        """Open the list of whom else it can be about."""
        if self._model.asks_about_others:
            self._also.setFocus()
            self._also.showPopup()

    def follow(self) -> None:
        """Show what is being written, and what became of the last."""
        capture = self._model
        self._show_kind()
        is_action, asks = capture.kind is Kind.ACTION, capture.asks_category
        self._whose.setVisible(not is_action and capture.amends is None)
        self._responsible.setVisible(is_action)
        has_hour = capture.goes_by_hours or capture.due_at is not None
        self._due.setFixedWidth(self._room.near.theme.px(_DATE_AND_HOUR if has_hour else _DATE))
        self._due.setVisible(is_action)
        self._category.setVisible(asks)
        self._fill_whose()
        self._fill_responsible()
        self._fill_category()
        self._also.follow()
        if self._due.text() != capture.due:
            self._due.setText(capture.due)
        if self._add.hasFocus() and not capture.may_add:
            self.text.setFocus()
        self._add.setEnabled(capture.may_add)
        is_elsewhere = capture.elsewhere is not None
        # Where there is little room it waits until what is typed has its place.
        brings_back = capture.has_aside and not (is_elsewhere and self._room.narrow)
        for way, is_shown in ((self._back, brings_back), (self._here, is_elsewhere)):
            if way.hasFocus() and not is_shown:
                self.text.setFocus()
            way.setVisible(is_shown)
        self._show_line()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  all of it is drawn
        """Draw the ground, with a line above it."""
        painter = QPainter(self)
        tokens = self._room.near.theme.tokens
        painter.fillRect(self.rect(), QColor(tokens.surface))
        painter.fillRect(0, 0, self.width(), 1, QColor(tokens.border))

    def _lay_out(self) -> None:
        look = self._room.near
        _ = look.language.gettext
        self._add = Button(look, _("Add"), ButtonKind.PRIMARY, icon="corner-down-left")
        self._add.setObjectName("add entry")
        self._add.setToolTip("Ctrl+Enter")
        self._add.clicked.connect(self._press)
        top = Qt.AlignmentFlag.AlignTop
        first = QHBoxLayout()
        first.setSpacing(Space.S)
        first.addWidget(self._kinds, 0, top)
        first.addWidget(self.text, 1, top)
        for part in (self._whose, self._responsible):
            first.addWidget(part, 0, top)
        if not self._room.tight:
            first.addWidget(self._due, 0, top)
        first.addWidget(self._add, 0, top)
        text2 = look.theme.tokens.text2
        self._line = PlainLabel(look, style=TextStyle.CAPTION, colour=text2)
        self._always = always = PlainLabel(
            look,
            _("Ctrl+Shift+Enter: add as gone through"),
            style=TextStyle.CAPTION,
            colour=text2,
        )
        always.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._sign = SavedSign(look)
        # It tells nothing of what that was.
        self._back = Button(look, _("Bring back what was typed"), ButtonKind.GHOST, small=True)
        self._back.setObjectName("bring back")
        self._back.clicked.connect(self._bring_back)
        self._back.hide()
        self._here = Button(look, _("Put it under this item"), ButtonKind.GHOST, small=True)
        self._here.setObjectName("stand here")
        self._here.clicked.connect(self._stand_here)
        self._here.hide()
        second = QHBoxLayout()
        second.setSpacing(Space.M)
        if self._room.tight:
            second.addWidget(self._due)
        second.addWidget(self._category)
        second.addWidget(self._also)
        second.addWidget(self._back)
        second.addWidget(self._here)
        second.addWidget(self._line, 3)
        second.addWidget(always, 4)
        second.addWidget(self._sign)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.L, Space.S + 2, Space.L, Space.S)
        column.setSpacing(6)
        column.addLayout(first)
        column.addLayout(second)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def _build_kinds(self) -> QWidget:
        look = self._room.near
        self._chips: dict[Kind, Chip] = {}
        self._kind_box: ComboBox | None = None
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S)
        if self._room.narrow:
            self._kind_box = ComboBox(look, [(self._name(one), one) for one in Kind])
            self._kind_box.setObjectName("kind")
            self._kind_box.setAccessibleName(look.language.gettext("What is written down"))
            self._kind_box.activated.connect(self._choose_kind)
            self._kind_box.setFixedWidth(self._kind_box.sizeHint().width())
            row.addWidget(self._kind_box)
            return box
        for kind in Kind:
            chip = Chip(look, self._name(kind), icon=_ICONS[kind])
            chip.setObjectName(f"kind {kind}")
            chip.clicked.connect(partial(self._take_kind, kind))
            self._chips[kind] = chip
            row.addWidget(chip)
        return box

    def _name(self, kind: Kind) -> str:
        language = self._room.near.language
        _ = language.gettext
        match kind:
            case Kind.DECISION:
                return _("Decision")
            case Kind.ACTION:
                return _("Action")
            case Kind.NOTE:
                return _("Note")
            case Kind.OWN_WORDS:
                return words_of(self._meeting.room, language)
            case Kind.DISSENT:
                return _("Does not agree")

    def _choose_kind(self, row: int) -> None:
        if self._kind_box is not None:
            self._take_kind(Kind(self._kind_box.itemData(row)))

    def _take_kind(self, kind: Kind, _checked: object = None) -> None:
        if kind is not Kind.DISSENT:
            self._model.choose_kind(kind)
        else:
            self._model.disagree()
        # Arrow keys go on to the next sort; whoever clicks writes.
        if not any(one.hasFocus() for one in self._kinds.findChildren(QWidget)):
            self.text.setFocus()

    def _show_kind(self) -> None:
        kind = self._model.kind
        for one, chip in self._chips.items():
            chip.name(self._name(one))
            # It comes with its key and goes when it is done with.
            chip.setVisible(one is not Kind.DISSENT or kind is Kind.DISSENT)
            chip.setChecked(one is kind)
        if self._kind_box is not None:
            for row, one in enumerate(Kind):
                self._kind_box.setItemText(row, make_visible(self._name(one), lines=False))
            self._kind_box.choose(kind)
            self._kind_box.setFixedWidth(self._kind_box.sizeHint().width())
        self.text.setPlaceholderText(self._placeholder(kind))
        self.text.setAccessibleName(self._placeholder(kind))

    def _placeholder(self, kind: Kind) -> str:
        _ = self._room.near.language.gettext
        return {
            Kind.DECISION: _("What was decided?"),
            Kind.ACTION: _("What is to be done?"),
            Kind.NOTE: _("What was said?"),
            Kind.OWN_WORDS: _("Write the words as they are said."),
            Kind.DISSENT: _("What does not feel right, in their own words?"),
        }[kind]

    def _combo(self, name: str, widest: int) -> ComboBox:
        combo = ComboBox(self._room.near, [])
        combo.setObjectName(name)
        combo.setMaximumWidth(self._room.near.theme.px(widest))
        return combo

    def _fill_whose(self) -> None:
        _ = self._room.near.language.gettext
        capture = self._model
        names = {
            Kind.DECISION: _("Who decides"),
            Kind.NOTE: _("Who says it"),
            Kind.OWN_WORDS: _("Whose words they are"),
            Kind.DISSENT: _("Who does not agree"),
            Kind.ACTION: _("Who says it"),
        }
        self._whose.setAccessibleName(names[capture.kind])
        choices: list[tuple[str, object]] = [(one.name, one.id) for one in capture.choices]
        if capture.kind is Kind.DECISION:
            choices.insert(0, (_("Who decides?"), None))
        if not choices:
            choices = [(_("Nobody at the table"), None)]
        self._refill(self._whose, choices, capture.whose)

    def _fill_responsible(self) -> None:
        _ = self._room.near.language.gettext
        self._responsible.setAccessibleName(_("Who does it"))
        nobody = _("Who does it?")
        amended = self._model.amended
        if amended is not None and seat_of(amended, self._model.seats) is None:
            # Whoever is not at the table does it all the same, if nobody else is named.
            nobody = amended.responsible or nobody
        choices: list[tuple[str, object]] = [(nobody, None)]
        choices += [(one.name, one.id) for one in self._model.seats]
        self._refill(self._responsible, choices, self._model.responsible)
        self._due.setPlaceholderText(_("When?"))
        self._due.setAccessibleName(
            _("The last day and the hour, as 4/12 14:30")
            if self._model.goes_by_hours
            else _("The last day, as 2026-12-04 or 4/12")
        )

    def _fill_category(self) -> None:
        language = self._room.near.language
        self._category.setAccessibleName(language.gettext("What kind of information it is"))
        if self._meeting.room is not None:
            choices: list[tuple[str, object]] = [
                (one.name.in_language(language.code), one.code) for one in self._model.categories
            ]
            self._refill(self._category, choices, self._model.category)

    def _refill(self, combo: ComboBox, choices: list[tuple[str, object]], chosen: object) -> None:
        there = [(combo.itemText(row), combo.itemData(row)) for row in range(combo.count())]
        wanted = [(make_visible(text, lines=False, longest=200), one) for text, one in choices]
        if there != wanted:
            combo.clear()
            for text, one in wanted:
                combo.addItem(text, one)
        combo.setCurrentIndex(
            next((row for row, (_, one) in enumerate(wanted) if one == chosen), 0)
        )
        # As wide as what is chosen: the text beside it needs the room.
        widest = combo.maximumWidth()
        combo.setMinimumWidth(min(widest, combo.width_for(combo.currentText())))

    def _show_line(self) -> None:
        look, capture = self._room.near, self._model
        tokens = look.theme.tokens
        text = self._said()
        self._line.show_text(text)
        self._line.setVisible(bool(text))
        # Where there is little room it gives way: the overlay of the keys tells it, too.
        self._always.setVisible(not self._room.narrow or not (text or capture.has_aside))
        kept_or_not = capture.said.is_refusal or capture.said.is_kept
        self._line.set_colour(tokens.warn if kept_or_not else tokens.text2)
        style = TextStyle.CAPTION_STRONG if kept_or_not else TextStyle.CAPTION
        self._line.setFont(look.theme.font(style))
        self.text.setAccessibleDescription(text)
        self._sign.show_sign(
            self._saved(),
            waiting=capture.keeper is not None and capture.keeper.state is DraftState.WAITING,
        )

    def _said(self) -> str:
        language, capture = self._room.near.language, self._model
        _ = language.gettext
        texts = {
            Said.KEPT_WITHOUT_RESPONSIBLE: _("Kept as a note: nobody was named who does it."),
            Said.KEPT_WITHOUT_DATE: _("Kept as a note: no last day was given."),
        }
        if capture.said.is_refusal:
            return refusal_told(capture.said, language)
        if capture.said in texts:
            return texts[capture.said]
        if capture.elsewhere is not None:
            title = shown(capture.elsewhere.title or _("Private item"))
            return _("Will stand under: {title}").format(title=title)
        return self._told_of_kind()

    def _told_of_kind(self) -> str:
        language, capture = self._room.near.language, self._model
        _ = language.gettext
        if capture.amends is not None:
            return _("As it is added it is agreed on, in place of how it was prepared.")
        if capture.kind is Kind.ACTION and capture.due_on is not None:
            day = due_short(capture.due_on, capture.due_at, language)
            told = _("Last day {day}").format(day=day)
            rest = rest_day(capture.due_on, language)
            return f"{told}. {rest}" if rest else told
        if capture.kind is Kind.DISSENT:
            return _("Stands right below the decision that is marked.")
        return "" if self._room.narrow else _("Ctrl+1 to 4: what it is. Ctrl+Enter: add.")

    def _saved(self) -> str:
        language, capture = self._room.near.language, self._model
        _ = language.gettext
        if capture.keeper is not None and capture.keeper.state is DraftState.WAITING:
            return _("Waiting for the disk. Leave the window open: your text is only here.")
        if capture.saved_at is None:
            return ""
        return _("Saved {time}").format(time=language.time(capture.saved_at))

    @Slot()
    def _press(self) -> None:
        self._model.add()
        self.text.setFocus()

    @Slot()
    def _bring_back(self) -> None:
        self._model.bring_back()
        self.text.setFocus()

    @Slot()
    def _stand_here(self) -> None:
        self._model.stand_here()
        self.text.setFocus()

    @Slot()
    def _type(self) -> None:
        self._model.type(self.text.toPlainText())
        self._grow()

    @Slot()
    def _replace(self) -> None:
        # Also where it is the same: undoing must not call back what was taken off the screen.
        self.text.setPlainText(self._model.text)
        self.text.moveCursor(QTextCursor.MoveOperation.End)

    @Slot(str)
    def _take_away(self, sent: str) -> None:
        """Take away the beginning; whoever types on keeps their place, and can still undo."""
        if not self.text.toPlainText().startswith(sent):
            self._replace()
            return
        cursor = QTextCursor(self.text.document())
        # Qt counts as UTF-16 does.
        end = len(sent.encode("utf-16-le", "surrogatepass")) // 2
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()

    @Slot()
    def _grow(self) -> None:
        """Be as high as the text, up to four rows; from there on it scrolls."""
        document = self.text.document()
        line = self.text.fontMetrics().lineSpacing()
        # A text of many blocks needs all rows; only a short one is worth laying out.
        is_long = document.blockCount() > _MOST_ROWS
        wanted = _MOST_ROWS * line if is_long else ceil(document.size().height())
        height = min(_MOST_ROWS * line, wanted) + _EDGES
        least = self._room.near.theme.px(36)
        self.text.setFixedHeight(max(least, height))
        # One row stands in the middle, as in the controls beside it.
        above = max(0, (least - height) // 2)
        self.text.setViewportMargins(0, above, 0, above)
        scrolls = wanted > _MOST_ROWS * line or is_long
        policy = Qt.ScrollBarPolicy
        self.text.setVerticalScrollBarPolicy(
            policy.ScrollBarAsNeeded if scrolls else policy.ScrollBarAlwaysOff
        )
