"""Name, number and birth date of a protected person, hidden until somebody asks to see them."""

from functools import partial
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from trygga_desktop.services.details import PersonDetails, ShownDetails
from trygga_desktop.ui.screens.details.view_model import DetailsViewModel
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space, Tone
from trygga_desktop.ui.widgets.boxes import TintedBox
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.marks import IconMark
from trygga_desktop.ui.widgets.removal import take_out
from trygga_desktop.ui.widgets.text import make_visible

_ONE_COLUMN = 520
_COLUMNS = 2


class _Line(NamedTuple):
    name: str
    label: str
    text: str


class HiddenRows(QWidget):
    """Each row has its way to see it; all are shown at once, for a short time.

    `changed` follows when buttons have come or gone.
    """

    changed = Signal()

    def __init__(
        self,
        model: DetailsViewModel,
        look: Look,
        details: PersonDetails,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._look = look
        self._details = details
        self._built: object = None
        self._rows: list[QWidget] = []
        self._buttons: list[Button] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(Space.M)
        self._columns = _COLUMNS
        model.changed.connect(self._show)
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the rows below each other where two do not fit beside each other."""
        super().resizeEvent(event)
        narrow = self._look.effective(event.size().width()) < _ONE_COLUMN
        columns = 1 if narrow else _COLUMNS
        if columns != self._columns:
            self._columns = columns
            self._arrange()

    def in_order(self) -> tuple[QWidget, ...]:
        """Return the buttons of the rows."""
        return tuple(self._buttons)

    @Slot()
    def _show(self) -> None:
        model = self._model
        built = (model.shown, model.asks_to_show, model.may_show)
        if built == self._built:
            return
        focused = next((one.objectName() for one in self._buttons if one.hasFocus()), "")
        self._built = built
        take_out(*self._rows)
        self._rows, self._buttons = [], []
        if model.asks_to_show:
            self._rows.append(self._question())
        else:
            self._rows += [self._row(*line) for line in self._lines(model.shown)]
            if not model.may_show:
                self._rows.append(self._two_screens())
        self._arrange()
        self.changed.emit()
        if focused and self._buttons:
            same = [one for one in self._buttons if one.objectName() == focused]
            (same or self._buttons)[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _arrange(self) -> None:
        columns = 1 if self._model.asks_to_show else self._columns
        for row in self._rows:
            self._grid.removeWidget(row)
        for place, row in enumerate(self._rows):
            self._grid.addWidget(row, *divmod(place, columns), Qt.AlignmentFlag.AlignTop)
        for column in range(_COLUMNS):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    def _lines(self, shown: ShownDetails | None) -> list["_Line"]:
        _ = self._look.language.gettext
        number = _("Personal or coordination number")
        nothing, hidden = _("There is no number."), _("Hidden")
        if shown is None:
            return [
                _Line("name", _("Name"), hidden),
                _Line("number", number, hidden if self._details.has_number else nothing),
                _Line("birth date", _("Birth date"), hidden),
            ]
        name = f"{shown.given_name} {shown.family_name}".strip()
        numbers = shown.numbers or (nothing,)
        return [
            _Line("name", _("Name"), make_visible(name, lines=False)),
            _Line("number", number, numbers[0]),
            *(_Line("former number", _("Former number"), one) for one in numbers[1:]),
            _Line("birth date", _("Birth date"), shown.born or _("Not known")),
        ]

    def _row(self, name: str, label: str, text: str) -> QWidget:
        look, model = self._look, self._model
        _ = look.language.gettext
        tokens = look.theme.tokens
        block = QWidget()
        column = QVBoxLayout(block)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.XS)
        column.addWidget(PlainLabel(look, label, style=TextStyle.LABEL))
        box = TintedBox(look, Tone.MUTE)
        is_shown = model.shown is not None
        icon = "eye" if is_shown else "eye-off"
        box.row.addWidget(IconMark(look, icon, colour=tokens.text2, size=16), 0)
        colour = "" if is_shown else tokens.text2
        box.row.addWidget(PlainLabel(look, text, colour=colour), 1, Qt.AlignmentFlag.AlignVCenter)
        if name != "former number":
            words = _("Hide") if is_shown else _("Show")
            button = Button(look, words, ButtonKind.LINK, small=True)
            button.setObjectName(f"show {name}")
            button.setAccessibleName(f"{words}: {label}")
            button.setEnabled(is_shown or model.may_show)
            act = model.hide_details if is_shown else partial(model.ask_to_show, asks=True)
            button.clicked.connect(act)
            box.row.addWidget(button, 0)
            self._buttons.append(button)
        column.addWidget(box)
        return block

    def _question(self) -> QWidget:
        look, model = self._look, self._model
        _ = look.language.gettext
        box = TintedBox(look, Tone.INFO)
        box.setObjectName("asks to show")
        box.row.addWidget(IconMark(look, "eye", colour=look.theme.tokens.info), 0)
        words = QVBoxLayout()
        words.setSpacing(Space.XS)
        words.addWidget(PlainLabel(look, _("Show name and number?"), style=TextStyle.STRONG))
        words.addWidget(PlainLabel(look, _("They stand here for 30 seconds. The log says so.")))
        ways = QHBoxLayout()
        ways.setSpacing(Space.S)
        words.addLayout(ways)
        box.row.addLayout(words, 1)
        yes = Button(look, _("Show for 30 seconds"), ButtonKind.SECONDARY, icon="eye", small=True)
        yes.setObjectName("really show")
        yes.clicked.connect(model.show_details)
        no = Button(look, _("Leave hidden"), ButtonKind.GHOST, small=True)
        no.setObjectName("leave hidden")
        no.clicked.connect(partial(model.ask_to_show, asks=False))
        for button in (yes, no):
            ways.addWidget(button)
            self._buttons.append(button)
        ways.addStretch(1)
        return box

    def _two_screens(self) -> QWidget:
        _ = self._look.language.gettext
        text = _(
            "More than one screen is connected. Protected details are shown only when a single "
            "one is."
        )
        text2 = self._look.theme.tokens.text2
        return PlainLabel(self._look, text, style=TextStyle.SECONDARY, colour=text2)
