"""What the forms about who signs say of what is typed, in plain words. Imports no widgets."""

from collections.abc import Mapping

from trygga_desktop.domain.programme import Decider
from trygga_desktop.i18n import Language
from trygga_desktop.services.signers import MOST_NAME
from trygga_desktop.ui.consent_words import length_text
from trygga_desktop.ui.screens.consents.signing_forms import (
    ApprovalForm,
    Flaw,
    SigningField,
    SigningForm,
)
from trygga_desktop.ui.text_form import Hint, Mark

_AT_ONCE = frozenset({Flaw.LENGTH, Flaw.TAKEN, Flaw.OVER})


def hint_for(field: str, form: SigningForm, decider: Decider | None, language: Language) -> Hint:
    """Return the line below a field. `decider` is who has to approve, where that is known."""
    one = SigningField(field)
    flaw = form.flaw(one)
    is_thought_of = field in form.left_fields or field in form.refused or flaw in _AT_ONCE
    if flaw and is_thought_of:
        return Hint(Mark.BAD, flaw_text(one, flaw, form, language))
    return Hint(Mark.PLAIN, _advice(one, form, decider, language))


def missing_text(form: SigningForm, language: Language) -> str:
    """Return what keeps a form from being recorded, empty where nothing does."""
    missing = form.missing
    if not missing:
        return ""
    first = missing[0]
    return flaw_text(first, form.flaw(first) or "", form, language)


def flaw_text(field: SigningField, flaw: str, form: SigningForm, language: Language) -> str:
    """Return what is wrong with a field, and what to do about it."""
    _ = language.gettext
    if flaw == Flaw.MISSING:
        return _missing(field, form, language)
    if flaw == Flaw.LENGTH:
        if field is SigningField.WORDS:
            return length_text(language)
        text = _("The text may have at most {count} characters.")
        return text.format(count=language.number(MOST_NAME))
    texts: Mapping[tuple[SigningField, str], str] = {
        (SigningField.SIGNERS, Flaw.UNKNOWN): _("One of them is no longer in the case."),
        (SigningField.SIGNER, Flaw.UNKNOWN): _("This person is no guardian in the case today."),
        (SigningField.CODE, Flaw.UNKNOWN): _("There is no such reason any more. Choose another."),
        (SigningField.APPROVED_BY, Flaw.TAKEN): _(
            "Somebody else than the one who decided has to approve it."
        ),
        (SigningField.ON, Flaw.FUTURE): _("That day has not come yet."),
        (SigningField.ON, Flaw.ORDER): _("That is before the day of the decision."),
        (SigningField.ON, Flaw.OVER): _("By that day the exception had ended."),
        (SigningField.UNTIL, Flaw.ORDER): _("That is before the first day."),
        (SigningField.CONCERNED, Flaw.SAME): _("Nothing is changed yet."),
        (SigningField.AGAINST, Flaw.UNKNOWN): _("They have no place in the case any more."),
    }
    days: Mapping[str, str] = {
        Flaw.UNREADABLE: _("Write the day as 2026-11-26."),
        Flaw.NO_SUCH_DAY: _("There is no such day."),
    }
    unknown = _("This cannot be saved as it stands.")
    return texts.get((field, flaw), days.get(flaw, unknown))


def _missing(field: SigningField, form: SigningForm, language: Language) -> str:
    _ = language.gettext
    texts: Mapping[SigningField, str] = {
        SigningField.SIGNERS: _("Choose who was asked."),
        SigningField.SIGNER: _("Choose whose signature it is."),
        SigningField.CODE: _("Choose the reason."),
        SigningField.WORDS: _("Write why."),
        SigningField.DECIDED_BY: _("Write who has decided it."),
        SigningField.APPROVED_BY: _("Write who approves it."),
        SigningField.ON: _("Write from which day."),
        SigningField.UNTIL: _("Write until which day."),
        SigningField.AGAINST: _("Choose from whom it is kept."),
        SigningField.CATEGORY: _("Tick what is kept back."),
        SigningField.CONCERNED: _("Tick who is concerned."),
    }
    if field is SigningField.ON and isinstance(form, ApprovalForm):
        return _("Write on which day it was approved.")
    return texts[field]


def _advice(
    field: SigningField, form: SigningForm, decider: Decider | None, language: Language
) -> str:
    _ = language.gettext
    match field:
        case SigningField.WORDS:
            return _("Do not write where anybody lives or stays.")
        case SigningField.DECIDED_BY:
            return _("Name and position, with a comma between them.")
        case SigningField.APPROVED_BY:
            who = _who_approves(decider, language)
            if isinstance(form, ApprovalForm):
                return who
            return " ".join([who, _("If left empty, it waits and does not count.")])
        case _:
            return ""


def _who_approves(decider: Decider | None, language: Language) -> str:
    _ = language.gettext
    if decider is Decider.MANAGER:
        return _("A manager, by name and position; not the one who decided.")
    if decider is Decider.STEERING_GROUP:
        return _("Somebody of the steering group, by name; not the one who decided.")
    return _("Name and position of somebody else than the one who decided.")
