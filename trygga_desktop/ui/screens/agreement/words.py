"""What is said of an agreement. No widgets."""

from trygga_desktop.domain.agreement import AgreementState, PaperAnswer, Side
from trygga_desktop.i18n import Language
from trygga_desktop.services.agreements import ShownAgreement, ShownAnswer
from trygga_desktop.ui.screens.agreement.form import AgreementField, AgreementForm, AnswerForm
from trygga_desktop.ui.text_form import DayFlaw, Hint, Mark, TextForm
from trygga_desktop.ui.theme.tokens import Tone
from trygga_desktop.ui.widgets.table_roles import PillValue
from trygga_desktop.ui.widgets.text import LONGEST_NAME, isolate, make_visible


def side_title(side: Side, language: Language) -> str:
    """Return what stands above the lines of a side."""
    _ = language.gettext
    if side is Side.PERSON:
        return _("The young person undertakes")
    return _("The programme undertakes")


def side_name(side: Side, language: Language) -> str:
    """Return who signs for a side."""
    _ = language.gettext
    return _("The young person") if side is Side.PERSON else _("For the programme")


def state_pill(version: ShownAgreement, language: Language) -> PillValue:
    """Return how a version stands, as a pill."""
    _ = language.gettext
    return {
        AgreementState.WAITING: PillValue(_("Waits for signatures"), Tone.WARN, "hourglass"),
        AgreementState.IN_FORCE: PillValue(_("Holds"), Tone.OK, "circle-check"),
        AgreementState.NOT_YET: PillValue(_("Signed, not begun"), Tone.INFO, "clock"),
        AgreementState.ENDED: PillValue(_("Has ended"), Tone.MUTE, "clock"),
        AgreementState.DECLINED: PillValue(_("Declined"), Tone.BAD, "ban"),
        AgreementState.REPLACED: PillValue(_("Replaced"), Tone.MUTE, "history"),
    }[version.state]


def version_title(version: ShownAgreement, language: Language) -> str:
    """Return which version it is, and when it was written."""
    day = language.date_long(version.made_on)
    return language.gettext("Version {number}, {date}").format(number=version.number, date=day)


def validity(version: ShownAgreement, language: Language) -> str:
    """Return from when until when it holds."""
    return language.gettext("{first} to {last}").format(
        first=language.date_long(version.valid_from), last=language.date_long(version.valid_to)
    )


def answer_line(answer: ShownAnswer, language: Language) -> str:
    """Return what a side did with the paper."""
    _ = language.gettext
    day = language.date_long(answer.on)
    name = isolate(make_visible(answer.name, lines=False, longest=LONGEST_NAME))
    is_person = answer.side is Side.PERSON
    if answer.answer is PaperAnswer.SIGNED:
        if is_person:
            return _("Signed by the young person on {date}.").format(date=day)
        return _("Signed for the programme by {name} on {date}.").format(name=name, date=day)
    if is_person:
        return _("The young person declined to sign on {date}.").format(date=day)
    return _("{name} declined to sign for the programme on {date}.").format(name=name, date=day)


def hint_of(form: TextForm, field: str, language: Language) -> Hint:
    """Return what stands below a field."""
    _ = language.gettext
    flaw = form.refused.get(field)
    if flaw == "length":
        return Hint(Mark.BAD, _("This is too long. Write it shorter."))
    if flaw is not None:
        return Hint(Mark.BAD, _("This cannot be saved as it stands."))
    day = form.day_flaw(field)
    if day is None or not form.text_in(field).strip():
        return Hint(Mark.PLAIN)
    texts = {
        DayFlaw.UNREADABLE: _("Write year, month and day: 2026-11-26."),
        DayFlaw.NO_SUCH_DAY: _("There is no such day."),
        DayFlaw.IN_THE_FUTURE: _("That day has not come yet."),
        DayFlaw.TOO_LONG_AGO: _("The paper had not been written on that day."),
    }
    return Hint(Mark.BAD, texts[day])


def missing_text(form: AgreementForm, language: Language) -> str:
    """Return what is still to be filled in of the next version."""
    _ = language.gettext
    if not form.missing:
        return ""
    if form.missing[0] in set(AgreementField):
        return _("Write from when until when it holds, in this order.")
    return _("Both undertake something: write a line of each.")


def answer_missing_text(form: AnswerForm, language: Language) -> str:
    """Return what is still to be filled in of a signature."""
    _ = language.gettext
    if not form.missing:
        return ""
    if form.missing[0] == "name":
        return _("Write who signs for the programme.")
    return _("Write on which day.")
