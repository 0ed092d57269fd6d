"""The form for a new passphrase: six words in boxes, or one's own in two fields."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from trygga_desktop.ui.new_passphrase import NewPassphrase, Way, flaw_text
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Radius, Space, Tone
from trygga_desktop.ui.use_cases import Services
from trygga_desktop.ui.widgets.banner import banner
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.field import Field, FieldState
from trygga_desktop.ui.widgets.inputs import SecretInput, TextInput, UncopiedInput
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.painting import draw_box, draw_text, smooth
from trygga_desktop.ui.widgets.removal import take_out

_LARGE_TEXT = 1.4


class NumberedBox(QLabel):
    """A word or a group of a code with its number. It is drawn: it cannot be selected or copied."""

    def __init__(
        self, look: Look, number: int, text: str, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = look.theme
        self._number = str(number)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.setText(text)
        self.setFont(look.theme.font(TextStyle.CODE))
        self.setAccessibleName(f"{number}: {text}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the size at which nothing is cut off."""
        words = self.fontMetrics().horizontalAdvance(self.text())
        return QSize(words + self._indent() + Space.M, self._theme.px(48))

    def minimumSizeHint(self) -> QSize:
        """Return the same: half a word is of no use."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  all of it is drawn
        """Draw the box."""
        painter = QPainter(self)
        smooth(painter)
        tokens, box = self._theme.tokens, QRectF(self.rect())
        draw_box(painter, box, radius=Radius.BOX, fill=tokens.surface, edge=tokens.border)
        small = self._theme.font(TextStyle.SECONDARY)
        number = box.adjusted(14, 0, 0, 0)
        draw_text(painter, number, self._number, font=small, colour=tokens.text2)
        words = box.adjusted(self._indent(), 0, 0, 0)
        draw_text(painter, words, self.text(), font=self.font(), colour=tokens.text)

    def _indent(self) -> int:
        return 14 + self._theme.px(28)


def box_grid(look: Look, texts: tuple[str, ...], *, columns: int) -> QWidget:
    """Return numbered boxes in as many columns."""
    grid_widget = QWidget()
    grid = QGridLayout(grid_widget)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setSpacing(Space.M)
    for index, text in enumerate(texts):
        box = NumberedBox(look, index + 1, text)
        grid.addWidget(box, index // columns, index % columns)
    for column in range(columns):
        grid.setColumnStretch(column, 1)
    return grid_widget


class NewPassphraseForm(QWidget):
    """Shows the state of a `NewPassphrase` and hands what is typed to it.

    `rebuilt` follows when its controls are new ones, which Tab would reach last. `submitted`
    follows when Enter is pressed in a field; whether that leads on is for the screen.
    """

    rebuilt = Signal()
    submitted = Signal()

    def __init__(
        self,
        model: NewPassphrase,
        look: Look,
        services: Services,
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._look = look
        self._services = services
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._content = QWidget()
        self._column.addWidget(self._content)
        self.first_focus: QWidget = self
        model.begin()
        self._build()
        model.way_changed.connect(self._build_again)
        model.changed.connect(self._tell)

    def _build_again(self) -> None:
        self._build()
        self.rebuilt.emit()
        self.first_focus.setFocus()

    def _build(self) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.L)
        text2 = self._look.theme.tokens.text2
        column.addWidget(PlainLabel(self._look, self._lead(), style=TextStyle.LEAD, colour=text2))
        if self._model.way is Way.OWN:
            self._build_own(column)
        elif self._model.may_show_words:
            self._build_words(column)
        else:
            self._build_hidden(column)
        self._column.replaceWidget(self._content, content)
        # Taken out at once: words must not wait in a hidden widget for the event loop.
        take_out(self._content)
        self._content = content
        # Shown before it takes the focus: a hidden widget would not keep it.
        content.show()
        self._tell()

    def _lead(self) -> str:
        _ = self._look.language.gettext
        if self._model.way is Way.OWN:
            return _(
                "A passphrase of your own: long, and nothing that belongs to you or your work."
            )
        return _(
            "The computer has chosen six words. Copy them to paper and keep the paper like a key. "
            "The words are shown only now."
        )

    def _build_words(self, column: QVBoxLayout) -> None:
        _ = self._look.language.gettext
        columns = 2 if self._look.theme.scale > _LARGE_TEXT else 3
        column.addWidget(box_grid(self._look, self._model.words, columns=columns))
        new = Button(self._look, _("Six new words"), ButtonKind.GHOST, icon="refresh-cw")
        new.setObjectName("six new words")
        new.clicked.connect(self._model.draw)
        own = Button(self._look, _("I want to choose my own"), ButtonKind.GHOST, icon="pencil")
        own.setObjectName("choose my own")
        own.clicked.connect(self._model.choose_own)
        column.addLayout(_row(new, own))
        typed = UncopiedInput(self._look, text=self._model.typed)
        typed.setObjectName("passphrase")
        typed.textChanged.connect(self._model.type)
        typed.returnPressed.connect(self.submitted)
        self._typed = Field(self._look, _("Type the passphrase"), typed)
        self._repeated: Field | None = None
        column.addWidget(self._typed)
        self.first_focus = typed

    def _build_own(self, column: QVBoxLayout) -> None:
        _ = self._look.language.gettext
        alone = self._services.screen_count
        typed = SecretInput(self._look, alone)
        typed.setObjectName("passphrase")
        typed.eye.setObjectName("show passphrase")
        typed.setText(self._model.typed)
        typed.textChanged.connect(self._model.type)
        typed.returnPressed.connect(self.submitted)
        again = SecretInput(self._look, alone)
        again.setObjectName("passphrase again")
        again.eye.setObjectName("show passphrase again")
        again.setText(self._model.repeated)
        again.textChanged.connect(self._model.repeat)
        again.returnPressed.connect(self.submitted)
        self._typed = Field(self._look, _("Your own passphrase"), typed)
        self._repeated = Field(self._look, _("The same once more"), again)
        column.addWidget(self._typed)
        column.addWidget(self._repeated)
        words = Button(
            self._look, _("I would rather have six words"), ButtonKind.GHOST, icon="refresh-cw"
        )
        words.setObjectName("rather six words")
        words.clicked.connect(self._model.choose_drawn)
        column.addLayout(_row(words))
        self.first_focus = typed

    def _build_hidden(self, column: QVBoxLayout) -> None:
        _ = self._look.language.gettext
        show = Button(self._look, _("Show the words"), ButtonKind.SECONDARY, icon="eye")
        show.setObjectName("show the words")
        show.clicked.connect(self._model.say_alone)
        column.addWidget(
            banner(
                self._look,
                _(
                    "More than one screen is connected. The words are shown when you have made "
                    "sure that only you see the screens."
                ),
                tone=Tone.WARN,
                title=_("Are you alone at the screen?"),
                icon="monitor",
            )
        )
        own = Button(self._look, _("I want to choose my own"), ButtonKind.GHOST, icon="pencil")
        own.setObjectName("choose my own")
        own.clicked.connect(self._model.choose_own)
        column.addLayout(_row(show, own))
        self._typed = Field(self._look, _("Type the passphrase"), TextInput(self._look))
        self._typed.control.setEnabled(False)
        self._repeated = None
        column.addWidget(self._typed)
        self.first_focus = show

    def _tell(self) -> None:
        if self._model.way is Way.OWN:
            self._tell_own()
        else:
            self._tell_words()

    def _tell_words(self) -> None:
        _ = self._look.language.gettext
        count, match = len(self._model.words), self._model.match
        if not self._model.typed:
            self._typed.show_state(FieldState.PLAIN, _("As on your paper, with spaces between."))
        elif match.wrong is not None:
            text = _("Word {number} is not right.").format(number=match.wrong)
            self._typed.show_state(FieldState.WARN, text)
        elif match.right == count:
            self._typed.show_state(FieldState.OK, _("All six words are right."))
        else:
            text = _("{right} of {count} words are right").format(right=match.right, count=count)
            self._typed.show_state(FieldState.TYPING, text)

    def _tell_own(self) -> None:
        _ = self._look.language.gettext
        model, again = self._model, self._repeated
        assert again is not None  # noqa: S101  built together
        flaw = model.flaw
        if not model.typed:
            hint = _("At least 15 characters. Spaces, å, ä and ö are welcome.")
            self._typed.show_state(FieldState.PLAIN, hint)
        elif flaw is not None:
            self._typed.show_state(FieldState.WARN, flaw_text(flaw, self._look.language))
        else:
            self._typed.show_state(FieldState.OK, _("This one can be used."))
        if not model.repeated:
            again.show_state(FieldState.PLAIN)
        elif model.repeated == model.typed:
            again.show_state(FieldState.OK, _("Both are the same."))
        elif model.typed.startswith(model.repeated):
            again.show_state(FieldState.TYPING, _("The same so far."))
        else:
            text = _("The passphrases differ. Type the new one once more.")
            again.show_state(FieldState.WARN, text)


def _row(*parts: Button) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(Space.S)
    if parts[0].is_bare:
        parts[0].start_column()
    for part in parts:
        row.addWidget(part)
    row.addStretch(1)
    return row
