"""Use cases for the agreement of a programme with the young person: its versions, and who signed.

What each undertakes is in their own words, and a version that was written is never changed: whoever
wants it otherwise writes the next one. It is printed, and signed on paper.
"""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID, uuid4

from trygga_desktop.domain.agreement import (
    LONGEST_LINE,
    LONGEST_NAME,
    Agreement,
    AgreementState,
    PaperAnswer,
    Side,
    SideAnswer,
    Undertaking,
    find_lines_flaw,
    state_of,
)
from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.case import ENDS, CaseRow
from trygga_desktop.domain.catalogue import Catalogue
from trygga_desktop.domain.dates import months_after
from trygga_desktop.domain.errors import ConflictError, InvalidInputError
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.domain.programme import Programme
from trygga_desktop.domain.reminders import OVER
from trygga_desktop.i18n import STOCKHOLM
from trygga_desktop.services.audience import ShownItem, show_alone, show_case_rows, text_of
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.own_records import (
    are_agreements_as_logged,
    digest_of_agreements,
    put_into_case,
    told_alone,
    written,
)
from trygga_desktop.services.parties import name_of
from trygga_desktop.services.standing import Standing, stand
from trygga_desktop.services.use_case import use_case
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.storage.work import UnitOfWork

LONGEST_MONTHS = 24
"""The longest that an agreement holds, in months."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepAgreement:
    """The next version of the agreement; `valid_to` is the last day.

    `based_on` is the number of the version it was written from, 0 for none. Lines without words are
    left out.
    """

    case_id: UUID
    based_on: int
    valid_from: date
    valid_to: date
    lines: tuple[Undertaking, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerAgreement:
    """That a side signed the printed paper of a version, or declined to.

    `name` is who did for the programme; the young person needs none. `words` are why somebody
    declined, if they said so.
    """

    case_id: UUID
    number: int
    side: Side
    answer: PaperAnswer
    on: date
    name: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownUndertaking:
    """One line as the door let it through."""

    item: ShownItem
    side: Side


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownAnswer:
    """What a side did with the paper, and when."""

    side: Side
    answer: PaperAnswer
    on: date
    name: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownAgreement:
    """A version of the agreement, and how it stands today."""

    id: UUID
    number: int
    made_on: date
    made_by: str
    valid_from: date
    valid_to: date
    state: AgreementState
    lines: tuple[ShownUndertaking, ...]
    answers: tuple[ShownAnswer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementView:
    """The agreement of a case, for the operator alone; the newest version is the last.

    `has_agreement` tells whether the programme makes one. `may_write` is missing once the work has
    ended, and `is_complete` where something was put back.
    """

    row: CaseRow
    subject_name: str
    programme: Programme | None
    has_agreement: bool
    may_write: bool
    versions: tuple[ShownAgreement, ...]
    usual_to: date
    catalogue: Catalogue
    today: date
    is_complete: bool = True
    left_out: int = 0


@use_case(Permission.WORK_IN_CASE)
def read_agreement(case_id: UUID, *, vault: OpenVault) -> Done[AgreementView]:
    """Return the agreement of a case; the reading is in the audit log before anyone sees a word."""
    with vault.work() as work:
        standing = stand(work, vault, work.cases.find(case_id))
        view = _view(work, vault, standing)
        work.commit(Action.AGREEMENT_READ, case_id)
    return Done(view)


@use_case(Permission.WORK_IN_CASE)
def keep_agreement(command: KeepAgreement, *, vault: OpenVault) -> Done[UUID]:
    """Store the next version and return its id. Nobody has signed it yet.

    Raise InvalidInputError with the field and its flaw: a programme that makes no agreement, a case
    whose work has ended or is spoken of without the name, a side that undertakes nothing, lines
    that are too long or too many, days in the wrong order or too far apart; ConflictError where
    another version came meanwhile.
    """
    lines = tuple(
        replace(one, words=one.words.strip()) for one in command.lines if one.words.strip()
    )
    flaw = find_lines_flaw(lines)
    if flaw is not None:
        raise InvalidInputError(field=flaw[0], flaw=flaw[1])
    if command.valid_to < command.valid_from:
        raise InvalidInputError(field="valid_to", flaw="order")
    if command.valid_to > months_after(command.valid_from, LONGEST_MONTHS):
        raise InvalidInputError(field="valid_to", flaw="length")
    with vault.work() as work:
        standing = stand(work, vault, work.cases.find(command.case_id))
        _check_open(standing)
        case = standing.opened.case
        if command.based_on != len(case.agreements):
            raise ConflictError
        version = Agreement(
            id=uuid4(),
            number=command.based_on + 1,
            made_at=work.at,
            made_by=vault.keyring.principal,
            valid_from=command.valid_from,
            valid_to=command.valid_to,
            lines=lines,
        )
        changed = replace(case, agreements=(*case.agreements, version))
        put_into_case(work, standing, changed)
        work.commit(Action.AGREEMENT_KEPT, case.id, digest=digest_of_agreements(changed))
    return Done(version.id, Changes(cases=True))


@use_case(Permission.WORK_IN_CASE)
def answer_agreement(command: AnswerAgreement, *, vault: OpenVault) -> Done[None]:
    """Store that a side signed the paper, or declined to. What is stored stands.

    Raise InvalidInputError with the field and its flaw: a version that is not the newest, a side
    that has answered, a day to come or before there was a paper, nobody who signed for the
    programme, a text that is too long, and a case in which nothing is agreed on.
    """
    if command.side is Side.PROGRAMME and not command.name.strip():
        raise InvalidInputError(field="name", flaw="missing")
    for field, text, longest in (
        ("name", command.name, LONGEST_NAME),
        ("words", command.words, LONGEST_LINE),
    ):
        if len(text) > longest:
            raise InvalidInputError(field=field, flaw="length")
    with vault.work() as work:
        standing = stand(work, vault, work.cases.find(command.case_id))
        _check_open(standing)
        case = standing.opened.case
        newest = case.agreements[-1] if case.agreements else None
        if newest is None or newest.number != command.number:
            raise InvalidInputError(field="number", flaw="unknown")
        if newest.answer_of(command.side) is not None:
            raise InvalidInputError(field="side", flaw="taken")
        if command.on > work.today:
            raise InvalidInputError(field="on", flaw="future")
        if command.on < newest.made_at.astimezone(STOCKHOLM).date():
            raise InvalidInputError(field="on", flaw="order")
        answer = SideAnswer(
            side=command.side,
            answer=command.answer,
            on=command.on,
            recorded_by=vault.keyring.principal,
            name=command.name.strip() if command.side is Side.PROGRAMME else "",
            words=command.words.strip(),
        )
        answered = replace(newest, answers=(*newest.answers, answer))
        changed = replace(case, agreements=(*case.agreements[:-1], answered))
        put_into_case(work, standing, changed)
        work.commit(Action.AGREEMENT_ANSWERED, case.id, digest=digest_of_agreements(changed))
    return Done(None, Changes(cases=True))


def makes_agreement(standing: Standing) -> bool:
    """Tell whether the programme of a case makes an agreement with the young person."""
    return standing.programme is not None and standing.programme.agreement_with_person


def shown_versions(
    work: UnitOfWork, vault: OpenVault, standing: Standing
) -> tuple[ShownAgreement, ...]:
    """Return the versions as the door lets them through to the operator, alone."""
    names = {one.id: one.name for one in work.accounts.all(work.roster)}
    versions = standing.opened.case.agreements
    return tuple(
        _shown(vault, standing, one, names.get(one.made_by, ""), versions) for one in versions
    )


def _check_open(standing: Standing) -> None:
    if not makes_agreement(standing):
        raise InvalidInputError(field="programme", flaw="unknown")
    if not _may_write(standing):
        raise InvalidInputError(field="phase", flaw="closed")


def _may_write(standing: Standing) -> bool:
    return not standing.is_without_names and standing.step.phase not in ENDS | OVER


def _view(work: UnitOfWork, vault: OpenVault, standing: Standing) -> AgreementView:
    (row,) = show_case_rows(
        [standing.opened], vault=vault, on=work.today, restored_at=work.restored_at
    )
    programme = standing.programme
    months = 0 if programme is None else programme.agreement_months
    return AgreementView(
        row=row,
        subject_name=text_of(name_of(vault, standing, standing.opened.subject_id)),
        programme=programme,
        has_agreement=makes_agreement(standing),
        may_write=makes_agreement(standing) and _may_write(standing),
        versions=shown_versions(work, vault, standing),
        usual_to=months_after(standing.on, months),
        catalogue=standing.catalogue,
        today=standing.on,
        is_complete=are_agreements_as_logged(work, standing.opened.case),
        left_out=len(work.left_out),
    )


def _shown(
    vault: OpenVault,
    standing: Standing,
    version: Agreement,
    made_by: str,
    versions: tuple[Agreement, ...],
) -> ShownAgreement:
    made_on = version.made_at.astimezone(STOCKHOLM).date()
    sides = {one.id: one.side for one in version.lines}
    items = [written(standing, one.words, on=made_on, item_id=one.id) for one in version.lines]
    return ShownAgreement(
        id=version.id,
        number=version.number,
        made_on=made_on,
        made_by=made_by,
        valid_from=version.valid_from,
        valid_to=version.valid_to,
        state=state_of(version, versions, standing.on),
        lines=tuple(
            ShownUndertaking(item=one, side=sides[one.id])
            for one in show_alone(items, vault=vault, given=standing.given).items
        ),
        answers=tuple(
            ShownAnswer(
                side=one.side,
                answer=one.answer,
                on=one.on,
                name=one.name,
                words=told_alone(vault, standing, one.words, on=one.on),
            )
            for one in version.answers
        ),
    )
