"""The form in which a statement of the mapping is written down."""

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trygga_desktop.services.parties import ShownParty
from trygga_desktop.ui.agency_words import role_word
from trygga_desktop.ui.screens.mapping.areas import area_name
from trygga_desktop.ui.screens.mapping.capture import BOARD, Missing, Teller
from trygga_desktop.ui.screens.mapping.view_model import MappingViewModel
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space
from trygga_desktop.ui.widgets.boxes import Card
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.field import Field, FieldState
from trygga_desktop.ui.widgets.inputs import CheckBox, ComboBox, TextArea
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.removal import take_out
from trygga_desktop.ui.widgets.segments import Segment, Segments
from trygga_desktop.ui.widgets.text import LONGEST_NAME, make_visible
from trygga_desktop.ui.widgets.trouble_banner import come_forward, trouble_banner

_TEXT_HEIGHT = 72


class CaptureForm(Card):
    """Stays while the rest of the page is built anew: somebody is writing in it.

    Ctrl+Enter records. Whoever tells stays chosen, for one rarely tells one thing only.
    """

    def __init__(self, model: MappingViewModel, look: Look, parent: QWidget | None = None) -> None:
        _ = look.language.gettext
        # The note says which area it goes into; a space keeps its place until there is one.
        super().__init__(look, _("New statement"), note=" ", parent=parent)
        self._model = model
        self._look = look
        self.setObjectName("form")
        self._ticks: list[CheckBox] = []
        self._told: list[QWidget] = []
        self._shown_people: object = None
        self._shown_choices: object = None
        self._shown_trouble: object = None
        self._kind = Segments(
            look,
            _("What was told"),
            (
                Segment(value=True, text=_("A strength"), icon="sprout"),
                Segment(value=False, text=_("A need"), icon="signpost"),
            ),
            current=model.capture.is_strength,
        )
        self._kind.chosen.connect(self._choose_kind)
        self.body.addWidget(self._kind, 0, Qt.AlignmentFlag.AlignLeft)
        self.text = TextArea(look, text=model.capture.text, rows=2)
        self.text.setObjectName("text")
        self.text.setMaximumHeight(look.theme.px(_TEXT_HEIGHT))
        self.text.textChanged.connect(self._type)
        self._text_field = Field(look, _("What was told, in a few words"), self.text)
        self.body.addWidget(self._text_field)
        self._teller = ComboBox(look, [])
        self._teller.setObjectName("teller")
        self._teller.activated.connect(self._choose_teller)
        self.body.addWidget(Field(look, _("Who told it"), self._teller))
        self._category = ComboBox(look, [])
        self._category.setObjectName("category")
        self._category.activated.connect(self._choose_category)
        self._category_field = Field(look, _("Kind of information"), self._category)
        self.body.addWidget(self._category_field)
        self.body.addWidget(self._build_others())
        self._trouble = QVBoxLayout()
        self.body.addLayout(self._trouble)
        self.body.addLayout(self._build_foot())
        model.changed.connect(self._show)
        model.replaced.connect(self._replace)
        self._show()

    @property
    def in_order(self) -> tuple[QWidget, ...]:
        """Return everything that Tab reaches, as one reads it."""
        return (
            *self._kind.findChildren(QWidget),
            self.text,
            self._teller,
            self._category,
            *self._answer.findChildren(QWidget),
            *self._ticks,
            self._add,
        )

    def _build_others(self) -> QWidget:
        look, _ = self._look, self._look.language.gettext
        text2 = look.theme.tokens.text2
        self._others = QWidget()
        column = QVBoxLayout(self._others)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.XS)
        self._question = PlainLabel(look, style=TextStyle.LABEL)
        column.addWidget(self._question)
        asked = _("Is it about someone else too?")
        self._answer = Segments(
            look,
            asked,
            (Segment(value=False, text=_("No")), Segment(value=True, text=_("Yes"))),
        )
        self._answer.chosen.connect(self._answer_others)
        column.addWidget(self._answer, 0, Qt.AlignmentFlag.AlignLeft)
        self._ticks_box = QVBoxLayout()
        self._ticks_box.setSpacing(0)
        column.addLayout(self._ticks_box)
        self._nobody = PlainLabel(look, style=TextStyle.SECONDARY, colour=text2)
        column.addWidget(self._nobody)
        return self._others

    def _build_foot(self) -> QHBoxLayout:
        look, _ = self._look, self._look.language.gettext
        text2 = look.theme.tokens.text2
        self._missing = PlainLabel(look, style=TextStyle.SECONDARY, colour=text2)
        self._add = Button(look, _("Record"), ButtonKind.PRIMARY, icon="plus")
        self._add.setObjectName("record")
        self._add.setToolTip("Ctrl+Enter")
        self._add.clicked.connect(self._model.record)
        row = QHBoxLayout()
        row.setSpacing(Space.M)
        row.addWidget(self._missing, 1)
        row.addWidget(self._add, 0, Qt.AlignmentFlag.AlignBottom)
        return row

    @Slot(object)
    def _choose_kind(self, value: object) -> None:
        self._model.choose_strength(is_strength=value is True)

    @Slot()
    def _type(self) -> None:
        self._model.type_text(self.text.toPlainText())

    @Slot()
    def _choose_teller(self) -> None:
        place = self._teller.currentIndex() - 1
        self._model.choose_teller(self._model.tellers[place] if place >= 0 else None)

    @Slot()
    def _choose_category(self) -> None:
        self._model.choose_category(str(self._category.currentData()))

    @Slot(object)
    def _answer_others(self, value: object) -> None:
        self._model.answer_others(concerns=value is True)

    @Slot()
    def _replace(self) -> None:
        if self.text.toPlainText() != self._model.capture.text:
            self.text.setPlainText(self._model.capture.text)

    @Slot()
    def _show(self) -> None:
        model, look = self._model, self._look
        language, capture = look.language, model.capture
        view = next((one for one in model.areas if one.code == capture.area), None)
        self.note.show_text("" if view is None else area_name(view, language))
        if self._kind.current is not capture.is_strength:
            self._kind.choose(capture.is_strength)
        self._fill()
        self._category.choose(capture.category)
        places = {teller: place for place, teller in enumerate(model.tellers, 1)}
        # Nobody is offered while there is no case: then whoever is chosen stands nowhere.
        place = 0 if capture.teller is None else places.get(capture.teller, 0)
        self._teller.setCurrentIndex(place)
        category = model.category
        careful = "" if category is None else category.careful.in_language(language.code)
        self._category_field.show_state(FieldState.PLAIN, careful)
        self._show_others()
        line = self._missing_line()
        self._missing.show_text(line)
        # A disabled button must not take the focus from whoever pressed it with the keyboard.
        is_on = model.may_record or model.is_working
        if self._add.hasFocus() and not is_on:
            self.text.setFocus(Qt.FocusReason.OtherFocusReason)
        self._add.setEnabled(is_on)
        self._add.setAccessibleDescription(line)
        if model.trouble != self._shown_trouble:
            self._show_trouble()

    def _fill(self) -> None:
        """Offer who may have told it and which kinds there are, when that has changed."""
        model, language = self._model, self._look.language
        overview = model.overview
        categories = () if overview is None else overview.catalogue.categories
        choices = (model.tellers, categories)
        if choices == self._shown_choices:
            return
        self._shown_choices = choices
        self._teller.clear()
        self._teller.addItem(language.gettext("Choose"))
        for teller in model.tellers:
            self._teller.addItem(self._name_of(teller))
        self._category.clear()
        for one in categories:
            if not one.retired:
                self._category.addItem(one.name.in_language(language.code), one.code)

    def _show_others(self) -> None:
        model, _ = self._model, self._look.language.gettext
        people = model.others
        if people != self._shown_people:
            self._shown_people = people
            take_out(*self._ticks)
            self._ticks = [self._tick(one) for one in people]
        asks, concerns = model.asks_about_others, model.capture.concerns_others
        self._answer.setVisible(asks)
        if asks and self._answer.current is not concerns:
            self._answer.choose(concerns)
        shows_ticks = not asks or concerns is True
        for one, tick in zip(people, self._ticks, strict=True):
            tick.setVisible(shows_ticks)
            tick.blockSignals(True)
            tick.setChecked(one.party.id in model.capture.others)
            tick.blockSignals(False)
        self._question.show_text(
            _("Is it about someone else too?") if asks else _("Also about, beside the young person")
        )
        # Without anyone to tick there is nothing to ask where a category does not ask by itself.
        self._others.setVisible(asks or bool(people))
        lacks = asks and concerns is True and not people
        text = _("Add the person under People first. Nobody else's name belongs here.")
        self._nobody.show_text(text if lacks else "")
        self._nobody.setVisible(lacks)

    def _tick(self, shown: ShownParty) -> CheckBox:
        name = make_visible(shown.name, lines=False, longest=LONGEST_NAME)
        role = role_word(shown.party.role, self._look.language)
        tick = CheckBox(self._look, f"{name} ({role.lower()})")
        tick.setObjectName(f"about {shown.party.id}")
        question = self._look.language.gettext("Is it about someone else too?")
        tick.setAccessibleDescription(question)
        tick.toggled.connect(partial(self._tell_tick, shown))
        self._ticks_box.addWidget(tick)
        return tick

    def _tell_tick(self, shown: ShownParty, checked: bool) -> None:  # noqa: FBT001  Qt's signal
        self._model.tick(shown.party.id, is_about=checked)

    def _name_of(self, teller: Teller) -> str:
        if teller == BOARD:
            return self._look.language.gettext("The board itself")
        return make_visible(teller.name, lines=False, longest=LONGEST_NAME)

    def _show_trouble(self) -> None:
        self._shown_trouble = trouble = self._model.trouble
        take_out(*self._told)
        self._told = []
        if trouble is not None and self._model.overview is not None:
            told = trouble_banner(self._look, trouble)
            self._trouble.addWidget(told)
            self._told.append(told)
            come_forward(told)

    def _missing_line(self) -> str:
        _ = self._look.language.gettext
        if not self._model.capture.area:
            return _("Choose an area of life.")
        match self._model.missing:
            case Missing.TEXT:
                return _("Write what was told.")
            case Missing.TELLER:
                return _("Choose who told it.")
            case Missing.OTHERS_UNANSWERED:
                return _("Answer whether it is about someone else too.")
            case Missing.OTHERS:
                return _("Tick whom else it is about.")
            case None:
                return ""
