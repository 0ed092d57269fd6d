"""The use case that looks through a whole vault: its file, its log, and all that it holds."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum

from trygga_desktop.domain.audit import Action
from trygga_desktop.domain.errors import LogTamperedError, NoSealError, TamperedError
from trygga_desktop.domain.people import Protection
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.domain.sharing import ChainStanding
from trygga_desktop.services.agreement_papers import AgreementPaper
from trygga_desktop.services.changes import Done
from trygga_desktop.services.sealed_files import is_excerpt_whole, is_whole
from trygga_desktop.services.signature_records import are_records_whole
from trygga_desktop.services.standing import stand
from trygga_desktop.services.use_case import use_case
from trygga_desktop.services.vault import Notice, NoticeKind, OpenVault
from trygga_desktop.storage.inspection import inspect_file
from trygga_desktop.storage.work import UnitOfWork


class Part(StrEnum):
    """What of a vault can be found wanting, in the order in which it is told."""

    KEYS = "keys"
    PAGES = "pages"
    TABLES = "tables"
    REFERENCES = "references"
    SCHEMA = "schema"
    LOG = "log"
    RULES = "rules"
    RECORDS = "records"
    CONSENTS = "consents"
    PROTOCOLS = "protocols"
    SEAL = "seal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Flaw:
    """What was found wanting, and how often; `at` is the entry of the log where it begins."""

    part: Part
    count: int = 1
    at: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class VaultReport:
    """What a look through the whole vault came to.

    `cases` were read record by record; `closed` could not be opened by this user, and only their
    place in the file was looked at. `was_mended` tells that a damaged copy of the keys was put
    right from the other when the vault was opened.
    """

    flaws: tuple[Flaw, ...]
    entries: int
    cases: int
    closed: int
    was_mended: bool

    @property
    def is_sound(self) -> bool:
        """Tell whether nothing was found wanting."""
        return not self.flaws


@use_case(Permission.USE_VAULT)
def check_vault(*, vault: OpenVault) -> Done[VaultReport]:
    """Look through the whole vault, and log it; nothing but counts is told.

    Every page, table and reference is asked for, the log is walked from its start with all
    signatures of its newest entries, every record that this user can open is read, and every sealed
    file of theirs is compared with the log. It takes
    about 10 s for a million entries of the log. Raise DamagedVaultError where the file cannot be
    read to its end.
    """
    inspection = inspect_file(vault.engine)
    flaws = [*_of_keys(vault.notices)]
    counts = {
        Part.PAGES: inspection.pages,
        Part.TABLES: inspection.tables,
        Part.REFERENCES: inspection.references,
        Part.SCHEMA: int(not inspection.is_ours),
    }
    flaws += [Flaw(part=part, count=count) for part, count in counts.items() if count]
    with vault.work_afresh() as work:
        flaws += _of_log(work)
        entries = work.audit.count_all()
    with vault.work() as work:
        opened = work.cases.all()
        flaws += _of_records(vault, work)
        closed = work.cases.count_all() - len(opened)
        work.commit(Action.VAULT_CHECKED, vault.keyring.principal)
    report = VaultReport(
        flaws=tuple(flaws),
        entries=entries,
        cases=len(opened),
        closed=closed,
        was_mended=any(one.kind is NoticeKind.REPAIRED_FROM_COPY for one in vault.notices),
    )
    return Done(report)


def _of_keys(notices: Iterable[Notice]) -> Iterable[Flaw]:
    wanting = {NoticeKind.SLOTS_DAMAGED, NoticeKind.RECOVERY_DAMAGED}
    count = sum(one.count for one in notices if one.kind in wanting)
    if count:
        yield Flaw(part=Part.KEYS, count=count)
    if any(one.kind is NoticeKind.RULES_CHANGED for one in notices):
        yield Flaw(part=Part.RULES)


def _of_log(work: UnitOfWork) -> Iterable[Flaw]:
    try:
        work.rosters.follow()
        work.audit.verify(work.trust, each_signature=True)
    except LogTamperedError as error:
        yield Flaw(part=Part.LOG, at=error.sequence)
    except TamperedError:
        yield Flaw(part=Part.LOG)


def _of_records(vault: OpenVault, work: UnitOfWork) -> Iterable[Flaw]:
    """Read all that this user can open. What does not verify is left out by the stores."""
    broken = changed = 0
    work.accounts.all(work.roster)
    work.directory.all()
    work.drafts.all()
    for opened in work.cases.all():
        case_id = opened.case.id
        work.items.of_case(case_id)
        work.meetings.of_case(case_id)
        work.commitments.of_case(case_id)
        work.exchanges.of_case(case_id)
        work.plans.of_case(case_id)
        work.ratings.of_case(case_id)
        changed += sum(
            not is_whole(work, one) or not are_records_whole(work, one)
            for one in work.protocols.of_case(case_id)
        )
        changed += sum(
            not is_excerpt_whole(work, one) or not are_records_whole(work, one)
            for one in work.excerpts.of_case(case_id)
        )
        agreements = (
            AgreementPaper(case=opened.case, version=one) for one in opened.case.agreements
        )
        changed += sum(not are_records_whole(work, one) for one in agreements)
        changed += len(work.excerpts.lost(case_id))
        work.handovers.of_case(case_id)
        work.approvals.of_case(case_id)
        try:
            standing = stand(work, vault, opened)
        except TamperedError:
            work.left_out.add(case_id)
            continue
        for person_id, person in standing.people.items():
            if person_id == opened.subject_id or person.protection is not Protection.NONE:
                work.cases.guarded(case_id, person_id)
        broken += standing.given.chain is not ChainStanding.HOLDS
    if work.left_out:
        yield Flaw(part=Part.RECORDS, count=len(work.left_out))
    if broken:
        yield Flaw(part=Part.CONSENTS, count=broken)
    there, left = work.protocols.ids(), work.cases.left()
    changed += sum(
        row_id not in there and tie.case_id in left
        for row_id, tie in work.protocols.logged().items()
    )
    if changed:
        yield Flaw(part=Part.PROTOCOLS, count=changed)
    with suppress(NoSealError):
        try:
            work.seals.newest(work.trust)
        except TamperedError:
            yield Flaw(part=Part.SEAL)
