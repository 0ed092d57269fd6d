"""What came of pages that were to be printed or saved, in words. No widgets."""

from typing import NamedTuple, assert_never

from trygga_desktop.i18n import Language
from trygga_desktop.ui.leaving import News, Told
from trygga_desktop.ui.platform.errors import PrintFlaw
from trygga_desktop.ui.platform.saving import SaveFlaw
from trygga_desktop.ui.theme.tokens import Tone
from trygga_desktop.ui.widgets.text import make_visible


class Message(NamedTuple):
    """What a banner says."""

    tone: Tone
    icon: str
    title: str
    text: str


def print_message(flaw: PrintFlaw, language: Language) -> Message:
    """Return why nothing was printed."""
    _ = language.gettext
    match flaw:
        case PrintFlaw.NO_PRINTER:
            return Message(
                tone=Tone.WARN,
                icon="printer",
                title=_("This computer has no printer"),
                text=_(
                    "Nothing has been printed. Connect a printer and try again, or save the pages "
                    "as a file and print them elsewhere."
                ),
            )
        case PrintFlaw.NO_ANSWER:
            return Message(
                tone=Tone.WARN,
                icon="printer",
                title=_("The printer does not answer"),
                text=_(
                    "It is switched off or has no connection. Look what has come out, and print "
                    "again or choose another printer. You can also save the pages as a file."
                ),
            )
        case PrintFlaw.UNREADABLE:
            return Message(
                tone=Tone.WARN,
                icon="file-warning",
                title=_("The pages could not be drawn"),
                text=_(
                    "Nothing has been printed. Go back, open the page again, and print it then."
                ),
            )
        case _:
            assert_never(flaw)


def missed_message(flaw: PrintFlaw, language: Language) -> Message:
    """Return why nothing was printed of what is logged before it is, and what the log says now."""
    message = print_message(flaw, language)
    if flaw is PrintFlaw.NO_PRINTER:
        return message
    told = language.gettext("The log says that the pages did not come out.")
    return message._replace(text=f"{message.text} {told}")


def save_message(flaw: SaveFlaw, language: Language) -> Message:
    """Return why nothing was saved."""
    _ = language.gettext
    nothing = _("Nothing has been saved, and no half file is left.")
    match flaw:
        case SaveFlaw.NO_ROOM:
            title, way = _("The disk is full"), _("Free some space, or choose another disk.")
        case SaveFlaw.NO_RIGHT:
            title = _("The folder cannot be written to")
            way = _("Choose a folder of your own.")
        case SaveFlaw.GONE:
            title = _("The folder is not there")
            way = _("Connect the disk again, or choose another folder.")
        case SaveFlaw.OTHER | SaveFlaw.TAKEN:
            title, way = _("The file could not be saved"), _("Try another folder or another disk.")
        case _:
            assert_never(flaw)
    return Message(tone=Tone.WARN, icon="hard-drive", title=title, text=f"{nothing} {way}")


def told_message(told: Told, language: Language) -> Message:
    """Return what became of the pages."""
    _ = language.gettext
    time = language.time(told.at)
    match told.news:
        case News.PRINTING:
            return Message(
                tone=Tone.INFO, icon="printer", title=_("Being sent to the printer…"), text=""
            )
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
        case News.NOT_APPROVED | News.NOT_SEALED:
            text = _("Nothing has been sealed. The pages are new: read them first.")
            if told.news is News.NOT_APPROVED:
                text = _("Nothing has been approved. The pages are new: read them first.")
            title = _("Something just changed. Look once more.")
            return Message(tone=Tone.WARN, icon="refresh-cw", title=title, text=text)
        case News.SEALED_SINCE:
            return Message(
                tone=Tone.INFO,
                icon="file-signature",
                title=_("The meeting was sealed after you wrote your text"),
                text=_(
                    "It cannot be recorded here any more. It is still kept: read and copy it there."
                    " What is wrong in the protocol is corrected by an addendum."
                ),
            )
        case _:
            assert_never(told.news)
