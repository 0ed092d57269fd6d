"""Cards of the overview: the next meeting, the consent in short, the people, how it began."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from trygga_desktop.domain.catalogue import Catalogue
from trygga_desktop.domain.meeting import Meeting, MeetingState
from trygga_desktop.domain.parties import PartyRole
from trygga_desktop.domain.reminders import ReminderKind
from trygga_desktop.i18n import STOCKHOLM, Language
from trygga_desktop.services.overview import CaseOverview
from trygga_desktop.services.parties import ShownParty
from trygga_desktop.services.rooms import ShownEntry
from trygga_desktop.ui.agency_words import agency_icon, role_icon
from trygga_desktop.ui.reminder_words import (
    AFTER_THE_END,
    reminder_icon,
    reminder_text,
    reminder_tone,
)
from trygga_desktop.ui.screens.case.glance import (
    ConsentState,
    consent_line,
    consent_pill,
    consent_state,
    day_in_words,
    holds,
    party_line,
)
from trygga_desktop.ui.screens.case.view_model import CaseViewModel
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Space, Tone
from trygga_desktop.ui.widgets.banner import banner
from trygga_desktop.ui.widgets.boxes import Card, TintedBox
from trygga_desktop.ui.widgets.buttons import Button, ButtonKind
from trygga_desktop.ui.widgets.case_tabs import CaseTab
from trygga_desktop.ui.widgets.composed_label import ComposedLabel
from trygga_desktop.ui.widgets.labels import PlainLabel
from trygga_desktop.ui.widgets.marks import Disc, IconMark, Pill
from trygga_desktop.ui.widgets.text import LONGEST_NAME, isolate, make_visible
from trygga_desktop.ui.widgets.wrap_row import WrapRow

_MOST_PEOPLE = 8
_LONGEST_AGENCY = 28
_AT_TOP = Qt.AlignmentFlag.AlignTop


def meeting_card(look: Look, model: CaseViewModel, overview: CaseOverview) -> Card:
    """Return when one meets next, or the way to plan it."""
    language = look.language
    _ = language.gettext
    card = Card(look, _("Next meeting"))
    card.setObjectName("next meeting")
    meeting = overview.next_meeting
    if meeting is None:
        text2 = look.theme.tokens.text2
        card.body.addWidget(PlainLabel(look, _("No meeting is planned."), colour=text2))
    else:
        card.body.addLayout(_meeting_row(look, meeting, overview))
    last = overview.last_meeting
    if last is not None:
        day = last.starts_at.astimezone(STOCKHOLM).date()
        text = _("Last time: meeting {number}, {day}").format(
            number=last.number, day=day_in_words(day, overview.today, language)
        )
        card.body.addWidget(_quiet(look, text))
    if model.may_plan:
        # The form above has a primary action of its own while it is open.
        kind = ButtonKind.SECONDARY if model.phase.is_open else ButtonKind.PRIMARY
        plan = Button(look, _("Plan a meeting"), kind, icon="calendar-plus")
        plan.setObjectName("plan a meeting")
        plan.setToolTip("Ctrl+M")
        plan.clicked.connect(model.want_plan)
        card.body.addWidget(plan, 0, Qt.AlignmentFlag.AlignLeft)
    return card


def consent_card(look: Look, model: CaseViewModel, overview: CaseOverview) -> Card:
    """Return who has signed, until when it holds, and who is covered."""
    language = look.language
    _ = language.gettext
    card = Card(look, _("Consent in short"))
    card.setObjectName("consent")
    card.head.addWidget(
        _way(look, model, CaseTab.CONSENTS, _("Open"), _("Open the consents of the case"))
    )
    if consent_state(overview) is not ConsentState.VALID:
        pill = consent_pill(overview, language)
        card.body.addWidget(WrapRow([Pill(look, pill.text, tone=pill.tone, icon=pill.icon)]))
    if overview.consent.covered:
        agencies = [
            Pill(look, _short(name), tone=Tone.OK, icon="check")
            for name in overview.consent.covered
        ]
        card.body.addWidget(_quiet(look, _("Covered today")))
        card.body.addWidget(WrapRow(agencies))
    card.body.addWidget(_quiet(look, consent_line(overview, language)))
    names = {one.party.id: one.name for one in overview.people}
    for one in overview.reminders:
        if one.kind is ReminderKind.EXPIRES or one.kind in AFTER_THE_END:
            # The pill says the one already, and the head of the page the others.
            continue
        who = [names[person] for person in names if person in one.people]
        card.body.addWidget(
            banner(
                look,
                reminder_text(one, who, language),
                tone=reminder_tone(one.kind),
                icon=reminder_icon(one.kind),
            )
        )
    return card


def people_card(look: Look, model: CaseViewModel, overview: CaseOverview) -> Card:
    """Return who has to do with the case now: a name and a role, and nothing else."""
    language = look.language
    _ = language.gettext
    card = Card(look, _("People around"))
    card.setObjectName("people")
    card.head.addWidget(
        _way(look, model, CaseTab.PEOPLE, _("Open"), _("Open the people of the case"))
    )
    people = [one for one in overview.people if holds(one.party, overview.today)]
    people.sort(key=lambda one: one.party.role is PartyRole.PROFESSIONAL)
    rows = QVBoxLayout()
    rows.setSpacing(10)
    for one in people[:_MOST_PEOPLE]:
        rows.addLayout(_person_row(look, one, overview.catalogue))
    card.body.addLayout(rows)
    more = len(people) - _MOST_PEOPLE
    if more > 0:
        text = _("and {count} more").format(count=more)
        card.body.addWidget(_quiet(look, text))
    if not people:
        card.body.addWidget(_quiet(look, _("Nobody yet. Add the guardians first.")))
    return card


def words_box(look: Look, entry: ShownEntry) -> TintedBox:
    """Return the newest words of the young person, as they were said."""
    _ = look.language.gettext
    box = TintedBox(look, Tone.INFO)
    box.setObjectName("own words")
    box.row.addWidget(IconMark(look, "quote", colour=look.theme.tokens.info), 0, _AT_TOP)
    column = QVBoxLayout()
    column.setSpacing(Space.XS)
    column.addWidget(PlainLabel(look, _("In the young person's own words"), style=TextStyle.STRONG))
    column.addWidget(PlainLabel(look, entry.item.text))
    day = look.language.date_long(entry.item.known_on)
    column.addWidget(PlainLabel(look, day, style=TextStyle.CAPTION))
    box.row.addLayout(column, 1)
    return box


def intake_card(look: Look, overview: CaseOverview) -> Card | None:
    """Return how the case began, or None where nothing was written of it."""
    language = look.language
    _ = language.gettext
    intake = overview.intake
    day = "" if intake.raised_on is None else language.date_long(intake.raised_on)
    lines = [
        (_("Raised by"), overview.raised_by),
        (_("When"), day),
        (_("Why"), intake.why),
        (_("First assessment"), intake.assessment),
    ]
    told = [(label, text) for label, text in lines if text]
    if not told:
        return None
    card = Card(look, _("How it began"))
    card.setObjectName("intake")
    for label, text in told:
        block = QVBoxLayout()
        block.setSpacing(2)
        block.addWidget(_quiet(look, label))
        block.addWidget(PlainLabel(look, text))
        card.body.addLayout(block)
    return card


def meeting_name(meeting: Meeting, catalogue: Catalogue, language: Language) -> str:
    """Return what a meeting is called: its number, and the kind that it is of."""
    _ = language.gettext
    found = next((one for one in catalogue.templates if one.code == meeting.template), None)
    if found is None:
        return _("Meeting {number}").format(number=meeting.number)
    return _("Meeting {number}: {kind}").format(
        number=meeting.number, kind=found.name.in_language(language.code)
    )


def _meeting_row(look: Look, meeting: Meeting, overview: CaseOverview) -> QHBoxLayout:
    language = look.language
    _ = language.gettext
    tokens = look.theme.tokens
    day = meeting.starts_at.astimezone(STOCKHOLM).date()
    when = QVBoxLayout()
    when.setSpacing(0)
    time = language.time(meeting.starts_at)
    when.addWidget(PlainLabel(look, time, style=TextStyle.PROMISE, colour=tokens.accent))
    when.addWidget(_quiet(look, day_in_words(day, overview.today, language)))
    words = QVBoxLayout()
    words.setSpacing(2)
    name = meeting_name(meeting, overview.catalogue, language)
    words.addWidget(PlainLabel(look, name, style=TextStyle.STRONG))
    invited = language.ngettext(
        "{count} person invited", "{count} people invited", len(meeting.participants)
    ).format(count=len(meeting.participants))
    place = isolate(make_visible(meeting.place, lines=False, longest=LONGEST_NAME))
    words.addWidget(_quiet(look, f"{place} · {invited}" if meeting.place else invited))
    pill = _meeting_pill(look, meeting, day, overview.today)
    if pill is not None:
        words.addWidget(WrapRow([pill]))
    row = QHBoxLayout()
    row.setSpacing(Space.L)
    for column in (when, words):
        column.addStretch(1)
    row.addLayout(when)
    row.addLayout(words, 1)
    return row


def _meeting_pill(look: Look, meeting: Meeting, day: date, today: date) -> Pill | None:
    _ = look.language.gettext
    if meeting.state is MeetingState.RUNNING:
        return Pill(look, _("Going on now"), tone=Tone.INFO, icon="circle-dot")
    if day < today:
        return Pill(look, _("The day has passed"), tone=Tone.WARN, icon="clock")
    return None


def _person_row(look: Look, shown: ShownParty, catalogue: Catalogue) -> QHBoxLayout:
    tokens = look.theme.tokens
    is_professional = shown.party.role is PartyRole.PROFESSIONAL
    icon = agency_icon(shown.kind, catalogue) if is_professional else role_icon(shown.party.role)
    row = QHBoxLayout()
    row.setSpacing(Space.M)
    tone = Tone.ACCENT if is_professional else Tone.INFO
    row.addWidget(Disc(look, icon=icon, tone=tone, size=34), 0, _AT_TOP)
    words = QVBoxLayout()
    words.setSpacing(0)
    name = make_visible(shown.name, lines=False, longest=LONGEST_NAME)
    words.addWidget(PlainLabel(look, name, style=TextStyle.STRONG))
    line = party_line(shown, look.language)
    if line:
        words.addWidget(ComposedLabel(look, line, style=TextStyle.SECONDARY, colour=tokens.text2))
    row.addLayout(words, 1)
    return row


def _way(look: Look, model: CaseViewModel, tab: CaseTab, text: str, name: str) -> Button:
    button = Button(look, text, ButtonKind.LINK, small=True)
    button.setObjectName(f"to {tab}")
    button.setAccessibleName(name)
    button.clicked.connect(lambda: model.go_to_tab(tab))
    return button


def _quiet(look: Look, text: str) -> ComposedLabel:
    text2 = look.theme.tokens.text2
    return ComposedLabel(look, text, style=TextStyle.SECONDARY, colour=text2)


def _short(name: str) -> str:
    return make_visible(name, lines=False, longest=_LONGEST_AGENCY)
