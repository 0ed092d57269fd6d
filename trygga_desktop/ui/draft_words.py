"""What drafts are called, and where and when they were written. It tells nobody's name."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from trygga_desktop.domain.drafts import Draft, DraftKind
from trygga_desktop.i18n import STOCKHOLM, Language
from trygga_desktop.ui.typed import readable

ICONS: Mapping[DraftKind, str] = {
    DraftKind.NEW_CASE: "folder-plus",
    DraftKind.NOTE: "notebook-pen",
    DraftKind.PHASE: "signpost",
    DraftKind.STAGE: "timer",
    DraftKind.STATEMENT: "sprout",
    DraftKind.RELATIVE: "user-plus",
    DraftKind.PROFESSIONAL: "user-plus",
    DraftKind.PLACE: "user-round",
    DraftKind.DETAILS: "user-round",
    DraftKind.CONSENT: "file-signature",
    DraftKind.WITHDRAWAL: "shield-x",
    DraftKind.OPINION: "message-square-quote",
    DraftKind.REQUEST: "file-signature",
    DraftKind.EXCEPTION: "file-signature",
    DraftKind.APPROVAL: "file-signature",
    DraftKind.KEPT_BACK: "eye-off",
    DraftKind.CONCERNED: "users-round",
    DraftKind.GROUND: "scale",
    DraftKind.GROUND_TEXT: "scale",
    DraftKind.MUNICIPALITY: "landmark",
    DraftKind.MEETING: "calendar-plus",
    DraftKind.VOICE: "quote",
    DraftKind.ANSWERS: "clipboard-list",
    DraftKind.ENTRY: "pen-line",
    DraftKind.GUEST: "user-plus",
    DraftKind.NEXT_MEETING: "calendar-clock",
    DraftKind.AGENDA_ITEM: "list-checks",
    DraftKind.ABSENCE: "user-round-x",
    DraftKind.ORGANISATION: "building-2",
    DraftKind.CONTACT: "users",
    DraftKind.ADDENDUM: "file-signature",
    DraftKind.SIGNATURE: "pen-line",
    DraftKind.PLAN: "route",
    DraftKind.PROTECTION: "shield-user",
    DraftKind.BECAME: "handshake",
    DraftKind.RATING: "trending-up",
    DraftKind.PACKET: "download",
    DraftKind.REMARK: "message-square",
    DraftKind.COMPLETING: "square-check",
    DraftKind.CLOSING: "flag",
    DraftKind.LATER_LOOK: "history",
    DraftKind.AGREEMENT: "handshake",
    DraftKind.AGREEMENT_ANSWER: "pen-line",
    DraftKind.COPY: "hand",
    DraftKind.CONSULTATION: "venetian-mask",
    DraftKind.TELLING: "venetian-mask",
    DraftKind.GATE: "lock-open",
    DraftKind.PHRASES: "notebook-pen",
}


def draft_title(kind: DraftKind, language: Language) -> str:
    """Return what a draft was going to become."""
    _ = language.gettext
    titles = {
        DraftKind.NEW_CASE: _("New case"),
        DraftKind.NOTE: _("Note"),
        DraftKind.PHASE: _("Words about another phase"),
        DraftKind.STAGE: _("Why a stage changes"),
        DraftKind.STATEMENT: _("Statement of the mapping"),
        DraftKind.RELATIVE: _("A relative"),
        DraftKind.PROFESSIONAL: _("A professional"),
        DraftKind.PLACE: _("Change of somebody's place"),
        DraftKind.DETAILS: _("Change of somebody's details"),
        DraftKind.CONSENT: _("Paper of consent"),
        DraftKind.WITHDRAWAL: _("Consent that is taken back"),
        DraftKind.OPINION: _("Opinion on the consent"),
        DraftKind.REQUEST: _("Who was asked to sign"),
        DraftKind.EXCEPTION: _("Signature that is done without"),
        DraftKind.APPROVAL: _("Approval of an exception"),
        DraftKind.KEPT_BACK: _("What is kept from somebody"),
        DraftKind.CONCERNED: _("Who is concerned"),
        DraftKind.GROUND: _("Decision on another legal ground"),
        DraftKind.GROUND_TEXT: _("Text of a legal ground"),
        DraftKind.MUNICIPALITY: _("Another name of the municipality"),
        DraftKind.MEETING: _("Meeting that is being planned"),
        DraftKind.VOICE: _("Preparation with the young person"),
        DraftKind.ANSWERS: _("Sheets of agencies, typed in"),
        DraftKind.ENTRY: _("Text of a meeting"),
        DraftKind.GUEST: _("Somebody more at a meeting"),
        DraftKind.NEXT_MEETING: _("Time of the next meeting"),
        DraftKind.AGENDA_ITEM: _("Item of an agenda"),
        DraftKind.ABSENCE: _("Why somebody does not come"),
        DraftKind.ORGANISATION: _("Organisation of the directory"),
        DraftKind.CONTACT: _("Person of the directory"),
        DraftKind.ADDENDUM: _("Addendum to a protocol"),
        DraftKind.SIGNATURE: _("Reason about a signature"),
        DraftKind.PLAN: _("Plan"),
        DraftKind.PROTECTION: _("Need of protection"),
        DraftKind.BECAME: _("What became of a commitment"),
        DraftKind.RATING: _("The young person's own figures"),
        DraftKind.PACKET: _("Answers to a packet"),
        DraftKind.REMARK: _("Remark on a draft"),
        DraftKind.COMPLETING: _("An action that is being completed"),
        DraftKind.CLOSING: _("How the work ends"),
        DraftKind.LATER_LOOK: _("What was found after the end"),
        DraftKind.AGREEMENT: _("Version of an agreement"),
        DraftKind.AGREEMENT_ANSWER: _("Signature of an agreement"),
        DraftKind.COPY: _("Copy that somebody was given"),
        DraftKind.CONSULTATION: _("New consultation without names"),
        DraftKind.TELLING: _("Something to tell without names"),
        DraftKind.GATE: _("The way to the named case"),
        DraftKind.PHRASES: _("My phrases"),
    }
    return titles[kind]


def draft_where(draft: Draft, numbers: Mapping[UUID, str], language: Language) -> str:
    """Return what a draft was going to become and in which case, by its number."""
    title = draft_title(draft.kind, language)
    number = "" if draft.case_id is None else numbers.get(draft.case_id, "")
    if not number:
        return title
    return language.gettext("{what} in {number}").format(what=title, number=number)


def draft_past(draft: Draft, now: datetime, language: Language) -> str:
    """Return when it was written, and how long it is."""
    count = len(readable(draft.kind, draft.text))
    length = language.ngettext("{count} character", "{count} characters", count)
    told = length.format(count=language.number(count))
    return f"{when_text(draft.stored_at, now, language)}, {told}"


def draft_line(draft: Draft, numbers: Mapping[UUID, str], now: datetime, language: Language) -> str:
    """Return what it was going to become, where, when it was written, and how long it is."""
    return f"{draft_where(draft, numbers, language)}, {draft_past(draft, now, language)}"


def when_text(moment: datetime, now: datetime, language: Language) -> str:
    """Return a moment of the past as one says it: today 07:51, yesterday 16:42, tor 19 nov 16:42.

    Both moments must know their zones.
    """
    _ = language.gettext
    day, today = moment.astimezone(STOCKHOLM).date(), now.astimezone(STOCKHOLM).date()
    if day == today:
        return _("today {time}").format(time=language.time(moment))
    if day == today - timedelta(days=1):
        return _("yesterday {time}").format(time=language.time(moment))
    return language.date_time(moment)
