"""What is said of keys and of those whose they are. No widgets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trygga_desktop.i18n import STOCKHOLM, Language
from trygga_desktop.ui.widgets.text import LONGEST_NAME, make_visible

if TYPE_CHECKING:
    from trygga_desktop.services.partners import KnownPartner


def file_flaw_text(flaw: str, language: Language) -> str:
    """Return why a file of keys is not taken, and what to do."""
    _ = language.gettext
    if flaw == "own":
        return _("These keys belong to this vault. Choose the file that the other side gave you.")
    if flaw == "changed":
        return _("It is not as its owner wrote it. Ask for a new file.")
    return _("It holds no keys. Choose a file that ends in .trygga-keys.")


def known_text(one: KnownPartner, language: Language) -> str:
    """Return for whom somebody speaks, by which words they are known, and who certified them."""
    _ = language.gettext
    speaks, by = (
        make_visible(text, lines=False, longest=LONGEST_NAME)
        for text in (one.organisation, one.certified_by)
    )
    day = language.date_long(one.at.astimezone(STOCKHOLM).date())
    if one.retired:
        told = _("Counts no more since {day}. Taken back by {name}.")
    else:
        told = _("Certified {day} by {name}.")
    lines = [
        _("Speaks for {organisation}.").format(organisation=speaks),
        one.fingerprint.words,
        told.format(day=day, name=by),
    ]
    return "\n".join(lines)
