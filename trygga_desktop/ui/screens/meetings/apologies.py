"""Below who is invited to a meeting: that somebody does not come, and the word that they sent.

A word about a time that the meeting no longer has is asked about anew.
"""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from trygga_desktop.domain.meeting import Participant, Presence
from trygga_desktop.i18n import Language
from trygga_desktop.ui.screens.meetings.absence import AbsenceForm, Why
from trygga_desktop.ui.screens.meetings.view_model import MeetingsViewModel
from trygga_desktop.ui.screens.meetings.words import name_of
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.field import Field, FieldState
from trygga_desktop.ui.widgets.inputs import ComboBox, TextInput
from trygga_desktop.ui.widgets.labels import PlainLabel

_LONGEST = 200


class AskAnew(QWidget):
    """Below somebody who could not come at the time before: both answers about the new one."""

    def __init__(
        self,
        model: MeetingsViewModel,
        look: Look,
        participant: Participant,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._participant = participant
        _ = look.language.gettext
        name = name_of(participant)
        text = _("The meeting has another time since. Ask anew.")
        comes = Button(look, _("Comes now"), icon="check", small=True)
        comes.setObjectName(f"comes now {participant.id}")
        comes.setAccessibleName(_("{name} comes now").format(name=name))
        comes.clicked.connect(self._note_coming)
        absent = Button(look, _("Does not come now either"), icon="user-round-x", small=True)
        absent.setObjectName(f"does not come either {participant.id}")
        absent.setAccessibleName(_("{name} does not come now either").format(name=name))
        absent.clicked.connect(self._note_absent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, Space.XS)
        column.setSpacing(Space.XS)
        ink = look.theme.tokens.warn
        column.addWidget(PlainLabel(look, text, style=TextStyle.SECONDARY, colour=ink))
        for one in (comes, absent):
            column.addWidget(one, 0, Qt.AlignmentFlag.AlignLeft)

    @Slot()
    def _note_coming(self) -> None:
        self._model.note_coming(self._participant.id)

    @Slot()
    def _note_absent(self) -> None:
        self._model.note_absent(self._participant.id, self._participant.apology)


class Apologies(QWidget):
    """One quiet button; pressed, it asks who and why. What they sent is for the operator alone."""

    def __init__(
        self,
        model: MeetingsViewModel,
        look: Look,
        people: Iterable[Participant],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._look = look
        _ = look.language.gettext
        coming = [one for one in people if one.presence is not Presence.ABSENT]
        self._open = Button(
            look, _("Somebody does not come"), ButtonKind.GHOST, icon="user-round-x", small=True
        )
        self._open.setObjectName("somebody does not come")
        self._open.clicked.connect(self._ask)
        self._who = ComboBox(look, [(name_of(one), one.id) for one in coming])
        self._who.setObjectName("who does not come")
        self._why = ComboBox(look, [(why_words(one, look.language), one) for one in Why])
        self._why.setObjectName("why they do not come")
        self._words = TextInput(look, longest=_LONGEST)
        self._words.setObjectName("why in own words")
        self._own = Field(look, _("Why, in a few words"), self._words)
        self._whom = Field(look, _("Who does not come"), self._who)
        self._form = self._build_form()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._open, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._form)
        self._form.hide()
        if model.absence is not None:
            self._show_form(model.absence)
        self._who.activated.connect(self._choose)
        self._why.activated.connect(self._choose_why)
        self._words.textEdited.connect(self._type)
        self._words.returnPressed.connect(self._note)
        if not coming:
            self.hide()

    def _build_form(self) -> QWidget:
        look = self._look
        _ = look.language.gettext
        note = Button(look, _("Note it"), icon="check", small=True)
        note.setObjectName("note who does not come")
        note.clicked.connect(self._note)
        whole = QWidget()
        form = QVBoxLayout(whole)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(Space.S)
        form.addWidget(self._whom)
        form.addWidget(Field(look, _("Why"), self._why))
        form.addWidget(self._own)
        form.addWidget(note, 0, Qt.AlignmentFlag.AlignLeft)
        return whole

    def _show_form(self, form: AbsenceForm) -> None:
        form.replaced.connect(self._follow)
        self._follow()
        self._open.hide()
        self._form.show()

    @Slot()
    def _ask(self) -> None:
        self._model.ask_who_is_absent()
        if self._model.absence is not None:
            self._show_form(self._model.absence)
            self._who.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _follow(self) -> None:
        """Show what the form holds."""
        form = self._model.absence
        if form is None:
            return
        if form.who is not None:
            # Nobody, where whoever it was about does not come by now: it is about nobody else.
            self._who.choose(form.who)
        self._why.choose(form.why)
        if self._words.text() != form.words:
            self._words.setText(form.words)
        self._own.setVisible(form.why is Why.OWN)
        if not form.lacks_words:
            self._own.show_state(FieldState.PLAIN)
        if self._who.currentData() is not None:
            self._whom.show_state(FieldState.PLAIN)

    def _take_who(self, form: AbsenceForm) -> None:
        if self._who.currentData() is not None:
            form.choose_who(self._who.currentData())

    @Slot()
    def _choose(self) -> None:
        form = self._model.absence
        if form is not None:
            self._take_who(form)
            form.choose_why(Why(self._why.currentData()))
            self._follow()

    @Slot()
    def _choose_why(self) -> None:
        self._choose()
        if self._why.currentData() == Why.OWN:
            self._words.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def _type(self, words: str) -> None:
        form = self._model.absence
        if form is not None:
            self._take_who(form)
            form.type_words(words)
            self._follow()

    @Slot()
    def _note(self) -> None:
        form = self._model.absence
        if form is None:
            return
        # Whatever is chosen by a key without opening the list.
        self._take_who(form)
        form.choose_why(Why(self._why.currentData()))
        self._follow()
        if self._who.currentData() is None:
            text = self._look.language.gettext("Choose who does not come.")
            self._whom.show_state(FieldState.WARN, text)
            self._who.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if form.lacks_words:
            text = self._look.language.gettext("Write why, in a few words.")
            self._own.show_state(FieldState.WARN, text)
            self._words.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        word = form.words.strip() if form.why is Why.OWN else self._why.currentText()
        self._model.note_absence(self._who.currentData(), word)


def why_words(why: Why, language: Language) -> str:
    """Return why somebody does not come, as it is kept; or that it is said in other words."""
    _ = language.gettext
    return {
        Why.ILL: _("Ill"),
        Why.PREVENTED: _("Prevented"),
        Why.UNWILLING: _("Does not want to come"),
        Why.UNANSWERED: _("Has not answered"),
        Why.OWN: _("Another reason…"),
    }[why]
