"""Use case for asking again after the end, on the days of the programme: what was found.

It needs a reason for the end that lets it be offered, and a tick of its own from everyone who must
sign. Whoever takes the consent back ends it, and so does the last day of the consent.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID, uuid4

from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.case import ENDS, Phase
from trygga_desktop.domain.closing import LONGEST_WORDS, LaterLook
from trygga_desktop.domain.errors import InvalidInputError
from trygga_desktop.domain.long_term import LaterDay, find_bars, later_days, next_day
from trygga_desktop.domain.outcomes import ClosingReason
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.domain.plan import HIGHEST, LOWEST, OwnRating
from trygga_desktop.domain.reminders import Reminder, ReminderKind
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.own_records import digest_of_closing, put_into_case, told_alone
from trygga_desktop.services.standing import Standing, stand
from trygga_desktop.services.use_case import use_case
from trygga_desktop.services.vault import OpenVault


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteLaterLook:
    """What was found by asking again on one of the days after the end.

    `values` are how the young person says that it is, from 1 to 10, by areas of life.
    """

    case_id: UUID
    due_on: date
    words: str
    values: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownLook:
    """A day after the end on which somebody asks; `noted_on` is None before they did.

    Of one that `is_passed` nobody asks any more: a later one has come.
    """

    due_on: date
    noted_on: date | None
    words: str
    is_passed: bool = False


@use_case(Permission.WORK_IN_CASE)
def note_later_look(command: NoteLaterLook, *, vault: OpenVault) -> Done[None]:
    """Store what was found by asking again after the end, with the figures that were told.

    Raise InvalidInputError with the field `long_term` and what stands against it where nobody may
    ask any more: consent was taken back or has ended. Raise it too for a day that is none of those,
    has not come or was asked about before, words that are missing or too long, and figures that
    are none.
    """
    with vault.work() as work:
        standing = stand(work, vault, work.cases.find(command.case_id))
        _check_look(standing, command)
        case = standing.opened.case
        if command.values:
            rating = OwnRating(
                id=uuid4(),
                case_id=case.id,
                on=work.today,
                said_by=standing.opened.subject_id,
                values=dict(command.values),
                recorded_at=work.at,
            )
            work.ratings.add(case.id, rating)
        look = LaterLook(
            due_on=command.due_on,
            on=work.today,
            noted_by=vault.keyring.principal,
            words=command.words.strip(),
        )
        changed = replace(case, looks=(*case.looks, look))
        put_into_case(work, standing, changed)
        work.commit(Action.LATER_LOOK_NOTED, case.id, digest=digest_of_closing(changed))
    return Done(None, Changes(cases=True, items=True))


def looks_of(vault: OpenVault, standing: Standing) -> tuple[ShownLook, ...]:
    """Return the days after the end, and what was found on them, for the operator alone."""
    return tuple(
        told_look(vault, standing, one.look)
        if one.look is not None
        else ShownLook(due_on=one.due_on, noted_on=None, words="", is_passed=one.is_passed)
        for one in _days(standing)
    )


def told_look(vault: OpenVault, standing: Standing, look: LaterLook) -> ShownLook:
    """Return what was found on a day, for the operator alone."""
    words = told_alone(vault, standing, look.words, on=look.on)
    return ShownLook(due_on=look.due_on, noted_on=look.on, words=words)


def _days(standing: Standing) -> tuple[LaterDay, ...]:
    case = standing.opened.case
    return later_days(standing.programme, case.steps, case.looks, today=standing.on)


def reason_of(standing: Standing) -> ClosingReason | None:
    """Return why the work ended, or None while it has not."""
    ends = [one for one in standing.opened.case.steps if one.phase in ENDS]
    has_ended = standing.step.phase in ENDS
    return find_reason(standing, ends[-1].reason) if ends and has_ended else None


def later_reminders(standing: Standing) -> tuple[Reminder, ...]:
    """Return what is to be thought of after the end: a day to ask, or that nobody may any more."""
    if standing.step.phase is not Phase.LONG_TERM_FOLLOW_UP:
        return ()
    if find_bars(standing.programme, reason_of(standing), standing.given):
        return (Reminder(kind=ReminderKind.LONG_TERM_ENDED, on=standing.on),)
    due = next_day(_days(standing))
    if due is None:
        return (Reminder(kind=ReminderKind.LONG_TERM_DONE, on=standing.on),)
    return (Reminder(kind=ReminderKind.LONG_TERM_DUE, on=due),) if due <= standing.on else ()


def find_reason(standing: Standing, code: str) -> ClosingReason | None:
    """Return a closing reason, or None where the catalogue has none such."""
    return next((one for one in standing.catalogue.closing_reasons if one.code == code), None)


def _check_look(standing: Standing, command: NoteLaterLook) -> None:
    if standing.step.phase is not Phase.LONG_TERM_FOLLOW_UP:
        raise InvalidInputError(field="phase", flaw="order")
    bars = find_bars(standing.programme, reason_of(standing), standing.given)
    if bars:
        raise InvalidInputError(field="long_term", flaw=bars[0].value)
    if command.due_on != next_day(_days(standing)):
        raise InvalidInputError(field="due_on", flaw="unknown")
    if command.due_on > standing.on:
        raise InvalidInputError(field="due_on", flaw="future")
    if not command.words.strip():
        raise InvalidInputError(field="words", flaw="missing")
    if len(command.words) > LONGEST_WORDS:
        raise InvalidInputError(field="words", flaw="length")
    areas = {one.code for one in standing.catalogue.life_areas}
    if not areas >= command.values.keys():
        raise InvalidInputError(field="area", flaw="unknown")
    if not all(LOWEST <= one <= HIGHEST for one in command.values.values()):
        raise InvalidInputError(field="rating", flaw="range")
