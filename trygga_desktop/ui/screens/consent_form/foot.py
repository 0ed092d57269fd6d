"""The foot of the form: back, what is missing or what will happen, and on."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from trygga_desktop.i18n import Language
from trygga_desktop.ui.consent_words import length_text
from trygga_desktop.ui.screens.consent_form.view_model import ConsentFormViewModel, Missing, Step
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.labels import PlainLabel

_NARROW = 620


class Foot(QWidget):
    """A disabled button never stands alone: the line to its left says what is missing."""

    def __init__(
        self, model: ConsentFormViewModel, look: Look, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        _ = look.language.gettext
        self._model = model
        self._look = look
        self.back = Button(look, _("Back"), icon="arrow-left")
        self.back.setObjectName("back")
        self.back.clicked.connect(model.go_back)
        self._next = Button(look, _("Continue"), ButtonKind.PRIMARY, icon="arrow-right")
        self._next.setObjectName("next")
        self._next.setToolTip("Ctrl+Enter")
        self._next.clicked.connect(model.go_on)
        self._last = Button(look, _("Put the consent into force"), ButtonKind.PRIMARY, icon="check")
        self._last.setObjectName("last")
        self._last.setToolTip("Ctrl+Enter")
        self._last.clicked.connect(model.go_on)
        text2 = look.theme.tokens.text2
        self._line = PlainLabel(look, style=TextStyle.MEDIUM, colour=text2)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(Space.M)
        self._grid.setVerticalSpacing(Space.S)
        self._grid.setColumnStretch(1, 1)
        self._narrow: bool | None = None
        self._arrange(narrow=False)
        model.changed.connect(self._show)
        self._show()

    @property
    def next(self) -> Button:
        """Return the button that leads on."""
        return self._last if self._model.is_last_step else self._next

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the line above the buttons where there is no room between them."""
        super().resizeEvent(event)
        self._arrange(narrow=self._look.effective(event.size().width()) < _NARROW)

    @Slot()
    def _show(self) -> None:
        model = self._model
        language = self._look.language
        _ = language.gettext
        is_last = model.is_last_step
        had_focus = self._next.hasFocus() or self._last.hasFocus()
        self._next.setVisible(not is_last)
        self._last.setVisible(is_last)
        if is_last and model.view is not None:
            opens = bool(model.outcome.opens)
            text = _("Put the consent into force") if opens else _("Save the answers")
            self._last.show_text(_("Saving…") if model.is_working else text)
        may = model.may_go_on
        # While it works the button stays enabled, because it would lose the focus.
        self.next.setEnabled(may or model.is_working)
        self.back.setEnabled(not model.is_working)
        if had_focus:
            (self.next if self.next.isEnabled() else self.back).setFocus()
        line = self._words(language)
        self._line.show_text(line)
        self._line.setVisible(bool(line))
        self.next.setAccessibleDescription(line)

    def _words(self, language: Language) -> str:
        model = self._model
        _ = language.gettext
        if model.missing:
            return missing_text(model.missing[0], language)
        if model.step is Step.WHAT:
            return _("Space ticks. With Shift the whole column, with Ctrl the whole row.")
        if model.view is None or not model.is_last_step:
            return ""
        if model.outcome.waiting:
            return _("It is saved and waits for signatures.")
        return _("It is written as an event, and can be taken back at any time.")

    def _arrange(self, *, narrow: bool) -> None:
        if narrow == self._narrow:
            return
        self._narrow = narrow
        parts = (self.back, self._line, self._next, self._last)
        for part in parts:
            self._grid.removeWidget(part)
        middle = Qt.AlignmentFlag.AlignVCenter
        if narrow:
            self._line.setAlignment(Qt.AlignmentFlag.AlignLeft | middle)
            self._grid.addWidget(self._line, 0, 0, 1, 4)
        else:
            self._line.setAlignment(Qt.AlignmentFlag.AlignRight | middle)
            self._grid.addWidget(self._line, 1, 1, middle)
        self._grid.addWidget(self.back, 1, 0, middle)
        self._grid.addWidget(self._next, 1, 2, middle)
        self._grid.addWidget(self._last, 1, 3, middle)


def missing_text(missing: Missing, language: Language) -> str:
    """Return what keeps one from going on, in words."""
    _ = language.gettext
    texts = {
        Missing.NO_PROGRAMME: _("The case has no programme, so nobody knows who must sign."),
        Missing.NO_SIGNER: _("Nobody can consent: a guardian or the birth date is missing."),
        Missing.CHAIN: _("The chain of consents is broken. Nothing can be recorded."),
        Missing.NO_ANSWER: _("One thing left: what somebody answered."),
        Missing.LENGTH: length_text(language),
        Missing.HALF_EXCLUSION: _("Fill in the whole exclusion, or empty it."),
        Missing.HALF_LIMIT: _("Fill in the whole limit, or empty it."),
        Missing.DAYS: _("One thing left: the days are not right."),
    }
    return texts[missing]
