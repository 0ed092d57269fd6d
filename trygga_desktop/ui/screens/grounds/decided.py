"""What was decided so far: what, on which ground, to whom, by whom, until when, and why not now."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from trygga_desktop.domain.catalogue import UnknownCodeError
from trygga_desktop.domain.ground_use import GroundAnswer
from trygga_desktop.domain.grounds import LegalGround
from trygga_desktop.services.grounds import CaseGrounds, RecordedGround
from trygga_desktop.ui.consent_words import ConsentNames
from trygga_desktop.ui.ground_words import unverified_pill
from trygga_desktop.ui.screens.grounds.view_model import GroundsViewModel
from trygga_desktop.ui.screens.grounds.words import standing_pill, standing_text
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space, Tone
from trygga_desktop.ui.widgets.boxes import Card, TintedBox
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.marks import Pill
from trygga_desktop.ui.widgets.text import LONGEST_NAME, make_visible

_LONGEST_ITEM = 400
_TOP = Qt.AlignmentFlag.AlignTop


def decision_cards(
    model: GroundsViewModel, look: Look, found: CaseGrounds, names: ConsentNames
) -> list[Card]:
    """Return a card for each decision, the newest first."""
    return [_card(model, look, found, names, one) for one in found.used]


def _card(
    model: GroundsViewModel,
    look: Look,
    found: CaseGrounds,
    names: ConsentNames,
    told: RecordedGround,
) -> Card:
    language = look.language
    _ = language.gettext
    text2 = look.theme.tokens.text2
    ground = _ground_of(found, told)
    card = Card(look)
    card.setObjectName(f"decision {told.use.id}")
    title = told.use.ground if ground is None else ground.title.in_language(language.code)
    pill = standing_pill(told, model.today, language)
    head = QGridLayout()
    head.setHorizontalSpacing(Space.M)
    head.setVerticalSpacing(Space.XS)
    head.setColumnStretch(0, 1)
    head.addWidget(PlainLabel(look, title, style=TextStyle.SUBTITLE), 0, 0, _TOP)
    state = Pill(look, pill.text, tone=pill.tone, icon=pill.icon)
    head.addWidget(state, 0, 1, _TOP | Qt.AlignmentFlag.AlignRight)
    if ground is not None:
        provision = PlainLabel(look, ground.provision, style=TextStyle.SECONDARY, colour=text2)
        head.addWidget(provision, 1, 0, _TOP)
        if not ground.is_verified:
            head.addWidget(unverified_pill(look), 1, 1, _TOP | Qt.AlignmentFlag.AlignRight)
    card.body.addLayout(head)
    for text in _items(model, look, told):
        box = TintedBox(look, Tone.MUTE)
        box.row.addWidget(PlainLabel(look, text), 1)
        card.body.addWidget(box)
    about = names.category(told.use.category)
    to = language.list_words([names.own_name(one) for one in _in_order(found, told)])
    lines = (
        _("{category}. From {giver} to {recipients}.").format(
            category=about, giver=names.own_name(told.use.giver), recipients=to
        ),
        _("Decided on {date} by {name}.").format(
            name=make_visible(told.use.decided_by, lines=False, longest=LONGEST_NAME),
            date=language.date_long(told.on),
        )
        + " "
        + standing_text(told, model.today, language),
    )
    words = QVBoxLayout()
    words.setSpacing(2)
    for line in lines:
        words.addWidget(PlainLabel(look, line))
    words.addWidget(PlainLabel(look, f"”{told.use.motive}”", colour=text2))
    card.body.addLayout(words)
    if told.use.id in model.opened:
        card.body.addLayout(_answers(look, ground, told))
    card.body.addWidget(_ways(model, look, told))
    return card


def _ways(model: GroundsViewModel, look: Look, told: RecordedGround) -> QWidget:
    """Return the ways on from a decision: its answers, and taking it back, asked about first."""
    _ = look.language.gettext
    use_id = told.use.id
    inside = QWidget()
    row = QHBoxLayout(inside)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(Space.S)
    if model.asks_to_lift == use_id:
        asked = PlainLabel(
            look, _("Does this decision hold no more, from today on?"), style=TextStyle.STRONG
        )
        keep = Button(look, _("Keep it"))
        keep.setObjectName(f"keep {use_id}")
        keep.clicked.connect(partial(model.ask_to_lift, None))
        lift = Button(look, _("Take it back"), ButtonKind.DANGER)
        lift.setObjectName(f"take back {use_id}")
        lift.clicked.connect(model.lift)
        row.addWidget(asked, 1)
        row.addWidget(keep)
        row.addWidget(lift)
        return inside
    is_open = use_id in model.opened
    text = _("Hide the answers") if is_open else _("Show the answers")
    answers = Button(look, text, ButtonKind.GHOST, small=True)
    answers.setObjectName(f"answers {use_id}")
    answers.clicked.connect(partial(model.show_answers, use_id, shown=not is_open))
    answers.start_column()
    row.addWidget(answers)
    row.addStretch(1)
    if told.lifted_on is None and model.today <= told.use.until:
        lift = Button(look, _("Holds no more"), small=True)
        lift.setObjectName(f"lift {use_id}")
        lift.setEnabled(model.may_record)
        lift.clicked.connect(partial(model.ask_to_lift, use_id))
        row.addWidget(lift)
    return inside


def _answers(look: Look, ground: LegalGround | None, told: RecordedGround) -> QVBoxLayout:
    language = look.language
    given = {one.condition: one for one in told.use.answers}
    asked = {} if ground is None else {one.code: one.question for one in ground.conditions}
    column = QVBoxLayout()
    column.setSpacing(Space.XS)
    for code, answer in given.items():
        question = asked[code].in_language(language.code) if code in asked else code
        column.addWidget(PlainLabel(look, question, style=TextStyle.LABEL))
        column.addWidget(PlainLabel(look, _answer_text(look, answer)))
    return column


def _answer_text(look: Look, answer: GroundAnswer) -> str:
    _ = look.language.gettext
    if answer.holds is None:
        return answer.words or _("No answer")
    return _("Yes") if answer.holds else _("No")


def _items(model: GroundsViewModel, look: Look, told: RecordedGround) -> list[str]:
    """Return what is told; what can no longer be read is told to be there."""
    texts = {one.item.id: one for one in model.entries}
    known = [one for one in texts if one in told.use.items]
    lines = [
        make_visible(texts[one].item.text, lines=False, longest=_LONGEST_ITEM) for one in known
    ]
    gone = len(told.use.items) - len(known)
    if gone:
        text = look.language.ngettext(
            "{count} thing that cannot be read here any more",
            "{count} things that cannot be read here any more",
            gone,
        )
        lines.append(text.format(count=gone))
    return lines


def _ground_of(found: CaseGrounds, told: RecordedGround) -> LegalGround | None:
    try:
        return found.catalogue.legal_ground(told.use.ground)
    except UnknownCodeError:
        return None


def _in_order(found: CaseGrounds, told: RecordedGround) -> list[UUID]:
    known = [one.id for one in found.directory.organisations if one.id in told.use.recipients]
    return [*known, *sorted(told.use.recipients.difference(known))]
