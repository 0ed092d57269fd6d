"""What a consultation without names says and asks. No widgets."""

from collections.abc import Mapping, Sequence

from trygga_desktop.domain.gate import Threshold
from trygga_desktop.domain.recognising import Telling, Tells, spelled
from trygga_desktop.i18n import Language
from trygga_desktop.ui.screens.consultation.form import Field, GateForm, Missing, TellForm
from trygga_desktop.ui.text_form import Hint, Mark, TextForm
from trygga_desktop.ui.widgets.text import make_visible

_MOST_TOLD = 4
_LONGEST_WORD = 40


def steps(language: Language) -> tuple[str, ...]:
    """Return the four filters, in their order."""
    _ = language.gettext
    return (_("The own agency"), _("Without names"), _("Who can help?"), _("With names"))


def threshold_words(language: Language) -> Mapping[Threshold, str]:
    """Return what tells that the threshold is reached."""
    _ = language.gettext
    return {
        Threshold.SERIOUS_HARM: _("Risk of serious harm before long"),
        Threshold.SEVERAL_AREAS: _("Several areas at once"),
        Threshold.NOBODY_ALONE: _("None of us can do it alone"),
    }


def tellings_text(text: str, found: Sequence[Telling], language: Language) -> str:
    """Return what may point somebody out, by the words that stand there."""
    read = spelled(text)
    sentences = [_told(one, read, language) for one in found[:_MOST_TOLD]]
    more = len(found) - _MOST_TOLD
    if more > 0:
        pattern = language.ngettext("And {count} more.", "And {count} more.", more)
        sentences.append(pattern.format(count=language.number(more)))
    return " ".join(sentences)


def _told(telling: Telling, text: str, language: Language) -> str:
    _ = language.gettext
    words = [
        _("“{word}”").format(word=make_visible(one, lines=False, longest=_LONGEST_WORD))
        for one in telling.words_in(text)
    ]
    patterns = {
        Tells.NAME: _("{words} is a name in this case."),
        Tells.INITIALS: _("{words} are initials."),
        Tells.NUMBER: _("{words} looks like an identity number."),
        Tells.BIRTH_DATE: _("{words} is a day of birth."),
        Tells.CONTACT: _("{words} leads to somebody."),
        Tells.ADDRESS: _("{words} is an address."),
        Tells.SCHOOL: _("{words} is a school."),
        Tells.SCHOOL_CLASS: _("{words} is a class."),
        Tells.SIBLING: _("{words} tells of siblings."),
        Tells.PLACE: _("{words} is a place."),
        Tells.COMBINATION: _("{words} together are unusual where few live."),
    }
    sentence = patterns[telling.kind].format(words=language.list_words(words))
    # After the sign that opens what is quoted.
    return sentence[:1] + sentence[1:2].upper() + sentence[2:]


def hint_of(form: TextForm, field: str, language: Language) -> Hint:
    """Return what stands below a field."""
    _ = language.gettext
    if field in form.refused:
        texts = {
            "length": _("This is too long. Write it shorter."),
            "missing": _("This is needed."),
        }
        return Hint(Mark.BAD, texts.get(form.refused[field], texts["missing"]))
    if field == Field.MOTIVE:
        return Hint(Mark.PLAIN, _("It is kept with the decision, and never shown to the room."))
    if field == Field.DECIDED_BY and isinstance(form, GateForm):
        return Hint(Mark.PLAIN, _("Name and position, or who of the family has consented."))
    if field == Field.DECIDED_BY:
        return Hint(Mark.PLAIN, _("Name and position of who holds the information."))
    if field == Field.BORN:
        return Hint(Mark.PLAIN, _("Such as 2010-05-14. It can wait."))
    return Hint(Mark.PLAIN)


def tell_missing(form: TellForm, language: Language) -> str:
    """Return what is still to be filled in before something is told."""
    _ = language.gettext
    refused = {
        "phase": _("The case goes by name now."),
        "recipients": _("Nobody is in the case yet."),
    }
    for field, text in refused.items():
        if field in form.refused:
            return text
    if not form.missing:
        return ""
    return _missing_texts(language)[form.missing[0]]


def gate_missing(form: GateForm, language: Language) -> str:
    """Return what is still to be filled in before the case goes by name."""
    _ = language.gettext
    if "gate" in form.refused:
        flaws = {
            "ground": _("This ground is not in force, or opens no name."),
            "holder": _("This ground is not for the board."),
            "scope": _("This ground does not reach everyone who is to know."),
        }
        return flaws.get(form.refused["gate"], _("Something of the four filters is not answered."))
    if "phase" in form.refused:
        return _("The case cannot go on by name from here.")
    if not form.missing:
        return ""
    return _missing_texts(language)[form.missing[0]]


def _missing_texts(language: Language) -> Mapping[Missing, str]:
    _ = language.gettext
    return {
        Missing.TEXT: _("What you are worried about is missing."),
        Missing.ORIGIN: _("Whose information it is is missing."),
        Missing.CATEGORY: _("The kind of information is missing."),
        Missing.OWN_AGENCY: _("What the own agency has tried is missing."),
        Missing.THRESHOLD: _("Nothing tells yet that the threshold is reached."),
        Missing.RECIPIENTS: _("Who can help is missing."),
        Missing.GROUND: _("The ground is missing."),
        Missing.ANSWERS: _("A question is not answered, or not as it must be."),
        Missing.DECIDED_BY: _("Who decided is missing."),
        Missing.DAY: _("The day of the decision is missing, or still to come."),
        Missing.MOTIVE: _("The reason is missing."),
        Missing.NAME: _("The name is missing."),
        Missing.BORN: _("The day of birth cannot be read."),
    }
