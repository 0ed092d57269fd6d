"""Own figures in small charts on one scale, the same as a table, and actions at each meeting."""

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from trygga_desktop.documents.plan import say_figures
from trygga_desktop.domain.catalogue import UnknownCodeError
from trygga_desktop.domain.plan import HIGHEST, LOWEST, share_of_time
from trygga_desktop.services.ratings import CaseProgress, ShownRating
from trygga_desktop.ui.case_header import case_header
from trygga_desktop.ui.problems import explain
from trygga_desktop.ui.screens.plan_progress.meetings_card import MeetingsCard
from trygga_desktop.ui.screens.plan_progress.view_model import (
    PlanProgressViewModel,
    ProgressState,
)
from trygga_desktop.ui.shortcuts import Command
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space, Tone
from trygga_desktop.ui.widgets.area_row import drawn_icon
from trygga_desktop.ui.widgets.boxes import Card
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.charts import LineChart, Point
from trygga_desktop.ui.widgets.empty_state import EmptyState
from trygga_desktop.ui.widgets.field import Field
from trygga_desktop.ui.widgets.focus import keep_tab_order
from trygga_desktop.ui.widgets.inputs import ComboBox
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.marks import IconMark
from trygga_desktop.ui.widgets.page_header import PageHeader
from trygga_desktop.ui.widgets.problem_card import problem_card
from trygga_desktop.ui.widgets.removal import take_out
from trygga_desktop.ui.widgets.segments import Segment, Segments
from trygga_desktop.ui.widgets.text import make_visible
from trygga_desktop.ui.widgets.trouble_banner import trouble_banner
from trygga_desktop.ui.widgets.two_columns import TwoColumns
from trygga_desktop.ui.widgets.wrap_row import WrapRow

_SIDE = 370
_NARROW = 900
_CHART = 230
_BESIDE, _ALONE = 3, 8
# In turn, and never a colour that judges.
_TONES = (Tone.ACCENT, Tone.INFO, Tone.OK)
_TODAY = "today"


class PlanProgressView(QWidget):
    """Focus starts in the choice between chart and table."""

    def __init__(
        self, model: PlanProgressViewModel, look: Look, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._look = look
        _ = look.language.gettext
        self._tops: list[QWidget] = []
        self._parts: list[QWidget] = []
        self._built: object = None
        self._back = Button(look, _("The plan"), ButtonKind.LINK, icon="arrow-left", small=True)
        self._back.setObjectName("the plan")
        self._back.clicked.connect(model.go_back)
        self._top = QVBoxLayout()
        self._how = Segments(
            look,
            _("How the figures are shown"),
            (Segment(value=False, text=_("Chart")), Segment(value=True, text=_("Table"))),
            current=False,
        )
        self._how.chosen.connect(self._choose)
        self._enter = Button(look, _("Enter figures"), icon="plus")
        self._enter.setObjectName("enter figures")
        self._enter.clicked.connect(model.begin)
        self._print = Button(look, _("Print"), ButtonKind.GHOST, icon="printer")
        self._print.setObjectName("print")
        self._print.clicked.connect(model.papers_wanted)
        self._bar = WrapRow([self._how, self._enter, self._print])
        self._body = QVBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        column.addWidget(self._back, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(self._top)
        column.addWidget(self._bar)
        column.addLayout(self._body, 1)
        model.changed.connect(self._show)
        self._show()
        self.commands = (
            Command(_("Enter figures"), ("Ctrl+N",), model.begin),
            Command(_("Print the progress"), ("Ctrl+P",), model.papers_wanted.emit),
            Command(_("Back to the plan"), ("Alt+Left",), model.go_back),
        )

    @property
    def first_focus(self) -> QWidget:
        """Return the way to enter figures, or the way back while there is no case."""
        return self._enter if self._model.progress is not None else self._back

    @Slot(object)
    def _choose(self, value: object) -> None:
        self._model.show_as_table(as_table=value is True)

    @Slot()
    def _show(self) -> None:
        model = self._model
        # A box in which somebody chooses must not be built anew under them.
        built = (
            model.state,
            model.progress,
            model.as_table,
            model.is_entering,
            model.trouble,
        )
        if built == self._built:
            return
        self._built = built
        take_out(*self._tops, *self._parts)
        self._tops, self._parts = [], []
        self._bar.setVisible(model.progress is not None)
        progress = model.progress
        if progress is not None:
            self._tops.append(case_header(self._look, progress.row, progress.catalogue))
            if model.is_entering:
                self._tops.append(_Entering(model, self._look, progress))
            self._parts.append(self._columns(progress))
        else:
            self._show_instead()
        for one in self._tops:
            self._top.addWidget(one)
        for one in self._parts:
            self._body.addWidget(one)
        entering = [one for one in self._tops if isinstance(one, _Entering)]
        in_order = [part for one in entering for part in one.in_order]
        keep_tab_order(self._back, *in_order, [self._bar], self._parts)
        for one in entering:
            one.in_order[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_instead(self) -> None:
        model, look = self._model, self._look
        _ = look.language.gettext
        if model.state is ProgressState.FAILED and model.trouble is not None:
            problem = explain(model.trouble, look.language)
            self._tops = [PageHeader(look, problem.title), problem_card(look, problem)]
        elif model.state is ProgressState.SLOW:
            card = Card(look)
            text = _("The case is being opened.")
            card.body.addWidget(
                EmptyState(look, icon="hourglass", title=_("One moment"), text=text)
            )
            self._tops = [card]

    def _columns(self, progress: CaseProgress) -> QWidget:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        if not self._model.as_table and progress.ratings:
            column.addWidget(self._table(progress))
        column.addWidget(MeetingsCard(self._look, progress.tallies))
        column.addStretch(1)
        return TwoColumns(
            self._look,
            self._figures(progress),
            side,
            fixed=side,
            width=_SIDE,
            narrow=_NARROW,
        )

    def _figures(self, progress: CaseProgress) -> QWidget:
        look, _ = self._look, self._look.language.gettext
        if self._model.as_table and progress.ratings:
            return self._table(progress)
        card = Card(look, _("How it is, says the young person"))
        card.setObjectName("charts")
        if not progress.ratings:
            text = _("At a meeting the young person can say how it is, from 1 to 10.")
            title = _("No figures yet")
            card.body.addWidget(EmptyState(look, icon="trending-up", title=title, text=text))
            return card
        note = _("Own figures from 1 to 10. Nobody else has changed them.")
        if any(progress.done.get(one) for one in self._model.areas):
            ticks = _("A short line below a chart is a day on which an action was done.")
            note = f"{note} {ticks}"
        card.body.addWidget(
            PlainLabel(look, note, style=TextStyle.SECONDARY, colour=look.theme.tokens.text2)
        )
        card.body.addWidget(_Columns(look, [self._chart(*one) for one in self._each(progress)]))
        return card

    def _each(self, progress: CaseProgress) -> list[tuple[CaseProgress, str, Tone]]:
        return [
            (progress, area, _TONES[place % len(_TONES)])
            for place, area in enumerate(self._model.areas)
        ]

    def _chart(self, progress: CaseProgress, area: str, tone: Tone) -> QWidget:
        look = self._look
        language = look.language
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.XS)
        head = QHBoxLayout()
        head.setSpacing(Space.S)
        ink = look.theme.tokens.tint(tone).ink
        head.addWidget(IconMark(look, _icon(progress, area), colour=ink, size=18))
        name = _name(progress, area, language.code)
        head.addWidget(PlainLabel(look, name, style=TextStyle.STRONG), 1)
        values = [one.values[area] for one in progress.ratings if area in one.values]
        text = language.gettext("{first} to {last}").format(first=values[0], last=values[-1])
        head.addWidget(
            PlainLabel(look, text, style=TextStyle.SECONDARY, colour=look.theme.tokens.text2)
        )
        column.addLayout(head)
        first_day, last_day = progress.span
        done = progress.done.get(area, ())
        points = [
            Point(
                language.date_near(one.on, progress.today),
                one.values.get(area),
                share_of_time(one.on, first_day, last_day),
            )
            for one in progress.ratings
        ]
        ticks = [share_of_time(one, first_day, last_day) for one in done]
        figures = [(one.on, one.values.get(area)) for one in progress.ratings]
        told = say_figures(name, figures, done, language)
        column.addWidget(LineChart(look, points, tone=tone, ticks=ticks, told=told), 1)
        return box

    def _table(self, progress: CaseProgress) -> QWidget:
        look, language = self._look, self._look.language
        card = Card(look, language.gettext("The same figures as a table"))
        card.setObjectName("figures")
        beside = _ALONE if self._model.as_table else _BESIDE
        ratings = progress.ratings if self._model.as_table else progress.ratings[-beside:]
        for start in range(0, len(ratings), beside):
            card.body.addLayout(self._grid(progress, ratings[start : start + beside]))
        earlier = len(progress.ratings) - len(ratings)
        if earlier:
            text = language.ngettext(
                "{count} earlier time stands under Table.",
                "{count} earlier times stand under Table.",
                earlier,
            ).format(count=language.number(earlier))
            colour = look.theme.tokens.text2
            card.body.addWidget(PlainLabel(look, text, style=TextStyle.CAPTION, colour=colour))
        return card

    def _grid(self, progress: CaseProgress, ratings: Sequence[ShownRating]) -> QGridLayout:
        look, language = self._look, self._look.language
        _ = language.gettext
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.M)
        grid.setVerticalSpacing(Space.S)
        grid.setColumnStretch(0, 1)
        text2 = look.theme.tokens.text2
        for column, one in enumerate(ratings, start=1):
            day = PlainLabel(
                look,
                language.date_near(one.on, progress.today),
                style=TextStyle.CAPTION,
                colour=text2,
            )
            grid.addWidget(day, 0, column)
        for row, area in enumerate(self._model.areas, start=1):
            name = _name(progress, area, language.code)
            grid.addWidget(PlainLabel(look, name, style=TextStyle.MEDIUM), row, 0)
            for column, one in enumerate(ratings, start=1):
                value = one.values.get(area)
                style = TextStyle.STRONG if one is progress.ratings[-1] else TextStyle.BODY
                label = PlainLabel(
                    look, "\N{EN DASH}" if value is None else str(value), style=style
                )
                said = _("nothing said") if value is None else str(value)
                label.setAccessibleName(f"{name}, {language.date_long(one.on)}: {said}")
                grid.addWidget(label, row, column)
        return grid


class _Columns(QWidget):
    """Charts or fields in as many columns as there is room for."""

    def __init__(self, look: Look, parts: list[QWidget]) -> None:
        super().__init__()
        self._look = look
        self._parts = parts
        self._count = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(Space.L)
        self._arrange(3)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Have as many columns as there is room for."""
        super().resizeEvent(event)
        width = self._look.effective(event.size().width())
        self._arrange(max(1, min(3, int(width // _CHART))))

    def minimumSizeHint(self) -> QSize:
        """Be content with one part in a line."""
        return QSize(self._look.theme.px(160), super().minimumSizeHint().height())

    def _arrange(self, count: int) -> None:
        if count == self._count:
            return
        self._count = count
        for part in self._parts:
            self._grid.removeWidget(part)
        for place, part in enumerate(self._parts):
            self._grid.addWidget(part, place // count, place % count)
        for column in range(3):
            self._grid.setColumnStretch(column, 1 if column < count else 0)


class _Entering(Card):
    """What the young person says, area by area; what is left out stays out."""

    def __init__(self, model: PlanProgressViewModel, look: Look, progress: CaseProgress) -> None:
        language = look.language
        _ = language.gettext
        note = _("in the young person's own words, and by nobody else")
        super().__init__(look, _("How is it right now, from 1 to 10?"), note=note)
        self.setObjectName("entering")
        self._model = model
        if model.trouble is not None:
            self.body.addWidget(trouble_banner(look, model.trouble))
        self._meeting = ComboBox(look, [(_("Today, outside a meeting"), _TODAY)])
        self._meeting.setObjectName("said at")
        for meeting_id, number, day in progress.meetings:
            text = _("Meeting {number}, {date}").format(number=number, date=language.date_long(day))
            self._meeting.addItem(text, meeting_id)
        self._meeting.choose(_TODAY if model.meeting_id is None else model.meeting_id)
        self._meeting.activated.connect(self._choose_meeting)
        self.body.addWidget(Field(look, _("Said at"), self._meeting))
        self._boxes: list[ComboBox] = []
        self._codes: list[str] = []
        fields: list[QWidget] = []
        for area in progress.catalogue.life_areas:
            figures = range(LOWEST, HIGHEST + 1)
            choices = [(_("Left out"), None), *((str(one), one) for one in figures)]
            box = ComboBox(look, choices)
            box.setObjectName(f"figure {area.code}")
            box.activated.connect(partial(self._rate, area.code, box))
            low = area.rating.low.in_language(language.code)
            high = area.rating.high.in_language(language.code)
            field = Field(look, area.name.in_language(language.code), box)
            box.setAccessibleDescription(
                _("1 is: {low}. 10 is: {high}.").format(low=low, high=high)
            )
            fields.append(field)
            self._boxes.append(box)
            self._codes.append(area.code)
        self.body.addWidget(_Columns(look, fields))
        self._record = Button(look, _("Record the figures"), ButtonKind.PRIMARY, icon="check")
        self._record.setObjectName("record figures")
        self._record.clicked.connect(model.record)
        self._cancel = Button(look, _("Cancel"), ButtonKind.GHOST)
        self._cancel.setObjectName("cancel")
        self._cancel.clicked.connect(model.cancel)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._cancel)
        row.addWidget(self._record)
        self.body.addLayout(row)
        model.changed.connect(self._show)
        self._show()

    @property
    def in_order(self) -> tuple[QWidget, ...]:
        """Return everything that Tab reaches, as one reads it."""
        return (self._meeting, *self._boxes, self._cancel, self._record)

    @Slot()
    def _choose_meeting(self) -> None:
        chosen = self._meeting.currentData()
        self._model.choose_meeting(chosen if isinstance(chosen, UUID) else None)

    def _rate(self, area: str, box: ComboBox, _: int) -> None:
        chosen = box.currentData()
        self._model.rate(area, chosen if isinstance(chosen, int) else None)

    @Slot()
    def _show(self) -> None:
        figures = self._model.figures
        for code, box in zip(self._codes, self._boxes, strict=True):
            if box.currentData() != figures.get(code):
                box.choose(figures.get(code))
        is_on = any(self._model.to_record)
        if self._record.hasFocus() and not is_on:
            self._meeting.setFocus()
        self._record.setEnabled(is_on)


def _name(progress: CaseProgress, area: str, code: str) -> str:
    try:
        return progress.catalogue.life_area(area).name.in_language(code)
    except UnknownCodeError:
        return make_visible(area, lines=False)


def _icon(progress: CaseProgress, area: str) -> str:
    try:
        return drawn_icon(progress.catalogue.life_area(area).icon)
    except UnknownCodeError:
        return drawn_icon("")
