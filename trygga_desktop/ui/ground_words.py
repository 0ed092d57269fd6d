"""How every page speaks of how sure the text of a legal ground is."""

from trygga_desktop.domain.grounds import LegalGround
from trygga_desktop.i18n import Language
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.tokens import Tone
from trygga_desktop.ui.widgets.marks import Pill


def unverified_pill(look: Look) -> Pill:
    """Return the mark of a ground whose text nobody has confirmed."""
    text = look.language.gettext("To be confirmed by a lawyer")
    return Pill(look, text, tone=Tone.WARN, icon="circle-alert")


def confirmed_text(ground: LegalGround, language: Language) -> str:
    """Return who confirmed the text of a ground, nothing while nobody has."""
    if not ground.is_confirmed or ground.confirmed_on is None:
        return ""
    text = language.gettext("Confirmed by {name}, {date}. Source: {source}")
    return text.format(
        name=ground.confirmed_by,
        date=language.date_long(ground.confirmed_on),
        source=ground.confirmed_source,
    )
