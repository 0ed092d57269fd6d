"""The part of the page with names, number, birth date and protection of one person."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from trygga_desktop.domain.people import Protection
from trygga_desktop.domain.person_changes import NumberChange
from trygga_desktop.services.details import PersonDetails
from trygga_desktop.ui.case_words import protection_label
from trygga_desktop.ui.person_typing.form import FormField
from trygga_desktop.ui.person_typing.number_block import NumberBlock
from trygga_desktop.ui.person_typing.typed_field import TypedField
from trygga_desktop.ui.screens.details.hidden_rows import HiddenRows
from trygga_desktop.ui.screens.details.view_model import DetailsViewModel
from trygga_desktop.ui.screens.details.words import (
    card_title,
    guarded_text,
    meaning_line,
    meaning_texts,
)
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space, Tone
from trygga_desktop.ui.widgets.banner import banner
from trygga_desktop.ui.widgets.boxes import Card, TintedBox
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.field import Field
from trygga_desktop.ui.widgets.inputs import CheckBox, ComboBox
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.segments import Segment, Segments

_ONE_COLUMN = 520
_THREE_COLUMNS = 700
_KINDS = tuple(one for one in Protection if one is not Protection.NONE)


class PersonCard(Card):
    """Of a protected person the alias stands first, and name and number are hidden rows.

    `choices_changed` follows when buttons have come or gone between the fields.
    """

    choices_changed = Signal()

    def __init__(
        self,
        model: DetailsViewModel,
        look: Look,
        details: PersonDetails,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(look, card_title(details, look.language), parent=parent)
        self._model = model
        self._look = look
        self._details = details
        self._grids: list[_Fields] = []
        self._stops: list[QWidget] = []
        self._number: NumberBlock | None = None
        self._hidden: HiddenRows | None = None
        self.first_focus: QWidget
        if details.details is None:
            self._build_protected()
        else:
            self._build_open()
        model.changed.connect(self._show)
        self._show()

    def in_order(self) -> tuple[QWidget, ...]:
        """Return everything that Tab reaches, as one reads it."""
        found: list[QWidget] = []
        for one in self._stops:
            if isinstance(one, NumberBlock | HiddenRows):
                found += one.in_order()
            else:
                found.append(one)
        return tuple(found)

    def _build_protected(self) -> None:
        look, language = self._look, self._look.language
        _ = language.gettext
        text = guarded_text(self._details, language)
        title = _("Protected details")
        self.body.addWidget(banner(look, text, tone=Tone.WARN, title=title, icon="shield-user"))
        self._add_guard()
        self._hidden = HiddenRows(self._model, look, self._details)
        self._hidden.changed.connect(self.choices_changed)
        self.body.addWidget(self._hidden)
        self._stops.append(self._hidden)
        is_naming = self._model.more.is_naming or self._model.begins_anew
        if not self._model.begins_anew:
            words = (
                _("Leave name and number as they are") if is_naming else _("Another name or number")
            )
            button = Button(look, words, ButtonKind.LINK, icon="pencil")
            button.setObjectName("name anew")
            button.clicked.connect(partial(self._model.name_anew, on=not is_naming))
            self.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            self._stops.append(button)
        if is_naming:
            line = (
                _("Write the new name and number. Of the old ones nothing is kept.")
                if self._model.begins_anew
                else _("Write only what is another. What is left empty stays.")
            )
            self.body.addWidget(_quiet(look, line))
            self._add_identity()

    def _build_open(self) -> None:
        look, details = self._look, self._details
        _ = look.language.gettext
        self._add_identity()
        shown = details.details
        former = () if shown is None else shown.numbers[1:]
        if former:
            text = look.language.ngettext(
                "Former number: {numbers}", "Former numbers: {numbers}", len(former)
            )
            numbers = look.language.list_words(list(former))
            self.body.addWidget(_quiet(look, text.format(numbers=numbers)))
        if self._model.begins_anew:
            text = _("Write the new name and number. Of the old ones nothing is kept.")
            self.body.addWidget(_quiet(look, text))
        self.body.addWidget(self._build_switch())
        if self._model.form.is_protected:
            self._add_guard()

    def _add_identity(self) -> None:
        look, model = self._look, self._model
        _ = look.language.gettext
        fields: list[QWidget] = []
        given = TypedField(look, model, FormField.GIVEN_NAME, _("Given name"))
        family = TypedField(look, model, FormField.FAMILY_NAME, _("Family name"))
        self._number = NumberBlock(look, model)
        self._number.choices_changed.connect(self.choices_changed)
        born = TypedField(look, model, FormField.BIRTH_DATE, _("Birth date"))
        if self._details.is_nameless:
            alias = TypedField(look, model, FormField.ALIAS, _("Alias"))
            fields.append(alias)
            self._stops.append(alias.input)
            self.first_focus = alias.input
        else:
            fields += [given, family, self._number, born]
            self._stops += [given.input, family.input, self._number, born.input]
            self._take_first(given.input)
        grid = _Fields(look, fields, columns=2)
        self.body.addWidget(grid)
        self._meaning = self._build_meaning()
        self.body.addWidget(self._meaning)
        self._stops.append(self._segments)

    def _add_guard(self) -> None:
        look, model = self._look, self._model
        _ = look.language.gettext
        alias = TypedField(look, model, FormField.ALIAS, _("Alias"))
        base = model.base.person.protection
        kinds = [one for one in _KINDS if one.degree >= base.degree]
        kind = ComboBox(look, [(protection_label(one, look.language), one) for one in kinds])
        kind.setObjectName("kind of protection")
        kind.choose(model.form.protection)
        kind.activated.connect(partial(self._choose_kind, kind))
        since = TypedField(look, model, FormField.SINCE, _("Since"))
        fields = [alias, Field(look, _("Kind of protection"), kind), since]
        self.body.addWidget(_Fields(look, fields, columns=3))
        self._stops += [alias.input, kind, since.input]
        self._take_first(alias.input)

    def _build_switch(self) -> QWidget:
        look, model = self._look, self._model
        _ = look.language.gettext
        box = TintedBox(look, Tone.MUTE)
        switch = CheckBox(look, _("Protected identity"), checked=model.form.is_protected)
        switch.setObjectName("protected")
        switch.toggled.connect(self._protect)
        switch.setEnabled(model.may_protect)
        text = _("If you are unsure: turn it on. It is easy to turn on and hard to turn off.")
        if not model.may_protect:
            text = _(
                "Only somebody who can open the guarded part can turn it on: the name goes into "
                "it. Ask the coordinator."
            )
        line = _quiet(look, text)
        switch.setAccessibleDescription(text)
        box.row.addWidget(switch, 0)
        box.row.addWidget(line, 1, Qt.AlignmentFlag.AlignVCenter)
        self._stops.append(switch)
        return box

    def _build_meaning(self) -> QWidget:
        look, model = self._look, self._model
        _ = look.language.gettext
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.XS)
        name = _("Why is the number another?")
        column.addWidget(PlainLabel(look, name, style=TextStyle.LABEL))
        texts = meaning_texts(look.language)
        segments = [Segment(value, text) for value, text in texts]
        self._segments = Segments(look, name, segments, current=model.meaning)
        self._segments.setObjectName("meaning")
        self._segments.chosen.connect(self._mean)
        column.addWidget(self._segments)
        self._meaning_line = _quiet(look, "")
        column.addWidget(self._meaning_line)
        return box

    def _take_first(self, widget: QWidget) -> None:
        if not hasattr(self, "first_focus"):
            self.first_focus = widget

    @Slot(bool)
    def _protect(self, on: bool) -> None:  # noqa: FBT001  Qt's signal
        self._model.protect(_KINDS[0] if on else Protection.NONE)

    def _choose_kind(self, kind: ComboBox, _: int) -> None:
        self._model.protect(Protection(kind.currentData()))

    @Slot(object)
    def _mean(self, meaning: object) -> None:
        self._model.mean(NumberChange(str(meaning)))

    @Slot()
    def _show(self) -> None:
        if self._number is None:
            return
        model = self._model
        self._meaning.setVisible(model.asks_meaning)
        if model.asks_meaning:
            meaning = model.meaning
            if meaning is not None and self._segments.current is not meaning:
                self._segments.choose(meaning)
            self._meaning_line.show_text(meaning_line(meaning, self._look.language))


class _Fields(QWidget):
    """Fields beside each other where they fit, and below each other where they do not."""

    def __init__(self, look: Look, fields: Sequence[QWidget], *, columns: int) -> None:
        super().__init__()
        self._look = look
        self._fields = fields
        self._most = columns
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(Space.M)
        self._grid.setVerticalSpacing(Space.M)
        self._arrange(columns)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put as many fields beside each other as there is room for."""
        super().resizeEvent(event)
        width = self._look.effective(event.size().width())
        fits = 1 if width < _ONE_COLUMN else 2 if width < _THREE_COLUMNS else 3
        self._arrange(min(self._most, fits))

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for field in self._fields:
            self._grid.removeWidget(field)
        for index, field in enumerate(self._fields):
            row, column = divmod(index, columns)
            self._grid.addWidget(field, row, column, Qt.AlignmentFlag.AlignTop)
        for column in range(self._most):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)


def _quiet(look: Look, text: str) -> PlainLabel:
    return PlainLabel(look, text, style=TextStyle.SECONDARY, colour=look.theme.tokens.text2)
