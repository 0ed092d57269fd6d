"""The preparation with the young person: their words at the left, what is not raised beside it."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QVBoxLayout, QWidget

from trygga_desktop.domain.meeting import ToldBy
from trygga_desktop.ui.problems import explain
from trygga_desktop.ui.screens.voice.form import VoiceField, VoiceForm
from trygga_desktop.ui.screens.voice.view_model import VoiceState, VoiceViewModel
from trygga_desktop.ui.screens.voice.words import hint_of, label_of, missing_text, tellers
from trygga_desktop.ui.shortcuts import Command
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space, Tone
from trygga_desktop.ui.widgets.banner import banner
from trygga_desktop.ui.widgets.boxes import Card
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.empty_state import EmptyState
from trygga_desktop.ui.widgets.form_parts import ChoiceField, FormField, FormFoot
from trygga_desktop.ui.widgets.inputs import CheckBox
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.page_header import PageHeader
from trygga_desktop.ui.widgets.problem_card import problem_card
from trygga_desktop.ui.widgets.removal import take_out
from trygga_desktop.ui.widgets.text import make_visible
from trygga_desktop.ui.widgets.trouble_banner import come_forward, trouble_banner
from trygga_desktop.ui.widgets.two_columns import TwoColumns

_SIDE = 360
_NARROW = 820
_ROWS = {VoiceField.WORDS: 4, VoiceField.NOT_RAISED: 3, VoiceField.TELLER: 0, VoiceField.LETTER: 6}


class VoiceView(QWidget):
    """Focus starts in the words. Ctrl+Enter records them, Alt+Left goes back and keeps them."""

    def __init__(self, model: VoiceViewModel, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._look = look
        _ = look.language.gettext
        self._back = Button(look, _("The meetings"), ButtonKind.LINK, icon="arrow-left", small=True)
        self._back.setObjectName("the meetings")
        self._back.clicked.connect(model.go_back)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Space.L)
        self._column.addWidget(self._back, 0, Qt.AlignmentFlag.AlignLeft)
        self._parts = QVBoxLayout()
        self._parts.setSpacing(Space.L)
        self._column.addLayout(self._parts)
        self._column.addStretch(1)
        self._shown: list[QWidget] = []
        self._banners: list[QWidget] = []
        self._fields: dict[VoiceField, FormField] = {}
        self._boxes: dict[UUID, CheckBox] = {}
        self._form: VoiceForm | None = None
        self._state: VoiceState | None = None
        model.changed.connect(self._show)
        self._show()
        self.commands = (
            Command(_("Record what was said"), ("Ctrl+Return", "Ctrl+Enter"), model.record),
            Command(_("Back to the meetings"), ("Alt+Left",), model.go_back),
        )

    @property
    def first_focus(self) -> QWidget:
        """Return the words, or the way back while there is no form."""
        field = self._fields.get(VoiceField.WORDS)
        return self._back if field is None else field.input

    @Slot()
    def _show(self) -> None:
        model = self._model
        if (model.state, model.form) != (self._state, self._form):
            had_focus = self.first_focus.hasFocus()
            self._state, self._form = model.state, model.form
            take_out(*self._shown)
            self._fields, self._boxes = {}, {}
            self._shown = self._build()
            for one in self._shown:
                self._parts.addWidget(one)
            if had_focus or self._back.hasFocus():
                self.first_focus.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_trouble()

    def _show_trouble(self) -> None:
        model = self._model
        take_out(*self._banners)
        self._banners = []
        if model.trouble is not None and model.state is VoiceState.READY:
            self._banners = [trouble_banner(self._look, model.trouble)]
            self._parts.insertWidget(1, self._banners[0])
            come_forward(self._banners[0])

    def _build(self) -> list[QWidget]:
        model, look = self._model, self._look
        _ = look.language.gettext
        if model.form is not None and model.found is not None:
            return [self._header(), *self._build_form(model.form)]
        if model.state is VoiceState.FAILED and model.trouble is not None:
            return [problem_card(look, explain(model.trouble, look.language))]
        if model.state is VoiceState.SLOW:
            card = Card(look)
            text = _("The meeting is being opened.")
            state = EmptyState(look, icon="hourglass", title=_("One moment"), text=text)
            card.body.addWidget(state)
            return [card]
        return []

    def _header(self) -> QWidget:
        found, look = self._model.found, self._look
        _ = look.language.gettext
        if found is None:
            return QWidget()
        name = make_visible(found.name, lines=False)
        number = make_visible(found.case_number, lines=False)
        crumbs = [f"{number} · {name}" if name else number, _("Meetings")]
        title = _("Before meeting {number}, with the young person").format(number=found.number)
        return PageHeader(look, title, crumbs=crumbs)

    def _build_form(self, form: VoiceForm) -> list[QWidget]:
        look = self._look
        _ = look.language.gettext
        limits = banner(
            look,
            _(
                "I cannot promise to keep everything secret. If someone is being harmed I must "
                "tell social services, and sometimes the law says that the police must know."
            ),
            tone=Tone.INFO,
            title=_("Say this first"),
        )
        main, side = QWidget(), QWidget()
        left, right = QVBoxLayout(main), QVBoxLayout(side)
        for column in (left, right):
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(Space.L)
        left.addWidget(self._words_card(form))
        left.addStretch(1)
        right.addWidget(self._agenda_card(form))
        right.addWidget(self._foot(form))
        right.addStretch(1)
        body = TwoColumns(look, main, side, fixed=side, width=_SIDE, narrow=_NARROW)
        form.changed.connect(self._follow)
        form.replaced.connect(self._follow)
        self._follow()
        return [limits, body]

    def _words_card(self, form: VoiceForm) -> Card:
        look = self._look
        language = look.language
        card = Card(look)
        for field in VoiceField:
            self._fields[field] = FormField(
                look,
                form,
                field,
                label_of(field, language),
                hint=lambda one: hint_of(form, one, language),
                rows=_ROWS[field],
            )
            if _ROWS[field]:
                # What is longer is scrolled: the whole form is to be seen together.
                self._fields[field].input.setMaximumHeight(look.theme.px(28 * _ROWS[field]))
            if field is VoiceField.TELLER:
                teller = ChoiceField(
                    look,
                    language.gettext("Who should tell: you, someone else, or a letter?"),
                    tellers(language),
                    chosen=form.told_by,
                    name="told by",
                    choose=lambda one: form.choose_teller(ToldBy(str(one))),
                ).follow(form, lambda: form.told_by)
                card.body.addWidget(teller)
            card.body.addWidget(self._fields[field])
        return card

    def _agenda_card(self, form: VoiceForm) -> Card:
        look, found = self._look, self._model.found
        _ = look.language.gettext
        card = Card(look, _("Must not be raised"))
        text2 = look.theme.tokens.text2
        text = _(
            "What is ticked stands as a private item on the shared screen, whoever is in the room. "
            "The operator's window says why."
        )
        card.body.addWidget(PlainLabel(look, text, style=TextStyle.SECONDARY, colour=text2))
        for one in () if found is None else found.agenda:
            title = make_visible(one.title, lines=False) or _("Private item")
            box = CheckBox(look, title)
            box.setObjectName(f"not raised {one.id}")
            # A title with & in it is no shortcut.
            box.setShortcut(QKeySequence())
            box.toggled.connect(partial(self._leave_out, form, one.id))
            self._boxes[one.id] = box
            card.body.addWidget(box)
        return card

    def _foot(self, form: VoiceForm) -> FormFoot:
        look, model = self._look, self._model
        _ = look.language.gettext
        return FormFoot(
            look,
            form,
            missing=lambda: missing_text(form, look.language),
            text=_("Read back and recorded"),
            send=model.record,
            cancel_text=_("Cancel"),
            cancel=model.cancel,
        )

    @Slot(bool)
    def _leave_out(self, form: VoiceForm, agenda_id: UUID, leaves: bool) -> None:  # noqa: FBT001  Qt's signal
        form.leave_out(agenda_id, leaves=leaves)

    @Slot()
    def _follow(self) -> None:
        form = self._form if self._form is not None else self._model.form
        if form is None:
            return
        for agenda_id, box in self._boxes.items():
            box.setChecked(agenda_id in form.unraised)
        needs_teller = form.told_by is ToldBy.SOMEBODY
        self._fields[VoiceField.TELLER].setVisible(needs_teller)
