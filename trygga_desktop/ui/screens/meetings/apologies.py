"""Below who is invited to a meeting: that somebody does not come, and the word that they sent.

A word about a time that the meeting no longer has is asked about anew.
"""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from trygga_desktop.domain.meeting import Participant, Presence
from trygga_desktop.ui.screens.meetings.view_model import MeetingsViewModel
from trygga_desktop.ui.screens.meetings.words import name_of
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.field import Field
from trygga_desktop.ui.widgets.inputs import ComboBox
from trygga_desktop.ui.widgets.labels import PlainLabel


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
        _ = look.language.gettext
        coming = [one for one in people if one.presence is not Presence.ABSENT]
        self._open = Button(
            look, _("Somebody does not come"), ButtonKind.GHOST, icon="user-round-x", small=True
        )
        self._open.setObjectName("somebody does not come")
        self._open.clicked.connect(self._ask)
        self._who = ComboBox(look, [(name_of(one), one.id) for one in coming])
        self._who.setObjectName("who does not come")
        words = (_("Ill"), _("Prevented"), _("Does not want to come"), _("Has not answered"))
        self._why = ComboBox(look, [(one, one) for one in words])
        self._why.setObjectName("why they do not come")
        note = Button(look, _("Note it"), icon="check", small=True)
        note.setObjectName("note who does not come")
        note.clicked.connect(self._note)
        self._form = QWidget()
        form = QVBoxLayout(self._form)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(Space.S)
        form.addWidget(Field(look, _("Who does not come"), self._who))
        form.addWidget(Field(look, _("Why"), self._why))
        form.addWidget(note, 0, Qt.AlignmentFlag.AlignLeft)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._open, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._form)
        self._form.hide()
        if not coming:
            self.hide()

    @Slot()
    def _ask(self) -> None:
        self._open.hide()
        self._form.show()
        self._who.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _note(self) -> None:
        self._model.note_absent(self._who.currentData(), self._why.currentData())
