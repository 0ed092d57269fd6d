"""Long-term follow-up: when somebody asks again after the end, and what stands against it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from trygga_desktop.domain.case import WORKING, Case, Phase, PhaseStep
from trygga_desktop.domain.closing import LaterLook
from trygga_desktop.domain.consent import Answer, Consent, find_latest_yes
from trygga_desktop.domain.dates import months_after
from trygga_desktop.domain.outcomes import ClosingReason
from trygga_desktop.domain.programme import Programme
from trygga_desktop.domain.sharing import ChainStanding, Circumstances, Confirmation


class LongTermBar(StrEnum):
    """What stands against asking again after the end. The order is that of telling."""

    PROGRAMME = "programme"
    REASON = "reason"
    UNSURE = "unsure"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"
    MISSING = "missing"
    NOT_TICKED = "not_ticked"


@dataclass(frozen=True, slots=True, kw_only=True)
class LaterDay:
    """A day on which somebody asks how it is, and what they found, if they have asked.

    It `is_passed` where nobody did before a later one came: there is one answer to how it is now.
    """

    due_on: date
    look: LaterLook | None = None
    is_passed: bool = False


def find_bars(
    programme: Programme | None, reason: ClosingReason | None, given: Circumstances
) -> tuple[LongTermBar, ...]:
    """Return what stands against it on a day; nothing does where it is allowed.

    The programme has days for it, the reason for the end lets it be offered, and everyone who must
    sign has ticked it in a consent that is in force. With None no reason was given yet.
    """
    found = []
    if programme is None or not programme.long_term_follow_up_months:
        found.append(LongTermBar.PROGRAMME)
    if reason is not None and not reason.long_term:
        found.append(LongTermBar.REASON)
    if given.chain is not ChainStanding.HOLDS or given.confirmation is not Confirmation.CONFIRMED:
        return (*found, LongTermBar.UNSURE)
    is_heard = given.opinion_of <= given.opinions and not given.unweighed
    if not given.required or not is_heard:
        return (*found, LongTermBar.MISSING)
    of_signers = {_bar_of(one, given) for one in given.required} - {None}
    return (*found, *(one for one in LongTermBar if one in of_signers))


def _bar_of(signer: UUID, given: Circumstances) -> LongTermBar | None:
    answers = [one for one in given.consents if one.signer == signer]
    in_force = next((one for one in answers if one.holds_on(given.on)), None)
    if in_force is None:
        return _why_none(answers, given.on)
    if in_force.answer is not Answer.GIVEN or in_force.programme != given.programme:
        return LongTermBar.MISSING
    if in_force.taken_back and not in_force.cells:
        # Taken back from one organisation after the other, it is taken back.
        return LongTermBar.WITHDRAWN
    return None if in_force.long_term else LongTermBar.NOT_TICKED


def _why_none(answers: Collection[Consent], on: date) -> LongTermBar:
    latest = find_latest_yes(answers, on=on)
    if latest is None or latest.valid_from > on:
        return LongTermBar.MISSING
    return LongTermBar.WITHDRAWN if latest.is_withdrawn_on(on) else LongTermBar.ENDED


def later_days(
    programme: Programme | None,
    steps: Sequence[PhaseStep],
    looks: Iterable[LaterLook],
    *,
    today: date,
) -> tuple[LaterDay, ...]:
    """Return the days on which somebody asks again, counted from when the work ended.

    A pause after that, or a consent that lapsed and was given anew, moves none of them: the work
    did not begin again. What came due meanwhile is asked about late, until the next day comes. What
    was found on other days stays among them.
    """
    noted = {one.due_on: one for one in looks}
    ended = _ended_on(steps)
    months = () if programme is None or ended is None else programme.long_term_follow_up_months
    days = {months_after(ended, one) for one in months if ended is not None}
    found = sorted(days | noted.keys())
    last = max((one for one in found if one <= today or one in noted), default=date.min)
    return tuple(
        LaterDay(due_on=one, look=noted.get(one), is_passed=one < last and one not in noted)
        for one in found
    )


def next_day(days: Iterable[LaterDay]) -> date | None:
    """Return the first of these days on which somebody is still to ask."""
    return next((one.due_on for one in days if one.look is None and not one.is_passed), None)


def _ended_on(steps: Sequence[PhaseStep]) -> date | None:
    """Return when the work ended with somebody asking again, None where it goes on."""
    ended: date | None = None
    for step in steps:
        if step.phase in WORKING:
            ended = None
        elif step.phase is Phase.LONG_TERM_FOLLOW_UP and ended is None:
            ended = step.on
    return ended


def raised_again(case: Case, programme: Programme | None, earlier: Case | None) -> date | None:
    """Return the day on which the case was closed, if it was raised anew within the time of that.

    It may have been an earlier case about the same person, where that opens for whoever reads this.
    """
    if programme is None:
        return None
    months = programme.re_referral_flag_months
    pairs = list(zip(case.steps, case.steps[1:], strict=False))
    found = [
        (before.on, after.on)
        for before, after in pairs
        if before.phase is Phase.CLOSED and after.phase is Phase.REFERRAL
    ]
    ends = [] if earlier is None else [one for one in earlier.steps if one.phase is Phase.CLOSED]
    if ends:
        found.insert(0, (ends[-1].on, case.opened_on))
    within = [closed for closed, raised in found if raised <= months_after(closed, months)]
    return within[-1] if within else None
