"""Made-up meetings, and whether any excerpt of one holds what its recipient must not have.

The rules here are written apart from the sharing decision and say less: what they forbid is a leak.
"""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any
from uuid import UUID

from tests.conftest import MadeVault, make_template
from tests.documents.insides import Insides
from tests.people import (
    DAY,
    Family,
    arrive,
    case_with_family,
    cells,
    move,
    organisation,
    paper,
    planned_meeting,
    professional,
    room_of,
    seat_of,
    wrote,
)
from trygga_desktop.documents.issue import issue
from trygga_desktop.documents.protocol import ProtocolContent
from trygga_desktop.documents.record import ProtocolRecord, write_record
from trygga_desktop.domain.bars import BarScope
from trygga_desktop.domain.consent import Answer, OwnInformation
from trygga_desktop.domain.excerpts import Preset
from trygga_desktop.domain.meeting import Function, Presence
from trygga_desktop.domain.reasons import Reason
from trygga_desktop.i18n import load_language
from trygga_desktop.services.consents import RecordBar, SignerAnswer, record_bar, record_consent
from trygga_desktop.services.entries import EntryKind, WriteEntry, write_entry
from trygga_desktop.services.meetings import (
    AddAgendaItem,
    EndMeeting,
    Invitation,
    add_agenda_item,
    begin_meeting,
    end_meeting,
    find_meeting,
)
from trygga_desktop.services.protocols import (
    ComposeProtocol,
    ProtocolAudience,
    tell_meeting,
)
from trygga_desktop.services.reduction import ExcerptRecipient, find_recipients, reduce_meeting
from trygga_desktop.services.standing import stand
from trygga_desktop.services.vault import OpenVault

_MADE = datetime(2026, 11, 26, 16, tzinfo=UTC)
_ID = UUID(int=0x5EED)
_SALT = bytes(range(16))
_HEAD, _SEAL, _LINK = "a1" * 32, "b2" * 32, "c3" * 32
_A_VAULT = 20
"""So many meetings are held in one vault: more would carry ever more promises along."""
_WORDS = ("skola", "kväll", "möte", "läxa", "buss", "vän", "träning", "Åsa", "ö")


class Kept(StrEnum):
    """From whom something is kept, as far as these rules go."""

    NOBODY = "nobody"
    UNCOVERED = "uncovered"
    """The consent lets the board, the school and leisure have it: the police and care may not."""
    POLICE = "police"
    """It is the police's own, and no consent covers the police."""
    CARE = "care"
    """It is of health, which no consent covers, and comes from care."""
    GUARDED = "guarded"
    """It lies in the guarded part: it is on no paper at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leak:
    """What stood in an excerpt and must not, or that two differ that must not."""

    trial: int
    recipient: str
    what: str


@dataclass(slots=True, kw_only=True)
class Tried:
    """How many meetings, excerpts and phrases were tried, and what leaked.

    `controls` counts the phrases that the same search found in the board's own file, `unseen` those
    that it did not: a search that finds nothing proves nothing.
    """

    meetings: int = 0
    excerpts: int = 0
    files: int = 0
    phrases: int = 0
    controls: int = 0
    unseen: int = 0
    leaks: list[Leak] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    family: Family
    leisure: UUID
    care: UUID
    places: tuple[UUID, ...]
    absent: str


def try_leaks(place: Path, *, count: int, seed: int) -> Tried:
    """Hold so many made-up meetings, and look into every excerpt of each."""
    tried = Tried()
    chosen = random.Random(seed)  # noqa: S311  chooses what to try; no secret
    made = make_template(place)
    for begun in range(0, count, _A_VAULT):
        own = place / f"vault {begun}"
        own.mkdir()
        vault = made.copy_to(own).open()
        case = _case(vault, chosen, is_barred=begun % (2 * _A_VAULT) == 0)
        for trial in range(begun, min(begun + _A_VAULT, count)):
            _try(vault, case, chosen, trial, tried)
        vault.close()
    return tried


def try_one(made: MadeVault, *, seed: int) -> Tried:
    """Hold one made-up meeting in this vault."""
    tried = Tried()
    chosen = random.Random(seed)  # noqa: S311  as above
    vault = made.open()
    _try(vault, _case(vault, chosen, is_barred=True), chosen, seed, tried)
    vault.close()
    return tried


def _case(vault: OpenVault, chosen: random.Random, *, is_barred: bool) -> _Case:
    family = case_with_family(vault)
    leisure = organisation(vault, "leisure", "Kajutan")
    care = organisation(vault, "child_psychiatry", "BUP Exempelstad")
    absent = f"Mirja Frånvaro{chosen.randrange(10_000)}"
    places = (
        professional(vault, family.case_id, leisure, "Tove Testare", "fritidsledare"),
        professional(vault, family.case_id, care, absent, "kurator"),
    )
    allowed = cells((family.board, family.school, leisure))
    answers = tuple(
        SignerAnswer(
            signer=one,
            answer=Answer.GIVEN,
            cells=allowed,
            own_information=OwnInformation.AGENCIES,
        )
        for one in family.signers
    )
    record_consent(paper(family, answers=answers), vault=vault)
    if is_barred:
        bar = RecordBar(
            case_id=family.case_id,
            on=DAY,
            reason=Reason.GUARDIAN_BARRED,
            against=family.johan,
            scope=BarScope.ALL_BUT_THESE,
            categories=frozenset(),
            words="Får inget veta.",
        )
        record_bar(bar, vault=vault)
    return _Case(family=family, leisure=leisure, care=care, places=places, absent=absent)


def _try(vault: OpenVault, case: _Case, chosen: random.Random, trial: int, tried: Tried) -> None:
    """Write down what everyone may have, then what is kept from some; nothing else may change."""
    meeting_id = _meeting(vault, case, chosen)
    seeds = chosen.randrange(2**32)
    open_phrases = _write(vault, case, meeting_id, seeds, trial, Kept.NOBODY)
    before = _excerpts(vault, meeting_id)
    phrases: dict[str, Kept] = {}
    for _ in range(chosen.randint(1, 3)):
        kept = chosen.choice(list(Kept)[1:])
        for phrase in _write(vault, case, meeting_id, chosen.randrange(2**32), trial, kept):
            phrases[phrase] = kept
    after = _excerpts(vault, meeting_id)
    tried.meetings += 1
    tried.excerpts += len(after)
    tried.phrases += len(phrases)
    for recipient, record in after.items():
        tried.leaks += _looked_at(case, trial, recipient, before[recipient], record, phrases)
    recipient = chosen.choice(list(after))
    printed = issue(after[recipient])
    tried.files += 1
    inside = Insides(printed)
    for phrase, kept in phrases.items():
        if _is_kept_from(case, recipient, kept) and inside.holds(phrase):
            tried.leaks.append(Leak(trial=trial, recipient=recipient.name, what=phrase))
    if recipient.preset is Preset.POLICE and inside.holds(case.absent):
        tried.leaks.append(Leak(trial=trial, recipient=recipient.name, what=case.absent))
    if after[recipient] == before[recipient] and printed != issue(before[recipient]):
        tried.leaks.append(Leak(trial=trial, recipient=recipient.name, what="other bytes"))
    whole = Insides(_whole(vault, meeting_id))
    looked_for = [*open_phrases, *(one for one in phrases if phrases[one] is not Kept.GUARDED)]
    found = sum(whole.holds(one) for one in looked_for)
    tried.controls += found
    tried.unseen += len(looked_for) - found
    end_meeting(EndMeeting(meeting_id=meeting_id), vault=vault)


def _looked_at(  # noqa: PLR0913, PLR0917  what is compared with what
    case: _Case,
    trial: int,
    recipient: ExcerptRecipient,
    before: ProtocolRecord,
    after: ProtocolRecord,
    phrases: Mapping[str, Kept],
) -> Iterator[Leak]:
    data = write_record(after).decode("utf-8", "replace")
    told = [one for one in phrases if one in data]
    for phrase in told:
        if _is_kept_from(case, recipient, phrases[phrase]):
            yield Leak(trial=trial, recipient=recipient.name, what=phrase)
    # Of what it does not tell it shows nothing: it is as if that had never been written.
    if not told and write_record(before) != write_record(after):
        yield Leak(trial=trial, recipient=recipient.name, what="another record")


def _is_kept_from(case: _Case, recipient: ExcerptRecipient, kept: Kept) -> bool:
    family, one = case.family, recipient.id
    agencies = {family.school, family.police, case.leisure, case.care}
    match kept:
        case Kept.NOBODY:
            return False
        case Kept.UNCOVERED:
            return one in {family.police, case.care} or recipient.is_barred
        case Kept.POLICE:
            return one in agencies - {family.police} or recipient.is_barred
        case Kept.CARE:
            return one in agencies - {case.care} or recipient.is_barred
        case Kept.GUARDED:
            return True


def _meeting(vault: OpenVault, case: _Case, chosen: random.Random) -> UUID:
    family = case.family
    guests = [Invitation(name="Nadia Tolk", functions=frozenset({Function.INTERPRETER}))]
    meeting_id = planned_meeting(
        vault,
        family,
        *family.signers,
        family.karin,
        family.maria,
        family.peter,
        *case.places,
        guests=guests if chosen.random() < 0.3 else (),
    )
    for seat in room_of(vault, meeting_id).seats:
        is_there = seat.name == "Karin Ek" or chosen.random() < 0.8
        if is_there and seat.name != case.absent:
            arrive(vault, meeting_id, seat)
    begin_meeting(meeting_id, vault=vault)
    absent = seat_of(vault, meeting_id, "Mirja")
    move(vault, meeting_id, absent, Presence.ABSENT)
    return meeting_id


def _write(  # noqa: PLR0913, PLR0917  what is written where
    vault: OpenVault, case: _Case, meeting_id: UUID, seed: int, trial: int, kept: Kept
) -> list[str]:
    """Write something down; return the phrases, names and numbers that stand in it."""
    chosen = random.Random(seed)  # noqa: S311  as above
    family = case.family
    mark = f"{kept.value}{trial}x{chosen.randrange(10**6)}"
    phrase = f"{chosen.choice(_WORDS)} {mark} {chosen.choice(_WORDS)}"
    number = f"070-{chosen.randrange(10**7):07d}"
    text = f"{phrase}, ring {number}."
    origin = {
        Kept.POLICE: family.police,
        Kept.CARE: case.care,
        Kept.NOBODY: family.board,
    }.get(kept, chosen.choice((family.board, family.school, case.leisure)))
    fields: dict[str, Any] = {
        "organisation_id": origin,
        "category": "health" if kept is Kept.CARE else "plan",
    }
    if kept is Kept.NOBODY:
        fields["category"] = "leisure"
    if kept is Kept.GUARDED:
        wrote(vault, meeting_id, text, is_guarded=True, **fields)
        return [phrase, number]
    under = "now_school"
    found = [phrase, number]
    if chosen.random() < 0.2:
        title = f"Om {mark}t"
        command = AddAgendaItem(
            meeting_id=meeting_id, title=title, minutes=5, category=fields["category"]
        )
        known = {one.id for one in room_of(vault, meeting_id).agenda}
        add_agenda_item(command, vault=vault)
        (item_id,) = {one.id for one in room_of(vault, meeting_id).agenda} - known
        entry = WriteEntry(
            meeting_id=meeting_id,
            agenda_id=item_id,
            kind=EntryKind.STATEMENT,
            text=f"under {mark}",
            **fields,
        )
        write_entry(entry, vault=vault)
        # Where the entry is told and the title is not, the title stands nowhere.
        found += [f"under {mark}", title]
    kind = chosen.choice((EntryKind.STATEMENT, EntryKind.DECISION, EntryKind.ACTION))
    if kind is EntryKind.ACTION:
        name = f"Namn{mark}"
        found.append(name)
        wrote(
            vault,
            meeting_id,
            text,
            kind=kind,
            under=under,
            responsible=name,
            due_on=DAY,
            **fields,
        )
        return found
    written = wrote(vault, meeting_id, text, kind=kind, under=under, **fields)
    if kind is EntryKind.DECISION and chosen.random() < 0.5:
        dissent = f"nej{mark}"
        found.append(dissent)
        wrote(
            vault,
            meeting_id,
            dissent,
            kind=EntryKind.DISSENT,
            under=under,
            said_by=family.sara,
            follows=written.id,
            category=fields["category"],
        )
    return found


def _excerpts(vault: OpenVault, meeting_id: UUID) -> dict[ExcerptRecipient, ProtocolRecord]:
    """Return the record of each excerpt, made with the same ids, clock, salt, link and head."""
    language = load_language("sv")
    with vault.work() as work:
        meeting, _ = find_meeting(work, meeting_id)
        standing = stand(work, vault, work.cases.find(meeting.case_id))
        return {
            one: _recorded(
                reduce_meeting(
                    work,
                    vault,
                    standing,
                    # The hour goes on while things are written down.
                    replace(meeting, ended_at=meeting.began_at),
                    one,
                    copy=1,
                    is_reminded=True,
                    language=language,
                ).content
            )
            for one in find_recipients(vault, standing, meeting)
        }


def _whole(vault: OpenVault, meeting_id: UUID) -> bytes:
    """Return the board's own file of a meeting, which holds everything."""
    command = ComposeProtocol(meeting_id=meeting_id, audience=ProtocolAudience.BOARD)
    with vault.work() as work:
        return issue(_recorded(tell_meeting(work, vault, command).content))


def _recorded(content: ProtocolContent) -> ProtocolRecord:
    return ProtocolRecord(
        protocol_id=_ID,
        salt=_SALT,
        language="sv",
        made_at=_MADE,
        content=content,
        previous=_LINK,
        log_head=_HEAD,
        seal=_SEAL,
    )
