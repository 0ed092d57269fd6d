"""Beside the list of copies: what is known of the chosen one, and what can become of it."""

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from trygga_desktop.domain.excerpts import Cause, CopyState
from trygga_desktop.ui.screens.excerpts.giving_card import GivingCard
from trygga_desktop.ui.screens.excerpts.view_model import ExcerptsViewModel
from trygga_desktop.ui.screens.excerpts.words import (
    cause_words,
    copy_words,
    due_words,
    given_words,
    kept_back_words,
    signed_words,
    state_pill,
)
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space
from trygga_desktop.ui.widgets.boxes import Card
from trygga_desktop.ui.widgets.buttons import Button
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.marks import Pill
from trygga_desktop.ui.widgets.removal import take_out


class CopySide(QWidget):
    """What is known of the chosen copy, and what can become of it; last, the folder of files.

    A copy that is being written down stands here alone. `left_behind` follows when it is closed.
    """

    left_behind = Signal()

    def __init__(self, model: ExcerptsViewModel, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._look = look
        outside = QVBoxLayout(self)
        outside.setContentsMargins(0, 0, 0, 0)
        outside.setSpacing(0)
        self._giving_place = QVBoxLayout()
        self._giving: GivingCard | None = None
        self._built: object = None
        self._ways = QWidget()
        outside.addLayout(self._giving_place)
        outside.addWidget(self._ways, 1)
        column = QVBoxLayout(self._ways)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        self._card = self._build_card()
        column.addWidget(self._card)
        for button in self._build_buttons():
            button.across()
            column.addWidget(button)
        column.addWidget(self._build_folder())
        column.addStretch(1)
        model.changed.connect(self._show)
        self._show()

    def _build_card(self) -> Card:
        look = self._look
        text2 = look.theme.tokens.text2
        card = Card(look, look.language.gettext("The copy"))
        self._to = PlainLabel(look, style=TextStyle.STRONG)
        self._of = PlainLabel(look, style=TextStyle.BODY)
        self._given = PlainLabel(look, style=TextStyle.SECONDARY, colour=text2)
        self._code = PlainLabel(look, style=TextStyle.SECONDARY, colour=text2)
        self._signed = PlainLabel(look, style=TextStyle.SECONDARY, colour=text2)
        self._why = PlainLabel(look, style=TextStyle.SECONDARY, colour=text2)
        for one in (self._to, self._of, self._given, self._code, self._signed, self._why):
            card.body.addWidget(one)
        self._pill: Pill | None = None
        return card

    def _build_buttons(self) -> tuple[Button, ...]:
        look, model = self._look, self._model
        _ = look.language.gettext
        self.see = Button(look, _("Show it as it was given"), icon="eye")
        self.signed = Button(look, _("Signatures…"), icon="pen-line")
        self.signed.setToolTip("Ctrl+Shift+I")
        self.withdrawn = Button(look, _("Ask it back: consent withdrawn"), icon="undo-2")
        self.wrong = Button(look, _("Ask it back: something is wrong"), icon="undo-2")
        self.back = Button(look, _("It came back"), icon="circle-check")
        self.gone = Button(look, _("It is destroyed"), icon="trash-2")
        self.spoilt = Button(look, _("It did not come out whole"), icon="x")
        self.mistaken = Button(look, _("That was wrong: take the last note back"), icon="undo-2")
        self.note = Button(look, _("Note a copy that was given…"), icon="hand")
        self.note.setToolTip("Ctrl+Shift+N")
        self.see.clicked.connect(model.see_given)
        self.signed.clicked.connect(model.go_to_signatures)
        self.withdrawn.clicked.connect(partial(model.ask_back, Cause.WITHDRAWAL))
        self.wrong.clicked.connect(partial(model.ask_back, Cause.ERROR))
        self.back.clicked.connect(self._take_back)
        self.gone.clicked.connect(self._note_destroyed)
        self.spoilt.clicked.connect(model.note_spoilt)
        self.mistaken.clicked.connect(model.correct)
        self.note.clicked.connect(model.begin_giving)
        named = {
            "show as given": self.see,
            "signatures": self.signed,
            "ask back withdrawn": self.withdrawn,
            "ask back wrong": self.wrong,
            "came back": self.back,
            "destroyed": self.gone,
            "did not come out": self.spoilt,
            "was wrong": self.mistaken,
            "note a copy": self.note,
        }
        for name, button in named.items():
            button.setObjectName(name)
        return tuple(named.values())

    def _build_folder(self) -> Card:
        look = self._look
        _ = look.language.gettext
        folder = Card(look, _("To a folder"))
        told = _(
            "Excerpts given as files are saved in a new folder. Each is named by its control code,"
            " and beside them lies a list of checksums. Trygga sends no e-mail: nobody could say"
            " where it ends up."
        )
        text2 = look.theme.tokens.text2
        folder.body.addWidget(PlainLabel(look, told, style=TextStyle.SECONDARY, colour=text2))
        self.export = Button(look, _("Save in a folder…"), icon="folder-open")
        self.export.setObjectName("save in a folder")
        self.export.setToolTip("Ctrl+Shift+S")
        self.export.across()
        folder.body.addWidget(self.export)
        self._kept_back = PlainLabel(look, style=TextStyle.SECONDARY)
        folder.body.addWidget(self._kept_back)
        return folder

    @Slot()
    def _take_back(self) -> None:
        self._model.take_back(is_destroyed=False)

    @Slot()
    def _note_destroyed(self) -> None:
        self._model.take_back(is_destroyed=True)

    @Slot()
    def _show(self) -> None:
        self._show_giving()
        model, language = self._model, self._look.language
        one = model.copy
        self._card.setVisible(one is not None)
        self.note.setVisible(model.may_give)
        self.note.setEnabled(model.may_note)
        kept_back = "" if not model.not_exported else kept_back_words(model.not_exported, language)
        self._kept_back.show_text(kept_back)
        self._kept_back.setVisible(bool(kept_back))
        state = None if one is None else one.copy.state
        is_out = state is CopyState.OUT
        for button, is_offered in (
            (self.see, one is not None and one.copy.excerpt_id is not None),
            (self.signed, model.may_see_signatures),
            (self.withdrawn, is_out),
            (self.wrong, is_out),
            (self.back, state is not None and state.is_out),
            (self.gone, state is not None and state.is_out),
            (self.spoilt, is_out),
            (self.mistaken, one is not None and one.copy.can_be_corrected),
        ):
            button.setVisible(is_offered)
        self.export.setEnabled(bool(model.to_export) and model.may_give)
        if one is None:
            return
        to, of = copy_words(one, language)
        when, way = given_words(one, language)
        self._to.show_text(to)
        self._of.show_text(of)
        self._given.show_text(f"{when}. {way}.")
        code = one.copy.code
        _ = language.gettext
        self._code.show_text(_("Control code: {code}").format(code=code) if code else "")
        self._code.setVisible(bool(code))
        signed = signed_words(one, language)
        self._signed.show_text(signed)
        self._signed.setVisible(bool(signed))
        cause = one.copy.cause
        why = due_words(one, language) if cause is None else cause_words(cause, language)
        self._why.show_text(why)
        self._why.setVisible(bool(why))
        if self._pill is not None:
            take_out(self._pill)
        pill = state_pill(one, language)
        self._pill = Pill(self._look, pill.text, tone=pill.tone, icon=pill.icon)
        self._card.body.insertWidget(1, self._pill, 0, Qt.AlignmentFlag.AlignLeft)

    def _show_giving(self) -> None:
        """Show what is being written down alone: it is recorded or closed before anything else."""
        form = self._model.giving
        built = None if form is None else (form, form.trouble)
        if built == self._built:
            return
        self._built = built
        if self._giving is not None:
            take_out(self._giving)
            self._giving = None
        self._ways.setVisible(form is None)
        if form is None:
            self.left_behind.emit()
            return
        self._giving = GivingCard(self._model, self._look, form)
        self._giving_place.addWidget(self._giving)
        self._giving.show()
        self._giving.first_focus.setFocus()
