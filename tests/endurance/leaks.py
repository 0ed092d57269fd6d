"""Made-up meetings, and whether any excerpt of one holds what its recipient must not have."""

import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from tests.conftest import MadeVault, make_template
from tests.documents.insides import Insides
from tests.endurance.leak_cases import (
    Case,
    Kept,
    Written,
    change_what_may_be_known,
    hold_meeting,
    make_case,
    write_down,
)
from tests.services.sealing_desk import to_seal
from trygga_desktop.documents.inside import record_inside
from trygga_desktop.documents.issue import issue
from trygga_desktop.documents.protocol import ProtocolContent
from trygga_desktop.documents.record import ProtocolRecord, write_record
from trygga_desktop.domain.errors import ExcerptChangedError, NotForThemError
from trygga_desktop.domain.excerpts import Preset
from trygga_desktop.i18n import load_language
from trygga_desktop.services.distribution import read_distribution
from trygga_desktop.services.excerpts import (
    ComposeExcerpt,
    ExcerptFile,
    ExportExcerpts,
    GiveExcerpt,
    compose_excerpt,
    export_excerpts,
    give_excerpt,
    read_excerpts,
)
from trygga_desktop.services.meetings import EndMeeting, end_meeting, find_meeting
from trygga_desktop.services.protocols import (
    ComposeProtocol,
    ProtocolAudience,
    tell_meeting,
)
from trygga_desktop.services.reduction import ExcerptRecipient, find_recipients, reduce_meeting
from trygga_desktop.services.sealing import seal_protocol
from trygga_desktop.services.standing import stand
from trygga_desktop.services.vault import OpenVault

_MADE = datetime(2026, 11, 26, 16, tzinfo=UTC)
_ID = UUID(int=0x5EED)
_SALT = bytes(range(16))
_HEAD, _SEAL, _LINK = "a1" * 32, "b2" * 32, "c3" * 32
_A_VAULT = 20
"""So many meetings are held in one vault: more would carry ever more promises along."""
_OTHER = "Övrigt"
_NAMES = re.compile(r"utdrag(-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4})?\.pdf")
"""What a file may be called: no agency, no meeting, no day, no count."""


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
    that it did not: a search that finds nothing proves nothing. `alike` counts the records that
    were compared with those of before something was written that is not for their reader, `issued`
    those of them whose whole files were, `refused` the excerpts of which there is none, and `names`
    the files whose names were looked at. Of those that were given `again` counts what left once
    more after a consent was narrowed or somebody protected, and `recalled` what did not.
    """

    meetings: int = 0
    excerpts: int = 0
    files: int = 0
    phrases: int = 0
    controls: int = 0
    unseen: int = 0
    alike: int = 0
    issued: int = 0
    again: int = 0
    recalled: int = 0
    refused: int = 0
    names: int = 0
    leaks: list[Leak] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Made:
    """An excerpt as a record, and whether its reader may know of the meeting at all."""

    record: ProtocolRecord
    is_for_them: bool

    @property
    def told(self) -> str:
        """Return all that it says."""
        return write_record(self.record).decode("utf-8", "replace")


def try_leaks(place: Path, *, count: int, seed: int) -> Tried:
    """Hold so many made-up meetings, and look into every excerpt of each."""
    tried = Tried()
    chosen = random.Random(seed)  # noqa: S311  chooses what to try; no secret
    made = make_template(place)
    for begun in range(0, count, _A_VAULT):
        own = place / f"vault {begun}"
        own.mkdir()
        vault = made.copy_to(own).open()
        at = begun // _A_VAULT
        case = make_case(vault, chosen, is_barred=at % 2 == 0, is_protected=at % 3 == 1)
        for trial in range(begun, min(begun + _A_VAULT, count)):
            _try(vault, case, chosen, trial, tried)
        _look_at_names(vault, case, chosen, begun, tried)
        vault.close()
    return tried


def try_one(made: MadeVault, *, seed: int) -> Tried:
    """Hold one made-up meeting in this vault, and another to give the excerpts of."""
    tried = Tried()
    chosen = random.Random(seed)  # noqa: S311  as above
    vault = made.open()
    case = make_case(vault, chosen, is_barred=True, is_protected=seed % 2 == 0)
    _try(vault, case, chosen, seed, tried)
    _look_at_names(vault, case, chosen, seed, tried)
    vault.close()
    return tried


def _try(vault: OpenVault, case: Case, chosen: random.Random, trial: int, tried: Tried) -> None:
    """Write down what everyone may have, then one by one what is kept from some."""
    meeting_id = hold_meeting(vault, case, chosen)
    written = [write_down(vault, case, meeting_id, chosen, Kept.NOBODY, trial)]
    before = _excerpts(vault, meeting_id)
    same: list[tuple[str, _Made, _Made]] = []
    for _ in range(chosen.randint(1, 3)):
        kept = chosen.choice(list(Kept)[1:])
        one = write_down(vault, case, meeting_id, chosen, kept, trial)
        written.append(one)
        after = _excerpts(vault, meeting_id)
        tried.leaks += _compared(before, after, one, trial, tried)
        same += [
            (recipient.name, before[recipient], made)
            for recipient, made in after.items()
            if not any(phrase in made.told for phrase in one.phrases)
        ]
        before = after
    tried.leaks += _compared_files(chosen, same, trial, tried)
    tried.meetings += 1
    tried.excerpts += len(before)
    tried.phrases += sum(len(one.phrases) + len(one.titles) for one in written)
    for recipient, made in before.items():
        told = made.told
        leaked = [*_leaked_in(case, recipient, told, written), *_betrayed(made, written)]
        tried.leaks += [Leak(trial=trial, recipient=recipient.name, what=one) for one in leaked]
        tried.leaks += _known_by(vault, case, meeting_id, recipient, made, trial)
        tried.refused += not made.is_for_them
    _look_into_file(case, chosen, before, written, trial, tried)
    whole = Insides(_whole(vault, meeting_id))
    looked_for = [
        phrase
        for one in written
        if one.kept is not Kept.GUARDED
        for phrase in (*one.phrases, *one.titles)
    ]
    found = sum(whole.holds(one) for one in looked_for)
    tried.controls += found
    tried.unseen += len(looked_for) - found
    end_meeting(EndMeeting(meeting_id=meeting_id), vault=vault)


def _compared(
    before: dict[ExcerptRecipient, _Made],
    after: dict[ExcerptRecipient, _Made],
    written: Written,
    trial: int,
    tried: Tried,
) -> Iterator[Leak]:
    """Yield who could tell that something was written of which they are told nothing.

    It is as if that had never been written, also where they are told other things of the kind.
    """
    for recipient, made in after.items():
        if any(one in made.told for one in written.phrases):
            continue
        tried.alike += 1
        earlier = before[recipient]
        if made.told != earlier.told or made.is_for_them != earlier.is_for_them:
            yield Leak(trial=trial, recipient=recipient.name, what="another record")


def _compared_files(
    chosen: random.Random, same: list[tuple[str, _Made, _Made]], trial: int, tried: Tried
) -> Iterator[Leak]:
    """Yield whether somebody could tell by any byte of the file: of all who must not, one is tried.

    The seal is left out of it, which no two files have in common.
    """
    if not same:
        return
    recipient, earlier, later = chosen.choice(same)
    tried.issued += 1
    if issue(earlier.record) != issue(later.record):
        yield Leak(trial=trial, recipient=recipient, what="another file")


def _leaked_in(
    case: Case, recipient: ExcerptRecipient, told: str, written: Iterable[Written]
) -> Iterator[str]:
    for one in written:
        # A title that somebody wrote is told to nobody: its lack would tell that there is one.
        yield from (title for title in one.titles if title in told)
        if case.is_kept_from(recipient, one.kept):
            yield from (phrase for phrase in one.phrases if phrase in told)
    yield from (one for one in case.never_told if one in told)


def _betrayed(made: _Made, written: Iterable[Written]) -> Iterator[str]:
    """Yield where the place for what stands under own titles is there for another reason."""
    under = [phrase for one in written for phrase in one.under]
    has_any = any(phrase in made.told for phrase in under)
    has_place = any(one.title == _OTHER for one in made.record.content.items)
    if has_any is not has_place:
        yield "a place that tells of titles"


def _known_by(  # noqa: PLR0913, PLR0917  who may know of what
    vault: OpenVault,
    case: Case,
    meeting_id: UUID,
    recipient: ExcerptRecipient,
    made: _Made,
    trial: int,
) -> Iterator[Leak]:
    """Yield whoever is told that there was a meeting, and may not know."""
    with vault.work() as work:
        meeting, _ = find_meeting(work, meeting_id)
    there = {one.organisation_id for one in meeting.attended}
    content, excerpt = made.record.content, made.record.content.excerpt
    promises = () if excerpt is None else excerpt.promises
    is_told = any(one.entries for one in content.items) or bool(content.carried or promises)
    is_outside = recipient.id in case.uncovered - there or recipient.is_barred
    if is_outside and not is_told and made.is_for_them:
        yield Leak(trial=trial, recipient=recipient.name, what="that there was a meeting")


def _look_into_file(  # noqa: PLR0913, PLR0917  what is looked for in what
    case: Case,
    chosen: random.Random,
    excerpts: dict[ExcerptRecipient, _Made],
    written: list[Written],
    trial: int,
    tried: Tried,
) -> None:
    """Look into the whole file of one excerpt: its pages, streams, attachments and metadata."""
    recipient = chosen.choice(list(excerpts))
    made = excerpts[recipient]
    inside = Insides(issue(made.record))
    tried.files += 1
    forbidden = [
        phrase
        for one in written
        for phrase in (
            *one.titles,
            *(one.phrases if case.is_kept_from(recipient, one.kept) else ()),
        )
    ]
    forbidden += case.never_told
    if recipient.preset is Preset.POLICE:
        forbidden.append(case.absent)
    tried.leaks += [
        Leak(trial=trial, recipient=recipient.name, what=one)
        for one in forbidden
        if inside.holds(one)
    ]


def _look_at_names(
    vault: OpenVault, case: Case, chosen: random.Random, trial: int, tried: Tried
) -> None:
    """Seal a meeting, give each their excerpt, and look at what the files are called."""
    meeting_id = hold_meeting(vault, case, chosen)
    given_before: dict[UUID, ExcerptFile] = {}
    write_down(vault, case, meeting_id, chosen, Kept.UNCOVERED, trial)
    end_meeting(EndMeeting(meeting_id=meeting_id), vault=vault)
    seal_protocol(to_seal(vault, meeting_id), vault=vault)
    for recipient in read_excerpts(meeting_id, vault=vault).value.recipients:
        asked = ComposeExcerpt(meeting_id=meeting_id, recipient_id=recipient.id, is_reminded=True)
        composed = compose_excerpt(asked, vault=vault).value
        names = [composed.file_name]
        command = GiveExcerpt(
            meeting_id=meeting_id,
            recipient_id=recipient.id,
            basis=composed.basis,
            is_reminded=True,
        )
        try:
            given = give_excerpt(command, vault=vault).value
        except NotForThemError:
            tried.refused += 1
            if composed.is_for_them or composed.pdf:
                tried.leaks.append(Leak(trial=trial, recipient=recipient.name, what="pages"))
        else:
            given_before[recipient.id] = given
            names.append(given.file_name)
            names.append(given.excerpt.control_code)
            if not given.file_name.endswith(f"-{names.pop()}.pdf"):
                tried.leaks.append(Leak(trial=trial, recipient=recipient.name, what="a name"))
        tried.names += len(names)
        tried.leaks += [
            Leak(trial=trial, recipient=recipient.name, what=one)
            for one in names
            if not _NAMES.fullmatch(one)
        ]
    _look_again(vault, case, chosen, meeting_id, given_before, tried, trial)


def _look_again(  # noqa: PLR0913, PLR0917  what was given, and what has changed since
    vault: OpenVault,
    case: Case,
    chosen: random.Random,
    meeting_id: UUID,
    given: dict[UUID, ExcerptFile],
    tried: Tried,
    trial: int,
) -> None:
    """Narrow the consent or protect somebody, and have everything that was given leave again.

    What leaves names nobody whom an excerpt that is made today does not, and stands in the list as
    it is answered here.
    """
    tried.leaks += [
        Leak(trial=trial, recipient=one.excerpt.recipient, what="kept back for nothing")
        for one in given.values()
        if not _leaves(vault, meeting_id, one)
    ]
    change_what_may_be_known(vault, case, chosen)
    today = {one.id: made for one, made in _excerpts(vault, meeting_id).items()}
    listed = read_distribution(case.family.case_id, vault=vault).value.copies
    current = {one.copy.id for one in listed if one.is_current}
    for recipient_id, one in given.items():
        record = record_inside(one.pdf)
        assert record is not None
        told, recipient = write_record(record).decode(), one.excerpt.recipient
        now = today[recipient_id].told if recipient_id in today else ""
        more = [name for name in case.named if name in told and name not in now]
        leaves = _leaves(vault, meeting_id, one)
        if leaves is not (one.excerpt.id in current):
            tried.leaks.append(Leak(trial=trial, recipient=recipient, what="another answer"))
        if not leaves:
            tried.recalled += 1
            continue
        tried.again += 1
        tried.leaks += [Leak(trial=trial, recipient=recipient, what=name) for name in more]


def _leaves(vault: OpenVault, meeting_id: UUID, one: ExcerptFile) -> bool:
    """Tell whether an excerpt that was given is handed out once more."""
    command = ExportExcerpts(meeting_id=meeting_id, excerpt_ids=(one.excerpt.id,))
    try:
        export_excerpts(command, vault=vault)
    except ExcerptChangedError:
        return False
    return True


def _excerpts(vault: OpenVault, meeting_id: UUID) -> dict[ExcerptRecipient, _Made]:
    """Return each excerpt, made with the same ids, clock, salt, link and head."""
    language = load_language("sv")
    with vault.work() as work:
        meeting, _ = find_meeting(work, meeting_id)
        standing = stand(work, vault, work.cases.find(meeting.case_id))
        # The hour goes on while things are written down.
        still = replace(meeting, ended_at=meeting.began_at)
        found = {}
        for one in find_recipients(vault, standing, meeting):
            reduced = reduce_meeting(
                work, vault, standing, still, one, copy=1, is_reminded=True, language=language
            )
            record = _recorded(reduced.content)
            found[one] = _Made(record=record, is_for_them=reduced.is_for_them)
        return found


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
