"""What is said of each signer, and of whom an exception does without. No widgets."""

from collections.abc import Mapping
from typing import NamedTuple
from uuid import UUID

from trygga_desktop.domain.signing import (
    SAYING_YES,
    ExceptionStanding,
    ExceptionStatus,
    SignerStanding,
    SignerStatus,
    Signing,
)
from trygga_desktop.i18n import Language
from trygga_desktop.services.consents import ConsentView
from trygga_desktop.ui.agency_words import role_word
from trygga_desktop.ui.consent_words import ConsentNames
from trygga_desktop.ui.screens.consents.signing_forms import waits_for_approval
from trygga_desktop.ui.theme.tokens import Tone
from trygga_desktop.ui.widgets.table_roles import PillValue
from trygga_desktop.ui.widgets.text import LONGEST_NAME, make_visible


class SignerRow(NamedTuple):
    """One signer: name, capacity, where they stand, and what else there is to say."""

    name: str
    capacity: str
    standing: PillValue
    detail: str


class ExceptionRow(NamedTuple):
    """One whose signature is done without, or would be: why, until when, decided by whom."""

    id: UUID
    name: str
    reason: str
    standing: PillValue
    lines: tuple[str, ...]
    may_approve: bool


def sum_pill(signing: Signing, language: Language) -> PillValue:
    """Return how many have signed."""
    _ = language.gettext
    signed, needed = len(signing.signed), len(signing.signers)
    if not signed:
        return PillValue(_("Nobody has signed"), Tone.MUTE, "circle-dashed")
    if signed < needed:
        text = _("Partly signed, {signed} of {needed}").format(
            signed=language.number(signed), needed=language.number(needed)
        )
        return PillValue(text, Tone.INFO, "hourglass")
    if any(one.status is SignerStatus.SAID for one in signing.signers):
        return PillValue(_("All have said yes"), Tone.WARN, "hourglass")
    return PillValue(_("All have signed"), Tone.OK, "check")


def signer_rows(
    view: ConsentView, names: ConsentNames, language: Language
) -> tuple[SignerRow, ...]:
    """Return the required signers in the order of the case."""
    capacities = {one.party.id: role_word(one.party.role, language) for one in view.people}
    by_id = {one.signer: one for one in view.signing.signers}
    return tuple(
        SignerRow(
            name=names.person(one),
            capacity=capacities.get(one, ""),
            standing=_standing(by_id[one], language),
            detail=_detail(by_id[one], view.signing, language),
        )
        for one in names.in_order(by_id)
    )


def exception_rows(
    view: ConsentView, names: ConsentNames, language: Language
) -> tuple[ExceptionRow, ...]:
    """Return the exceptions that have not ended. Why somebody wanted them is not among it."""
    shown = [one for one in view.signing.exceptions if one.status is not ExceptionStatus.ENDED]
    order = names.in_order(one.exception.signer for one in shown)
    return tuple(
        _exception_row(one, names, language)
        for one in sorted(shown, key=lambda one: order.index(one.exception.signer))
    )


def _exception_row(one: ExceptionStanding, names: ConsentNames, language: Language) -> ExceptionRow:
    _ = language.gettext
    told = one.exception
    lines = [
        _("Until {date}.").format(date=language.date_long(told.until)),
        _("Decided by {name}.").format(name=_line(told.decided_by)),
    ]
    if told.approved_by.strip():
        lines.append(_("Approved by {name}.").format(name=_line(told.approved_by)))
    elif one.status is not ExceptionStatus.WAITING:
        lines.append(_("Not approved yet."))
    return ExceptionRow(
        id=told.id,
        name=names.person(told.signer),
        reason=names.exception(told.code),
        standing=_exception_pill(one.status, language),
        lines=tuple(lines),
        may_approve=waits_for_approval(one),
    )


def _exception_pill(status: ExceptionStatus, language: Language) -> PillValue:
    _ = language.gettext
    pills: Mapping[ExceptionStatus, PillValue] = {
        ExceptionStatus.IN_FORCE: PillValue(_("Need not sign"), Tone.INFO, "circle-slash"),
        ExceptionStatus.WAITING: PillValue(_("Waits for approval"), Tone.WARN, "hourglass"),
        ExceptionStatus.ANSWERED: PillValue(_("Has answered"), Tone.MUTE, "check"),
        ExceptionStatus.APART: PillValue(_("Must still sign"), Tone.MUTE, "info"),
        ExceptionStatus.ENDED: PillValue(_("Ended"), Tone.MUTE, "clock"),
    }
    return pills[status]


def _standing(one: SignerStanding, language: Language) -> PillValue:
    _ = language.gettext
    day = "" if one.on is None else language.date_long(one.on)
    if one.status is SignerStatus.NOTHING:
        if one.asked_on is None:
            return PillValue(_("Not asked"), Tone.MUTE, "circle-dashed")
        text = _("Asked on {date}").format(date=language.date_long(one.asked_on))
        return PillValue(text, Tone.INFO, "hourglass")
    faces: Mapping[SignerStatus, tuple[str, Tone, str]] = {
        SignerStatus.SIGNED: (_("Signed, until {date}"), Tone.OK, "check"),
        SignerStatus.SAID: (_("Said yes, must sign by {date}"), Tone.WARN, "hourglass"),
        SignerStatus.REFUSED: (_("Said no on {date}"), Tone.MUTE, "ban"),
        SignerStatus.OTHER_WORK: (_("Signed for another programme"), Tone.MUTE, "circle-slash"),
        SignerStatus.TO_COME: (_("Signed, holds from {date}"), Tone.INFO, "clock"),
        SignerStatus.WITHDRAWN: (_("Took it back on {date}"), Tone.BAD, "undo-2"),
        SignerStatus.LAPSED: (_("Lapsed at 18, after {date}"), Tone.MUTE, "clock"),
        SignerStatus.ENDED: (_("Ended after {date}"), Tone.MUTE, "clock"),
    }
    text, tone, icon = faces[one.status]
    return PillValue(text.format(date=day), tone, icon)


def _detail(one: SignerStanding, signing: Signing, language: Language) -> str:
    """Return what else is to be known of somebody whose signature is missing."""
    _ = language.gettext
    if one.status in SAYING_YES:
        return ""
    told = []
    if one.asked_on is not None and one.status is not SignerStatus.NOTHING:
        told.append(_("Asked again on {date}.").format(date=language.date_long(one.asked_on)))
    ended = [
        each.exception.until
        for each in signing.exceptions
        if each.exception.signer == one.signer and each.status is ExceptionStatus.ENDED
    ]
    if ended:
        text = _("Did not have to sign until {date}.")
        told.append(text.format(date=language.date_long(max(ended))))
    return " ".join(told)


def _line(text: str) -> str:
    return make_visible(text, lines=False, longest=LONGEST_NAME)
