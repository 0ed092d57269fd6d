"""What was prepared at the desk, as it stands before the room: goals, and who is to do what."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trygga_desktop.domain.items import Lack
from trygga_desktop.domain.plan import LineKind
from trygga_desktop.i18n import Language
from trygga_desktop.services.plan_proposals import ShownProposal
from trygga_desktop.ui.due_words import due_short, follow_up_words, rest_day
from trygga_desktop.ui.screens.meeting.proposing import MOST_AT_A_TIME, Proposing
from trygga_desktop.ui.screens.meeting.sizes import RoomLook
from trygga_desktop.ui.screens.meeting.words import shown
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.tokens import Radius, Space
from trygga_desktop.ui.widgets.boxes import Card
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.marks import IconMark
from trygga_desktop.ui.widgets.painting import draw_box, smooth
from trygga_desktop.ui.widgets.text import make_visible
from trygga_desktop.ui.widgets.wrap_row import WrapRow


class ProposalPart(QWidget):
    """Each in a box; the marked one has the buttons, and the keys are about it."""

    def __init__(self, room: RoomLook, proposing: Proposing, *, may_write: bool) -> None:
        super().__init__()
        self._room = room
        self._proposing = proposing
        look = room.near
        _ = look.language.gettext
        self.marked_box: QWidget | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, Space.XS, 0, 0)
        column.setSpacing(Space.S)
        column.addWidget(_title(room))
        marked, here = proposing.marked, proposing.here
        for one in here:
            is_marked = marked is not None and one.id == marked.id
            box = _Box(room, one, is_marked=is_marked, warnings=_warnings(one, look.language))
            if is_marked:
                self.marked_box = box
                box.body.addWidget(self._ways(one, may_write=may_write))
            else:
                box.pressed = partial(proposing.mark, one.id)
                box.setCursor(Qt.CursorShape.PointingHandCursor)
            column.addWidget(box)
        if proposing.following:
            column.addWidget(_following(room, proposing.following))
        for way in self._ways_for_all(len(here)):
            column.addWidget(way, 0, Qt.AlignmentFlag.AlignLeft)

    def tell_marked(self) -> None:
        """Have a screen reader say what the keys are about."""
        marked = self._proposing.marked
        if marked is None:
            return
        words = make_visible(marked.item.text, lines=False, longest=200)
        told = ". ".join((words, *told_below(marked, self._room.near.language)))
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, told))

    def _ways(self, one: ShownProposal, *, may_write: bool) -> QWidget:
        _ = self._room.near.language.gettext
        agree = _("Keep as a note") if one.lack is not None else _("Agreed")
        ways = [self._way(agree, "agree proposal", self._proposing.agree, icon="check")]
        if may_write and not one.is_moved:
            change = self._proposing.put_otherwise
            ways.append(self._way(_("Change"), "change proposal", change))
        leave = self._proposing.leave
        ways.append(self._way(_("Leave it"), "leave proposal", leave))
        words = make_visible(one.item.text, lines=False, longest=200)
        for way in ways:
            way.setAccessibleDescription(words)
        ways[0].setToolTip("F12")
        ways[-1].setToolTip("Shift+F12")
        if len(ways) > 2:  # noqa: PLR2004  the one between
            ways[1].setToolTip("F11")
        return WrapRow(ways)

    def _way(self, text: str, name: str, press: Callable[[], None], *, icon: str = "") -> Button:
        way = Button(self._room.near, text, icon=icon, small=True)
        way.setObjectName(name)
        # Qt adds whether it is checked.
        way.clicked.connect(lambda _checked=False: press())
        return way

    def _ways_for_all(self, here: int) -> list[QWidget]:
        look = self._room.near
        language = look.language
        found: list[QWidget] = []
        if here > 1:
            text = language.gettext("Agreed on all {count}").format(count=language.number(here))
            every = Button(look, text, ButtonKind.GHOST, icon="list-checks", small=True)
            every.setObjectName("agree on all proposals")
            every.clicked.connect(self._proposing.agree_all)
            found.append(every)
        if self._proposing.left_here:
            text = language.ngettext(
                "{count} left for another time. Take up after all",
                "{count} left for another time. Take them up after all",
                self._proposing.left_here,
            ).format(count=language.number(self._proposing.left_here))
            back = Button(look, text, ButtonKind.GHOST, icon="undo-2", small=True)
            back.setObjectName("take up proposals")
            back.clicked.connect(self._proposing.take_up)
            found.append(back)
        return found


def proposal_boxes(room: RoomLook, proposals: Sequence[ShownProposal]) -> list[QWidget]:
    """Return a box for each, with nothing to press."""
    boxes = [_Box(room, one, is_marked=False) for one in proposals[:MOST_AT_A_TIME]]
    following = len(proposals) - len(boxes)
    rest = [_following(room, following)] if following else []
    return [_title(room), *boxes, *rest]


def told_below(proposal: ShownProposal, language: Language) -> tuple[str, ...]:
    """Return all else that is agreed on with the words: of a goal how one will know.

    Of an action that is who does it, for whom and until when, what the young person does, and when
    it is asked about.
    """
    _ = language.gettext
    if proposal.kind is LineKind.GOAL:
        sign = shown(proposal.sign)
        return (_("This is how we know: {sign}").format(sign=sign),) if sign else ()
    own_part = shown(proposal.own_part)
    if own_part:
        own_part = _("The young person: {what}").format(what=own_part)
    asked = follow_up_words(proposal.follow_up, proposal.was_follow_up, language)
    return tuple(one for one in (_who_and_when(proposal, language), own_part, asked) if one)


def _who_and_when(proposal: ShownProposal, language: Language) -> str:
    _ = language.gettext
    who = ", ".join(shown(one) for one in (proposal.responsible, proposal.organisation) if one)
    due, was = proposal.due_on, proposal.was_due
    day = "" if due is None else due_short(due, proposal.due_at, language)
    if was is not None and (was, proposal.was_due_at) != (due, proposal.due_at):
        before = due_short(was, proposal.was_due_at, language)
        day = _("{day} instead of {before}").format(day=day, before=before)
    return " · ".join(one for one in (who, day) if one)


class _Box(Card):
    """One proposal. A press anywhere on it marks it."""

    def __init__(
        self,
        room: RoomLook,
        proposal: ShownProposal,
        *,
        is_marked: bool,
        warnings: Sequence[str] = (),
    ) -> None:
        near = room.near
        super().__init__(near)
        self.pressed: partial[None] | None = None
        self._is_marked = is_marked
        self._radius = Radius.CARD
        tokens = near.theme.tokens
        self.body.setContentsMargins(14, Space.M - 2, 14, Space.M - 2)
        self.body.setSpacing(Space.S)
        is_goal = proposal.kind is LineKind.GOAL
        row = QHBoxLayout()
        row.setSpacing(Space.M)
        icon = IconMark(near, "flag" if is_goal else "square-check", colour=tokens.accent)
        row.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(PlainLabel(room.far, proposal.item.text))
        for below in told_below(proposal, near.language):
            caption = PlainLabel(near, below, style=TextStyle.CAPTION, colour=tokens.text2)
            words.addWidget(caption)
        for text in filter(None, (_lacks(proposal, near.language), *warnings)):
            words.addWidget(
                PlainLabel(near, text, style=TextStyle.CAPTION_STRONG, colour=tokens.warn)
            )
        row.addLayout(words, 1)
        self.body.addLayout(row)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Mark it."""
        if self.pressed is None:
            event.ignore()
            return
        self.pressed()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the box, with a bold edge where the keys are about it."""
        super().paintEvent(event)
        if self._is_marked:
            painter = QPainter(self)
            smooth(painter)
            edge = self._tokens.accent
            draw_box(painter, QRectF(self.rect()), radius=self._radius, edge=edge, width=2)


def _title(room: RoomLook) -> PlainLabel:
    text2 = room.near.theme.tokens.text2
    text = room.near.language.gettext("To agree on")
    return PlainLabel(room.near, text, style=TextStyle.STRONG, colour=text2)


def _following(room: RoomLook, count: int) -> PlainLabel:
    language = room.near.language
    text = language.ngettext("{count} more follows.", "{count} more follow.", count)
    told = text.format(count=language.number(count))
    text2 = room.near.theme.tokens.text2
    return PlainLabel(room.near, told, style=TextStyle.CAPTION, colour=text2)


def _warnings(proposal: ShownProposal, language: Language) -> list[str]:
    """Return what the operator is to think of before it is agreed on."""
    found = []
    if proposal.has_left:
        name = shown(proposal.responsible)
        found.append(language.gettext("{name} has left the case").format(name=name))
    days = dict.fromkeys((proposal.due_on, proposal.follow_up))
    return [*found, *(rest_day(one, language) for one in days if one is not None)]


def _lacks(proposal: ShownProposal, language: Language) -> str:
    _ = language.gettext
    match proposal.lack:
        case Lack.RESPONSIBLE:
            return _("Nobody is named who does it")
        case Lack.DAY:
            return _("No last day is given")
        case _:
            return ""
