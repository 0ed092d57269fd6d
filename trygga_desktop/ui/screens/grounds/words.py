"""How the page speaks of grounds, of decisions and of what is missing. No widgets."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import TYPE_CHECKING

from trygga_desktop.domain.agencies import Agency, Duty
from trygga_desktop.domain.catalogue import Catalogue, UnknownCodeError
from trygga_desktop.domain.grounds import ANY_AGENCY, POLICE_SIDE, PUBLIC, LegalGround, Mode
from trygga_desktop.domain.reasons import Reason
from trygga_desktop.i18n import Language
from trygga_desktop.ui.consent_words import length_text
from trygga_desktop.ui.screens.grounds.form import LONGEST_DECIDER, Missing
from trygga_desktop.ui.theme.tokens import Tone
from trygga_desktop.ui.widgets.table_roles import PillValue

if TYPE_CHECKING:
    from trygga_desktop.services.grounds import RecordedGround


def sides_text(codes: Collection[str], catalogue: Catalogue, language: Language) -> str:
    """Return from whom or to whom a ground lets something be told."""
    return language.list_words([_side(one, catalogue, language) for one in codes])


def mode_text(mode: Mode, language: Language) -> str:
    """Return what a ground says to the holder, without saying whether it applies."""
    _ = language.gettext
    texts: Mapping[Mode, str] = {
        Mode.CONSENT: _("Whoever it is about lets it be told."),
        Mode.MAY: _("The holder may tell, and does not have to."),
        Mode.MUST: _("The law can oblige the holder to tell. Whether it does, the holder judges."),
        Mode.OPEN: _("No secrecy stands against it."),
    }
    return texts[mode]


def in_force_text(ground: LegalGround, language: Language) -> str:
    """Return when the provision is in force, as far as is known."""
    _ = language.gettext
    if ground.valid_from is None:
        return _("since when is not noted here")
    return _("since {date}").format(date=language.date_long(ground.valid_from))


def duty_text(agency: Agency | None, language: Language) -> str:
    """Return what the law says of the duty of the holder to inform the police."""
    if agency is None:
        return ""
    return agency.police_duty_note.in_language(language.code)


def duty_line(agency: Agency | None, language: Language) -> str:
    """Return in a few words whether the holder can have such a duty."""
    _ = language.gettext
    if agency is None:
        return _("Choose whose information it is, and the rules for them stand here.")
    texts: Mapping[Duty, str] = {
        Duty.YES: _("They can have such a duty."),
        Duty.NO: _("The duty to inform on the whole does not cover them."),
        Duty.PARTLY: _("They can have such a duty in part."),
        Duty.CHECK: _("Whether they have such a duty must be checked."),
        Duty.RECIPIENT: _("They are those who are informed."),
    }
    return texts[agency.police_duty.applies]


def standing_pill(told: RecordedGround, today: date, language: Language) -> PillValue:
    """Return how a decision stands, in a word."""
    _ = language.gettext
    if told.lifted_on is not None:
        return PillValue(_("Taken back"), Tone.MUTE, "undo-2")
    if told.flaw is not None:
        return PillValue(_("Opens nothing"), Tone.WARN, "circle-alert")
    if today > told.use.until:
        return PillValue(_("Ended"), Tone.MUTE, "clock")
    return PillValue(_("Holds"), Tone.OK, "check")


def standing_text(told: RecordedGround, today: date, language: Language) -> str:
    """Return until when a decision holds, or why it opens nothing any more."""
    _ = language.gettext
    until = language.date_long(told.use.until)
    if told.lifted_on is not None:
        day = language.date_long(told.lifted_on)
        return _("It was taken back on {date} and opens nothing any more.").format(date=day)
    if told.flaw is not None:
        return flaw_text(told.flaw, language)
    if today > told.use.until:
        return _("Its last day was {date}. It opens nothing any more.").format(date=until)
    return _("It holds until {date}.").format(date=until)


def flaw_text(flaw: Reason, language: Language) -> str:
    """Return why a decision opens nothing at all."""
    _ = language.gettext
    texts: Mapping[Reason, str] = {
        Reason.GROUND_NOT_IN_FORCE: _(
            "It opens nothing: the provision was not in force that day, or is no more."
        ),
        Reason.GROUND_NOT_FOR_HOLDER: _(
            "It opens nothing: the ground is not for whoever holds the information."
        ),
        Reason.GROUND_OTHER_SCOPE: _(
            "It opens nothing: the ground does not reach these recipients or this information."
        ),
        Reason.GROUND_INCOMPLETE: _("It opens nothing: an answer is missing or not enough."),
    }
    return texts.get(flaw, _("It opens nothing."))


def missing_text(missing: Missing, language: Language) -> str:
    """Return what keeps the decision from being recorded."""
    _ = language.gettext
    texts: Mapping[Missing, str] = {
        Missing.ITEMS: _("Choose what is to be told."),
        Missing.RECIPIENTS: _("Choose whom it is told to."),
        Missing.GROUND: _("Choose the legal ground."),
        Missing.ANSWERS: _("A question has no answer."),
        Missing.UNKNOWN: _("“Don't know” is not enough. Ask a lawyer."),
        Missing.AGAINST: _("With an answer as it stands, this ground cannot be used."),
        Missing.MOTIVE: _("The reason in your own words is missing."),
        Missing.LENGTH: _("A text is too long."),
        Missing.DECIDED_BY: _("Write who decides, with name and position."),
        Missing.DAY: _("The day of the decision is not right."),
        Missing.UNTIL: _("Write the last day on which it holds."),
    }
    return texts[missing]


def refused_text(field: str, flaw: str, language: Language) -> str:
    """Return what the vault did not take, and why."""
    _ = language.gettext
    texts: Mapping[tuple[str, str], str] = {
        ("items", "unknown"): _("Something that was chosen is no longer in the case."),
        ("items", "guarded"): _("Something that was chosen is in the guarded part of the case."),
        ("items", "mixed"): _("What is chosen must be of one organisation and one kind."),
        ("recipients", "missing"): _("Choose whom it is told to."),
        ("recipients", "unknown"): _("A recipient has no place in the case any more."),
        ("recipients", "scope"): _("The ground does not reach all these recipients."),
        ("ground", "unknown"): _("The ground is not in the rules of this vault."),
        ("ground", "expired"): _("The provision is not in force on that day."),
        ("ground", "holder"): _("The ground is not for whoever holds the information."),
        ("answers", "missing"): _("An answer is missing or not enough."),
        ("on", "future"): _("That day has not come yet."),
        ("until", "order"): _("That day is over."),
    }
    if flaw == "length":
        return decider_length(language) if field == "decided_by" else length_text(language)
    return texts.get((field, flaw), _("This cannot be saved as it stands."))


def decider_length(language: Language) -> str:
    """Return how long a name and a position may be."""
    text = language.gettext("The text may have at most {count} characters.")
    return text.format(count=language.number(LONGEST_DECIDER))


def _side(code: str, catalogue: Catalogue, language: Language) -> str:
    _ = language.gettext
    groups = {
        ANY_AGENCY: _("everyone"),
        PUBLIC: _("public authorities"),
        POLICE_SIDE: _("law enforcement authorities"),
    }
    if code in groups:
        return groups[code]
    try:
        return catalogue.agency(code).definite.in_language(language.code)
    except UnknownCodeError:
        return code
