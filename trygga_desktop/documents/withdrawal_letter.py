"""The letter that tells an agency what a consent no longer covers: not who took back, nor why."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from trygga_desktop.documents.blocks import (
    Block,
    Bullets,
    Heading,
    KeyValue,
    KeyValues,
    PageFrame,
    Paragraph,
)
from trygga_desktop.documents.head import head
from trygga_desktop.i18n import STOCKHOLM, Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """From this day on the consent no longer covers these organisations, by name."""

    since: date
    agencies: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterContent:
    """Everything a letter says; there is no field for a person of the case, nor for a reason.

    `ended_on` is the day from which there is no consent at all, None where a part of it stands.
    `cancelled` are the beginnings of meetings that were called off, `lapsed` of those that go on
    without this recipient; both are aware. `secrecy` stands at the foot of every page, and
    `arms`, a PNG in the form of `domain.picture` in base 64, in the head of the first one.
    """

    organisation: str
    recipient: str
    case_number: str
    day: date
    municipality: str = ""
    ended_on: date | None = None
    ended: tuple[Ended, ...] = ()
    cancelled: tuple[datetime, ...] = ()
    lapsed: tuple[datetime, ...] = ()
    secrecy: str = ""
    arms: str = ""


def opening(content: LetterContent, language: Language) -> tuple[str, ...]:
    """Return the sentences that say what has changed."""
    _ = language.gettext
    if content.ended_on is not None:
        text = _("As of {date} there is no consent to share information in the case.")
        return (text.format(date=language.date_long(content.ended_on)),)
    text = _("As of {date} the consent no longer covers {agencies}.")
    return tuple(
        text.format(date=language.date_long(one.since), agencies=language.list_words(one.agencies))
        for one in content.ended
    )


def requests(content: LetterContent, language: Language) -> tuple[str, ...]:
    """Return what the agency is asked to do, in the order of the letter."""
    return tuple(_requests(content, language))


def no_reason(language: Language) -> str:
    """Return the sentence with which the letter ends."""
    _ = language.gettext
    return _("We give no reasons and ask you not to ask the family for them.")


def compose(content: LetterContent, language: Language) -> tuple[Block, ...]:
    """Return the letter as blocks, its own words in the language that is asked for."""
    _ = language.gettext
    subject = _subject(content, language)
    return (
        PageFrame(
            head_left=subject,
            head_right=content.day.isoformat(),
            foot=content.secrecy,
        ),
        head(
            municipality=content.municipality,
            organisation=content.organisation,
            kind=_("Letter"),
            text=subject,
            arms=content.arms,
        ),
        KeyValues(
            pairs=(
                KeyValue(label=_("To"), value=content.recipient),
                KeyValue(label=_("Date"), value=language.date_long(content.day)),
            )
        ),
        *(Paragraph(text=one) for one in opening(content, language)),
        Heading(text=_("What we ask you to do")),
        Bullets(items=requests(content, language)),
        Paragraph(text=no_reason(language)),
    )


def _subject(content: LetterContent, language: Language) -> str:
    text = language.gettext("Changed consent in case {number}")
    return text.format(number=content.case_number)


def _requests(content: LetterContent, language: Language) -> Iterator[str]:
    _ = language.gettext
    if content.ended_on is not None:
        yield _("Do not give or obtain information on the basis of the earlier consent.")
    else:
        yield _(
            "Do not give or obtain information on the basis of what the consent no longer covers."
        )
    if content.cancelled:
        times = _times(content.cancelled, language)
        yield _("Meetings called off: {meetings}.").format(meetings=times)
    if content.lapsed:
        times = _times(content.lapsed, language)
        yield _("Meetings that you are no longer to attend: {meetings}.").format(meetings=times)
    yield _(
        "Handle your own notes under your rules. Do not pass on protocols and excerpts that you "
        "have received."
    )
    yield _("Duties under law, such as child concern reports, are not affected.")


def _times(moments: tuple[datetime, ...], language: Language) -> str:
    _ = language.gettext
    told = [
        _("{day} at {time}").format(
            day=language.date_long(one.astimezone(STOCKHOLM).date()), time=language.time(one)
        )
        for one in moments
    ]
    return language.list_words(told)
