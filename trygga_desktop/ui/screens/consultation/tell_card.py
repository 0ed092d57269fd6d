"""What is told without names: the text, a warning of what tells too much, and who tried it."""

from uuid import UUID

from PySide6.QtCore import Slot
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from trygga_desktop.domain.recognising import spelled
from trygga_desktop.ui.screens.consultation.form import Field, TellForm
from trygga_desktop.ui.screens.consultation.questions import Questions
from trygga_desktop.ui.screens.consultation.view_model import ConsultationViewModel
from trygga_desktop.ui.screens.consultation.words import hint_of, tell_missing, tellings_text
from trygga_desktop.ui.text_form import Hint
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space, Tone
from trygga_desktop.ui.widgets.banner import banner
from trygga_desktop.ui.widgets.boxes import Card
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.focus import keep_tab_order
from trygga_desktop.ui.widgets.form_parts import ChoiceField, FormField, FormFoot, side_by_side
from trygga_desktop.ui.widgets.icon_row import IconRow
from trygga_desktop.ui.widgets.inputs import TextArea
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.removal import take_out
from trygga_desktop.ui.widgets.text import make_visible

_TEXT_HEIGHT = 88
_WORDS_HEIGHT = 64


class TellCard(QWidget):
    """Warns while somebody types, and keeps nobody from telling it: a person answers for that."""

    def __init__(self, model: ConsultationViewModel, form: TellForm, look: Look) -> None:
        super().__init__()
        self._model = model
        self._form = form
        self._look = look
        _ = look.language.gettext
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.L)
        first = Card(look, _("What are you worried about?"))
        text2 = look.theme.tokens.text2
        told = _(
            "Write so that nobody can tell who it is about: no names, numbers, addresses, schools, "
            "classes or siblings."
        )
        first.body.addWidget(PlainLabel(look, told, style=TextStyle.SECONDARY, colour=text2))
        self._text = TextArea(look, text=form.text_in(Field.TEXT), rows=3)
        self._text.setObjectName(Field.TEXT)
        self._text.setAccessibleName(_("What are you worried about?"))
        self._text.setFixedHeight(look.theme.px(_TEXT_HEIGHT))
        self._text.textChanged.connect(self._type)
        first.body.addWidget(self._text)
        self._warning = QVBoxLayout()
        first.body.addLayout(self._warning)
        self._warned: list[QWidget] = []
        self._shown: object = None
        self._whose, self._kind = self._origin(), self._category()
        first.body.addLayout(side_by_side(self._whose, self._kind))
        self._what = self._decided()
        first.body.addWidget(self._what)
        column.addWidget(first)
        column.addWidget(self._trial_card())
        form.changed.connect(self._show)
        form.replaced.connect(self._replace)
        self._show()

    @property
    def first_focus(self) -> QWidget:
        """Return the text."""
        return self._text

    def _origin(self) -> ChoiceField:
        found, form, _ = self._model.found, self._form, self._look.language.gettext
        organisations = () if found is None else found.organisations
        names = [(make_visible(one.name, lines=False), one.id) for one in organisations]
        choices: list[tuple[str, object]] = [(_("Choose"), None), *names]
        return ChoiceField(
            self._look,
            _("Whose information is it?"),
            choices,
            chosen=form.origin,
            name="origin",
            choose=self._choose_origin,
        ).follow(form, lambda: form.origin)

    def _choose_origin(self, chosen: object) -> None:
        self._form.choose_origin(chosen if isinstance(chosen, UUID) else None)

    def _category(self) -> ChoiceField:
        found, form, language = self._model.found, self._form, self._look.language
        _ = language.gettext
        categories = () if found is None else found.categories
        names = [(one.name.in_language(language.code), one.code) for one in categories]
        choices: list[tuple[str, object]] = [(_("Choose"), ""), *names]
        return ChoiceField(
            self._look,
            _("Kind of information"),
            choices,
            chosen=form.category,
            name="category",
            choose=lambda one: form.choose_category(str(one)),
        ).follow(form, lambda: form.category)

    def _decided(self) -> ChoiceField:
        form, _ = self._form, self._look.language.gettext
        choices: list[tuple[str, object]] = [
            (_("No, it is something we tell"), False),
            (_("Yes, the agency decides it"), True),
        ]
        return ChoiceField(
            self._look,
            _("Is it a decision?"),
            choices,
            chosen=form.is_decision,
            name="is decision",
            choose=lambda one: form.choose_kind(is_decision=one is True),
        ).follow(form, lambda: form.is_decision)

    def _trial_card(self) -> Card:
        look, form, model = self._look, self._form, self._model
        language = look.language
        _ = language.gettext
        card = Card(look, _("Can anyone be recognised?"))
        told = _(
            "Leaving out the name is not always enough. Could anyone at the table tell who it is?"
        )
        text2 = look.theme.tokens.text2
        card.body.addWidget(PlainLabel(look, told, style=TextStyle.SECONDARY, colour=text2))
        if form.trial is not None:
            card.body.addWidget(Questions(look, form, form.trial))
        fields = [
            FormField(look, form, field, label, hint=self._hint, rows=rows)
            for field, label, rows in (
                (Field.MOTIVE, _("Why can nobody be recognised?"), 2),
                (Field.DECIDED_BY, _("Who has tried it?"), 0),
            )
        ]
        fields[0].input.setFixedHeight(look.theme.px(_WORDS_HEIGHT))
        for one in fields:
            card.body.addWidget(one)
        self._foot = FormFoot(
            look,
            form,
            missing=lambda: tell_missing(form, language),
            text=_("Tell it around the table"),
            send=model.tell,
            cancel_text=_("Back"),
            cancel=model.go_back,
            kind=ButtonKind.SECONDARY,
        )
        card.body.addWidget(self._foot)
        return card

    def _hint(self, field: str) -> Hint:
        return hint_of(self._form, field, self._look.language)

    @Slot()
    def _type(self) -> None:
        self._form.type(Field.TEXT, self._text.toPlainText())

    @Slot()
    def _replace(self) -> None:
        text = self._form.text_in(Field.TEXT)
        if text != self._text.toPlainText():
            self._text.setPlainText(text)

    @Slot()
    def _show(self) -> None:
        """Warn of what stands there now."""
        self._text.setReadOnly(self._form.is_working)
        text = self._form.text_in(Field.TEXT)
        found = self._model.tellings
        if (text, found) == self._shown:
            return
        self._shown = (text, found)
        take_out(*self._warned)
        look, _ = self._look, self._look.language.gettext
        self._warned = []
        if found:
            show = Button(look, _("Show in the text"), small=True)
            show.setObjectName("show in the text")
            show.clicked.connect(self._show_in_text)
            told = tellings_text(text, found, look.language)
            title = _("This may point someone out")
            self._warned = [banner(look, told, tone=Tone.WARN, title=title, buttons=(show,))]
        elif text.strip():
            clear = IconRow(
                look,
                icon="check",
                title=_("No names, numbers or addresses found"),
                line=_("The program finds only what it knows. You know more."),
                colour=look.theme.tokens.ok,
            )
            self._warned = [clear]
        for one in self._warned:
            self._warning.addWidget(one)
        # What comes between is reached between.
        keep_tab_order(
            self._text, self._warned, self._whose.combo, self._kind.combo, self._what.combo
        )

    @Slot()
    def _show_in_text(self) -> None:
        """Select the next of what tells too much, after where the cursor stands."""
        text = self._form.text_in(Field.TEXT)
        spans = sorted(span for one in self._model.tellings for span in one.spans)
        if not spans or spelled(text) != text:
            self._text.setFocus()
            return
        # Qt counts as UTF-16 does.
        places = [tuple(len(text[:end].encode("utf-16-le")) // 2 for end in one) for one in spans]
        here = self._text.textCursor().selectionEnd()
        begin, end = next((one for one in places if one[0] >= here), places[0])
        cursor = self._text.textCursor()
        cursor.setPosition(begin)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        self._text.setTextCursor(cursor)
        self._text.setFocus()
