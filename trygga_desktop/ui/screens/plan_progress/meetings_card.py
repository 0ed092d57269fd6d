"""The card that tells how many actions stood how at each meeting, as bars and in words."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from trygga_desktop.services.ratings import MeetingTally
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space, Tone
from trygga_desktop.ui.widgets.boxes import Card, Divider
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.charts import Stack, StackChart
from trygga_desktop.ui.widgets.empty_state import EmptyState
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.marks import Pill
from trygga_desktop.ui.widgets.removal import take_out
from trygga_desktop.ui.widgets.wrap_row import WrapRow

# So many bars have room beside each other, and so many meetings are told at first.
_BESIDE = 6


class MeetingsCard(Card):
    """The latest meetings at first; all of them, on as many lines of one scale, where asked for."""

    def __init__(
        self, look: Look, tallies: Sequence[MeetingTally], parent: QWidget | None = None
    ) -> None:
        _ = look.language.gettext
        super().__init__(look, _("Actions at each meeting"), parent=parent)
        self.setObjectName("actions")
        self._look = look
        self._tallies = tuple(tallies)
        self._is_whole = False
        self._parts: list[QWidget] = []
        if not tallies:
            text = _("What is agreed on at a meeting is counted here.")
            empty = EmptyState(look, icon="handshake", title=_("No meeting yet"), text=text)
            self.body.addWidget(empty)
            return
        self._charts, self._words = QVBoxLayout(), QVBoxLayout()
        for one in (self._charts, self._words):
            one.setSpacing(Space.M)
        told = (
            (Tone.OK, _("Done"), "check"),
            (Tone.INFO, _("Under way"), "circle-play"),
            (Tone.MUTE, _("Not possible"), "circle-slash"),
        )
        self.body.addLayout(self._charts)
        self.body.addWidget(
            WrapRow([Pill(look, text, tone=tone, icon=icon) for tone, text, icon in told])
        )
        self.body.addLayout(self._words)
        self._more = Button(look, "", ButtonKind.GHOST)
        self._more.setObjectName("all meetings")
        self._more.clicked.connect(self._turn)
        self._more.start_column()
        self.body.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        self._show()

    @Slot()
    def _turn(self) -> None:
        self._is_whole = not self._is_whole
        self._show()

    def _show(self) -> None:
        look, language = self._look, self._look.language
        _ = language.gettext
        take_out(*self._parts)
        self._parts = []
        shown = self._tallies if self._is_whole else self._tallies[-_BESIDE:]
        highest = max(one.done + one.doing + one.not_possible for one in shown)
        for start in range(0, len(shown), _BESIDE):
            stacks = [self._stack(one) for one in shown[start : start + _BESIDE]]
            places = min(_BESIDE, len(shown))
            chart = StackChart(look, stacks, places=places, highest=highest)
            self._parts.append(chart)
            self._charts.addWidget(chart)
        for one in shown:
            divider, label = Divider(look), self._in_words(one)
            self._parts += [divider, label]
            self._words.addWidget(divider)
            self._words.addWidget(label)
        count = _BESIDE if self._is_whole else len(self._tallies)
        told = (
            _("Show the latest {count} only") if self._is_whole else _("Show all {count} meetings")
        )
        self._more.setText(told.format(count=language.number(count)))
        self._more.setVisible(len(self._tallies) > _BESIDE)

    def _stack(self, tally: MeetingTally) -> Stack:
        counts = (
            (Tone.OK, tally.done),
            (Tone.INFO, tally.doing),
            (Tone.MUTE, tally.not_possible),
        )
        # By their numbers, as in the words below: six days have no room beside each other.
        label = self._look.language.gettext("Meeting {number}").format(number=tally.number)
        return Stack(label, counts)

    def _in_words(self, tally: MeetingTally) -> PlainLabel:
        look, language = self._look, self._look.language
        text = language.gettext(
            "Meeting {number}, {date}: {done} done, {doing} under way, {other} not possible"
        ).format(
            number=tally.number,
            date=language.date_long(tally.on),
            done=tally.done,
            doing=tally.doing,
            other=tally.not_possible,
        )
        return PlainLabel(look, text, style=TextStyle.SECONDARY, colour=look.theme.tokens.text2)
