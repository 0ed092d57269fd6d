"""Who is to hear it: a box for each, with the answer for that one beside it."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QWidget

from trygga_desktop.services.questions import Hearing, Listener
from trygga_desktop.ui.screens.question.view_model import QuestionViewModel
from trygga_desktop.ui.screens.question.words import AnswerWords
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space
from trygga_desktop.ui.widgets.boxes import Card
from trygga_desktop.ui.widgets.inputs import CheckBox, ComboBox
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.marks import IconMark, Pill
from trygga_desktop.ui.widgets.removal import take_out
from trygga_desktop.ui.widgets.table_roles import PillValue
from trygga_desktop.ui.widgets.wrap_row import WrapRow


class ListenerBox(QWidget):
    """One listener: icon, box with the name, and yes or no in a word."""

    def __init__(  # noqa: PLR0913  what it is made of
        self,
        model: QuestionViewModel,
        look: Look,
        one: Listener,
        *,
        name: str,
        icon: str,
        pill: PillValue | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._id = one.id
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, Space.M, 0)
        row.setSpacing(Space.S)
        self.box = CheckBox(look, name, checked=one.id in model.chosen)
        self.box.setObjectName(f"hears {one.id}")
        # A name with & in it is no shortcut.
        self.box.setShortcut(QKeySequence())
        self.box.setAccessibleDescription("" if pill is None else pill.text)
        self.box.toggled.connect(self._choose)
        row.addWidget(self.box)
        row.addWidget(IconMark(look, icon, size=16), 0, Qt.AlignmentFlag.AlignVCenter)
        if pill is not None:
            row.addWidget(Pill(look, pill.text, tone=pill.tone, icon=pill.icon))

    def follow(self) -> None:
        """Show whether they are chosen."""
        self.box.setChecked(self._id in self._model.chosen)

    @Slot(bool)
    def _choose(self, hears: bool) -> None:  # noqa: FBT001  Qt's signal
        self._model.let_hear(self._id, hears=hears)


class WhoCard(Card):
    """Those of the case or of one of its meetings, which fills in everybody who is to be there."""

    def __init__(self, model: QuestionViewModel, look: Look, parent: QWidget | None = None) -> None:
        _ = look.language.gettext
        super().__init__(look, _("Who is there?"), parent=parent)
        self._model = model
        self._look = look
        self._listed: object = None
        self._parts: list[QWidget] = []
        self._boxes: list[ListenerBox] = []
        self._hearings: object = None
        self._choice: ComboBox | None = None

    def show_listeners(self, words: AnswerWords) -> None:
        """Show who there is to choose, and the answer for each."""
        model = self._model
        hearing, asked = model.current, model.asked
        if hearing is None:
            return
        self._show_hearings()
        listed = (model.found, model.hearing, model.chosen_item)
        if listed != self._listed:
            self._listed = listed
            self._build(hearing, words)
        for box in self._boxes:
            box.follow()
        self.setVisible(bool(hearing.listeners) or asked is not None)

    def _show_hearings(self) -> None:
        model, look = self._model, self._look
        _ = look.language.gettext
        if model.hearings != self._hearings:
            self._hearings = model.hearings
            if self._choice is not None:
                take_out(self._choice)
                self._choice = None
            if len(model.hearings) > 1:
                choices = [
                    (self._hearing_text(one), place) for place, one in enumerate(model.hearings)
                ]
                self._choice = ComboBox(look, choices)
                self._choice.setObjectName("hearing")
                self._choice.setAccessibleName(_("Who is there?"))
                self._choice.setCurrentIndex(model.hearing)
                self._choice.currentIndexChanged.connect(model.choose_hearing)
                self.head.addWidget(self._choice)
        elif self._choice is not None and self._choice.currentIndex() != model.hearing:
            self._choice.setCurrentIndex(model.hearing)

    def _hearing_text(self, one: Hearing) -> str:
        language = self._look.language
        _ = language.gettext
        if one.starts_at is None:
            return _("Choose freely")
        return _("Meeting {number}, {when}").format(
            number=language.number(one.number), when=language.date_time(one.starts_at)
        )

    def _build(self, hearing: Hearing, words: AnswerWords) -> None:
        model, look = self._model, self._look
        _ = look.language.gettext
        take_out(*self._parts)
        self._parts, self._boxes = [], []
        asked = model.asked
        for place, one in enumerate(hearing.listeners):
            decision = None if asked is None else asked.decisions[model.hearing][place]
            self._boxes.append(
                ListenerBox(
                    model,
                    look,
                    one,
                    name=words.listeners.beside_a_box(one),
                    icon=words.listeners.icon(one),
                    pill=None if decision is None else words.pill(decision),
                )
            )
        if self._boxes:
            part: QWidget = WrapRow(self._boxes)
        else:
            part = PlainLabel(look, _("Nobody is in the room."), colour=look.theme.tokens.text2)
        self.body.addWidget(part)
        self._parts.append(part)
        part.show()
