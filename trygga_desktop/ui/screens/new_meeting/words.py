"""What the form for a new meeting says: hints, what is missing, who somebody is. No widgets."""

from collections.abc import Iterable
from datetime import UTC, timedelta
from typing import NamedTuple, assert_never

from trygga_desktop.domain.meeting import Function, Participant
from trygga_desktop.domain.parties import PartyRole
from trygga_desktop.i18n import Language
from trygga_desktop.ui.screens.new_meeting.form import MeetingField
from trygga_desktop.ui.screens.new_meeting.people import Doubt, Invitee
from trygga_desktop.ui.screens.new_meeting.plan import PlannedItem
from trygga_desktop.ui.screens.new_meeting.view_model import NewMeetingViewModel
from trygga_desktop.ui.screens.new_meeting.when import ClockKind, Moment, read_day, read_time
from trygga_desktop.ui.theme.tokens import Tone
from trygga_desktop.ui.widgets.field import FieldState
from trygga_desktop.ui.widgets.text import LONGEST_NAME, make_visible

_ICONS = {
    PartyRole.SUBJECT_PERSON: "user-round",
    PartyRole.GUARDIAN: "users-round",
    PartyRole.APPOINTED_GUARDIAN: "users-round",
    PartyRole.TRUSTEE: "users-round",
    PartyRole.RELATIVE: "heart",
}
GUEST_ICONS = {
    Function.INTERPRETER: "languages",
    Function.SUPPORT_PERSON: "hand-heart",
    Function.OBSERVER: "ear",
}


class Hint(NamedTuple):
    """What stands below a field."""

    state: FieldState
    text: str = ""


class DoubtWords(NamedTuple):
    """What is said of somebody who is not invited by itself: beside the name, and once ticked."""

    icon: str
    tone: Tone
    pill: str
    guard: str


_NOTHING = Hint(FieldState.PLAIN)


def hint_for(field: MeetingField, model: NewMeetingViewModel, language: Language) -> Hint:
    """Return what is thought of a field; nothing is wrong before it was left."""
    match field:
        case MeetingField.DAY:
            return _day_hint(model, language)
        case MeetingField.TIME:
            return _time_hint(model, language)
        case MeetingField.MINUTES:
            return _minutes_hint(model, language)
        case MeetingField.PLACE if model.is_protected:
            text = language.gettext("Tell those who are to come where it is, but do not write it.")
            return Hint(FieldState.PLAIN, text)
        case _:
            return Hint(FieldState.PLAIN)


def role_hint(function: Function, model: NewMeetingViewModel, language: Language) -> Hint:
    """Return what is odd about who does what; it stops nobody."""
    _ = language.gettext
    held = model.form.roles.get(function)
    is_writer = held is not None and held == model.form.roles.get(Function.SECRETARY)
    if (
        is_writer
        and function is Function.SECRETARY
        and held == model.form.roles.get(Function.CHAIR)
    ):
        text = _(
            "The same person leads and writes. Choose somebody else, or write why in the protocol."
        )
        return Hint(FieldState.WARN, text)
    if is_writer and function is Function.VERIFIER:
        text = _("Whoever writes does not verify their own text. Choose somebody else.")
        return Hint(FieldState.WARN, text)
    if held is None or model.found is None or held in model.found.with_grant:
        return _NOTHING
    if function is Function.CHAIR:
        text = _(
            "This case is not open to whoever leads the meeting. They sign the protocol for"
            " everyone around the table, and not the board's file."
        )
        return Hint(FieldState.WARN, text)
    if function is Function.VERIFIER:
        text = _("Verifies and signs the protocol for everyone around the table.")
        return Hint(FieldState.PLAIN, text)
    return _NOTHING


def missing_text(field: MeetingField, language: Language) -> str:
    """Return what is still to be done about a field."""
    _ = language.gettext
    return {
        MeetingField.TEMPLATE: _("choose a template"),
        MeetingField.DAY: _("the day"),
        MeetingField.TIME: _("the time"),
        MeetingField.MINUTES: _("how long it is"),
        MeetingField.PLACE: _("the place"),
        MeetingField.PEOPLE: _("nobody is invited"),
        MeetingField.GUARD: _("somebody is not covered"),
    }[field]


def ready_text(model: NewMeetingViewModel, language: Language) -> str:
    """Return what stands beside the button once nothing is left to do."""
    _ = language.gettext
    if model.is_booked:
        return _("Everything is there. Whoever has a summons already needs a new one.")
    return _("Everything is there.")


def left_text(left: Iterable[Participant], language: Language) -> str:
    """Return that these were invited and are not any more once the booking is saved."""
    names = [make_visible(one.name, lines=False, longest=LONGEST_NAME) for one in left]
    return language.ngettext(
        "{names} has no place in the case on that day and is not invited any more.",
        "{names} have no place in the case on that day and are not invited any more.",
        len(names),
    ).format(names=", ".join(names))


def ask_anew_text(asked: Iterable[Participant], language: Language) -> str:
    """Return that these have said of another time that they do not come."""
    names = [make_visible(one.name, lines=False, longest=LONGEST_NAME) for one in asked]
    return language.ngettext(
        "{names} has said about the time before that they do not come. Ask anew: until then"
        " {names} is expected at the new time.",
        "{names} have said about the time before that they do not come. Ask anew: until then"
        " they are expected at the new time.",
        len(names),
    ).format(names=language.list_words(names))


def role_label(function: Function, language: Language) -> str:
    """Return what stands above the choice of who has a role."""
    _ = language.gettext
    labels = {
        Function.CHAIR: _("Leads"),
        Function.SECRETARY: _("Writes"),
        Function.VERIFIER: _("Verifies"),
    }
    return labels[function]


def guest_label(function: Function, language: Language) -> str:
    """Return what somebody is who is invited by name."""
    _ = language.gettext
    labels = {
        Function.INTERPRETER: _("Interpreter"),
        Function.SUPPORT_PERSON: _("Support person"),
        Function.OBSERVER: _("Observer"),
    }
    return labels[function]


def name_of(one: Invitee) -> str:
    """Return what somebody is called, harmless to look at."""
    return make_visible(one.shown.name, lines=False, longest=LONGEST_NAME)


def icon_of(one: Invitee, model: NewMeetingViewModel) -> str:
    """Return the icon that stands for somebody."""
    role = one.shown.party.role
    if role in _ICONS:
        return _ICONS[role]
    agencies = () if model.found is None else model.found.catalogue.agencies
    return next((agency.icon for agency in agencies if agency.code == one.shown.kind), "landmark")


def who_words(one: Invitee, language: Language) -> str:
    """Return in what capacity somebody comes."""
    _ = language.gettext
    party = one.shown.party
    match party.role:
        case PartyRole.SUBJECT_PERSON:
            return _("The young person")
        case PartyRole.GUARDIAN:
            return _joined(party.relation, _("Guardian"))
        case PartyRole.APPOINTED_GUARDIAN:
            return _joined(party.relation, _("Specially appointed guardian"))
        case PartyRole.TRUSTEE:
            return _joined(party.relation, _("Legal guardian ad litem"))
        case PartyRole.RELATIVE:
            return _joined(party.relation, _("Relative"))
        case PartyRole.PROFESSIONAL:
            return _joined(party.function, one.shown.organisation)
        case _:
            assert_never(party.role)


def doubt_words(one: Invitee, language: Language) -> DoubtWords | None:
    """Return why somebody is not invited by itself, and what it means if they come."""
    _ = language.gettext
    name = name_of(one)
    match one.doubt:
        case None:
            return None
        case Doubt.NOT_COVERED:
            pill = _("Not covered by the consent")
            return DoubtWords("shield-question-mark", Tone.WARN, pill, "")
        case Doubt.ENDS_BEFORE:
            pill = _("The consent ends before")
            return DoubtWords("calendar-x", Tone.WARN, pill, "")
        case Doubt.BARRED:
            return DoubtWords(
                "circle-slash",
                Tone.WARN,
                _("Is not to be told anything"),
                _(
                    "It has been decided that {name} is not to be told anything. While {name} is "
                    "in the room, the screen shows nothing of the young person."
                ).format(name=name),
            )
        case Doubt.DEPUTY:
            instead = make_visible(one.shown.deputy_of, lines=False, longest=LONGEST_NAME)
            return DoubtWords(
                "user-round",
                Tone.MUTE,
                _("Deputy of {name}").format(name=instead) if instead else _("Deputy"),
                "",
            )
        case _:
            assert_never(one.doubt)


def sum_words(model: NewMeetingViewModel, language: Language) -> tuple[str, bool]:
    """Return how long the agenda is beside the meeting, and whether it fits."""
    _ = language.gettext
    template = model.template
    total = 0 if template is None else template.minutes_of_items + model.carried_minutes
    minutes = model.form.minutes
    if minutes is None:
        return _("{sum} min").format(sum=total), True
    return _("{sum} min of {minutes}").format(sum=total, minutes=minutes), total <= minutes


def without_text(one: PlannedItem, language: Language) -> str:
    """Return who of those who come is not there for an item."""
    guests = (
        make_visible(each.name, lines=False, longest=LONGEST_NAME) for each in one.without_guests
    )
    names = [*map(name_of, one.without), *guests]
    if not names:
        return ""
    text = language.gettext("Without {names}")
    return text.format(names=language.list_words(names))


def order_text(model: NewMeetingViewModel, language: Language) -> str:
    """Return how often people leave or join, and whether another order would be calmer."""
    agenda = model.agenda
    if agenda is None:
        return ""
    ngettext = language.ngettext
    now = agenda.passages
    if agenda.better:
        fewest = agenda.passages_in(agenda.better)
        return ngettext(
            "Somebody leaves or joins {count} time. In another order it would be {fewest}.",
            "Somebody leaves or joins {count} times. In another order it would be {fewest}.",
            now,
        ).format(count=now, fewest=fewest)
    if model.form.order:
        return ngettext(
            "The items stand so that somebody leaves or joins only {count} time.",
            "The items stand so that somebody leaves or joins only {count} times.",
            now,
        ).format(count=now)
    return ""


def roles_text(model: NewMeetingViewModel, language: Language) -> str:
    """Return which roles the template needs and nobody has; it stops nobody."""
    found = model.found
    if found is None or not model.missing_roles:
        return ""
    names = [
        found.catalogue.meeting_role(code).name.in_language(language.code)
        for code in model.missing_roles
    ]
    text = language.gettext("Nobody has been chosen as: {roles}.")
    return text.format(roles=language.list_words(names))


def carried_text(model: NewMeetingViewModel, language: Language) -> str:
    """Return what comes along by itself: open commitments of each agency, and items not reached."""
    found = model.found
    if found is None:
        return ""
    agencies = [
        f"{make_visible(name, lines=False, longest=LONGEST_NAME)} {count}"
        for name, count in found.promised
    ]
    told = []
    if agencies:
        count = sum(each for _, each in found.promised)
        words = language.ngettext(
            "{count} open commitment ({agencies})", "{count} open commitments ({agencies})", count
        )
        told.append(words.format(count=count, agencies=", ".join(agencies)))
    if found.undiscussed:
        count = len(found.undiscussed)
        words = language.ngettext(
            "{count} item that was not reached", "{count} items that were not reached", count
        )
        told.append(words.format(count=count))
    if not told:
        return ""
    text = language.gettext("Comes along by itself: {what}.")
    return text.format(what=language.list_words(told))


def _joined(first: str, second: str) -> str:
    parts = [make_visible(one, lines=False, longest=LONGEST_NAME) for one in (first, second)]
    return " · ".join(part for part in parts if part)


def _day_hint(model: NewMeetingViewModel, language: Language) -> Hint:
    _ = language.gettext
    day = read_day(model.form.text_in(MeetingField.DAY))
    if day is None:
        if MeetingField.DAY in model.left_fields:
            return Hint(FieldState.BAD, _("Write the day as 2026-11-26."))
        return Hint(FieldState.PLAIN)
    if model.is_in_the_past or day < model.today:
        return Hint(
            FieldState.WARN, _("{day}, which has been").format(day=language.date_short(day))
        )
    return Hint(FieldState.PLAIN, language.weekday_date(day))


def _time_hint(model: NewMeetingViewModel, language: Language) -> Hint:
    _ = language.gettext
    form = model.form
    at, moment = read_time(form.text_in(MeetingField.TIME)), form.moment
    if at is None:
        is_wrong = MeetingField.TIME in model.left_fields
        return Hint(FieldState.BAD, _("Write the time as 15:00.")) if is_wrong else _NOTHING
    if moment is None:
        return _NOTHING
    time = f"{at:%H:%M}"
    match moment.kind:
        case ClockKind.NEVER:
            text = _("There is no {time} on that day: the clocks go forward. Choose another time.")
            return Hint(FieldState.BAD, text.format(time=time))
        case ClockKind.TWICE:
            text = _("{time} comes twice that night. The first one counts, in summer time.")
            return Hint(FieldState.WARN, text.format(time=time))
        case ClockKind.ONCE:
            return _until(moment, form.minutes, language)
        case _:
            assert_never(moment.kind)


def _until(moment: Moment, minutes: int | None, language: Language) -> Hint:
    if minutes is None:
        return _NOTHING
    # Counted in UTC: the clocks may be put forward or back meanwhile.
    end = moment.at.astimezone(UTC) + timedelta(minutes=minutes)
    text = language.gettext("Until {time}").format(time=language.time(end))
    return Hint(FieldState.PLAIN, text)


def _minutes_hint(model: NewMeetingViewModel, language: Language) -> Hint:
    _ = language.gettext
    if model.form.minutes is None and MeetingField.MINUTES in model.left_fields:
        return Hint(FieldState.BAD, _("Write the length in minutes, such as 60."))
    return Hint(FieldState.PLAIN)
