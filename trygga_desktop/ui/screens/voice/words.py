"""What the preparation with the young person asks. No widgets."""

from trygga_desktop.domain.meeting import ToldBy
from trygga_desktop.i18n import Language
from trygga_desktop.ui.screens.voice.form import VoiceField, VoiceForm
from trygga_desktop.ui.text_form import Hint, Mark


def label_of(field: VoiceField, language: Language) -> str:
    """Return the question of a field, as it is read aloud."""
    _ = language.gettext
    return {
        VoiceField.WORDS: _("What matters most to you right now?"),
        VoiceField.NOT_RAISED: _(
            "Is there something we should not talk about, or that someone should not hear?"
        ),
        VoiceField.TELLER: _("Who tells it for you?"),
        VoiceField.LETTER: _(
            "If you do not want to come you can write here. We read it aloud exactly as it stands."
        ),
    }[field]


def hint_of(form: VoiceForm, field: str, language: Language) -> Hint:
    """Return what stands below a field."""
    _ = language.gettext
    if field in form.refused:
        texts = {
            "missing": _("This was recorded once, and is changed but not emptied."),
            "length": _("This is too long. Write it shorter."),
        }
        return Hint(Mark.BAD, texts.get(form.refused[field], texts["length"]))
    if field == VoiceField.WORDS:
        return Hint(Mark.PLAIN, _("In their own words. It stands at the second item."))
    if field == VoiceField.NOT_RAISED:
        return Hint(Mark.PLAIN, _("Only those who work in the case read this."))
    return Hint(Mark.PLAIN)


def missing_text(form: VoiceForm, language: Language) -> str:
    """Return what is still to be filled in."""
    _ = language.gettext
    if not form.missing:
        return ""
    return {
        VoiceField.WORDS: _("What matters to the young person is missing."),
        VoiceField.TELLER: _("Who tells it is missing."),
        VoiceField.LETTER: _("The letter is missing."),
    }[form.missing[0]]


def tellers(language: Language) -> list[tuple[str, object]]:
    """Return how the words can come to the meeting."""
    _ = language.gettext
    return [
        (_("The young person tells it"), ToldBy.SELF),
        (_("Somebody else tells it"), ToldBy.SOMEBODY),
        (_("A letter is read out"), ToldBy.LETTER),
    ]
