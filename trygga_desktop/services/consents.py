"""Use cases for consents: record what was signed, take back, and see what it comes to on a day."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID, uuid4

from trygga_desktop.domain.agencies import Category
from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.bars import BAR_REASONS, Bar, BarScope
from trygga_desktop.domain.case import CaseRow, Cause, Phase, PhaseStep
from trygga_desktop.domain.catalogue import Catalogue
from trygga_desktop.domain.consent import Answer, Cell, OwnInformation
from trygga_desktop.domain.consent_events import (
    Barred,
    Capacity,
    Circumstance,
    Compared,
    Concerned,
    ConsentEvent,
    Excepted,
    Excluded,
    Given,
    GroundUsed,
    Happening,
    Lifted,
    Limited,
    Opinion,
    View,
    Way,
    Withdrawn,
)
from trygga_desktop.domain.dates import months_after
from trygga_desktop.domain.directory import Directory, Organisation
from trygga_desktop.domain.errors import InvalidInputError
from trygga_desktop.domain.matrix import CellState, MatrixCell, read_matrix
from trygga_desktop.domain.parties import PartyRole
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.domain.programme import OnWithdrawal, Programme, agencies_may_share
from trygga_desktop.domain.reasons import Reason
from trygga_desktop.domain.sharing import ChainStanding, Confirmation
from trygga_desktop.domain.signing import Signing, read_signing
from trygga_desktop.services.audience import show_case_rows
from trygga_desktop.services.chains import append_events
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.parties import ShownParty, people_of
from trygga_desktop.services.standing import Standing, stand
from trygga_desktop.services.use_case import use_case
from trygga_desktop.services.vault import OpenVault

MOST_WORDS = 2_000
"""The longest exclusion, limit or opinion in characters that is stored."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignerAnswer:
    """What one person who was asked answered on the paper.

    `long_term` is the tick of its own by which somebody may ask how it is after the end.
    """

    signer: UUID
    answer: Answer
    cells: frozenset[Cell] = frozenset()
    own_information: OwnInformation = OwnInformation.NONE
    circumstance: Circumstance | None = None
    long_term: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NewExclusion:
    """Something within these categories that may not be raised, in the words of who asked."""

    categories: frozenset[str]
    words: str
    asked_by: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLimit:
    """How far one cell is open, in the words of who asked."""

    cell: Cell
    words: str
    asked_by: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordConsent:
    """A paper that was signed, with everyone's answers on it; `valid_to` is the last day.

    What was said and not yet signed holds for a shorter time, as the programme has it. `concerned`
    are the organisations that this is about, where the programme needs all of them. With
    `facts_since` the paper is about what is known from that day on, and about nothing older.
    """

    case_id: UUID
    signed_on: date
    valid_from: date
    valid_to: date
    answers: tuple[SignerAnswer, ...]
    way: Way = Way.PAPER
    facts_since: date | None = None
    exclusions: tuple[NewExclusion, ...] = ()
    limits: tuple[NewLimit, ...] = ()
    concerned: frozenset[UUID] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawConsent:
    """A signer takes back all (`organisations` None), or what concerns these organisations."""

    case_id: UUID
    signer: UUID
    on: date
    organisations: frozenset[UUID] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordOpinion:
    """What somebody who does not sign thinks of it, and how a no was weighed."""

    case_id: UUID
    person: UUID
    on: date
    view: View
    words: str
    weighed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordBar:
    """What is kept from a person or an organisation, and who decided it and why."""

    case_id: UUID
    reason: Reason
    against: UUID
    on: date
    scope: BarScope
    categories: frozenset[str]
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeTerms:
    """Exclusions, limits and organisations concerned, between two papers; `lifted` hold no more."""

    case_id: UUID
    on: date
    exclusions: tuple[NewExclusion, ...] = ()
    limits: tuple[NewLimit, ...] = ()
    lifted: tuple[UUID, ...] = ()
    concerned: frozenset[UUID] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentView:
    """What consents come to in a case on a day, for the operator's own window.

    `signers` are those whose consent is needed on that day, `asked` whose opinion is. `cells` hold
    both directions of each organisation and category. `history` is everything that was recorded,
    the newest last; the words of exclusions and limits stand in it and nowhere on a shared screen.
    `signing` is how far the signatures have come, and who is done without.
    """

    row: CaseRow
    on: date
    programme: Programme | None
    organisations: tuple[Organisation, ...]
    categories: tuple[Category, ...]
    people: tuple[ShownParty, ...]
    signers: frozenset[UUID]
    asked: frozenset[UUID]
    cells: tuple[MatrixCell, ...]
    exclusions: tuple[Excluded, ...]
    limits: tuple[Limited, ...]
    bars: tuple[Bar, ...]
    history: tuple[ConsentEvent, ...]
    chain: ChainStanding
    confirmation: Confirmation
    directory: Directory
    catalogue: Catalogue
    controller_id: UUID
    signing: Signing


@use_case(Permission.WORK_IN_CASE)
def read_consents(case_id: UUID, on: date | None = None, *, vault: OpenVault) -> Done[ConsentView]:
    """Return what the consents of a case come to on a day, today if none is given.

    Raise NoAccessError if the case was not granted to us, TamperedError if it was changed.
    """
    with vault.work() as work:
        opened = work.cases.find(case_id)
        standing = stand(work, vault, opened, on=on)
        row = show_case_rows([opened], vault=vault, on=work.today, restored_at=work.restored_at)[0]
        view = _view(vault, standing, row)
        work.commit(Action.CONSENTS_READ, case_id)
    return Done(view)


@use_case(Permission.WORK_IN_CASE)
def record_consent(command: RecordConsent, *, vault: OpenVault) -> Done[None]:
    """Store a signed paper: one answer for each who was asked, with its exclusions and limits.

    Nothing that was recorded before is overwritten: a new answer ends the old one from its own
    first day. Raise InvalidInputError with the field and its flaw, for dates that end before they
    begin or run longer than the programme lets them, a paper signed in days to come, nobody's
    answer, two of one person, or organisations and categories that are not known; and for a tick
    for long-term follow-up that was said and not signed.
    """
    with vault.work() as work:
        standing = stand(work, vault, work.cases.find(command.case_id))
        _check_paper(command, standing, today=work.today)
        events: list[Happening] = [_given(command, one, standing) for one in command.answers]
        events += _terms(command.exclusions, command.limits, on=command.signed_on)
        if command.concerned is not None:
            events.append(Concerned(on=command.signed_on, organisations=command.concerned))
        append_events(work, vault, standing, events, Action.CONSENT_RECORDED)
    return Done(None, Changes(consents=True))


@use_case(Permission.WORK_IN_CASE)
def withdraw_consent(command: WithdrawConsent, *, vault: OpenVault) -> Done[None]:
    """Store that a signer takes back all or part; it counts at once and needs no reason.

    Raise InvalidInputError for somebody who has given nothing, or nothing yet on that day, for a
    day to come, or where nothing is taken back.
    """
    with vault.work() as work:
        standing = stand(work, vault, work.cases.find(command.case_id))
        given = [one.what for one in standing.chain.events if isinstance(one.what, Given)]
        if command.on > work.today:
            raise InvalidInputError(field="on", flaw="future")
        if command.organisations is not None and not command.organisations:
            raise InvalidInputError(field="organisations", flaw="missing")
        of_signer = [
            one for one in given if one.signer == command.signer and one.answer is Answer.GIVEN
        ]
        if not of_signer:
            raise InvalidInputError(field="signer", flaw="unknown")
        earlier = [one for one in of_signer if one.on <= command.on]
        if not earlier:
            # It would come before what it takes back, and take nothing back.
            raise InvalidInputError(field="on", flaw="order")
        covered = {cell.organisation_id for one in earlier for cell in one.cells}
        if command.organisations is not None and not command.organisations <= covered:
            raise InvalidInputError(field="organisations", flaw="unknown")
        event = Withdrawn(signer=command.signer, on=command.on, organisations=command.organisations)
        paused = _paused(command, standing, today=work.today)
        append_events(work, vault, paused, [event], Action.CONSENT_WITHDRAWN)
    return Done(None, Changes(consents=True, cases=paused is not standing))


@use_case(Permission.WORK_IN_CASE)
def record_opinion(command: RecordOpinion, *, vault: OpenVault) -> Done[None]:
    """Store what somebody who does not sign thinks: their view counts once it was asked for.

    Raise InvalidInputError for somebody who is not of the case, a day to come, or words that are
    missing.
    """
    _check_text("words", command.words, must=True)
    _check_text("weighed", command.weighed)
    with vault.work() as work:
        standing = stand(work, vault, work.cases.find(command.case_id))
        if command.person not in standing.people:
            raise InvalidInputError(field="person", flaw="unknown")
        if command.on > work.today:
            raise InvalidInputError(field="on", flaw="future")
        event = Opinion(
            person=command.person,
            on=command.on,
            view=command.view,
            words=command.words.strip(),
            weighed=command.weighed.strip(),
        )
        append_events(work, vault, standing, [event], Action.CONSENT_CHANGED)
    return Done(None, Changes(consents=True))


@use_case(Permission.WORK_IN_CASE)
def record_bar(command: RecordBar, *, vault: OpenVault) -> Done[UUID]:
    """Store that something is kept from somebody, whatever the consents say; return its id.

    Raise InvalidInputError for a reason that no bar has, words that are missing, somebody who is
    not of the case, categories that are not known, or where nothing would be kept back.
    """
    if command.reason not in BAR_REASONS:
        raise InvalidInputError(field="reason", flaw="unknown")
    _check_text("words", command.words, must=True)
    bar = Bar(
        id=uuid4(),
        reason=command.reason,
        against=command.against,
        scope=command.scope,
        categories=command.categories,
    )
    with vault.work() as work:
        standing = stand(work, vault, work.cases.find(command.case_id))
        if bar.against not in standing.people.keys() | _organisations(standing):
            raise InvalidInputError(field="against", flaw="unknown")
        if not bar.categories <= standing.given.categories:
            raise InvalidInputError(field="category", flaw="unknown")
        if not any(bar.closes(one) for one in standing.given.categories):
            raise InvalidInputError(field="category", flaw="missing")
        event = Barred(on=command.on, bar=bar, words=command.words.strip())
        append_events(work, vault, standing, [event], Action.CONSENT_CHANGED)
    return Done(bar.id, Changes(consents=True))


@use_case(Permission.WORK_IN_CASE)
def change_terms(command: ChangeTerms, *, vault: OpenVault) -> Done[None]:
    """Store exclusions, limits and who is concerned, or that some of them hold no more.

    Raise InvalidInputError for words that are missing, for what is not known, or where there is
    nothing to store.
    """
    with vault.work() as work:
        standing = stand(work, vault, work.cases.find(command.case_id))
        _check_terms(command.exclusions, command.limits, standing)
        _check_concerned(command.concerned, standing)
        if not set(command.lifted) <= _terms_of(standing):
            raise InvalidInputError(field="lifted", flaw="unknown")
        events: list[Happening] = _terms(command.exclusions, command.limits, on=command.on)
        events += [Lifted(what=one, on=command.on) for one in command.lifted]
        if command.concerned is not None:
            events.append(Concerned(on=command.on, organisations=command.concerned))
        if not events:
            raise InvalidInputError(field="terms", flaw="missing")
        append_events(work, vault, standing, events, Action.CONSENT_CHANGED)
    return Done(None, Changes(consents=True))


@use_case(Permission.WORK_IN_CASE)
def confirm_consents(case_id: UUID, *, vault: OpenVault) -> Done[None]:
    """Store that somebody compared the consents with the papers, after an older file was used."""
    with vault.work() as work:
        standing = stand(work, vault, work.cases.find(case_id))
        append_events(work, vault, standing, [Compared(on=work.today)], Action.CONSENT_CHANGED)
    return Done(None, Changes(consents=True))


def _paused(command: WithdrawConsent, standing: Standing, *, today: date) -> Standing:
    """Return the case with the pause that follows from what a required signer takes back.

    Whether it does is for the programme to say, for everything and for a part. Whoever takes back
    one part after the other has in the end taken back everything.
    """
    programme, case = standing.programme, standing.opened.case
    if programme is None or command.signer not in standing.required.signs:
        return standing
    if not agencies_may_share(case.phase, rules=standing.catalogue.phases):
        return standing
    left = _left_after(command, standing)
    pauses = programme.on_withdrawal_whole is OnWithdrawal.PAUSE
    if left:
        taken = command.organisations or frozenset()
        is_concerned = not taken.isdisjoint(standing.state.concerned)
        policy = programme.on_withdrawal_partial
        pauses = policy is OnWithdrawal.PAUSE or (
            policy is OnWithdrawal.PAUSE_UNLESS_NOT_CONCERNED and is_concerned
        )
    if not pauses:
        return standing
    step = PhaseStep(phase=Phase.PAUSED, on=today, cause=Cause.FOLLOWS_CONSENT)
    paused = replace(case, phase=step.phase, steps=(*case.steps, step))
    return replace(standing, opened=replace(standing.opened, case=paused))


def _left_after(command: WithdrawConsent, standing: Standing) -> frozenset[UUID]:
    """Return the organisations that the signer still lets have something."""
    if command.organisations is None:
        return frozenset()
    cells = [
        cell
        for one in standing.state.consents
        if one.signer == command.signer and one.answer is Answer.GIVEN
        if one.valid_to >= command.on and one.withdrawn_on is None
        for cell in one.cells
    ]
    return frozenset(cell.organisation_id for cell in cells) - command.organisations


def _view(vault: OpenVault, standing: Standing, row: CaseRow) -> ConsentView:
    controller = standing.given.controller_id
    shown = [
        one
        for one in standing.directory.organisations
        if one.id == controller or one.id in standing.given.organisations
    ]
    places = {agency.code: agency.order for agency in standing.catalogue.agencies}
    organisations = sorted(
        shown, key=lambda one: (one.id != controller, places.get(one.kind, 99), one.name)
    )
    categories = tuple(one for one in standing.catalogue.categories if not one.retired)
    return ConsentView(
        row=row,
        on=standing.on,
        programme=standing.programme,
        organisations=tuple(organisations),
        categories=categories,
        people=people_of(vault, standing),
        signers=standing.required.signs,
        asked=standing.required.opinion_of,
        cells=tuple(
            _closed(cell, standing)
            for cell in read_matrix(
                [one.id for one in organisations], [one.code for one in categories], standing.given
            )
        ),
        exclusions=standing.state.exclusions,
        limits=standing.state.limits,
        bars=standing.state.bars,
        history=standing.chain.events,
        chain=standing.given.chain,
        confirmation=standing.given.confirmation,
        directory=standing.directory,
        catalogue=standing.catalogue,
        controller_id=controller,
        signing=read_signing(
            standing.given,
            standing.state,
            standing.chain.events,
            programme=standing.programme,
            opening=standing.catalogue.opening_exceptions,
        ),
    )


def _closed(cell: MatrixCell, standing: Standing) -> MatrixCell:
    """Return the cell as it counts: what the signers said opens nothing that cannot be trusted."""
    against = []
    if standing.given.chain is not ChainStanding.HOLDS:
        against.append(Reason.CHAIN_BROKEN)
    if standing.given.confirmation is not Confirmation.CONFIRMED:
        against.append(Reason.RESTORED_UNCONFIRMED)
    if not against:
        return cell
    return replace(cell, state=CellState.NO, reasons=(*against, *cell.reasons), until=None)


def _organisations(standing: Standing) -> frozenset[UUID]:
    return frozenset(one.id for one in standing.directory.organisations)


def _terms_of(standing: Standing) -> set[UUID]:
    """Return what can be lifted, whenever it began to hold."""
    happened = [event.what for event in standing.chain.events]
    told = {one.id for one in happened if isinstance(one, Excluded | Limited | Excepted)}
    told |= {one.use.id for one in happened if isinstance(one, GroundUsed)}
    return told | {one.bar.id for one in happened if isinstance(one, Barred)}


_CAPACITIES = {
    PartyRole.GUARDIAN: Capacity.GUARDIAN,
    PartyRole.APPOINTED_GUARDIAN: Capacity.APPOINTED_GUARDIAN,
    PartyRole.TRUSTEE: Capacity.TRUSTEE,
}


def _given(command: RecordConsent, answer: SignerAnswer, standing: Standing) -> Given:
    found = standing.parties.get(answer.signer)
    capacity = None if found is None else _CAPACITIES.get(found[0].role)
    if answer.signer == standing.opened.subject_id:
        capacity = Capacity.YOUNG_PERSON
    return Given(
        signer=answer.signer,
        answer=answer.answer,
        on=command.signed_on,
        valid_from=command.valid_from,
        valid_to=command.valid_to,
        cells=answer.cells,
        own_information=answer.own_information,
        way=command.way,
        circumstance=answer.circumstance or Circumstance(),
        programme=standing.given.programme,
        facts_since=command.facts_since,
        capacity=capacity,
        long_term=answer.long_term,
    )


def _terms(
    exclusions: Iterable[NewExclusion], limits: Iterable[NewLimit], *, on: date
) -> list[Happening]:
    told: list[Happening] = [
        Excluded(
            id=uuid4(),
            on=on,
            categories=one.categories,
            words=one.words.strip(),
            asked_by=one.asked_by,
        )
        for one in exclusions
    ]
    told += [
        Limited(id=uuid4(), on=on, cell=one.cell, words=one.words.strip(), asked_by=one.asked_by)
        for one in limits
    ]
    return told


def _check_paper(command: RecordConsent, standing: Standing, *, today: date) -> None:
    _check_days(command, standing, today=today)
    signers = [one.signer for one in command.answers]
    if not signers:
        raise InvalidInputError(field="answers", flaw="missing")
    if len(set(signers)) != len(signers):
        raise InvalidInputError(field="answers", flaw="taken")
    if not set(signers) <= standing.people.keys():
        raise InvalidInputError(field="signer", flaw="unknown")
    for answer in command.answers:
        if answer.answer is Answer.REFUSED and (answer.cells or answer.long_term):
            raise InvalidInputError(field="answers", flaw="refused")
        if answer.long_term and command.way is not Way.PAPER:
            raise InvalidInputError(field="long_term", flaw="oral")
        _check_cells(answer.cells, standing)
    _check_terms(command.exclusions, command.limits, standing)
    _check_concerned(command.concerned, standing)


def _check_days(command: RecordConsent, standing: Standing, *, today: date) -> None:
    if command.signed_on > today:
        raise InvalidInputError(field="signed_on", flaw="future")
    if command.valid_to < command.valid_from:
        raise InvalidInputError(field="valid_to", flaw="order")
    if command.valid_from < command.signed_on:
        raise InvalidInputError(field="valid_from", flaw="order")
    programme = standing.programme
    if programme is None:
        raise InvalidInputError(field="programme", flaw="missing")
    if command.valid_to > _latest(command, programme):
        raise InvalidInputError(field="valid_to", flaw="length")
    if command.valid_from > months_after(command.signed_on, programme.consent_months_max):
        # Nobody can say today what they will think of it years from now.
        raise InvalidInputError(field="valid_from", flaw="length")
    if command.facts_since is not None and command.facts_since > command.valid_from:
        raise InvalidInputError(field="facts_since", flaw="order")


def _latest(command: RecordConsent, programme: Programme) -> date:
    """Return the last day that the programme lets a consent of this kind hold."""
    if command.way is Way.ORAL:
        if not programme.oral_consent.allowed:
            raise InvalidInputError(field="way", flaw="unknown")
        # A signature has to follow what was said, so the days count from when it was.
        return command.signed_on + timedelta(days=programme.oral_consent.max_days)
    return months_after(command.valid_from, programme.consent_months_max)


def _check_cells(cells: Iterable[Cell], standing: Standing) -> None:
    categories, known = standing.given.categories, _organisations(standing)
    for cell in cells:
        if cell.category not in categories:
            raise InvalidInputError(field="category", flaw="unknown")
        if cell.organisation_id not in known:
            raise InvalidInputError(field="organisation", flaw="unknown")


def _check_terms(
    exclusions: Collection[NewExclusion], limits: Collection[NewLimit], standing: Standing
) -> None:
    for exclusion in exclusions:
        _check_text("exclusion", exclusion.words, must=True)
        if not exclusion.categories or not exclusion.categories <= standing.given.categories:
            raise InvalidInputError(field="category", flaw="unknown")
    for limit in limits:
        _check_text("limit", limit.words, must=True)
        _check_cells([limit.cell], standing)
    asked_by = {one.asked_by for one in exclusions} | {one.asked_by for one in limits}
    if not asked_by <= standing.people.keys():
        raise InvalidInputError(field="asked_by", flaw="unknown")


def _check_concerned(concerned: frozenset[UUID] | None, standing: Standing) -> None:
    if concerned is not None and not concerned <= _organisations(standing):
        raise InvalidInputError(field="concerned", flaw="unknown")


def _check_text(field: str, text: str, *, must: bool = False) -> None:
    if must and not text.strip():
        raise InvalidInputError(field=field, flaw="missing")
    if len(text) > MOST_WORDS:
        raise InvalidInputError(field=field, flaw="length")
