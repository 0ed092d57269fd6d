"""What is said of excerpts and of who has which copy. No widgets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, assert_never

from trygga_desktop.domain.excerpts import Carrier, Cause, CopyState, Preset, Way
from trygga_desktop.domain.sealing import ProtocolKind, SealedProtocol
from trygga_desktop.i18n import STOCKHOLM, Language
from trygga_desktop.ui.paper_words import Message
from trygga_desktop.ui.text_form import DayFlaw
from trygga_desktop.ui.theme.tokens import Tone
from trygga_desktop.ui.widgets.table_roles import PillValue
from trygga_desktop.ui.widgets.text import LONGEST_NAME, make_visible

if TYPE_CHECKING:
    from trygga_desktop.services.distribution import ListedCopy
    from trygga_desktop.services.reduction import ExcerptRecipient

ICONS = {
    Preset.SCHOOL: "school",
    Preset.POLICE: "shield-user",
    Preset.LEISURE: "sprout",
    Preset.REGION: "stethoscope",
    Preset.AGENCY: "landmark",
    Preset.GUARDIAN: "user-round",
    Preset.YOUNG_PERSON: "user-round",
}


def chip_words(
    one: ExcerptRecipient, everyone: Sequence[ExcerptRecipient], language: Language
) -> str:
    """Return what a recipient's chip says: a sort of agency if there is one of it, or a name."""
    _ = language.gettext
    name = make_visible(one.name, lines=False, longest=LONGEST_NAME)
    if one.preset is Preset.YOUNG_PERSON:
        return _("{name}, plain words").format(name=name)
    sorts = {
        Preset.SCHOOL: _("School"),
        Preset.POLICE: _("Police"),
        Preset.LEISURE: _("Leisure"),
        Preset.REGION: _("Region"),
    }
    alike = sum(each.preset is one.preset for each in everyone)
    return sorts.get(one.preset, name) if alike == 1 else name


def whom_words(one: ExcerptRecipient) -> str:
    """Return who takes an excerpt, and for whom."""
    parts = (one.addressee, one.name)
    return ", ".join(make_visible(part, lines=False) for part in parts if part)


def count_words(count: int, language: Language) -> str:
    """Return how much is left out, for the sender alone."""
    if not count:
        return language.gettext("Nothing is left out")
    words = language.ngettext("{count} item is left out", "{count} items are left out", count)
    return words.format(count=language.number(count))


def resting_words(count: int, language: Language) -> tuple[str, str]:
    """Return that so much of earlier meetings waits for a consent, and so is told nobody."""
    title = language.ngettext("{count} action rests", "{count} actions rest", count)
    line = language.gettext("Rests until there is a consent that covers it.")
    return title.format(count=language.number(count)), line


def nothing_words(one: ExcerptRecipient, language: Language, *, is_bound: bool) -> tuple[str, str]:
    """Return that there is nothing to give to somebody, and why; who is bound may hear more."""
    _ = language.gettext
    name = make_visible(one.name, lines=False, longest=LONGEST_NAME)
    if not is_bound:
        text = _(
            "{recipient} may not know anything of this meeting before whoever takes it has been"
            " reminded of the duty of confidentiality. Then it is asked again."
        )
        return _("There is nothing to give yet"), text.format(recipient=name)
    text = _(
        "{recipient} may not know anything of this meeting: neither that it was held, nor when. If"
        " they ask for papers, that is decided as any request for documents, not here."
    )
    return _("There is nothing to give"), text.format(recipient=name)


def way_words(way: Way, language: Language) -> str:
    """Return how a copy was given."""
    _ = language.gettext
    match way:
        case Way.BY_HAND:
            return _("On paper, by hand")
        case Way.BY_POST:
            return _("On paper, by post")
        case Way.AS_FILE:
            return _("As a file")
        case _:
            assert_never(way)


def copy_words(one: ListedCopy, language: Language) -> tuple[str, str]:
    """Return who has a copy, and of what, with which number."""
    _ = language.gettext
    to = make_visible(one.copy.to, lines=False, longest=LONGEST_NAME) or _("The name is not shown")
    if one.copy.excerpt_id is None:
        line = _("The protocol, meeting {number}").format(number=one.meeting_number)
        if one.protocol is not None:
            what = protocol_words(one.protocol, language)
            line = _("{what}, meeting {number}").format(what=what, number=one.meeting_number)
        if one.copy.number:
            line = _("{what}, copy {copy}").format(what=line, copy=one.copy.number)
    else:
        line = _("Excerpt, meeting {number}, copy {copy}").format(
            number=one.meeting_number, copy=one.copy.number
        )
    return to, line


def kept_back_words(count: int, language: Language) -> str:
    """Return that some excerpts go into no folder."""
    words = language.ngettext(
        "{count} excerpt is not in it: it should come back.",
        "{count} excerpts are not in it: they should come back.",
        count,
    )
    return words.format(count=language.number(count))


def protocol_words(one: SealedProtocol, language: Language) -> str:
    """Return of which sealed protocol something is a copy."""
    _ = language.gettext
    match one.kind:
        case ProtocolKind.ROOM:
            return _("The protocol for everyone at the table")
        case ProtocolKind.FULL:
            return _("The board's own file")
        case ProtocolKind.ADDENDUM:
            return _("Addendum {number}").format(number=language.number(one.addendum_number))
        case ProtocolKind.PLAN_ROOM:
            text = _("Plan, version {number}, for everyone at the table")
            return text.format(number=language.number(one.plan_version))
        case ProtocolKind.PLAN_FULL:
            text = _("Plan, version {number}, the board's own file")
            return text.format(number=language.number(one.plan_version))
        case _:
            assert_never(one.kind)


def copy_day_words(flaw: DayFlaw, language: Language) -> str:
    """Return why what stands there is no day on which a copy was given."""
    _ = language.gettext
    match flaw:
        case DayFlaw.NO_SUCH_DAY:
            return _("There is no such day.")
        case DayFlaw.IN_THE_FUTURE:
            return _("That day is still to come.")
        case _:
            return _("Write the day as 2026-11-26.")


def given_words(one: ListedCopy, language: Language) -> tuple[str, str]:
    """Return when and by whom a copy was given, and how."""
    day = language.date_short(one.copy.given_at.astimezone(STOCKHOLM).date())
    by = make_visible(one.given_by, lines=False, longest=LONGEST_NAME)
    return ", ".join(part for part in (day, by) if part), way_words(one.copy.way, language)


def signed_words(one: ListedCopy, language: Language) -> str:
    """Return who has signed an excerpt on paper, or that its line waits for them."""
    _ = language.gettext
    name = make_visible(one.copy.signer, lines=False, longest=LONGEST_NAME)
    if not name or one.copy.is_spoilt:
        return ""
    if one.copy.is_declined:
        return _("{name} does not sign.").format(name=name)
    if one.copy.signed_on is None:
        return _("Not signed yet by {name}, as far as is known.").format(name=name)
    day = language.date_long(one.copy.signed_on)
    return _("Signed on paper by {name}, {day}.").format(name=name, day=day)


def state_pill(one: ListedCopy, language: Language) -> PillValue:  # noqa: PLR0911  one for each
    """Return where a copy is."""
    _ = language.gettext
    match one.copy.state:
        case CopyState.OUT if not one.is_current:
            return PillValue(_("Should come back"), tone=Tone.WARN, icon="undo-2")
        case CopyState.OUT if one.is_corrected:
            return PillValue(_("Corrected since"), tone=Tone.WARN, icon="file-pen-line")
        case CopyState.OUT:
            return PillValue(_("Out"), tone=Tone.INFO, icon="log-out")
        case CopyState.ASKED_BACK:
            return PillValue(_("Asked back"), tone=Tone.WARN, icon="undo-2")
        case CopyState.RETURNED:
            return PillValue(_("Came back"), tone=Tone.OK, icon="circle-check")
        case CopyState.DESTROYED:
            return PillValue(_("Destroyed"), tone=Tone.OK, icon="circle-check")
        case CopyState.SPOILT:
            return PillValue(_("Did not come out"), tone=Tone.MUTE, icon="x")
        case CopyState.NEVER_GIVEN:
            return PillValue(_("Noted by mistake"), tone=Tone.MUTE, icon="x")
        case _:
            assert_never(one.copy.state)


def due_words(one: ListedCopy, language: Language) -> str:
    """Return why a copy should come back, and what follows; empty where it need not."""
    _ = language.gettext
    if not one.copy.state.is_out:
        return ""
    if not one.is_current:
        return _("Whoever has it may no longer have all that it says.")
    if one.corrected_by == {Carrier.EXCERPT}:
        return _(
            "An addendum has corrected it since. Ask for it back, and give an excerpt instead."
        )
    if one.corrected_by == {Carrier.ADDENDUM}:
        return _(
            "An addendum has corrected it since. No excerpt carries it: give the addendum to"
            " whoever opens the case."
        )
    if one.is_corrected:
        return _(
            "Addenda have corrected it since. Ask for it back, and give an excerpt instead. It does"
            " not carry all of them."
        )
    return ""


def cause_words(cause: Cause, language: Language) -> str:
    """Return why a copy was asked back."""
    _ = language.gettext
    match cause:
        case Cause.WITHDRAWAL:
            return _("A consent was taken back.")
        case Cause.ERROR:
            return _("Something in it was wrong.")
        case _:
            assert_never(cause)


def protected_message(called: str, language: Language) -> Message:
    """Return what is asked once more before an excerpt of a protected case leaves."""
    _ = language.gettext
    return Message(
        tone=Tone.WARN,
        icon="triangle-alert",
        title=_("Somebody in this case is protected"),
        text=_(
            "The box for the place is empty. Read the text as well: does an address stand there?"
            " Make sure that nobody else gets hold of what you give about {name}."
        ).format(name=make_visible(called, lines=False)),
    )


def not_whole_message(language: Language) -> Message:
    """Return that the list is not all that the log tells of."""
    _ = language.gettext
    return Message(
        tone=Tone.BAD,
        icon="file-warning",
        title=_("The list is not as it was left"),
        text=_("Something other than Trygga has changed it. Tell whoever is administrator."),
    )
