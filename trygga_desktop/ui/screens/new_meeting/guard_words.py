"""What the question about one person says. No widgets."""

from typing import assert_never

from trygga_desktop.i18n import Language
from trygga_desktop.ui.screens.new_meeting.form import Guest
from trygga_desktop.ui.screens.new_meeting.guard import Guard, Way, places_of, ranges
from trygga_desktop.ui.screens.new_meeting.people import Doubt
from trygga_desktop.ui.screens.new_meeting.plan import Plan, PlannedItem
from trygga_desktop.ui.screens.new_meeting.words import name_of
from trygga_desktop.ui.widgets.text import LONGEST_NAME, make_visible

ICONS = {
    Way.LEAVE_OUT: "user-round-x",
    Way.CONSENT: "file-signature",
    Way.ITEMS: "split",
    Way.GROUND: "scale",
    Way.WHOLE: "user-round",
}


def guard_title(guard: Guard, language: Language) -> str:
    """Return what the question is about."""
    _ = language.gettext
    name = _name(guard)
    match guard.doubt:
        case Doubt.NOT_COVERED:
            return _("{name} is not covered by the consent").format(name=name)
        case Doubt.ENDS_BEFORE:
            return _("The consent that covers {name} ends before the meeting").format(name=name)
        case _:
            return _("When does {name} come?").format(name=name)


def guard_line(guard: Guard, language: Language) -> str:
    """Return what it means, and that nothing has happened yet."""
    _ = language.gettext
    name = _name(guard)
    if not guard.stops:
        return _("Who comes to some items only need not wait while the others are dealt with.")
    nothing = _("Nothing has been sent to {name}.").format(name=name)
    if guard.doubt is Doubt.ENDS_BEFORE and guard.ends is not None:
        ends = _("It covers {organisation} until {date}.").format(
            organisation=_organisation(guard), date=language.date_long(guard.ends)
        )
        return f"{ends} {nothing}"
    means = _(
        "While {name} is in the room, the screen shows only what {organisation} may see: next to "
        "nothing."
    ).format(name=name, organisation=_organisation(guard))
    return f"{means} {nothing}"


def way_title(way: Way, language: Language) -> str:
    """Return what can be done."""
    _ = language.gettext
    match way:
        case Way.LEAVE_OUT:
            return _("Do not invite")
        case Way.CONSENT:
            return _("Ask for a wider consent")
        case Way.ITEMS:
            return _("Only some items")
        case Way.GROUND:
            return _("Another legal ground")
        case Way.WHOLE:
            return _("The whole meeting")
        case _:
            assert_never(way)


def way_line(guard: Guard, way: Way, language: Language) -> str:
    """Return what comes of it."""
    _ = language.gettext
    match way:
        case Way.LEAVE_OUT:
            text = _("The meeting is held without {organisation}.")
        case Way.CONSENT:
            text = _(
                "{name} is not invited before everyone who must has signed. What stands on this "
                "page is kept."
            )
        case Way.ITEMS if guard.stops:
            text = _("{name} comes to items where nothing of the others is told:")
        case Way.ITEMS:
            text = _("{name} comes to these items:")
        case Way.GROUND if guard.is_decided:
            text = _(
                "It has been decided that {organisation} is told some items without consent. "
                "Nothing else is shown while {name} is in the room."
            )
        case Way.GROUND:
            text = _(
                "You answer questions and write why. {name} can be invited once the decision is "
                "recorded. What stands on this page is kept."
            )
        case Way.WHOLE:
            text = _("{name} is there from the beginning to the end.")
        case _:
            assert_never(way)
    return text.format(name=_name(guard), organisation=_organisation(guard))


def answer_text(guard: Guard, language: Language) -> str:
    """Return what the button does."""
    _ = language.gettext
    match guard.way:
        case Way.LEAVE_OUT:
            return _("Do not invite")
        case Way.CONSENT:
            return _("Prepare the form")
        case Way.ITEMS:
            return _("Invite to these items")
        case Way.GROUND if guard.is_decided:
            return _("Invite on that ground")
        case Way.GROUND:
            return _("To the legal grounds")
        case Way.WHOLE:
            return _("Invite to all of it")
        case _:
            assert_never(guard.way)


def item_text(one: PlannedItem, language: Language) -> str:
    """Return an item of the agenda with its number and, where that is known, its time."""
    title = f"{one.place}  {one.item.title.in_language(language.code)}"
    return title if one.begins_at is None else f"{title}, {language.time(one.begins_at)}"


def part_text(items: frozenset[str], agenda: Plan, language: Language) -> str:
    """Return which items somebody comes to, and when: "Items 4-5, 15:25-15:40"."""
    _ = language.gettext
    places = places_of(items, agenda.codes)
    runs = [
        str(first) if first == last else f"{first}–{last}"  # noqa: RUF001  an en dash in print
        for first, last in ranges(places)
    ]
    numbers = language.list_words(runs)
    words = language.ngettext("Item {numbers}", "Items {numbers}", len(places)).format(
        numbers=numbers
    )
    time = agenda.time_of(items)
    if time is None:
        return words
    begins, ends = (language.time(one) for one in time)
    return f"{words}, {begins}–{ends}"  # noqa: RUF001  an en dash in print


def _name(guard: Guard) -> str:
    if isinstance(guard.one, Guest):
        return make_visible(guard.one.name, lines=False, longest=LONGEST_NAME)
    return name_of(guard.one)


def _organisation(guard: Guard) -> str:
    """Return for whom they come; of the family, and of a guest, that is they themselves."""
    organisation = "" if isinstance(guard.one, Guest) else guard.one.shown.organisation
    if not organisation:
        return _name(guard)
    return make_visible(organisation, lines=False, longest=LONGEST_NAME)
