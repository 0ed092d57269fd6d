"""A card with the terms that were added already, and below them the form for one more."""

from collections.abc import Callable, Sequence
from typing import NamedTuple
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from trygga_desktop.domain.parties import PartyRole
from trygga_desktop.services.consents import ConsentView
from trygga_desktop.ui.consent_words import ConsentNames, length_text
from trygga_desktop.ui.screens.consent_form.view_model import ConsentFormViewModel
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space, Tone
from trygga_desktop.ui.widgets.boxes import Card, TintedBox
from trygga_desktop.ui.widgets.buttons import Button
from trygga_desktop.ui.widgets.field import Field, FieldState
from trygga_desktop.ui.widgets.inputs import ComboBox, TextArea
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.removal import take_out
from trygga_desktop.ui.widgets.text import make_visible

_WORDS_HEIGHT = 76


class AddedTerm(NamedTuple):
    """What was added: its words, a line on it, and how it is taken off again."""

    words: str
    line: str
    remove: Callable[[], None] | None


class TermCard(Card):
    """What was added already, and below it the form for one more."""

    def __init__(
        self,
        model: ConsentFormViewModel,
        look: Look,
        names: ConsentNames,
        title: str,
        intro: str,
    ) -> None:
        super().__init__(look, title)
        self._model = model
        self._look = look
        self._names = names
        self._shown: tuple[AddedTerm, ...] | None = None
        self._parts: list[QWidget] = []
        text2 = look.theme.tokens.text2
        self.body.addWidget(PlainLabel(look, intro, style=TextStyle.SECONDARY, colour=text2))
        # A box of its own: what is added late is still reached before the form below it.
        self._box = QWidget()
        self._list = QVBoxLayout(self._box)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(Space.S)
        self._box.hide()
        self.body.addWidget(self._box)

    def _words(self, label: str) -> TextArea:
        words = TextArea(self._look, rows=2)
        words.setObjectName(f"words of {type(self).__name__}")
        words.setFixedHeight(self._look.theme.px(_WORDS_HEIGHT))
        self._words_field = Field(self._look, label, words)
        self.body.addWidget(self._words_field)
        return words

    def _judge_length(self, *, is_too_long: bool) -> None:
        if is_too_long:
            self._words_field.show_state(FieldState.BAD, length_text(self._look.language))
        else:
            self._words_field.show_state(FieldState.PLAIN)

    def _asked_by(self, view: ConsentView) -> ComboBox:
        _ = self._look.language.gettext
        family = [one for one in view.people if one.party.role is not PartyRole.PROFESSIONAL]
        people: list[tuple[str, object]] = [(_("Choose"), None)]
        people += [(self._names.full_name(one.party.id), one.party.id) for one in family]
        box = ComboBox(self._look, people)
        box.setObjectName(f"asked by {type(self).__name__}")
        return box

    def _show_list(self, added: Sequence[AddedTerm]) -> None:
        if tuple(one[:2] for one in added) == tuple(one[:2] for one in self._shown or ()):
            return
        self._shown = tuple(added)
        take_out(*self._parts)
        self._parts = [self._row(one) for one in added]
        for part in self._parts:
            self._list.addWidget(part)
        self._box.setVisible(bool(self._parts))

    def _row(self, added: AddedTerm) -> QWidget:
        look = self._look
        _ = look.language.gettext
        is_new = added.remove is not None
        box = TintedBox(look, Tone.WARN if is_new else Tone.MUTE)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(PlainLabel(look, f"”{make_visible(added.words)}”"))
        words.addWidget(PlainLabel(look, added.line, style=TextStyle.CAPTION))
        box.row.addLayout(words, 1)
        if added.remove is not None:
            remove = Button(look, _("Remove"), small=True, icon="x")
            short = make_visible(added.words, lines=False, longest=60)
            remove.setObjectName(f"remove {short}")
            remove.setAccessibleName(_("Remove: {words}").format(words=short))
            remove.clicked.connect(added.remove)
            box.row.addWidget(remove, 0, Qt.AlignmentFlag.AlignVCenter)
        return box

    def _line(self, parts: Sequence[str], asked_by: UUID, *, holds: bool) -> str:
        _ = self._look.language.gettext
        text = _("Asked for by {name}").format(name=self._names.person(asked_by))
        told = [*parts, text, *([_("Holds already")] if holds else [])]
        return " · ".join(told)
