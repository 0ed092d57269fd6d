"""What is to be raised over all cases: found by the rule of each programme, told, and recorded."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from trygga_desktop.documents import raised as document
from trygga_desktop.documents.heraldry import write_arms
from trygga_desktop.documents.pdf.render import Paper, render
from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.case import is_without_names
from trygga_desktop.domain.commitments import Commitment, Raised
from trygga_desktop.domain.errors import InvalidInputError, TamperedError
from trygga_desktop.domain.escalation import ToRaise, find_to_raise
from trygga_desktop.domain.lane import is_acute
from trygga_desktop.domain.meeting import Meeting, MeetingState
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.domain.programme import Decider, Programme
from trygga_desktop.domain.reminders import OVER
from trygga_desktop.i18n import STOCKHOLM, Language, load_language
from trygga_desktop.services.audience import show_case_rows
from trygga_desktop.services.catalogues import catalogue_of
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.contacts import directory_of
from trygga_desktop.services.lanes import stage_of
from trygga_desktop.services.papers import ComposedPaper
from trygga_desktop.services.resting import RestingOf, resting_of
from trygga_desktop.services.standing import find_programme
from trygga_desktop.services.use_case import use_case
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.storage.stores.cases import OpenedCase
from trygga_desktop.storage.work import UnitOfWork

MOST_AT_ONCE = 500
_MOST_WORDS = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Raisable:
    """A commitment that is to be raised, by the rule of which programme."""

    case_id: UUID
    commitment: Commitment
    told: ToRaise
    programme: Programme

    @property
    def to(self) -> Decider:
        """Return whom it is raised with."""
        return self.programme.escalation.to


@dataclass(frozen=True, slots=True, kw_only=True)
class RaiseCommitments:
    """These commitments were raised with whom their programmes name; `words` say how."""

    commitment_ids: frozenset[UUID]
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComposeRaised:
    """The list of these for the steering group, or for managers, in which language.

    With `organisation_id` it is for the manager of that agency, about what is theirs alone. The
    others say by what else the list was narrowed, and that not all of it was shown.
    """

    to: Decider
    commitment_ids: frozenset[UUID]
    organisation_id: UUID | None = None
    is_own: bool = False
    is_by_name: bool = False
    is_part: bool = False
    language: str = "sv"


@use_case(Permission.WORK_IN_CASE)
def raise_commitments(command: RaiseCommitments, *, vault: OpenVault) -> Done[int]:
    """Store that these were raised, and return how many: they leave the list. All, or none.

    Raise InvalidInputError where one of them is not to be raised, or not any more, for none or
    very many at once, and for words that are too long.
    """
    if not command.commitment_ids:
        raise InvalidInputError(field="commitment", flaw="missing")
    if len(command.commitment_ids) > MOST_AT_ONCE:
        raise InvalidInputError(field="commitment", flaw="length")
    if len(command.words) > _MOST_WORDS:
        raise InvalidInputError(field="words", flaw="length")
    with vault.work() as work:
        found = {one.commitment.id: one for one in find_raisable(work, vault)}
        if not command.commitment_ids <= found.keys():
            raise InvalidInputError(field="commitment", flaw="unknown")
        for commitment_id in sorted(command.commitment_ids):
            one = found[commitment_id]
            versions = {each.id: version for each, version in work.commitments.of_case(one.case_id)}
            noted = Raised(
                at=work.at,
                to=one.to.value,
                by=vault.keyring.principal,
                words=command.words.strip(),
            )
            changed = replace(one.commitment, raised=(*one.commitment.raised, noted))
            work.commitments.replace(one.case_id, changed, row_version=versions[commitment_id])
        cases = {found[one].case_id for one in command.commitment_ids}
        work.commit_of_cases(Action.COMMITMENT_RAISED, cases)
    return Done(len(command.commitment_ids), Changes(items=True, meetings=True))


@use_case(Permission.WORK_IN_CASE)
def compose_raised(command: ComposeRaised, *, vault: OpenVault) -> Done[ComposedPaper]:
    """Return the list as pages: agencies and counts, and nothing of a case.

    The list for a manager, of one agency, names the case by its number, and no person, nor what was
    promised: the agency knows. Raise InvalidInputError where one of them is not to be raised, or
    not any more, and where none of them is raised with whom it is for.
    """
    language = load_language(command.language)
    with vault.work() as work:
        shown = [
            one
            for one in find_raisable(work, vault)
            if one.commitment.id in command.commitment_ids
            and command.organisation_id in {None, _agency(one)}
        ]
        if len(shown) < len(command.commitment_ids):
            raise InvalidInputError(field="commitment", flaw="unknown")
        found = [one for one in shown if one.to is command.to]
        if not found:
            raise InvalidInputError(field="commitment", flaw="missing")
        content = _content(work, vault, command, found, language)
        made_at = datetime.combine(work.today, datetime.min.time(), STOCKHOLM)
        file_name = language.gettext("late-commitments-{day}.pdf").format(
            day=work.today.isoformat()
        )
        cases = set() if _whose(command) is None else {one.case_id for one in found}
        work.commit_of_cases(Action.PAPER_COMPOSED, cases)
    paper = Paper(title=document.title_of(language), language=language, made_at=made_at)
    pdf = render(document.compose(content, language), paper)
    return Done(ComposedPaper(pdf=pdf, file_name=file_name))


@use_case(Permission.WORK_IN_CASE)
def log_raised_printed(*, vault: OpenVault) -> Done[None]:
    """Write into the log that a list of what is to be raised is printed, before it is."""
    return _log(Action.PAPER_PRINTED, vault)


@use_case(Permission.WORK_IN_CASE)
def log_raised_saved(*, vault: OpenVault) -> Done[None]:
    """Write into the log that a list over cases is saved as a file, before it is."""
    return _log(Action.PAPER_SAVED, vault)


def find_raisable(work: UnitOfWork, vault: OpenVault) -> tuple[Raisable, ...]:
    """Return all that is to be raised in the cases that open for us, what is late longest first."""
    waiting = work.due.raisable(work.today)
    if not waiting:
        return ()
    met = work.due.meetings(waiting.keys())
    found: list[Raisable] = []
    for opened in work.cases.some(waiting.keys()):
        case_id = opened.case.id
        try:
            found += _of_case(work, vault, opened, waiting[case_id], met.get(case_id, ()))
        except TamperedError:
            # The list of cases tells of it.
            work.left_out.add(case_id)
    return tuple(sorted(found, key=lambda one: (one.commitment.due, one.commitment.id)))


def _of_case(
    work: UnitOfWork,
    vault: OpenVault,
    opened: OpenedCase,
    commitments: Iterable[Commitment],
    meetings: Iterable[Meeting],
) -> Iterable[Raisable]:
    programme = find_programme(catalogue_of(vault, work), opened.case.programme)
    if programme is None or opened.case.phase in OVER:
        return
    met_at = [one.begins for one in meetings if one.state is MeetingState.HELD]
    acute = is_acute(programme, stage_of(opened.case))
    if not acute and len(met_at) < programme.escalation.overdue_times:
        # Nothing was late at as many meetings as it takes.
        return
    resting: RestingOf | None = None
    now, today = work.at, work.today

    def find(one: Commitment, met_at: Iterable[datetime]) -> ToRaise | None:
        return find_to_raise(
            one,
            programme.escalation,
            met_at=met_at,
            is_acute=acute,
            now=now,
            zone=STOCKHOLM,
        )

    for one in commitments:
        first = find(one, met_at)
        if first is None:
            continue
        # Only now: what rests is asked of few, and reads the case.
        resting = resting or resting_of(work, vault, opened)
        if resting.rests(one, today):
            continue
        awake = met_at
        if resting.any_can_rest:
            awake = [at for at in met_at if not resting.rests(one, at.astimezone(STOCKHOLM).date())]
        told = first if awake is met_at else find(one, awake)
        if told is not None:
            yield Raisable(case_id=opened.case.id, commitment=one, told=told, programme=programme)


def _log(action: Action, vault: OpenVault) -> Done[None]:
    with vault.work() as work:
        work.commit(action, vault.keyring.principal)
    return Done(None)


def _whose(command: ComposeRaised) -> UUID | None:
    """Return of which agency the list tells the cases by their numbers.

    The steering group is told of no case, whichever agency is asked about.
    """
    return None if command.to is Decider.STEERING_GROUP else command.organisation_id


def _agency(one: Raisable) -> UUID | None:
    return one.commitment.organisation_id


def _content(
    work: UnitOfWork,
    vault: OpenVault,
    command: ComposeRaised,
    found: list[Raisable],
    language: Language,
) -> document.RaisedContent:
    directory = directory_of(vault, work)
    of = _whose(command)

    def called(of: UUID | None) -> str:
        known = directory.organisation(of)
        return "" if known is None else known.name_on(work.today)

    board = called(UUID(bytes=vault.trust.vault_id)) or vault.municipality
    rules = (one.programme.escalation_text.in_language(language.code) for one in found)
    return document.RaisedContent(
        organisation=board,
        municipality="" if board == vault.municipality else vault.municipality,
        arms=write_arms(vault.arms),
        day=work.today,
        agency=called(of),
        chosen=document.Chosen(
            agency=called(command.organisation_id),
            is_own=command.is_own,
            is_by_name=command.is_by_name,
            is_part=command.is_part,
        ),
        to=command.to,
        rules=tuple(dict.fromkeys(rules)),
        lines=tuple(
            document.RaisedLine(
                agency=called(_agency(one)),
                case_number="" if of is None else _number(one, work, vault),
                due=one.commitment.due,
                hour=one.commitment.hour,
                times=one.told.times,
            )
            for one in found
        ),
    )


def _number(one: Raisable, work: UnitOfWork, vault: OpenVault) -> str:
    """Return the number of the case; none where it is spoken of without the name."""
    opened = work.cases.find(one.case_id)
    if is_without_names(opened.case.steps):
        return ""
    (row,) = show_case_rows([opened], vault=vault, on=work.today, restored_at=work.restored_at)
    return row.case_number
