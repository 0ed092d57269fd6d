"""What is said of a protocol: for whom it is, and what became of it. No widgets."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from trygga_desktop.i18n import Language
from trygga_desktop.ui.paper_words import Message
from trygga_desktop.ui.screens.protocol.view_model import (
    Audience,
    News,
    ProtocolViewModel,
    Told,
)
from trygga_desktop.ui.theme.tokens import Tone
from trygga_desktop.ui.widgets.text import LONGEST_NAME, make_visible

if TYPE_CHECKING:
    from trygga_desktop.services.protocols import ProtocolRecipient


def name_of(recipient: ProtocolRecipient) -> str:
    """Return what somebody is called, harmless to look at."""
    return make_visible(recipient.name, lines=False, longest=LONGEST_NAME)


def recipient_words(recipient: ProtocolRecipient, language: Language) -> str:
    """Return somebody's name and whom they speak for, if anyone."""
    if not recipient.organisation:
        return name_of(recipient)
    organisation = make_visible(recipient.organisation, lines=False, longest=LONGEST_NAME)
    return language.gettext("{name}, {organisation}").format(
        name=name_of(recipient), organisation=organisation
    )


def audience_words(model: ProtocolViewModel, language: Language) -> tuple[str, str]:
    """Return for whom the pages are, and what that means; never what or how much is left out."""
    _ = language.gettext
    match model.target.audience:
        case Audience.ROOM:
            return (
                _("Everyone around the table"),
                _("Holds what everyone who was there may have. All get the same pages."),
            )
        case Audience.BOARD:
            return (
                _("The board's file"),
                _("Holds everything that you may read. Only for the board's own file."),
            )
        case Audience.PERSON:
            somebody = model.recipient
            title = "" if somebody is None else recipient_words(somebody, language)
            return (
                title or _("One person"),
                _("Composed for one person, of what this person may have."),
            )
        case _:
            assert_never(model.target.audience)


def pages_words(pages: int, language: Language) -> str:
    """Return how many sheets of paper it comes to."""
    return language.ngettext("{count} page, A4", "{count} pages, A4", pages).format(count=pages)


def left_out_message(count: int, language: Language) -> Message:
    """Return that something of the case is on no page, since it did not verify."""
    text = language.ngettext(
        "{count} part of this case could not be verified and is not shown. Ask the "
        "administrator to check the vault.",
        "{count} parts of this case could not be verified and are not shown. Ask the "
        "administrator to check the vault.",
        count,
    ).format(count=count)
    return Message(tone=Tone.MUTE, icon="shield-question-mark", title="", text=text)


def told_message(told: Told, language: Language) -> Message:
    """Return what became of the pages."""
    _ = language.gettext
    time = language.time(told.at)
    match told.news:
        case News.PRINTED:
            return Message(
                tone=Tone.OK,
                icon="printer-check",
                title=_("Sent to the printer {time}").format(time=time),
                text=_("The log says so. Collect the pages at once."),
            )
        case News.SAVED:
            name = "" if told.file is None else make_visible(told.file.name, lines=False)
            return Message(
                tone=Tone.OK,
                icon="circle-check",
                title=_("Saved {time}").format(time=time),
                text=_(
                    "{name} is not encrypted. Whoever gets hold of the file can read it. Delete "
                    "it when it has been used."
                ).format(name=name),
            )
        case News.CHANGED:
            return Message(
                tone=Tone.WARN,
                icon="refresh-cw",
                title=_("Something just changed. Look once more."),
                text=_("Nothing has been printed or saved. The pages are new."),
            )
        case _:
            assert_never(told.news)
