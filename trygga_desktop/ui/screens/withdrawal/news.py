"""How the withdrawal desk tells what became of the letters last. No widgets."""

from __future__ import annotations

from typing import assert_never

from trygga_desktop.i18n import Language
from trygga_desktop.ui import paper_words
from trygga_desktop.ui.leaving import News, Told
from trygga_desktop.ui.paper_words import Message
from trygga_desktop.ui.theme.tokens import Tone
from trygga_desktop.ui.widgets.text import make_visible


def told_message(told: Told, language: Language) -> Message:
    """Return what became of the letters."""
    _ = language.gettext
    time = language.time(told.at)
    match told.news:
        case News.PRINTED:
            title = language.ngettext(
                "{count} letter sent to the printer {time}",
                "{count} letters sent to the printer {time}",
                told.count,
            ).format(count=told.count, time=time)
            text = _("The log says so. Collect the pages at once.")
            return Message(tone=Tone.OK, icon="printer-check", title=title, text=text)
        case News.SAVED:
            name = "" if told.file is None else make_visible(told.file.name, lines=False)
            text = _(
                "{name} is not encrypted. Whoever gets hold of the file can read it. Delete "
                "it when it has been used."
            ).format(name=name)
            title = _("Saved {time}").format(time=time)
            return Message(tone=Tone.OK, icon="circle-check", title=title, text=text)
        case News.CHANGED:
            return Message(
                tone=Tone.WARN,
                icon="refresh-cw",
                title=_("Something just changed. Look once more."),
                text=_("Nothing has been printed or saved. The letters are new."),
            )
        case News.PRINTING | News.NOT_APPROVED | News.NOT_SEALED | News.SEALED_SINCE:
            return paper_words.told_message(told, language)
        case _:
            assert_never(told.news)
