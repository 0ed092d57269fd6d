"""One thing that the room does not see: its words, why, and what must be answered about it."""

from collections.abc import Mapping
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from trygga_desktop.domain.items import ItemKind
from trygga_desktop.domain.reasons import Reason
from trygga_desktop.services.rooms import HiddenEntry, Question, Seat
from trygga_desktop.ui.reason_words import ReasonWords
from trygga_desktop.ui.screens.hidden.view_model import HiddenViewModel, asks_whom
from trygga_desktop.ui.screens.hidden.whom_box import whom_box
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space, Tone
from trygga_desktop.ui.widgets.banner import banner
from trygga_desktop.ui.widgets.boxes import Card, Divider, TintedBox
from trygga_desktop.ui.widgets.buttons import Button
from trygga_desktop.ui.widgets.composed_label import ComposedLabel
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.marks import IconMark, Pill
from trygga_desktop.ui.widgets.table_roles import PillValue
from trygga_desktop.ui.widgets.text import LONGEST_NAME, isolate, make_visible
from trygga_desktop.ui.widgets.wrap_row import WrapRow

_MOST_NAMES = 12
# These are about the person, whoever they speak for.
_OF_THE_PERSON = frozenset(
    {
        Reason.NOT_ACKNOWLEDGED,
        Reason.UNKNOWN_RECIPIENT,
        Reason.GUARDIAN_BARRED,
        Reason.SECOND_PERSON,
    }
)


def entry_card(
    look: Look, model: HiddenViewModel, hidden: HiddenEntry, words: ReasonWords, subject: str
) -> Card:
    """Return a card: at the left what it is, at the right why, below it the open questions."""
    card = Card(look)
    grid = QGridLayout()
    grid.setHorizontalSpacing(Space.XL)
    grid.setColumnStretch(0, 4)
    grid.setColumnStretch(1, 5)
    top = Qt.AlignmentFlag.AlignTop
    first = QWidget()
    left = QVBoxLayout(first)
    left.setContentsMargins(0, 0, 0, 0)
    left.setSpacing(Space.M)
    left.addWidget(_what(look, hidden))
    if hidden.is_sealed and any(not one.is_answered for one in hidden.questions):
        left.addWidget(_of_sealed(look))
    for question in hidden.questions:
        if not question.is_answered:
            left.addWidget(_question(look, model, hidden, question))
    if asks_whom(hidden):
        left.addWidget(whom_box(look, model, hidden))
    left.addStretch(1)
    grid.addWidget(first, 0, 0)
    grid.addWidget(_why(look, hidden, words, subject), 0, 1, top)
    card.body.addLayout(grid)
    return card


def _what(look: Look, hidden: HiddenEntry) -> QWidget:
    _ = look.language.gettext
    entry = hidden.entry
    kinds = {
        ItemKind.DECISION: ("signpost", _("Decision")),
        ItemKind.ACTION: ("square-check", _("Action")),
        ItemKind.DISSENT: ("hand", _("Does not agree")),
    }
    icon, kind = kinds.get(entry.item.kind, ("message-square", _("Note")))
    text2 = look.theme.tokens.text2
    part = QWidget()
    row = QHBoxLayout(part)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(Space.M)
    row.addWidget(IconMark(look, icon), 0, Qt.AlignmentFlag.AlignTop)
    column = QVBoxLayout()
    column.setSpacing(2)
    day = look.language.date_short(entry.item.known_on)
    parts = [kind, _name(entry.who) if entry.who else "", day]
    line = " · ".join(one for one in parts if one)
    column.addWidget(ComposedLabel(look, line, style=TextStyle.CAPTION, colour=text2))
    column.addWidget(PlainLabel(look, entry.item.text, style=TextStyle.MEDIUM))
    row.addLayout(column, 1)
    return part


def _why(look: Look, hidden: HiddenEntry, words: ReasonWords, subject: str) -> QWidget:
    part = QWidget()
    column = QVBoxLayout(part)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(Space.M)
    if hidden.rests:
        column.addWidget(_resting(look))
    elif not hidden.against:
        told = look.language.gettext("Nobody who is here now is kept from it.")
        column.addWidget(PlainLabel(look, told))
    for place, (why, seats) in enumerate(_together(look, hidden, words, subject).items()):
        if place or hidden.rests:
            column.addWidget(Divider(look))
        column.addLayout(_against(look, why, seats))
    return part


def _resting(look: Look) -> QWidget:
    """Say why nobody sees a commitment of which no consent lets anybody speak any more."""
    _ = look.language.gettext
    part = QWidget()
    column = QVBoxLayout(part)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(Space.XS)
    pill = Pill(look, _("Rests, no consent"), tone=Tone.MUTE, icon="pause")
    column.addWidget(pill, 0, Qt.AlignmentFlag.AlignLeft)
    column.addWidget(PlainLabel(look, _("Rests until there is a consent that covers it.")))
    return part


class _Why(NamedTuple):
    """What is said of somebody who may not see it."""

    pills: tuple[PillValue, ...]
    sentence: str
    ways: str


def _together(
    look: Look, hidden: HiddenEntry, words: ReasonWords, subject: str
) -> Mapping[_Why, list[Seat]]:
    """Return who may not see it, those together of whom the same is said."""
    groups: dict[_Why, list[Seat]] = {}
    for seat, decision in hidden.against:
        reasons = (decision.reason, *decision.also)
        slots = {
            "recipient": _recipient(look, seat, decision.reason),
            "recipients": _called(look, seat),
            "giver": _name(hidden.entry.who) if hidden.entry.who else "",
            "person": _name(subject) if subject else "",
        }
        ways = words.changes(reasons, slots)
        heading = words.changes_heading(reasons).rstrip(":")
        why = _Why(
            pills=tuple(dict.fromkeys(words.pill(one) for one in reasons)),
            sentence=words.sentence(decision.reason, slots),
            ways=f"{heading}: {' '.join(ways)}" if ways else "",
        )
        groups.setdefault(why, []).append(seat)
    return groups


def _against(look: Look, why: _Why, seats: list[Seat]) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(Space.XS)
    names = [_called(look, one) for one in seats[:_MOST_NAMES]]
    if len(seats) > _MOST_NAMES:
        names.append("…")
    column.addWidget(ComposedLabel(look, look.language.list_words(names), style=TextStyle.STRONG))
    pills = [Pill(look, one.text, tone=one.tone, icon=one.icon) for one in why.pills]
    column.addWidget(WrapRow(pills))
    column.addWidget(ComposedLabel(look, why.sentence))
    if why.ways:
        text2 = look.theme.tokens.text2
        ways = ComposedLabel(look, why.ways, style=TextStyle.SECONDARY, colour=text2)
        column.addWidget(ways)
    return column


def _of_sealed(look: Look) -> QWidget:
    """Say what an answer is for once the meeting is sealed."""
    text = look.language.gettext(
        "The meeting is sealed, and its protocol stays as it is. Your answer decides who may be "
        "told of this from now on, as in an excerpt."
    )
    return banner(look, text, tone=Tone.MUTE, icon="lock")


def _question(
    look: Look, model: HiddenViewModel, hidden: HiddenEntry, question: Question
) -> QWidget:
    _ = look.language.gettext
    box = TintedBox(look, Tone.WARN)
    warn = look.theme.tokens.warn
    box.row.addWidget(
        IconMark(look, "circle-question-mark", colour=warn), 0, Qt.AlignmentFlag.AlignTop
    )
    column = QVBoxLayout()
    column.setSpacing(Space.XS)
    asks = (
        _("There is a limit. Is this inside it?")
        if question.is_limit
        else _("There is an exclusion. Does this touch it?")
    )
    column.addWidget(PlainLabel(look, asks, style=TextStyle.LABEL, colour=warn))
    column.addWidget(PlainLabel(look, question.words))
    free, held = (
        (_("Inside"), _("Not inside"))
        if question.is_limit
        else (_("Does not touch it"), _("Touches it"))
    )
    asked = make_visible(question.words, lines=False, longest=LONGEST_NAME)
    buttons = []
    for text, icon, is_free in ((free, "check", True), (held, "minus", False)):
        button = Button(look, text, icon=icon, small=True)
        button.setObjectName(f"answer {hidden.entry.item.id} {question.about_id} {is_free}")
        button.setAccessibleDescription(f"{asks} {asked}")
        button.clicked.connect(
            partial(_answer, model, hidden, question, is_free)  # Qt adds whether it is checked
        )
        buttons.append(button)
    column.addWidget(WrapRow(buttons))
    box.row.addLayout(column, 1)
    return box


def _answer(
    model: HiddenViewModel,
    hidden: HiddenEntry,
    question: Question,
    is_free: bool,  # noqa: FBT001  bound by `partial`
    _checked: object = None,
) -> None:
    model.answer(hidden.entry.item.id, question, is_free=is_free)


def _recipient(look: Look, seat: Seat, reason: Reason) -> str:
    if seat.organisation and reason not in _OF_THE_PERSON:
        return _name(seat.organisation)
    return _called(look, seat)


def _called(look: Look, seat: Seat) -> str:
    if not seat.is_beside:
        return _name(seat.name)
    told = look.language.gettext("Somebody who is where {name} is")
    return told.format(name=_name(seat.name))


def _name(text: str) -> str:
    return isolate(make_visible(text, lines=False, longest=LONGEST_NAME))
