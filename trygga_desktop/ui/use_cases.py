"""What the screens may ask of the rest of the program: use cases, bound by `app.py`.

Nothing here knows where vaults are stored or how; a test passes plain functions instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

# At run time the first window must not wait for the database and everything below it.
if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path
    from uuid import UUID

    from trygga_desktop.domain.case import CaseList
    from trygga_desktop.services.access import Unlock, VaultSeen
    from trygga_desktop.services.accounts import ChangePassphrase
    from trygga_desktop.services.cases import NewPerson, OpenCase, SimilarCase
    from trygga_desktop.services.changes import Done
    from trygga_desktop.services.founding import CreateVault, PreparedVault
    from trygga_desktop.services.recovery import Recover
    from trygga_desktop.services.recovery_sheets import ComposeSheet
    from trygga_desktop.services.reminders import CaseReminder
    from trygga_desktop.services.vault import Me, Notice, OpenVault
    from trygga_desktop.ui.case_uses import (
        CaseUses,
        ConsentUses,
        ConsultationUses,
        DirectoryUses,
        MeetingUses,
        PacketUses,
        PeopleUses,
        PlanDeskUses,
        RuleUses,
    )
    from trygga_desktop.ui.draft_keeper import DraftUses
    from trygga_desktop.ui.event_log import Event
    from trygga_desktop.ui.lock_times import LockTimes
    from trygga_desktop.ui.platform.scanning import Scanner
    from trygga_desktop.ui.platform.session import SessionWatch
    from trygga_desktop.ui.platform.verifying import Verifier
    from trygga_desktop.ui.problems import ProblemKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The use cases of one open vault, and who has opened it.

    `tidy` moves what waits in the log of the database into its file, for a quiet moment.
    """

    folder: Path
    municipality: Callable[[], str]
    me: Me
    notices: tuple[Notice, ...]
    saved_at: Callable[[], datetime | None]
    list_cases: Callable[[], Done[CaseList]]
    read_reminders: Callable[[], Done[tuple[CaseReminder, ...]]]
    open_case: Callable[[OpenCase], Done[UUID]]
    find_similar: Callable[[NewPerson], Done[tuple[SimilarCase, ...]]]
    change_passphrase: Callable[[ChangePassphrase], Done[None]]
    drafts: DraftUses
    case: CaseUses
    people: PeopleUses
    directory: DirectoryUses
    consents: ConsentUses
    consultations: ConsultationUses
    meetings: MeetingUses
    packets: PacketUses
    plans: PlanDeskUses
    rules: RuleUses
    log_clock_jump: Callable[[], Done[None]]
    tidy: Callable[[], None]
    close: Callable[[], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """The use cases before a vault is open, and what the surroundings know.

    `choose(n)` draws a whole number from 0 to n-1 that nobody can foresee. `words` is the list that
    passphrases are made of, `test_numbers` the identity numbers that are published for tests,
    and `reasons` the text of `reasons.toml`; they are read when they are asked for. `verifier`
    makes what has one file at a time verified, `scanner` what has one scan at a time read.
    `unlock` calls what comes with its command where the vault is brought up to date first.
    `restart` ends this process and starts the next one at the unlock screen of the vault, or at
    the first picture. `watch_session` returns what notices that the computer is left, None
    where nothing can; `clock` counts seconds, those of sleep too. `note` writes codes into the
    file for support.
    """

    is_there: Callable[[Path], bool]
    look: Callable[[Path], VaultSeen]
    check_place: Callable[[Path], None]
    prepare_vault: Callable[[str], PreparedVault]
    compose_sheet: Callable[[ComposeSheet], bytes]
    create_vault: Callable[[CreateVault], None]
    unlock: Callable[[Unlock, Callable[[], None]], OpenVault]
    check_recovery_code: Callable[[Path, str], None]
    recover: Callable[[Recover], int]
    verifier: Callable[[], Verifier]
    scanner: Callable[[], Scanner]
    desk: Callable[[OpenVault], Desk]
    words: Callable[[], tuple[str, ...]]
    test_numbers: Callable[[], frozenset[str]]
    reasons: Callable[[], str]
    choose: Callable[[int], int]
    screen_count: Callable[[], int]
    now: Callable[[], datetime]
    restart: Callable[[Path | None], None]
    watch_session: Callable[[], SessionWatch | None]
    clock: Callable[[], float]
    note: Callable[[Event, ProblemKind | None], None]
    lock_times: LockTimes
    suggested_folder: Path
    version: str
