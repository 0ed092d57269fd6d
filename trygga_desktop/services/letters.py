"""Use cases for the letters that tell the agencies what a consent no longer covers.

A letter names neither who took something back nor why: nothing of a person goes into it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from trygga_desktop.documents import withdrawal_letter as document
from trygga_desktop.documents.heraldry import write_arms
from trygga_desktop.documents.pdf.render import Paper, render
from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.compartments import CompartmentKind
from trygga_desktop.domain.errors import InvalidInputError, TamperedError
from trygga_desktop.domain.meeting import Meeting, MeetingState
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.domain.sharing import ChainStanding
from trygga_desktop.domain.withdrawal import Stop, consents_count, find_stops, find_uncovered
from trygga_desktop.i18n import Language, load_language
from trygga_desktop.services.changes import Done
from trygga_desktop.services.reach import Reach, reach_of
from trygga_desktop.services.receipts import find_receipts
from trygga_desktop.services.standing import Standing, stand
from trygga_desktop.services.use_case import use_case
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.storage.work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class ComposeLetter:
    """The letter to one organisation, in which language."""

    case_id: UUID
    organisation_id: UUID
    language: str = "sv"


@dataclass(frozen=True, slots=True, kw_only=True)
class ComposedLetter:
    """The pages as a PDF."""

    organisation_id: UUID
    pdf: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter to show before it is printed: its sentences, and when it last left the program.

    `file_name` is a neutral name for a file with it, which says nothing of anyone. `printed_at` and
    `saved_at` are aware; None where the log knows of none for this withdrawal.
    """

    organisation_id: UUID
    organisation: str
    opening: tuple[str, ...]
    requests: tuple[str, ...]
    ending: str
    file_name: str
    printed_at: datetime | None = None
    saved_at: datetime | None = None


@use_case(Permission.WORK_IN_CASE)
def compose_letter(command: ComposeLetter, *, vault: OpenVault) -> Done[ComposedLetter]:
    """Return the letter to one organisation as pages. The same record gives the same bytes.

    Raise NoAccessError for a case we cannot open, TamperedError where the consents are not as they
    were left, InvalidInputError while nobody has confirmed them after a restore, and for an
    organisation that gets no letter: nothing is taken back that it had to do with.
    """
    language = load_language(command.language)
    with vault.work() as work:
        standing = stand(work, vault, work.cases.find(command.case_id))
        _check_that_consents_count(standing)
        stops = find_stops(standing.chain.events, standing.given)
        reach = _reach(work, vault, standing, stops)
        _check_recipient(command.organisation_id, reach, standing)
        content = _content(work, vault, standing, reach, command.organisation_id, language)
        work.commit(Action.LETTER_COMPOSED, command.case_id)
    _ = language.gettext
    pdf = render(
        document.compose(content, language),
        Paper(
            title=_("Changed consent"),
            language=language,
            made_at=max(stop.recorded_at for stop in stops),
        ),
    )
    return Done(ComposedLetter(organisation_id=command.organisation_id, pdf=pdf))


@use_case(Permission.WORK_IN_CASE)
def log_letter_printed(case_id: UUID, organisation_id: UUID, *, vault: OpenVault) -> Done[None]:
    """Write into the log that the letter to an organisation is printed, before it is."""
    return _log(Action.LETTER_PRINTED, case_id, organisation_id, vault)


@use_case(Permission.WORK_IN_CASE)
def log_letter_failed(case_id: UUID, organisation_id: UUID, *, vault: OpenVault) -> Done[None]:
    """Write into the log that a letter which was logged last as printed did not come out."""
    return _log(Action.LETTER_NOT_PRINTED, case_id, organisation_id, vault)


@use_case(Permission.WORK_IN_CASE)
def log_letter_saved(case_id: UUID, organisation_id: UUID, *, vault: OpenVault) -> Done[None]:
    """Write into the log that the letter to an organisation is saved as a file, before it is."""
    return _log(Action.LETTER_SAVED, case_id, organisation_id, vault)


def recipients_of(reach: Reach, standing: Standing) -> tuple[UUID, ...]:
    """Return who gets a letter: all that every signer had said yes to, in order of their names.

    Those that are still covered get one too: they may tell the others nothing any more. Whoever
    stands on one signer's paper alone was never told of the case, and learns nothing of it now.
    """
    wanted = reach.organisations - {standing.given.controller_id}
    known = [one for one in standing.directory.organisations if one.id in wanted]
    return tuple(one.id for one in sorted(known, key=lambda one: one.name_on(standing.on)))


def letters_of(
    work: UnitOfWork,
    vault: OpenVault,
    standing: Standing,
    reach: Reach,
    language: Language,
) -> tuple[Letter, ...]:
    """Return the letter to each organisation that gets one, with when it was printed and saved.

    There is none while the consents do not count: nobody can tell then whom they covered.
    """
    if not consents_count(standing.given):
        return ()
    case_id = standing.opened.case.id
    logged = _left_at(work, case_id)
    # The log may have been written under a key that was renewed since.
    keys = work.compartments.keys_of(case_id).values()
    letters = []
    stops = {stop for stop, _ in reach.circles}
    _ = language.gettext
    for place, one in enumerate(recipients_of(reach, standing), start=1):
        content = _content(work, vault, standing, reach, one, language)
        ties = [key.tie(_told_in(case_id, one, stops), "letter") for key in keys]
        letters.append(
            Letter(
                organisation_id=one,
                organisation=content.recipient,
                opening=document.opening(content, language),
                requests=document.requests(content, language),
                ending=document.no_reason(language),
                # A number, and no name: whose letter it is stands on the page.
                file_name=_("letter-{day}-{number}.pdf").format(
                    day=standing.on.isoformat(), number=place
                ),
                printed_at=_last(logged, Action.LETTER_PRINTED, ties),
                saved_at=_last(logged, Action.LETTER_SAVED, ties),
            )
        )
    return tuple(letters)


def _log(action: Action, case_id: UUID, organisation_id: UUID, vault: OpenVault) -> Done[None]:
    with vault.work() as work:
        standing = stand(work, vault, work.cases.find(case_id))
        _check_that_consents_count(standing)
        stops = find_stops(standing.chain.events, standing.given)
        _check_recipient(organisation_id, _reach(work, vault, standing, stops), standing)
        key = work.compartments.key(work.compartments.of_file(case_id)[CompartmentKind.CASE])
        tie = key.tie(_told_in(case_id, organisation_id, stops), "letter")
        work.commit(action, case_id, digest=tie)
    return Done(None)


def _check_that_consents_count(standing: Standing) -> None:
    if standing.given.chain is not ChainStanding.HOLDS:
        raise TamperedError
    if not consents_count(standing.given):
        raise InvalidInputError(field="consents", flaw="unconfirmed")


def _reach(work: UnitOfWork, vault: OpenVault, standing: Standing, stops: Sequence[Stop]) -> Reach:
    receipts = find_receipts(work, vault, standing) if stops else ()
    return reach_of(work, vault, standing, stops, receipts)


def _check_recipient(organisation_id: UUID, reach: Reach, standing: Standing) -> None:
    if organisation_id not in recipients_of(reach, standing):
        raise InvalidInputError(field="organisation", flaw="unknown")


def _told_in(case_id: UUID, organisation_id: UUID, stops: Iterable[Stop]) -> tuple[str, ...]:
    """Return what the log is tied to when the letter about just these withdrawals leaves.

    Whoever takes back more later makes a letter of its own. Only with the key of the case may
    anybody work out from the log which agency is in it.
    """
    events = sorted(stop.event_id.hex for stop in stops)
    return ("trygga-letter-1", case_id.hex, organisation_id.hex, *events)


def _left_at(work: UnitOfWork, case_id: UUID) -> dict[tuple[Action, bytes], datetime]:
    """Return when each letter last left, in which way: one that did not come out takes it back."""
    told = {Action.LETTER_PRINTED, Action.LETTER_NOT_PRINTED, Action.LETTER_SAVED}
    times: dict[tuple[Action, bytes], list[datetime]] = {}
    for one in work.audit.entries_of(told, {case_id}):
        if one.action is not Action.LETTER_NOT_PRINTED:
            times.setdefault((one.action, one.digest), []).append(one.at)
            continue
        printed = times.get((Action.LETTER_PRINTED, one.digest))
        if printed:
            printed.pop()
    return {left: at[-1] for left, at in times.items() if at}


def _last(
    logged: Mapping[tuple[Action, bytes], datetime], action: Action, ties: Iterable[bytes]
) -> datetime | None:
    return max((logged[action, tie] for tie in ties if (action, tie) in logged), default=None)


def _content(  # noqa: PLR0913, PLR0917  what a letter is made of
    work: UnitOfWork,
    vault: OpenVault,
    standing: Standing,
    reach: Reach,
    organisation_id: UUID,
    language: Language,
) -> document.LetterContent:
    _ = language.gettext
    controller = standing.directory.organisation(standing.given.controller_id)
    board = vault.municipality if controller is None else controller.name_on(standing.on)
    meetings = [one for one, _ in work.meetings.of_case(standing.opened.case.id)]
    coming = [one for one in meetings if one.starts_at > work.at]
    lapsed = [
        one
        for one in coming
        if one.state is MeetingState.PLANNED and _sits_at(one, organisation_id)
    ]
    is_uncovered = organisation_id in find_uncovered({organisation_id}, standing.given)
    cancelled = [
        one
        for one in coming
        if one.state is MeetingState.CANCELLED and _sits_at(one, organisation_id)
    ]
    return document.LetterContent(
        organisation=board,
        municipality="" if board == vault.municipality else vault.municipality,
        recipient="".join(standing.names_of({organisation_id})),
        case_number=standing.opened.case.case_number,
        day=standing.on,
        ended_on=min((stop.on for stop, _ in reach.circles if stop.is_whole), default=None),
        ended=_ended(reach, organisation_id, standing),
        cancelled=_starts(cancelled),
        lapsed=_starts(lapsed) if is_uncovered else (),
        arms=write_arms(vault.arms),
        secrecy=_("Confidential: contains information about an individual."),
    )


def _ended(reach: Reach, recipient: UUID, standing: Standing) -> tuple[document.Ended, ...]:
    """Return since when which organisations are not covered, whoever and how many took it back.

    Another one is named only to whom everyone had let know of it.
    """
    first: dict[UUID, Stop] = {}
    for stop, named in sorted(reach.stopped_for(recipient), key=lambda pair: pair[0].on):
        for one in named:
            first.setdefault(one, stop)
    days = sorted({stop.on for stop in first.values()})
    return tuple(
        document.Ended(
            since=day,
            agencies=standing.names_of({one for one, stop in first.items() if stop.on == day}),
        )
        for day in days
    )


def _sits_at(meeting: Meeting, organisation_id: UUID) -> bool:
    return organisation_id in {one.organisation_id for one in meeting.participants}


def _starts(meetings: Iterable[Meeting]) -> tuple[datetime, ...]:
    return tuple(sorted(one.starts_at for one in meetings))
