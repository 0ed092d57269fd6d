"""What the overview says of a case, in words. No widgets."""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from trygga_desktop.domain.case import Phase
from trygga_desktop.domain.parties import Party, PartyRole
from trygga_desktop.domain.sharing import ChainStanding, Confirmation
from trygga_desktop.i18n import Language
from trygga_desktop.services.overview import CaseOverview, Happened, HappenedKind
from trygga_desktop.services.parties import ShownParty
from trygga_desktop.ui.agency_words import role_word
from trygga_desktop.ui.case_words import phase_label
from trygga_desktop.ui.stage_words import stage_label
from trygga_desktop.ui.theme.tokens import Tone
from trygga_desktop.ui.widgets.phase_steps import ShownStep, StepState
from trygga_desktop.ui.widgets.table_roles import PillValue
from trygga_desktop.ui.widgets.text import LONGEST_NAME, isolate, make_visible

_REMINDER = timedelta(days=30)
# Few cases ever come so far; those that do show it.
_ONLY_REACHED = frozenset({Phase.LONG_TERM_FOLLOW_UP})


class ConsentState(StrEnum):
    """What the consents of a case come to."""

    BROKEN = "broken"
    UNCONFIRMED = "unconfirmed"
    UNSETTLED = "unsettled"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    NONE = "none"
    WAITING = "waiting"
    HELD_BACK = "held_back"
    EXPIRING = "expiring"
    VALID = "valid"


_IN_FORCE = frozenset({ConsentState.VALID, ConsentState.EXPIRING})


class TimelineLine(NamedTuple):
    """One line of the timeline, with the icon of its disc."""

    day: str
    title: str
    line: str
    icon: str
    tone: Tone


def shown_steps(overview: CaseOverview, language: Language) -> list[ShownStep]:
    """Return the way of a case through its programme: done, now, coming. Exits stand apart."""
    been = [one.phase for one in overview.timeline if one.phase is not None]
    reached = {*been, overview.step.phase}
    phases = [
        one
        for one in overview.phases
        if not is_beside_the_way(one, overview) and (one not in _ONLY_REACHED or one in reached)
    ]
    on_the_way = [one for one in (*been, overview.step.phase) if one in phases]
    now = phases.index(on_the_way[-1]) if on_the_way else 0
    if overview.step.phase is Phase.CLOSED:
        now += 1
    return [
        ShownStep(one, step_label(one, language), _state(place, now))
        for place, one in enumerate(phases)
    ]


def is_beside_the_way(phase: Phase, overview: CaseOverview) -> bool:
    """Return whether a phase is no step of the way: the case rests there, or has left it."""
    exits = {rule.code for rule in overview.catalogue.phases if rule.is_exit}
    return phase in exits or phase is Phase.BELOW_THRESHOLD


def step_label(phase: Phase, language: Language) -> str:
    """Return the short name of a phase, which stands among those of all the others."""
    _ = language.gettext
    labels: Mapping[Phase, str] = {
        Phase.REFERRAL: _("Referral"),
        Phase.ASSESSMENT: _("Assessment"),
        Phase.INFORMATION_AND_CONSENT: _("Consent"),
        Phase.MAPPING: _("Mapping"),
        Phase.PLAN_MEETING: _("First meeting"),
        Phase.FOLLOW_UP: _("Follow-up"),
        Phase.CLOSING: _("Closing"),
        Phase.LONG_TERM_FOLLOW_UP: _("Long-term"),
    }
    return labels.get(phase) or phase_label(phase, language)


def consent_state(overview: CaseOverview) -> ConsentState:
    """Return what the consents come to. Whatever is in doubt is told first."""
    glance = overview.consent
    until = glance.until
    days = () if overview.programme is None else overview.programme.reminder_days
    reminder = timedelta(days=max(days)) if days else _REMINDER
    if glance.chain is not ChainStanding.HOLDS:
        state = ConsentState.BROKEN
    elif glance.confirmation is not Confirmation.CONFIRMED:
        state = ConsentState.UNCONFIRMED
    elif not glance.needed:
        state = ConsentState.UNSETTLED
    elif glance.refused:
        state = ConsentState.REFUSED
    elif glance.is_withdrawn:
        state = ConsentState.WITHDRAWN
    elif not glance.signed:
        state = ConsentState.NONE
    elif glance.signed < glance.needed or until is None:
        state = ConsentState.WAITING
    elif glance.is_closed:
        state = ConsentState.HELD_BACK
    elif until - overview.today <= reminder:
        state = ConsentState.EXPIRING
    else:
        state = ConsentState.VALID
    return state


def consent_pill(overview: CaseOverview, language: Language) -> PillValue:
    """Return the consent in a word or two."""
    _ = language.gettext
    glance = overview.consent
    until = "" if glance.until is None else language.date_long(glance.until)
    pills: Mapping[ConsentState, PillValue] = {
        ConsentState.BROKEN: PillValue(
            _("Consents cannot be verified"), Tone.WARN, "shield-question-mark"
        ),
        ConsentState.UNCONFIRMED: PillValue(_("Consents not confirmed"), Tone.WARN, "history"),
        ConsentState.UNSETTLED: PillValue(_("No consent"), Tone.MUTE, "circle-dashed"),
        ConsentState.REFUSED: PillValue(
            _("{refused} of {needed} said no").format(
                refused=language.number(glance.refused), needed=language.number(glance.needed)
            ),
            Tone.MUTE,
            "ban",
        ),
        ConsentState.WITHDRAWN: PillValue(_("Withdrawn"), Tone.BAD, "circle-x"),
        ConsentState.NONE: PillValue(_("No consent"), Tone.MUTE, "circle-dashed"),
        ConsentState.WAITING: PillValue(
            _("Waiting for signature, {signed} of {needed}").format(
                signed=glance.signed, needed=glance.needed
            ),
            Tone.WARN,
            "hourglass",
        ),
        ConsentState.HELD_BACK: PillValue(_("Nothing is shared now"), Tone.WARN, "circle-pause"),
        ConsentState.EXPIRING: PillValue(
            _("Consent expires {date}").format(date=until), Tone.WARN, "clock"
        ),
        ConsentState.VALID: PillValue(
            _("Consent until {date}").format(date=until), Tone.OK, "shield-check"
        ),
    }
    return pills[consent_state(overview)]


def consent_line(overview: CaseOverview, language: Language) -> str:
    """Return what the consent comes to in a sentence."""
    _ = language.gettext
    glance = overview.consent
    stands: Mapping[ConsentState, str] = {
        ConsentState.BROKEN: _(
            "The history of the consents is not whole. Until an administrator has checked "
            "the vault, nothing is shown to any other agency."
        ),
        ConsentState.UNCONFIRMED: _(
            "The vault was restored from an older file. Until the consents have been compared "
            "with the papers, nothing is shown to any other agency."
        ),
        ConsentState.HELD_BACK: _(
            "Everyone who must sign has signed, and something else closes the case to other "
            "agencies. The page of the consents says what."
        ),
        ConsentState.UNSETTLED: _(
            "It is not known who must sign. So nothing may be shown to any other agency."
        ),
        ConsentState.REFUSED: _(
            "A no is a valid answer. So nothing may be shown to any other agency."
        ),
        ConsentState.NONE: _(
            "No consent. So nothing may be shown to any other agency. Print the form and "
            "inform first."
        ),
    }
    state = consent_state(overview)
    if state in stands:
        return stands[state]
    line = language.ngettext(
        "{signed} of {count} who must sign has signed.",
        "{signed} of {count} who must sign have signed.",
        glance.needed,
    ).format(signed=glance.signed, count=glance.needed)
    if glance.until is None or state not in _IN_FORCE:
        return line
    until = _("It holds until {date}.").format(date=language.date_long(glance.until))
    return f"{line} {until}"


def day_in_words(day: date, today: date, language: Language) -> str:
    """Return a day in a row: today and tomorrow by name."""
    if day == today:
        return language.gettext("today")
    if day == today + timedelta(days=1):
        return language.gettext("tomorrow")
    return language.date_short(day)


def party_line(shown: ShownParty, language: Language) -> str:
    """Return in what capacity somebody has to do with the case: their role and nothing else."""
    party = shown.party
    if party.role is PartyRole.PROFESSIONAL:
        function, organisation = _plain(party.function), _plain(shown.organisation)
        return " · ".join(one for one in (function, organisation) if one)
    role = role_word(party.role, language)
    relation = _plain(party.relation)
    return f"{relation}, {_begin_small(role)}" if relation else role


def holds(party: Party, day: date) -> bool:
    """Return whether somebody has to do with the case on that day."""
    return party.role is not PartyRole.SUBJECT_PERSON and party.holds_on(day)


def timeline(overview: CaseOverview, language: Language) -> list[TimelineLine]:
    """Return what has happened, the newest first. What is still to come stands elsewhere."""
    happened = [one for one in overview.timeline if _has_happened(one, overview.today)]
    return [_line(one, overview, language) for one in reversed(happened)]


def _has_happened(one: Happened, today: date) -> bool:
    match one.kind:
        case HappenedKind.PHASE:
            # That a case begins with its referral is told by how it was raised.
            return one.phase is not Phase.REFERRAL
        case HappenedKind.CONSENT_ENDS | HappenedKind.MEETING_PLANNED:
            return one.on < today
        case _:
            return True


_ICONS = {
    HappenedKind.RAISED: "flag",
    HappenedKind.PHASE: "signpost",
    HappenedKind.STAGE: "timer",
    HappenedKind.CONSENT_GIVEN: "file-pen-line",
    HappenedKind.CONSENT_REFUSED: "file-x",
    HappenedKind.CONSENT_WITHDRAWN: "circle-x",
    HappenedKind.CONSENT_WITHDRAWN_PART: "circle-x",
    HappenedKind.OPINION: "message-square",
    HappenedKind.CONSENT_ENDS: "clock",
    HappenedKind.MEETING_HELD: "calendar-check",
    HappenedKind.MEETING_PLANNED: "calendar",
    HappenedKind.MEETING_CANCELLED: "calendar-x",
}
_TONES = {
    HappenedKind.RAISED: Tone.MUTE,
    HappenedKind.PHASE: Tone.MUTE,
    HappenedKind.STAGE: Tone.INFO,
    HappenedKind.CONSENT_GIVEN: Tone.INFO,
    HappenedKind.CONSENT_REFUSED: Tone.MUTE,
    HappenedKind.CONSENT_WITHDRAWN: Tone.BAD,
    HappenedKind.CONSENT_WITHDRAWN_PART: Tone.WARN,
    HappenedKind.OPINION: Tone.INFO,
    HappenedKind.CONSENT_ENDS: Tone.MUTE,
    HappenedKind.MEETING_HELD: Tone.OK,
    HappenedKind.MEETING_PLANNED: Tone.INFO,
    HappenedKind.MEETING_CANCELLED: Tone.MUTE,
}


def _line(one: Happened, overview: CaseOverview, language: Language) -> TimelineLine:
    _ = language.gettext
    titles: Mapping[HappenedKind, str] = {
        HappenedKind.RAISED: _("The case was raised"),
        HappenedKind.PHASE: "" if one.phase is None else phase_label(one.phase, language),
        HappenedKind.STAGE: stage_label(one.stage, overview.programme, language),
        HappenedKind.CONSENT_GIVEN: _("Consent signed"),
        HappenedKind.CONSENT_REFUSED: _("Consent declined"),
        HappenedKind.CONSENT_WITHDRAWN: _("Consent withdrawn"),
        HappenedKind.CONSENT_WITHDRAWN_PART: _("Consent partly withdrawn"),
        HappenedKind.OPINION: _("Opinion noted"),
        HappenedKind.CONSENT_ENDS: _("The consent ends"),
        HappenedKind.MEETING_HELD: _("Meeting {number}"),
        HappenedKind.MEETING_PLANNED: _("Meeting {number}, planned"),
        HappenedKind.MEETING_CANCELLED: _("Meeting {number}, cancelled"),
    }
    line = _plain(one.words)
    names = [_plain(name) for name in one.who if name]
    if one.kind is HappenedKind.RAISED and overview.raised_by:
        line = _("By {organisation}").format(organisation=_plain(overview.raised_by))
    elif names:
        line = language.list_words(names)
    title = titles[one.kind].format(number=one.number)
    day = language.date_long(one.on)
    return TimelineLine(day, title, line, icon=_ICONS[one.kind], tone=_TONES[one.kind])


def _state(place: int, now: int) -> StepState:
    if place == now:
        return StepState.NOW
    return StepState.DONE if place < now else StepState.COMING


def _plain(text: str) -> str:
    """Return a text from people as a part of a line, which it does not turn around."""
    return isolate(make_visible(text, lines=False, longest=LONGEST_NAME)) if text else ""


def _begin_small(text: str) -> str:
    return text[:1].lower() + text[1:]
