"""How far the signatures of a case have come on a day: who has signed, who is done without."""

import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from trygga_desktop.domain.consent import Answer, Consent, find_latest_yes
from trygga_desktop.domain.consent_events import (
    ConsentEvent,
    ConsentState,
    Excepted,
    Given,
    Requested,
    Way,
    Withdrawn,
)
from trygga_desktop.domain.programme import GuardianDuty, Programme, signing_duties
from trygga_desktop.domain.sharing import Circumstances

# A hyphen within a name is of the name.
_POSITION = re.compile(
    r"[,;()\[\]{}<>\u2012-\u2015]|\s[-\u2010\u2011\u2212]|[-\u2010\u2011\u2212]\s"
)


class SignerStatus(StrEnum):
    """Where one signer stands. Those after `SAID` are what is missing."""

    SIGNED = "signed"
    SAID = "said"
    REFUSED = "refused"
    OTHER_WORK = "other_work"
    TO_COME = "to_come"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    ENDED = "ended"
    NOTHING = "nothing"


SAYING_YES = frozenset({SignerStatus.SIGNED, SignerStatus.SAID})
"""Whoever is there has said a yes that counts; what was said has a signature to follow."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignerStanding:
    """Where one of the required signers stands.

    `on` is the last day of what they signed or said, the day on which they took it back, the first
    day of a no and of what is yet to begin; None where they have not answered. `asked_on` is when
    they were asked after what they answered last, if they were.
    """

    signer: UUID
    status: SignerStatus
    on: date | None = None
    asked_on: date | None = None


class ExceptionStatus(StrEnum):
    """What an exception comes to. Only one that is in force takes a guardian out of the signers."""

    IN_FORCE = "in_force"
    WAITING = "waiting"
    ANSWERED = "answered"
    APART = "apart"
    ENDED = "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExceptionStanding:
    """An exception that nobody has lifted, and what it comes to on the day."""

    exception: Excepted
    status: ExceptionStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing:
    """All required signers, all exceptions of guardians who would have to sign, and who those are.

    `guardians` is nobody where the programme asks for no guardian's signature at that age.
    """

    signers: tuple[SignerStanding, ...] = ()
    exceptions: tuple[ExceptionStanding, ...] = ()
    guardians: frozenset[UUID] = frozenset()

    @property
    def signed(self) -> frozenset[UUID]:
        """Return whose yes counts."""
        return frozenset(one.signer for one in self.signers if one.status in SAYING_YES)


def exception_status(
    exception: Excepted,
    consents: Iterable[Consent],
    events: Collection[ConsentEvent],
    *,
    opening: Collection[str],
    on: date,
) -> ExceptionStatus:
    """Return what an exception comes to on a day.

    `consents` are what the events of the case come to on that day, `opening` the codes of those
    that are about sharing. Prevented are guardians only while they say nothing: whoever answers
    counts again, and whoever has answered or taken back since the exception was told first can
    be done without only by a new one. So nothing that is taken back ever opens anything.
    """
    if not exception.on <= on <= exception.until:
        return ExceptionStatus.ENDED
    if exception.code not in opening:
        return ExceptionStatus.APART
    answers_now = any(one.signer == exception.signer and one.holds_on(on) for one in consents)
    if answers_now or _has_answered_since(exception, events, on):
        return ExceptionStatus.ANSWERED
    return ExceptionStatus.IN_FORCE if exception.holds_on(on) else ExceptionStatus.WAITING


def read_signing(
    given: Circumstances,
    state: ConsentState,
    events: Collection[ConsentEvent],
    *,
    programme: Programme | None,
    opening: Collection[str],
) -> Signing:
    """Return how far the signatures have come on the day of the circumstances.

    `state` is what the events come to on that day, `opening` as in `exception_status`.
    """
    guardians = _guardians_asked(given, programme)
    return Signing(
        signers=tuple(_standing(one, given, events) for one in sorted(given.required)),
        exceptions=tuple(
            ExceptionStanding(
                exception=one,
                status=exception_status(one, given.consents, events, opening=opening, on=given.on),
            )
            for one in state.exceptions
            if one.signer in guardians
        ),
        guardians=guardians,
    )


def names_somebody(text: str) -> bool:
    """Tell whether a text such as "Karin Ek, coordinator" names anybody at all."""
    return any(one.isalpha() for one in _name(text))


def names_one_person(one: str, other: str) -> bool:
    """Tell whether two texts such as "Karin Ek, coordinator" name the same person.

    What comes after the name, behind a comma, a dash or in brackets, does not make two people of
    one. Nor does how it is typed: capitals, spaces, letters put together of two signs.
    """
    return _name(one) == _name(other)


def _name(text: str) -> str:
    name = _POSITION.split(unicodedata.normalize("NFC", text), maxsplit=1)[0]
    return " ".join(name.casefold().split())


def _has_answered_since(exception: Excepted, events: Collection[ConsentEvent], day: date) -> bool:
    """Tell whether the guardian has said anything since the exception was told first.

    The order of recording decides, since a letter may be dated long before it comes; so does a
    date after that of the exception.
    """
    known = [event for event in events if event.what.on <= day]
    tellings = [
        (event.sequence, event.what.on)
        for event in known
        if isinstance(event.what, Excepted) and event.what.id == exception.id
    ]
    first, told_on = min(tellings, default=(0, exception.on))
    return any(
        event.sequence > first or event.what.on > told_on
        for event in known
        if isinstance(event.what, Given | Withdrawn) and event.what.signer == exception.signer
    )


def _guardians_asked(given: Circumstances, programme: Programme | None) -> frozenset[UUID]:
    age = given.subject_age
    if programme is None or age is None or age < 0:
        return frozenset()
    asks = signing_duties(programme, age=age).guardians is GuardianDuty.ALL
    return given.guardians if asks else frozenset()


def _standing(
    signer: UUID, given: Circumstances, events: Collection[ConsentEvent]
) -> SignerStanding:
    status, on = _status(signer, given, events)
    return SignerStanding(
        signer=signer, status=status, on=on, asked_on=_asked_on(signer, events, given.on)
    )


def _status(
    signer: UUID, given: Circumstances, events: Collection[ConsentEvent]
) -> tuple[SignerStatus, date | None]:
    answers = [one for one in given.consents if one.signer == signer]
    in_force = next((one for one in answers if one.holds_on(given.on)), None)
    if in_force is not None:
        return _status_in_force(in_force, given, events)
    latest = find_latest_yes(answers, on=given.on)
    if latest is None:
        return SignerStatus.NOTHING, None
    if latest.is_withdrawn_on(given.on):
        return SignerStatus.WITHDRAWN, latest.withdrawn_on
    if given.on < latest.valid_from:
        return SignerStatus.TO_COME, latest.valid_from
    return SignerStatus.LAPSED if latest.has_lapsed else SignerStatus.ENDED, latest.valid_to


def _status_in_force(
    consent: Consent, given: Circumstances, events: Collection[ConsentEvent]
) -> tuple[SignerStatus, date]:
    if consent.answer is Answer.REFUSED:
        return SignerStatus.REFUSED, consent.valid_from
    if consent.programme != given.programme:
        return SignerStatus.OTHER_WORK, consent.valid_to
    is_said = any(
        isinstance(one.what, Given) and one.what.way is Way.ORAL
        for one in events
        if one.id == consent.id
    )
    return SignerStatus.SAID if is_said else SignerStatus.SIGNED, consent.valid_to


def _asked_on(signer: UUID, events: Iterable[ConsentEvent], day: date) -> date | None:
    """Return when somebody was asked last, unless they have answered since."""
    asked: list[tuple[date, int]] = []
    answered: list[tuple[date, int]] = []
    for event in events:
        what = event.what
        if what.on > day:
            continue
        if isinstance(what, Requested) and signer in what.signers:
            asked.append((what.on, event.sequence))
        elif isinstance(what, Given | Withdrawn) and what.signer == signer:
            answered.append((what.on, event.sequence))
    if not asked or max(answered, default=(date.min, 0)) > max(asked):
        return None
    return max(asked)[0]
