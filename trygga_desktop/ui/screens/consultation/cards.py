"""What was told without names, who is at the table, and the way to the name."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from trygga_desktop.services.consultations import Consultation, ToldEntry
from trygga_desktop.ui.agency_words import agency_icon, agency_name
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space, Tone
from trygga_desktop.ui.widgets.boxes import Card, Divider
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.marks import Disc, IconMark, Pill
from trygga_desktop.ui.widgets.more import rest_line
from trygga_desktop.ui.widgets.text import make_visible
from trygga_desktop.ui.widgets.wrap_row import WrapRow

_MOST_TOLD = 20
_LONGEST = 600


def told_card(look: Look, found: Consultation) -> Card:
    """Return what was told so far, the newest first, and whether others see it."""
    _ = look.language.gettext
    card = Card(look, _("What has been told"))
    for place, one in enumerate(found.told[:_MOST_TOLD]):
        if place:
            card.body.addWidget(Divider(look))
        card.body.addWidget(_told_row(look, one))
    if len(found.told) > _MOST_TOLD:
        card.body.addWidget(rest_line(look, len(found.told) - _MOST_TOLD))
    return card


def _told_row(look: Look, told: ToldEntry) -> QWidget:
    _ = look.language.gettext
    row = QWidget()
    column = QVBoxLayout(row)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(Space.XS)
    column.addWidget(PlainLabel(look, make_visible(told.entry.item.text, longest=_LONGEST)))
    who = make_visible(told.entry.who, lines=False)
    day = look.language.date_short(told.entry.item.known_on)
    line = PlainLabel(
        look,
        " · ".join(one for one in (who, day) if one),
        style=TextStyle.SECONDARY,
        colour=look.theme.tokens.text2,
    )
    pill = (
        Pill(look, _("Told around the table"), tone=Tone.OK, icon="eye")
        if told.is_tried
        else Pill(look, _("Not told to others"), tone=Tone.MUTE, icon="eye-off")
    )
    below = QHBoxLayout()
    below.setSpacing(Space.M)
    below.addWidget(pill)
    below.addWidget(line, 1)
    column.addLayout(below)
    return row


def table_card(look: Look, found: Consultation) -> Card:
    """Return the professionals of the case: nobody else is at a table where no name is said."""
    _ = look.language.gettext
    card = Card(look, _("Around the table"))
    tokens = look.theme.tokens
    if not found.professionals:
        text = _("Nobody yet. Add those who are to take part under People.")
        card.body.addWidget(PlainLabel(look, text, colour=tokens.text2))
    rows = []
    for one in found.professionals:
        part = QWidget()
        row = QHBoxLayout(part)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.M)
        row.addWidget(Disc(look, icon=agency_icon(one.kind, found.catalogue), tone=Tone.ACCENT))
        words = QVBoxLayout()
        words.setSpacing(1)
        name = make_visible(one.name, lines=False)
        words.addWidget(PlainLabel(look, name, style=TextStyle.STRONG))
        kind = agency_name(one.kind, found.catalogue, look.language)
        words.addWidget(PlainLabel(look, kind, style=TextStyle.SECONDARY, colour=tokens.text2))
        row.addLayout(words, 1)
        rows.append(part)
    if rows:
        card.body.addWidget(WrapRow(rows))
    return card


def way_card(look: Look, *, by_consent: Callable[[], None], by_law: Callable[[], None]) -> Card:
    """Return the two ways to the named case; both lead through the same gate."""
    _ = look.language.gettext
    card = Card(look, _("With names"))
    told = QHBoxLayout()
    told.setSpacing(Space.M)
    told.addWidget(IconMark(look, "lock"), 0, Qt.AlignmentFlag.AlignTop)
    text = _("Opens when there is a ground: consent or a provision of law.")
    told.addWidget(PlainLabel(look, text), 1)
    card.body.addLayout(told)
    consent = Button(look, _("Go on with consent"), ButtonKind.PRIMARY, icon="file-signature")
    consent.setObjectName("go on with consent")
    consent.clicked.connect(by_consent)
    law = Button(look, _("Go on with a provision of law"), icon="scale")
    law.setObjectName("go on with law")
    law.clicked.connect(by_law)
    for button in (consent, law):
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        card.body.addWidget(button)
    return card


def by_name_card(look: Look, *, go_on: Callable[[], None], ends: bool) -> Card:
    """Return the way to a meeting by name; with `ends` it ends the conversation first."""
    _ = look.language.gettext
    card = Card(look, _("Go on by name"))
    told = _(
        "A new meeting begins with those whom the name may be told, and with what was left open. "
        "Those at the table confirm the duty of confidentiality again: now they hear whom it is "
        "about."
    )
    card.body.addWidget(PlainLabel(look, told, colour=look.theme.tokens.text2))
    text = _("End and go on by name") if ends else _("Open the meeting by name")
    button = Button(look, text, ButtonKind.PRIMARY, icon="arrow-right")
    button.setObjectName("go on by name")
    button.clicked.connect(go_on)
    button.across()
    card.body.addWidget(button)
    return card
