"""Use cases about who must sign: asking for it, and doing without one of the guardians."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.catalogue import UnknownCodeError
from trygga_desktop.domain.consent_events import Excepted, Requested
from trygga_desktop.domain.errors import InvalidInputError
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.domain.signing import names_one_person, names_somebody
from trygga_desktop.services.chains import append_events
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.consents import MOST_WORDS
from trygga_desktop.services.standing import Standing, stand
from trygga_desktop.services.use_case import use_case
from trygga_desktop.services.vault import OpenVault

MOST_NAME = 200
"""The longest name and position in characters that is stored."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestConsent:
    """These people got the form to read, and were asked to sign."""

    case_id: UUID
    on: date
    signers: frozenset[UUID]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordException:
    """One guardian's signature is done without, by a reason of the catalogue (`code`).

    `id` is that of an exception which is told anew, as when it has been approved: it then counts
    from `on`, the day of the approval. `words` say why, `decided_by` and `approved_by` are two
    people, each by name and, after a comma, position; without the second it does not count. It
    holds to the end of `until`.
    """

    case_id: UUID
    signer: UUID
    code: str
    on: date
    until: date
    words: str
    decided_by: str
    approved_by: str = ""
    id: UUID | None = None


@use_case(Permission.WORK_IN_CASE)
def request_consent(command: RequestConsent, *, vault: OpenVault) -> Done[None]:
    """Store that people were asked to sign.

    Raise InvalidInputError for nobody, somebody who is not of the case, or a day to come.
    """
    with vault.work() as work:
        standing = stand(work, vault, work.cases.find(command.case_id))
        if command.on > work.today:
            raise InvalidInputError(field="on", flaw="future")
        if not command.signers:
            raise InvalidInputError(field="signers", flaw="missing")
        if not command.signers <= standing.people.keys():
            raise InvalidInputError(field="signers", flaw="unknown")
        event = Requested(on=command.on, signers=command.signers)
        append_events(work, vault, standing, [event], Action.CONSENT_REQUESTED)
    return Done(None, Changes(consents=True))


@use_case(Permission.WORK_IN_CASE)
def record_exception(command: RecordException, *, vault: OpenVault) -> Done[UUID]:
    """Store that a guardian's signature is done without, and return the id of the exception.

    It is never the program's choice: a person decides and another approves
    (`second_approval_for_exceptions` of the programme). The young person's own signature is never
    done without. Raise InvalidInputError with the field and its flaw.
    """
    _check(command)
    with vault.work() as work:
        standing = stand(work, vault, work.cases.find(command.case_id))
        _check_signer(command, standing, today=work.today)
        event = Excepted(
            id=command.id or uuid4(),
            on=command.on,
            signer=command.signer,
            code=command.code,
            words=command.words.strip(),
            decided_by=command.decided_by.strip(),
            until=command.until,
            approved_by=command.approved_by.strip(),
        )
        append_events(work, vault, standing, [event], Action.EXCEPTION_RECORDED)
    return Done(event.id, Changes(consents=True))


def _check(command: RecordException) -> None:
    for field, text, longest in (
        ("words", command.words, MOST_WORDS),
        ("decided_by", command.decided_by, MOST_NAME),
    ):
        if not text.strip():
            raise InvalidInputError(field=field, flaw="missing")
        if len(text) > longest:
            raise InvalidInputError(field=field, flaw="length")
    if len(command.approved_by) > MOST_NAME:
        raise InvalidInputError(field="approved_by", flaw="length")
    for field, text in (("decided_by", command.decided_by), ("approved_by", command.approved_by)):
        if text.strip() and not names_somebody(text):
            raise InvalidInputError(field=field, flaw="missing")
    if names_one_person(command.approved_by, command.decided_by):
        raise InvalidInputError(field="approved_by", flaw="taken")
    if command.until < command.on:
        raise InvalidInputError(field="until", flaw="order")


def _check_signer(command: RecordException, standing: Standing, *, today: date) -> None:
    if command.on > today:
        raise InvalidInputError(field="on", flaw="future")
    try:
        standing.catalogue.signer_exception(command.code)
    except UnknownCodeError:
        raise InvalidInputError(field="code", flaw="unknown") from None
    if command.signer not in standing.given.guardians:
        raise InvalidInputError(field="signer", flaw="unknown")
    if command.id is not None:
        _check_told_before(command, standing)


def _check_told_before(command: RecordException, standing: Standing) -> None:
    """Refuse an approval of nothing, of somebody else's exception, or before what it approves."""
    known = [one for one in standing.state.exceptions if one.id == command.id]
    if not known or known[0].signer != command.signer:
        raise InvalidInputError(field="id", flaw="unknown")
    if command.on < known[0].on:
        # What was told first would come after it and take its place.
        raise InvalidInputError(field="on", flaw="order")
