"""Two versions in two columns: their rows stay level, and each says how it differs."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from uuid import UUID

from PySide6.QtCore import QRectF, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from trygga_desktop.domain.catalogue import UnknownCodeError
from trygga_desktop.domain.plan import Compared, Difference, LineKind, PlanStage
from trygga_desktop.services.plan_comparison import further_words, say_sign, words_of_goals
from trygga_desktop.services.plan_teller import ShownPlanLine
from trygga_desktop.services.plan_views import PlanPair, ToldVersion
from trygga_desktop.ui.case_header import case_header
from trygga_desktop.ui.problems import explain
from trygga_desktop.ui.screens.plan_compare.view_model import CompareState, PlanCompareViewModel
from trygga_desktop.ui.shortcuts import Command
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Radius, Space, Tone
from trygga_desktop.ui.widgets.boxes import Card
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.empty_state import EmptyState
from trygga_desktop.ui.widgets.focus import keep_tab_order
from trygga_desktop.ui.widgets.inputs import CheckBox, ComboBox
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.marks import IconMark, Pill
from trygga_desktop.ui.widgets.page_header import PageHeader
from trygga_desktop.ui.widgets.painting import draw_box, smooth
from trygga_desktop.ui.widgets.problem_card import problem_card
from trygga_desktop.ui.widgets.removal import take_out
from trygga_desktop.ui.widgets.text import make_visible
from trygga_desktop.ui.widgets.wrap_row import WrapRow

_LOOKS = {
    Difference.NEW: ("plus", Tone.OK),
    Difference.CHANGED: ("pencil", Tone.WARN),
    Difference.REMOVED: ("minus", Tone.MUTE),
    Difference.SAME: ("check", Tone.MUTE),
}
_AGREED = "circle-check"
_LONGEST = 2_000
_MOST = 400


class PlanCompareView(QWidget):
    """Focus starts in the first choice of a version."""

    def __init__(
        self, model: PlanCompareViewModel, look: Look, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._look = look
        _ = look.language.gettext
        self._parts: list[QWidget] = []
        self._tops: list[QWidget] = []
        self._back = Button(look, _("The plan"), ButtonKind.LINK, icon="arrow-left", small=True)
        self._back.setObjectName("the plan")
        self._back.clicked.connect(model.go_back)
        self._top = QVBoxLayout()
        self._before = ComboBox(look, [])
        self._before.setObjectName("version before")
        self._before.setAccessibleName(_("Earlier version"))
        self._after = ComboBox(look, [])
        self._after.setObjectName("version after")
        self._after.setAccessibleName(_("Later version"))
        for box in (self._before, self._after):
            box.activated.connect(self._choose)
        self._only = CheckBox(look, _("Show only what differs"))
        self._only.setObjectName("only changes")
        self._only.toggled.connect(self._choose_only)
        self._print = Button(look, _("Print"), icon="printer")
        self._print.setObjectName("print")
        self._print.clicked.connect(model.print)
        self._bar = QWidget()
        bar = QHBoxLayout(self._bar)
        bar.setContentsMargins(0, 0, 0, 0)
        bar.setSpacing(Space.S)
        bar.addWidget(self._before, 1)
        bar.addWidget(IconMark(look, "arrow-right"))
        bar.addWidget(self._after, 1)
        bar.addWidget(self._only)
        bar.addWidget(self._print)
        self._body = QVBoxLayout()
        self._body.setSpacing(Space.M)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        column.addWidget(self._back, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(self._top)
        column.addWidget(self._bar)
        column.addLayout(self._body)
        column.addStretch(1)
        model.changed.connect(self._show)
        self._show()
        self.commands = (
            Command(_("Print the comparison"), ("Ctrl+P",), model.print),
            Command(_("Back to the plan"), ("Alt+Left",), model.go_back),
        )

    @property
    def first_focus(self) -> QWidget:
        """Return the choice of the earlier version, or the way back while there is none."""
        return self._before if self._model.pair is not None else self._back

    @Slot()
    def _choose(self) -> None:
        before, after = self._before.currentData(), self._after.currentData()
        if isinstance(before, int) and isinstance(after, int):
            self._model.choose(before, after)

    @Slot(bool)
    def _choose_only(self, checked: bool) -> None:  # noqa: FBT001  Qt's signal
        self._model.show_only_changes(only=checked)

    @Slot()
    def _show(self) -> None:
        model, look = self._model, self._look
        take_out(*self._tops, *self._parts)
        self._tops, self._parts = [], []
        self._bar.setVisible(model.pair is not None)
        if model.pair is not None:
            self._tops.append(case_header(look, model.pair.row, model.pair.catalogue))
            self._fill(model.pair)
            self._parts = [self._counts(), self._card(model.pair)]
        elif model.state is CompareState.FAILED and model.trouble is not None:
            problem = explain(model.trouble, look.language)
            self._tops = [PageHeader(look, problem.title), problem_card(look, problem)]
        elif model.state is CompareState.SLOW:
            card = Card(look)
            _ = look.language.gettext
            text = _("The case is being opened.")
            card.body.addWidget(
                EmptyState(look, icon="hourglass", title=_("One moment"), text=text)
            )
            self._tops = [card]
        for one in self._tops:
            self._top.addWidget(one)
        for one in self._parts:
            self._body.addWidget(one)
        keep_tab_order(
            self._back,
            self._tops,
            self._before,
            self._after,
            self._only,
            self._print,
            self._parts,
        )

    def _fill(self, pair: PlanPair) -> None:
        for box, number in zip((self._before, self._after), pair.numbers, strict=True):
            if [box.itemData(one) for one in range(box.count())] != [
                one.number for one in pair.versions
            ]:
                box.clear()
                for one in pair.versions:
                    day = self._look.language.date_near(one.made_at.date(), pair.today)
                    box.addItem(f"{one.number} · {day}", one.number)
            box.choose(number)

    def _called(self, version: ToldVersion, today: date) -> str:
        language = self._look.language
        _ = language.gettext
        day = language.date_near(version.made_at.date(), today)
        if version.meeting is None:
            text = _("Version {number}, prepared {date}")
        else:
            text = {
                PlanStage.PREPARED: _("Version {number}, for meeting {meeting}, {date}"),
                PlanStage.AGREED: _("Version {number}, agreed at meeting {meeting}, {date}"),
                PlanStage.CHANGED: _("Version {number}, changed at meeting {meeting}, {date}"),
            }[version.stage]
        return text.format(number=version.number, meeting=version.meeting, date=day)

    def _counts(self) -> QWidget:
        model, language = self._model, self._look.language
        texts = {
            Difference.NEW: language.ngettext(
                "{count} new", "{count} new", model.count(Difference.NEW)
            ),
            Difference.CHANGED: language.ngettext(
                "{count} changed", "{count} changed", model.count(Difference.CHANGED)
            ),
            Difference.REMOVED: language.ngettext(
                "{count} taken away", "{count} taken away", model.count(Difference.REMOVED)
            ),
            Difference.SAME: language.ngettext(
                "{count} the same", "{count} the same", model.count(Difference.SAME)
            ),
        }
        pills = []
        for difference, text in texts.items():
            icon, tone = _LOOKS[difference]
            count = language.number(model.count(difference))
            pills.append(Pill(self._look, text.format(count=count), tone=tone, icon=icon))
        if model.agreed_count:
            text = language.ngettext(
                "{count} agreed on", "{count} agreed on", model.agreed_count
            ).format(count=language.number(model.agreed_count))
            pills.append(Pill(self._look, text, tone=Tone.INFO, icon=_AGREED))
        return WrapRow(pills)

    def _card(self, pair: PlanPair) -> QWidget:
        look, _ = self._look, self._look.language.gettext
        card = Card(look)
        card.setObjectName("comparison")
        if not self._model.shown:
            title = _("Nothing differs") if self._model.rows else _("No version yet")
            text = _("Keep the plan as a version, and compare it here with the next.")
            card.body.addWidget(EmptyState(look, icon="file-text", title=title, text=text))
            return card
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.L)
        grid.setVerticalSpacing(Space.XS)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        known = {one.number: one for one in pair.versions}
        for column, number in enumerate(pair.numbers):
            version = known.get(number)
            text = _("No version yet") if version is None else self._called(version, pair.today)
            grid.addWidget(PlainLabel(look, text, style=TextStyle.SUBTITLE), 0, column)
        row = 1
        area: str | None = None
        goals = (words_of_goals(pair.before), words_of_goals(pair.after))
        place = partial(self._place, pair)
        for one in self._model.shown[:_MOST]:
            line = one.after if one.after is not None else one.before
            if line is not None and place(line) != area:
                area = place(line)
                head = PlainLabel(look, area, style=TextStyle.STRONG)
                grid.addWidget(head, row, 0, 1, 2)
                row += 1
            for column, (own, other) in enumerate(
                ((one.before, one.after), (one.after, one.before))
            ):
                more = "" if own is None else _more(own, other, goals[column], place, look)
                is_agreed = column == 1 and self._model.is_agreed(own)
                cell = _Cell(look, one, own, more, is_agreed=is_agreed)
                grid.addWidget(cell, row, column)
            row += 1
        card.body.addLayout(grid)
        return card

    def _place(self, pair: PlanPair, line: ShownPlanLine) -> str:
        _ = self._look.language.gettext
        code = line.item.area
        if line.kind is LineKind.WISH:
            return _("What I want myself")
        if not code:
            return _("Agreed on without an area")
        try:
            return pair.catalogue.life_area(code).name.in_language(self._look.language.code)
        except UnknownCodeError:
            return make_visible(code, lines=False)


class _Cell(QFrame):
    """One line in one version, or a gap that says that it is not there."""

    def __init__(
        self,
        look: Look,
        row: Compared[ShownPlanLine],
        line: ShownPlanLine | None,
        more: str,
        *,
        is_agreed: bool,
    ) -> None:
        super().__init__()
        language = look.language
        _ = language.gettext
        self._tokens = look.theme.tokens
        self._is_gap = line is None
        icon, tone = _LOOKS[row.difference]
        self._tone = None if row.difference is Difference.SAME or self._is_gap else tone
        box = QHBoxLayout(self)
        box.setContentsMargins(Space.M, Space.S, Space.M, Space.S)
        box.setSpacing(Space.M)
        self.setMinimumHeight(look.theme.px(48))
        if line is None:
            text = _("Not in this version")
            box.addWidget(
                PlainLabel(look, text, style=TextStyle.SECONDARY, colour=self._tokens.text2), 1
            )
            return
        if self._tone is not None:
            box.addWidget(IconMark(look, icon, colour=self._tokens.tint(tone).ink))
        words = QVBoxLayout()
        words.setSpacing(2)
        text = make_visible(line.item.text, longest=_LONGEST)
        words.addWidget(PlainLabel(look, text, style=TextStyle.MEDIUM))
        for below in filter(None, (_below(line, look), more)):
            words.addWidget(
                PlainLabel(look, below, style=TextStyle.SECONDARY, colour=self._tokens.text2)
            )
        box.addLayout(words, 1)
        told = {
            Difference.NEW: _("New"),
            Difference.CHANGED: _("Changed"),
            Difference.REMOVED: _("Taken away"),
        }
        states = QVBoxLayout()
        states.setSpacing(2)
        if row.difference in told:
            ink = self._tokens.tint(tone).ink
            states.addWidget(
                PlainLabel(look, told[row.difference], style=TextStyle.CAPTION_STRONG, colour=ink)
            )
        if is_agreed:
            ink = self._tokens.tint(Tone.INFO).ink
            states.addWidget(
                PlainLabel(look, _("Agreed on"), style=TextStyle.CAPTION_STRONG, colour=ink)
            )
        box.addLayout(states)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  all of it is drawn
        """Draw the tint of what differs, and a broken edge around a gap."""
        painter = QPainter(self)
        smooth(painter)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        if self._is_gap:
            edge = self._tokens.strong
            draw_box(painter, box, radius=Radius.CONTROL, edge=edge, dashed=True)
        elif self._tone is not None:
            ink, soft = self._tokens.tint(self._tone)
            edge = ink if self._tokens.outlined else ""
            draw_box(painter, box, radius=Radius.CONTROL, fill=soft, edge=edge)


def _more(
    line: ShownPlanLine,
    other: ShownPlanLine | None,
    goals: Mapping[UUID, str],
    place: Callable[[ShownPlanLine], str],
    look: Look,
) -> str:
    """Return what else is compared of a line."""
    found = further_words(line, other, goals=goals, name_area=place, language=look.language)
    return " · ".join(make_visible(one, lines=False, longest=300) for one in found)


def _below(line: ShownPlanLine, look: Look) -> str:
    language = look.language
    day, hour = line.until
    parts = [
        ", ".join(
            make_visible(one, lines=False, longest=100)
            for one in (line.responsible, line.organisation)
            if one
        ),
        "" if day is None else language.due_long(day, hour),
    ]
    if line.sign:
        sign = make_visible(line.sign, lines=False, longest=300)
        parts.append(say_sign(line.kind, sign, language))
    return " · ".join(one for one in parts if one)
