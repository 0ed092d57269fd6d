"""The paper that calls somebody to a meeting. It names nobody but whom it is for."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from trygga_desktop.documents.blocks import (
    Block,
    Bullets,
    Column,
    Heading,
    KeyValue,
    KeyValues,
    PageFrame,
    Paragraph,
    Table,
)
from trygga_desktop.documents.head import head
from trygga_desktop.i18n import STOCKHOLM, Language


class Called(StrEnum):
    """In which capacity somebody is called."""

    PERSON = "person"
    FAMILY = "family"
    AGENCY = "agency"
    GUEST = "guest"


@dataclass(frozen=True, slots=True, kw_only=True)
class CalledItem:
    """An item that whom the paper is for is called to; `begins_at` is aware."""

    number: int
    title: str
    question: str
    begins_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SummonsContent:
    """Everything a summons says; there is no field for what is known of anybody.

    `recipient` is the organisation, or the person who comes for none. `place` is empty where it is
    not written. `begins_at` and `ends_at` are aware, of the part that they are called to; `items`
    are all of these that may be told. `agencies` are those invited, for the young person alone.
    """

    organisation: str
    recipient: str
    case_number: str
    day: date
    begins_at: datetime
    ends_at: datetime
    called: Called
    is_part: bool
    place: str = ""
    municipality: str = ""
    arms: str = ""
    coordinator: str = ""
    items: tuple[CalledItem, ...] = ()
    agencies: tuple[str, ...] = ()
    secrecy: str = ""


def title_of(called: Called, language: Language) -> str:
    """Return what stands at the top."""
    _ = language.gettext
    if called in {Called.PERSON, Called.FAMILY}:
        return _("Welcome to a meeting")
    return _("Summons to a cooperation meeting")


def compose(content: SummonsContent, language: Language) -> tuple[Block, ...]:
    """Return the summons as blocks, its own words in the language that is asked for."""
    _ = language.gettext
    title = title_of(content.called, language)
    return (
        PageFrame(head_left=title, head_right=content.day.isoformat(), foot=content.secrecy),
        head(
            municipality=content.municipality,
            organisation=content.organisation,
            arms=content.arms,
            kind=_("Summons"),
            text=title,
        ),
        KeyValues(
            pairs=(
                KeyValue(label=_("To"), value=content.recipient),
                KeyValue(
                    label=_("Day"),
                    value=language.weekday_date(content.begins_at.astimezone(STOCKHOLM).date()),
                ),
                KeyValue(label=_("Place"), value=place(content, language)),
                KeyValue(label=_("Time"), value=times(content, language)),
                KeyValue(label=_("Case"), value=content.case_number),
            )
        ),
        *_items(content, language),
        Heading(text=_("Before the meeting")),
        Bullets(items=tuple(_requests(content, language))),
        *_unnamed(content, language),
    )


def times(content: SummonsContent, language: Language) -> str:
    """Return from when to when."""
    begins, ends = language.time(content.begins_at), language.time(content.ends_at)
    return f"{begins}–{ends}"  # noqa: RUF001  an en dash in print


def place(content: SummonsContent, language: Language) -> str:
    """Return where it is, or that it is told in person."""
    return content.place or language.gettext("You will be told the place in person.")


def _items(content: SummonsContent, language: Language) -> Iterator[Block]:
    _ = language.gettext
    if content.is_part:
        numbers = [str(one.number) for one in content.items]
        text = language.ngettext(
            "You are summoned for item {items} alone.",
            "You are summoned for items {items} alone.",
            len(numbers),
        )
        yield Paragraph(text=text.format(items=language.list_words(numbers)))
    if content.items:
        yield Table(
            columns=(
                Column(title=_("Time"), width=1),
                Column(title=_("Item"), width=3),
                Column(title=_("Question"), width=5),
            ),
            rows=tuple(
                (language.time(one.begins_at), f"{one.number}. {one.title}", one.question)
                for one in content.items
            ),
        )


def _unnamed(content: SummonsContent, language: Language) -> Iterator[Block]:
    if content.called in {Called.AGENCY, Called.GUEST}:
        _ = language.gettext
        yield Paragraph(text=_("The name of the young person is not written in the summons."))


def _requests(content: SummonsContent, language: Language) -> Iterator[str]:
    _ = language.gettext
    whom = content.coordinator or content.organisation
    match content.called:
        case Called.PERSON:
            yield _("You may bring someone you trust.")
            yield _(
                "If you do not want to come you can write a letter or talk to {coordinator} before "
                "the meeting."
            ).format(coordinator=whom)
            if content.agencies:
                yield _(
                    "These are invited: {participants}. Is there anyone you do not want there? "
                    "Tell us."
                ).format(participants=language.list_words(content.agencies))
        case Called.AGENCY:
            yield _(
                "Fill in the preparation sheet and bring it. Do not send it by ordinary e-mail."
            )
            yield _(
                "If you cannot come: tell {coordinator} and send a deputy from the same agency."
            ).format(coordinator=whom)
        case Called.FAMILY | Called.GUEST:
            yield _("If you cannot come: tell {coordinator}.").format(coordinator=whom)
