"""The last step: how long the paper holds, how it was signed, and what is saved."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from trygga_desktop.domain.consent_events import Way
from trygga_desktop.i18n import Language
from trygga_desktop.services.consents import ConsentView
from trygga_desktop.ui.consent_words import ConsentNames
from trygga_desktop.ui.screens.consent_form.paper import Said
from trygga_desktop.ui.screens.consent_form.validity import DayField, DayFlaw
from trygga_desktop.ui.screens.consent_form.view_model import ConsentFormViewModel
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space
from trygga_desktop.ui.widgets.boxes import Card
from trygga_desktop.ui.widgets.field import Field, FieldState
from trygga_desktop.ui.widgets.icon_row import IconRow
from trygga_desktop.ui.widgets.inputs import TextInput
from trygga_desktop.ui.widgets.removal import take_out
from trygga_desktop.ui.widgets.segments import Segment, Segments
from trygga_desktop.ui.widgets.two_columns import TwoColumns
from trygga_desktop.ui.widgets.wrap_row import WrapRow

_SIDE = 320
_NARROW = 880
_ROOM = 560


class ValidityStep(QWidget):
    """Every day is proposed already; what was typed stays as it is."""

    def __init__(
        self,
        model: ConsentFormViewModel,
        look: Look,
        view: ConsentView,
        names: ConsentNames,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        main = QWidget()
        column = QVBoxLayout(main)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.L)
        self._days = DaysCard(model, look, view)
        column.addWidget(self._days)
        column.addWidget(CircumstanceCard(model, look))
        side = SavedCard(model, look, names)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(TwoColumns(look, main, side, fixed=side, width=_SIDE, narrow=_NARROW))

    @property
    def first_focus(self) -> QWidget:
        """Return the day of the signature."""
        return self._days.signed_on


class _Side(QWidget):
    """Fields beside each other, or below each other where there is no room."""

    def __init__(self, look: Look, fields: list[QWidget]) -> None:
        super().__init__()
        self._look = look
        self._fields = fields
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(Space.M)
        self._grid.setVerticalSpacing(Space.M)
        self._arrange(len(fields))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Have one column where all of them have no room."""
        super().resizeEvent(event)
        has_room = self._look.effective(event.size().width()) >= _ROOM
        self._arrange(len(self._fields) if has_room else 1)

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for field in self._fields:
            self._grid.removeWidget(field)
        for place, field in enumerate(self._fields):
            at = divmod(place, columns)
            self._grid.addWidget(field, *at, Qt.AlignmentFlag.AlignTop)
        for column in range(len(self._fields)):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)


class DaysCard(Card):
    """When it was signed, from when and until when it holds, with the usual lengths."""

    def __init__(self, model: ConsentFormViewModel, look: Look, view: ConsentView) -> None:
        _ = look.language.gettext
        super().__init__(look, _("For how long?"))
        self._model = model
        self._look = look
        self._view = view
        self._inputs: dict[DayField, TextInput] = {}
        self._fields: dict[DayField, Field] = {}
        labels = {
            DayField.SIGNED_ON: _("Signed on"),
            DayField.VALID_FROM: _("Holds from"),
            DayField.VALID_TO: _("Last day"),
            DayField.FACTS_SINCE: _("What is known since"),
        }
        for where, label in labels.items():
            is_open = where is DayField.FACTS_SINCE
            day = TextInput(look, longest=10, placeholder=_("All of it") if is_open else "")
            day.setObjectName(where)
            day.textEdited.connect(partial(model.validity.type_day, where))
            self._inputs[where] = day
            self._fields[where] = Field(look, label, day)
        self._way = Segments(
            look,
            _("How it was given"),
            [
                Segment(Way.PAPER, _("Signed on paper"), "pencil"),
                Segment(Way.ORAL, _("Said, not signed yet"), "message-circle"),
            ],
            current=model.validity.way,
        )
        self._way.chosen.connect(self._choose_way)
        self._presets = Segments(
            look,
            _("How long"),
            [Segment(one, _months(one, look.language)) for one in model.validity.presets],
            current=model.validity.months,
        )
        self._presets.chosen.connect(self._choose_months)
        self.body.addWidget(WrapRow([self._way, self._presets], gap=Space.M))
        self._way.setVisible(model.validity.may_be_oral)
        self.body.addWidget(_Side(look, list(self._fields.values())))
        model.changed.connect(self._follow)
        self._follow()

    @property
    def signed_on(self) -> TextInput:
        """Return the day of the signature."""
        return self._inputs[DayField.SIGNED_ON]

    @Slot()
    def _follow(self) -> None:
        days = self._model.validity
        self._way.choose(days.way)
        self._presets.setVisible(bool(days.presets))
        self._presets.choose(days.months)
        flaws = days.flaws()
        for where, day in self._inputs.items():
            if day.text() != days.typed[where]:
                day.setText(days.typed[where])
            flaw = flaws.get(where)
            if flaw is not None:
                self._fields[where].show_state(FieldState.BAD, self._flaw(where, flaw))
            elif where is DayField.VALID_TO:
                self._fields[where].show_state(FieldState.PLAIN, self._longest())
            else:
                self._fields[where].show_state(FieldState.PLAIN)

    def _flaw(self, where: DayField, flaw: DayFlaw) -> str:
        _ = self._look.language.gettext
        texts = {
            DayFlaw.NO_DAY: _("Write the day as 2026-11-26."),
            DayFlaw.FUTURE: _("That day has not come yet."),
            DayFlaw.LENGTH: _("That is too long. {longest}").format(longest=self._longest()),
            DayFlaw.ORDER: _("It ends before it begins."),
        }
        of_one_day = {
            (DayField.VALID_FROM, DayFlaw.LENGTH): _("That is too far ahead."),
            (DayField.VALID_FROM, DayFlaw.ORDER): _("It cannot hold before it was signed."),
            (DayField.FACTS_SINCE, DayFlaw.ORDER): _("That is after it begins to hold."),
        }
        return of_one_day.get((where, flaw), texts[flaw])

    def _longest(self) -> str:
        language = self._look.language
        _ = language.gettext
        latest, programme = self._model.validity.latest, self._view.programme
        if latest is None or programme is None:
            return ""
        day = language.date_long(latest)
        if self._model.validity.way is Way.ORAL:
            return _("What is only said holds until {date} at most.").format(date=day)
        name = programme.name.in_language(language.code)
        return _("The longest for {programme} is until {date}.").format(programme=name, date=day)

    @Slot(object)
    def _choose_way(self, way: object) -> None:
        self._model.validity.choose_way(Way(str(way)))

    @Slot(object)
    def _choose_months(self, months: object) -> None:
        if isinstance(months, int):
            self._model.validity.choose_months(months)


class CircumstanceCard(Card):
    """How it is known that everyone understood, and who they were. All of it may stay empty."""

    def __init__(self, model: ConsentFormViewModel, look: Look) -> None:
        _ = look.language.gettext
        super().__init__(look, _("How do we know that everyone understood?"))
        self._model = model
        self._look = look
        paper: list[QWidget] = [
            self._field("language", _("Language"), _("Such as Swedish, easy")),
            self._field("interpreter", _("Interpreter"), _("Leave empty if none")),
            self._field("form_version", _("Version of the form"), ""),
            self._field("place", _("Where it was signed"), ""),
        ]
        self.body.addWidget(_Side(look, paper))
        checked: list[QWidget] = [
            self._field("understanding", _("How understanding was checked"), ""),
            self._field("identified_by", _("How identity was checked"), ""),
            self._field("maturity", _("Maturity in this matter"), _("For a child")),
            self._field("paper", _("Where the paper lies"), ""),
        ]
        self.body.addWidget(_Side(look, checked))

    def _field(self, name: str, label: str, placeholder: str) -> Field:
        text = getattr(self._model.validity.circumstance, name)
        box = TextInput(self._look, text=text, placeholder=placeholder)
        box.setObjectName(name)
        box.textEdited.connect(partial(self._type, name))
        return Field(self._look, label, box)

    def _type(self, name: str, text: str) -> None:
        days = self._model.validity
        days.describe(replace(days.circumstance, **{name: text}))


class SavedCard(Card):
    """Everything that is saved, before it is."""

    def __init__(self, model: ConsentFormViewModel, look: Look, names: ConsentNames) -> None:
        super().__init__(look, look.language.gettext("This is saved"))
        self._model = model
        self._look = look
        self._names = names
        self._lines: list[tuple[str, str, str]] = []
        self._parts: list[QWidget] = []
        model.changed.connect(self._follow)
        self._follow()

    @Slot()
    def _follow(self) -> None:
        lines = self._told()
        if lines == self._lines:
            return
        self._lines = lines
        take_out(*self._parts)
        self._parts = [
            IconRow(self._look, icon=icon, title=title, line=line) for icon, title, line in lines
        ]
        for part in self._parts:
            self.body.addWidget(part)

    def _told(self) -> list[tuple[str, str, str]]:
        language, terms = self._look.language, self._model.terms
        _ = language.gettext
        answers = {
            Said.YES: ("check", _("Yes")),
            Said.NO: ("ban", _("No")),
            Said.WAITING: ("hourglass", _("Not answered, is not saved")),
        }
        lines = []
        for one in self._model.paper.signers:
            icon, word = answers[one.said]
            lines.append((icon, self._names.person(one.id), word))
        exclusions, limits = len(terms.exclusions), len(terms.limits)
        if exclusions:
            text = language.ngettext("{count} exclusion", "{count} exclusions", exclusions)
            lines.append(("ban", text.format(count=exclusions), terms.exclusions[0].words))
        if limits:
            text = language.ngettext("{count} limit", "{count} limits", limits)
            lines.append(("circle-dot", text.format(count=limits), terms.limits[0].words))
        return lines


def _months(count: int, language: Language) -> str:
    return language.ngettext("{count} month", "{count} months", count).format(count=count)
