"""What the window of whoever leads a meeting says of people and items. No widgets."""

from typing import assert_never

from trygga_desktop.i18n import Language
from trygga_desktop.services.leading import ItemSight, SeatSight
from trygga_desktop.ui.screens.hidden.asking import Asked, Way
from trygga_desktop.ui.widgets.text import LONGEST_NAME, make_visible

WAY_ICONS = {
    Way.WHOLE: "user-round",
    Way.LEAVE_OUT: "user-round-x",
    Way.CONSENT: "file-signature",
    Way.ITEMS: "split",
    Way.GROUND: "scale",
}


def sees_text(one: SeatSight, count: int, language: Language) -> str:
    """Return whom somebody speaks for, and how much of what the meeting deals with they may see."""
    _ = language.gettext
    if one.sees is None:
        told = _("Not in the room")
    elif one.sees >= count:
        told = _("May see all of it")
    else:
        told = _("May see {seen} of {all}").format(seen=max(0, one.sees), all=count)
    return " · ".join(part for part in (_name(one.seat.organisation), told) if part)


def item_text(one: ItemSight, language: Language) -> str:
    """Return how much of what stands under an item the room sees."""
    _ = language.gettext
    if one.noted == 0:
        return _("Nothing noted yet.")
    if one.seen >= one.noted:
        return _("All of it can be shown")
    return _("{seen} of {all} can be shown").format(seen=one.seen, all=one.noted)


def asked_title(asked: Asked, language: Language) -> str:
    """Return what the question is about."""
    _ = language.gettext
    name = _name(asked.one.name)
    if asked.stops:
        return _("{name} is not covered by the consent").format(name=name)
    return _("When does {name} come?").format(name=name)


def asked_line(asked: Asked, language: Language) -> str:
    """Return what it means, and that nothing has happened yet."""
    _ = language.gettext
    if not asked.stops:
        return _("Who comes to some items only need not wait while the others are dealt with.")
    return _(
        "While {name} is in the room, the screen shows only what {organisation} may see: next to "
        "nothing."
    ).format(name=_name(asked.one.name), organisation=_organisation(asked))


def way_title(way: Way, language: Language) -> str:
    """Return what can be done."""
    _ = language.gettext
    match way:
        case Way.WHOLE:
            return _("The whole meeting")
        case Way.LEAVE_OUT:
            return _("Do not invite")
        case Way.CONSENT:
            return _("Ask for a wider consent")
        case Way.ITEMS:
            return _("Only some items")
        case Way.GROUND:
            return _("Another legal ground")
        case _:
            assert_never(way)


def way_line(asked: Asked, language: Language) -> str:
    """Return what comes of the answer that is chosen."""
    _ = language.gettext
    match asked.way:
        case Way.WHOLE:
            text = _("{name} is there from the beginning to the end.")
        case Way.LEAVE_OUT:
            text = _("The meeting is held without {organisation}.")
        case Way.CONSENT:
            text = _("{name} waits outside until everyone who must has signed.")
        case Way.ITEMS if asked.stops:
            text = _("{name} comes to items where nothing of the others is told:")
        case Way.ITEMS:
            text = _("{name} comes to these items:")
        case Way.GROUND if asked.one.is_decided:
            text = _(
                "It has been decided that {organisation} is told some items without consent. "
                "Nothing else is shown while {name} is in the room."
            )
        case Way.GROUND:
            text = _(
                "You answer questions and write why. {name} waits outside until the decision is "
                "recorded."
            )
        case _:
            assert_never(asked.way)
    return text.format(name=_name(asked.one.name), organisation=_organisation(asked))


def answer_text(asked: Asked, language: Language) -> str:
    """Return what the button does."""
    _ = language.gettext
    match asked.way:
        case Way.WHOLE:
            return _("Invite to all of it")
        case Way.LEAVE_OUT:
            return _("Do not invite")
        case Way.CONSENT:
            return _("Prepare the form")
        case Way.ITEMS:
            return _("Invite to these items")
        case Way.GROUND if asked.one.is_decided:
            return _("Invite on that ground")
        case Way.GROUND:
            return _("To the legal grounds")
        case _:
            assert_never(asked.way)


def _organisation(asked: Asked) -> str:
    return _name(asked.one.organisation) or _name(asked.one.name)


def _name(text: str) -> str:
    return make_visible(text, lines=False, longest=LONGEST_NAME)
