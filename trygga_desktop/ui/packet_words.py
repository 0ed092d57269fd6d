"""The words for what packets carry, what became of each part, and why something is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from trygga_desktop.domain.catalogue import Catalogue
from trygga_desktop.domain.meeting import ToldBy
from trygga_desktop.domain.packets import Change, PacketFlaw, PartFlaw, PartKind, StayFlaw
from trygga_desktop.domain.plan import LineKind, Term
from trygga_desktop.i18n import Language
from trygga_desktop.ui.theme.tokens import Tone
from trygga_desktop.ui.trouble import Problem, ProblemKind, Trouble
from trygga_desktop.ui.widgets.table_roles import PillValue
from trygga_desktop.ui.widgets.text import LONGEST, make_visible

if TYPE_CHECKING:
    from trygga_desktop.services.packets import ToldField
    from trygga_desktop.services.packets_in import IncomingPart

ICONS: Mapping[PartKind, str] = {
    PartKind.AGENDA: "list-ordered",
    PartKind.VOICE: "quote",
    PartKind.STATEMENT: "message-square",
    PartKind.COMMITMENT: "square-check",
    PartKind.PLAN_LINE: "route",
    PartKind.REMOVED_LINE: "trash-2",
}


def kind_word(kind: PartKind, language: Language) -> str:
    """Return what one part is called."""
    _ = language.gettext
    return {
        PartKind.AGENDA: _("Item of the agenda"),
        PartKind.VOICE: _("The young person's own words"),
        PartKind.STATEMENT: _("Statement"),
        PartKind.COMMITMENT: _("Commitment"),
        PartKind.PLAN_LINE: _("Line of the plan"),
        PartKind.REMOVED_LINE: _("Removed line of the plan"),
    }[kind]


def fields_text(fields: Iterable[ToldField], catalogue: Catalogue, language: Language) -> str:
    """Return what a part says: its main text first, and the rest on a line below."""
    told = {one.name: one.text for one in fields}
    words = _field_words(language, catalogue)
    if told.get("kind") == LineKind.INSTRUMENT:
        words = {**words, **_instrument_words(language)}
    main = [told[name] for name in ("title", "words", "text") if name in told]
    rest = [
        words[name](make_visible(text, lines=False, longest=LONGEST))
        for name, text in told.items()
        if name in words
    ]
    lines = [make_visible(one) for one in main]
    if "letter" in told:
        lines.append(make_visible(told["letter"]))
    if rest:
        lines.append(" · ".join(rest))
    return "\n".join(lines)


def change_pill(change: Change, language: Language) -> PillValue:
    """Return which side changed a part."""
    _ = language.gettext
    return {
        Change.NEW: PillValue(text=_("New"), tone=Tone.ACCENT, icon="plus"),
        Change.THERE: PillValue(text=_("Changed there"), tone=Tone.INFO, icon="pencil"),
        Change.HERE: PillValue(text=_("Changed here"), tone=Tone.MUTE, icon="pencil"),
        Change.BOTH: PillValue(
            text=_("Changed on both sides"), tone=Tone.WARN, icon="git-compare-arrows"
        ),
        Change.SAME: PillValue(text=_("The same"), tone=Tone.MUTE, icon="check"),
    }[change]


def part_pills(part: IncomingPart, language: Language) -> list[PillValue]:
    """Return which side changed a part, and that a line was removed there."""
    pill = change_pill(part.change, language)
    if part.kind is not PartKind.REMOVED_LINE or part.change is Change.SAME:
        return [pill]
    removed = PillValue(text=language.gettext("Removed there"), tone=Tone.WARN, icon="trash-2")
    is_ours = part.change in {Change.HERE, Change.BOTH}
    return [removed, change_pill(Change.HERE, language)] if is_ours else [removed]


def stay_text(flaw: StayFlaw, language: Language) -> str:
    """Return why a part stays here whatever the consents say."""
    _ = language.gettext
    return {
        StayFlaw.ABOUT_ANOTHER: _("It tells of somebody else, or is their words."),
        StayFlaw.REPORTER: _("It shows who has been in touch."),
        StayFlaw.NOT_RAISED: _("The young person does not want it raised."),
        StayFlaw.WITHOUT_NAMES: _("The case is spoken of without the name."),
    }[flaw]


def part_flaw_text(flaw: PartFlaw, language: Language) -> str:
    """Return why a part that came cannot be taken in, and what to do."""
    _ = language.gettext
    return {
        PartFlaw.ORIGIN_UNKNOWN: _(
            "Whose information it is, nobody here knows. Enter the organisation in the directory "
            "and in the case, and look at the packet again."
        ),
        PartFlaw.NOT_ALLOWED: _("By what holds in the case here you may not be told it."),
        PartFlaw.UNANSWERED: _(
            "An exclusion or a limit here asks about it, and about a title nobody can answer. "
            "Change the agenda here by hand."
        ),
        PartFlaw.CLOSED: _("The meeting has begun or is over here. Nothing of it is changed."),
        PartFlaw.ELSEWHERE: _("Something else here has its place."),
        PartFlaw.BY_HAND: _("This cannot come with a packet. Change it here by hand."),
        PartFlaw.TEMPLATE_UNKNOWN: _(
            "The meeting follows a template that this vault does not have. Plan it here first."
        ),
        PartFlaw.UNREADABLE: _("It holds something that cannot be stored here."),
    }[flaw]


def packet_flaw_words(flaw: PacketFlaw, language: Language) -> tuple[str, str]:
    """Return why a packet is not taken in: a title, and what to do."""
    _ = language.gettext
    ask = _("Ask whoever sent it to make a new one.")
    return {
        PacketFlaw.NOT_A_PACKET: (
            _("This is not a packet"),
            _("Choose a file that ends in .trygga-packet."),
        ),
        PacketFlaw.TOO_LARGE: (
            _("The packet is too large"),
            _("Send less at once. Nothing was read or changed."),
        ),
        PacketFlaw.OTHER_VERSION: (
            _("The packet has another version"),
            _("It was made by another version of Trygga. Both sides need the same one."),
        ),
        PacketFlaw.FOR_SOMEBODY_ELSE: (
            _("The packet is for somebody else"),
            _("It opens only for the user and the vault that it was made for."),
        ),
        PacketFlaw.ALTERED: (
            _("The packet was altered on its way"),
            _("It is not as it was signed, and nothing of it is shown.") + " " + ask,
        ),
        PacketFlaw.NOT_CERTIFIED: (
            _("Nobody has certified who sent it"),
            _("An administrator compares the fingerprint of their keys with them first."),
        ),
        PacketFlaw.RETIRED: (
            _("Packets from this sender are no longer taken in"),
            _("An administrator has taken back that their keys count."),
        ),
        PacketFlaw.TAKEN_BEFORE: (
            _("The packet has been taken in before"),
            _("Each packet is taken in once. Nothing was changed now."),
        ),
        PacketFlaw.OLDER: (
            _("A newer packet has been taken in"),
            _("This one is older, and would bring back what has been changed since.") + " " + ask,
        ),
        PacketFlaw.OTHER_CASE: (
            _("The packet belongs to another case"),
            _("Open the case that it belongs to, and take it in there."),
        ),
        PacketFlaw.UNREADABLE: (
            _("The packet cannot be read"),
            _("Its sender has signed something that is no packet.") + " " + ask,
        ),
    }[flaw]


def refused_packet(_trouble: Trouble, language: Language) -> Problem:
    """Tell that a packet is not taken in, where no page says why."""
    _ = language.gettext
    return Problem(
        code=ProblemKind.PACKET_REFUSED,
        icon="file-x",
        title=_("The packet is not taken in"),
        happened=_("It is not what it should be, or not meant for this vault."),
        safe=_("Nothing of it is shown, and nothing was changed."),
        advice=_("Ask whoever sent it to make a new one."),
    )


def _instrument_words(language: Language) -> Mapping[str, Callable[[str], str]]:
    """Return what is told of an instrument: nobody promised anything, and nothing is due."""
    _ = language.gettext
    by, on, kept = _("Used by {name}"), _("Used on {day}"), _("The result is kept: {where}")

    def day(text: str) -> str:
        try:
            return on.format(day=language.date_long(date.fromisoformat(text)))
        except ValueError:
            return on.format(day=text)

    return {
        "responsible": lambda text: by.format(name=text),
        "due_on": day,
        "sign": lambda text: kept.format(where=text),
    }


def _field_words(language: Language, catalogue: Catalogue) -> Mapping[str, Callable[[str], str]]:
    _ = language.gettext
    statuses = {one.code: one.name.in_language(language.code) for one in catalogue.statuses}
    reasons = {one.code: one.name.in_language(language.code) for one in catalogue.status_reasons}
    told_by: Mapping[str, str] = {
        ToldBy.SELF: _("Tells it themself"),
        ToldBy.SOMEBODY: _("Somebody tells it"),
        ToldBy.LETTER: _("A letter is read out"),
    }
    due, minutes = _("Due {day}"), _("{count} minutes")
    sign, own_part = _("Seen by: {text}"), _("The young person: {what}")
    follow_up, at = _("Followed up {day}"), _("At {time}")
    terms: Mapping[str, str] = {Term.SHORT: _("Short term"), Term.LONG: _("Long term")}
    responsible, teller = _("Responsible: {name}"), _("Told by {name}")

    def day(text: str, told: str = due) -> str:
        try:
            return told.format(day=language.date_short(date.fromisoformat(text)))
        except ValueError:
            return told.format(day=text)

    kinds: Mapping[str, str] = {
        LineKind.WISH: _("What I want"),
        LineKind.STATE: _("How it is now"),
        LineKind.STRENGTH: _("Strength"),
        LineKind.NEED: _("Need"),
        LineKind.INSTRUMENT: _("Assessment instrument"),
        LineKind.GOAL: _("Goal"),
        LineKind.ACTION: _("Action"),
        LineKind.NOTE: _("Note"),
    }
    areas = {one.code: one.name.in_language(language.code) for one in catalogue.life_areas}
    whom, goal = _("For {agency}"), _("Under the goal: {goal}")

    return {
        "kind": lambda text: kinds.get(text, text),
        "area": lambda text: areas.get(text, text),
        "whom": lambda text: whom.format(agency=text),
        "goal": lambda text: goal.format(goal=text),
        "minutes": lambda text: minutes.format(count=text),
        "question": lambda text: text,
        "told_by": lambda text: told_by.get(text, text),
        "teller": lambda text: teller.format(name=text),
        "responsible": lambda text: responsible.format(name=text),
        "due_on": day,
        "due_at": lambda text: at.format(time=text),
        "follow_up_on": lambda text: day(text, follow_up),
        "term": lambda text: terms.get(text, text),
        "sign": lambda text: sign.format(text=text),
        "own_part": lambda text: own_part.format(what=text),
        "state": lambda text: statuses.get(text, text),
        "reason": lambda text: reasons.get(text, text),
    }
