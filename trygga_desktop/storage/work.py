"""One transaction over the encrypted database, and the confirmation that it is kept."""

from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, timedelta
from types import TracebackType
from typing import Self, TypedDict
from uuid import UUID

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from trygga_desktop.crypto.keyring import Keyring
from trygga_desktop.crypto.statements import SignedRoster, Trust
from trygga_desktop.domain.audit import (
    CASE_KEY_ACTIONS,
    RESTORING_ACTIONS,
    TYING_ACTIONS,
    Action,
    Entry,
    Mark,
)
from trygga_desktop.domain.drafts import UsedDraft
from trygga_desktop.domain.errors import (
    NotConfirmedError,
    OlderThanConfirmedError,
    TryggaError,
)
from trygga_desktop.domain.permissions import Permission
from trygga_desktop.domain.principals import Roster
from trygga_desktop.i18n import STOCKHOLM
from trygga_desktop.storage.changes import Changes
from trygga_desktop.storage.confirmed import Confirmed
from trygga_desktop.storage.engine import checkpoint, told_plainly
from trygga_desktop.storage.stores.accounts import Accounts
from trygga_desktop.storage.stores.audit import Audit
from trygga_desktop.storage.stores.case_rows import (
    COMMITMENTS,
    EXCHANGES,
    MEETINGS,
    PARTIES,
    PLANS,
    RATINGS,
    CaseRows,
)
from trygga_desktop.storage.stores.cases import Cases
from trygga_desktop.storage.stores.compartments import Compartments
from trygga_desktop.storage.stores.consents import Consents
from trygga_desktop.storage.stores.directory import DirectoryRows
from trygga_desktop.storage.stores.drafts import Drafts
from trygga_desktop.storage.stores.due import Due
from trygga_desktop.storage.stores.events import APPROVALS, HANDOVERS, Events
from trygga_desktop.storage.stores.excerpts import Excerpts
from trygga_desktop.storage.stores.items import Items
from trygga_desktop.storage.stores.late_markings import LateMarkings
from trygga_desktop.storage.stores.links import spell_tie
from trygga_desktop.storage.stores.opened import Opened, WholeTables
from trygga_desktop.storage.stores.partners import Partners
from trygga_desktop.storage.stores.protocols import Protocols
from trygga_desktop.storage.stores.rosters import Rosters
from trygga_desktop.storage.stores.seals import Seals
from trygga_desktop.storage.stores.signatures import Signatures

# So much do clocks differ that are put right now and then.
_CLOCK_MAY_DIFFER = timedelta(minutes=1)


class _Remembered(TypedDict):
    """What every store of rows of cases is given beside what it stands on."""

    vault_id: bytes
    opened: Opened
    whole: WholeTables


def empty_log(engine: Engine, confirmed: Confirmed) -> None:
    """Move all into the file: a damaged log loses saves, and a kept one replaced values."""
    with told_plainly():
        is_empty = checkpoint(engine)
    if is_empty:
        confirmed.log_was_emptied()


class UnitOfWork:
    """A transaction for the length of a `with` block; no commit means rollback."""

    def __init__(  # noqa: PLR0913  what a transaction stands on
        self,
        engine: Engine,
        confirmed: Confirmed,
        keyring: Keyring,
        trust: Trust,
        *,
        now: Callable[[], datetime],
        opened: Opened,
        used_draft: UsedDraft | None = None,
    ) -> None:
        self._engine = engine
        self._opened = opened
        self._confirmed = confirmed
        self._now = now
        self._used_draft = used_draft
        self._next_roster: tuple[Roster, SignedRoster] | None = None
        self.keyring = keyring
        self.trust = trust
        # Whatever did not verify and was passed over in this transaction.
        self.left_out: set[UUID] = set()

    def __enter__(self) -> Self:
        with told_plainly():
            self._connection = self._engine.connect()
            try:
                self._connection.begin()
            except BaseException:
                self._connection.close()
                raise
        vault_id, user_id = self.trust.vault_id, self.keyring.principal
        connection, left_out, opened = self._connection, self.left_out, self._opened
        whole = WholeTables(Changes(connection), opened, left_out)
        self.audit = Audit(connection, self.keyring)
        self.rosters = Rosters(connection, self.keyring, self.trust)
        self.compartments = Compartments(
            connection, self.keyring, self.trust, left_out, opened, whole
        )
        self.accounts = Accounts(connection, self.compartments, vault_id=vault_id)
        self.cases = Cases(
            connection, self.compartments, left_out, vault_id=vault_id, opened=opened, whole=whole
        )
        self.handovers = Events(
            connection, self.compartments, left_out, HANDOVERS, vault_id=vault_id
        )
        late = LateMarkings(self.handovers, self.audit)
        self.items = Items(
            connection, self.compartments, left_out, late, vault_id=vault_id, opened=opened
        )
        self.directory = DirectoryRows(connection, self.compartments, left_out, vault_id=vault_id)
        self.consents = Consents(connection, self.compartments, self.keyring, self.trust, opened)
        remembered: _Remembered = {"vault_id": vault_id, "opened": opened, "whole": whole}
        self.parties = CaseRows(connection, self.compartments, left_out, PARTIES, **remembered)
        self.meetings = CaseRows(connection, self.compartments, left_out, MEETINGS, **remembered)
        self.commitments = CaseRows(
            connection, self.compartments, left_out, COMMITMENTS, **remembered
        )
        self.exchanges = CaseRows(connection, self.compartments, left_out, EXCHANGES, **remembered)
        self.partners = Partners(
            connection, self.compartments, self.audit, self.trust, vault_id=vault_id
        )
        self.due = Due(
            connection, self.compartments, self.commitments, self.meetings, left_out, whole
        )
        self.plans = CaseRows(connection, self.compartments, left_out, PLANS, **remembered)
        self.ratings = CaseRows(connection, self.compartments, left_out, RATINGS, **remembered)
        self.protocols = Protocols(connection, self.compartments, left_out, self.audit, self.trust)
        self.signatures = Signatures(connection, self.compartments, vault_id=vault_id)
        self.excerpts = Excerpts(connection, self.compartments, left_out, self.audit, self.trust)
        self.approvals = Events(
            connection, self.compartments, left_out, APPROVALS, vault_id=vault_id
        )
        self.seals = Seals(connection, self.compartments, vault_id=vault_id)
        self.drafts = Drafts(
            connection, self.compartments, left_out, vault_id=vault_id, user_id=user_id
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._connection.close()
        if isinstance(error, DBAPIError):
            with told_plainly():
                raise error
        if error is None and self._confirmed.is_log_long:
            # Only now, when all of it is confirmed. What cannot be moved stays where it is.
            with suppress(TryggaError, DBAPIError):
                empty_log(self._engine, self._confirmed)

    @property
    def sequence(self) -> int:
        """Return the number that this transaction will have: what is told, is told in order."""
        return self._newest().sequence + 1

    @property
    def at(self) -> datetime:
        """Return the time, aware and in UTC: never earlier than that of the last audit entry.

        A clock that was set back must not bring an expired consent to life again. Order goes by
        `sequence`, never by this.
        """
        newest = self.audit.newest_time()
        return self._now() if newest is None else max(self._now(), newest)

    @property
    def clock(self) -> datetime:
        """Return what the clock says, aware; unlike `at` it may go back: nothing goes by it."""
        return self._now()

    @property
    def was_clock_set_back(self) -> bool:
        """Return whether the clock is so far behind the last audit entry that it must be told."""
        newest = self.audit.newest_time()
        return newest is not None and self._now() < newest - _CLOCK_MAY_DIFFER

    @property
    def today(self) -> date:
        """Return the day that it is for the people concerned, by `at`."""
        return self.at.astimezone(STOCKHOLM).date()

    @property
    def goes_on_from(self) -> date | None:
        """Return what `today` is if the clock says an earlier day than the log, or nothing.

        There is no way back: what was withdrawn or has ended by that day would come alive again.
        """
        is_behind = self._now().astimezone(STOCKHOLM).date() < self.today
        return self.today if is_behind else None

    @property
    def restored_at(self) -> int:
        """Return the sequence at which somebody last went on with an older file, or 0."""
        return self.audit.newest_sequence(RESTORING_ACTIONS)

    def read_ahead(self, case_ids: Collection[UUID]) -> None:
        """Read at once what tells how these cases stand, for a list over many.

        It is for who only reads: what is written after it is not among what was read.
        """
        self.compartments.read_ahead(case_ids)
        self.cases.read_ahead(case_ids)
        self.consents.read_ahead(case_ids)
        self.audit.read_ahead(case_ids)
        self.parties.read_ahead(case_ids)
        self.commitments.read_ahead(case_ids)
        self.meetings.read_ahead(case_ids)

    def replace_roster(self, roster: Roster) -> SignedRoster:
        """Store the next version of the roster; it is believed when the block is committed."""
        signed = self.rosters.add(roster)
        # One that does not fit together would let nobody in any more.
        self.trust.check(signed)
        self._next_roster = (roster, signed)
        return signed

    @property
    def roster(self) -> Roster:
        """Return the roster as this block leaves it."""
        return self.trust.roster if self._next_roster is None else self._next_roster[0]

    def commit(self, action: Action, subject_id: UUID, *, digest: bytes = b"") -> None:
        """Make the block's changes permanent; when this returns, the program may say "saved".

        Nothing is stored without a line in the audit log, nor on top of a file that lacks
        confirmed saves (OlderThanConfirmedError). Raise NotConfirmedError if the change is
        stored and the confirmation is not. A draft that is used goes with the same change.
        """
        self._use_draft()
        entry = self.audit.append(self._newest(), action, subject_id, self.at, digest=digest)
        self._keep(entry.mark)
        self._take_up(entry)
        self._confirmed.advance(entry.mark)

    def commit_of_cases(self, action: Action, cases: Collection[UUID]) -> None:
        """Commit as `commit` does what is about all of these cases: the log of each tells of it.

        Without any case the entry is about who does it. Raise ValueError for an action whose
        entries are tied to something else.
        """
        if action in TYING_ACTIONS:
            raise ValueError("What is tied to something is entered by itself.")
        if not cases:
            self.commit(action, self.keyring.principal)
            return
        subject_id, digest = self.audit.list_of(cases)
        self.commit(action, subject_id, digest=digest)

    def commit_draft(self) -> None:
        """Make a draft permanent: the sequence goes on, and the log has no line of it."""
        newest = self._newest()
        mark = Mark(newest.sequence + 1, newest.head)
        self._keep(mark)
        self._confirmed.advance(mark)

    def commit_anew(self, action: Action, subject_id: UUID, *, digest: bytes = b"") -> None:
        """Make the changes permanent and trust the file as it is from now on."""
        newest = self.audit.newest()
        entry = self.audit.append(newest, action, subject_id, self.at, digest=digest)
        self._keep(entry.mark)
        self._take_up(entry)
        self._confirmed.reset(entry.mark)

    def check(self, seen: Mark | None) -> None:
        """Raise an OlderThanConfirmedError unless the file holds all that was confirmed.

        It is compared with the anchor in its folder and with what this machine and this user
        (`seen`) remember.
        """
        with told_plainly():
            self._confirmed.check(self.audit.newest(), seen, self.audit.head_at)

    def believe(self) -> None:
        """Say that the file has been judged and may be written on top of.

        Raise DiskFullError or CannotWriteError if a lost anchor cannot be written anew.
        """
        self._confirmed.believe(self.audit.newest())

    def _newest(self) -> Mark:
        if self._confirmed.is_broken:
            raise NotConfirmedError
        newest = self.audit.newest()
        if newest != self._confirmed.mark:
            raise OlderThanConfirmedError
        return newest

    def _use_draft(self) -> None:
        used = self._used_draft
        if used is None:
            return
        before = self.drafts.find(used.id) if used.rest else None
        if before is None:
            self.drafts.discard(used.id)
        else:
            rest = replace(before, text=used.rest, stored_at=self.at)
            self.drafts.put(rest, sequence=self.sequence)

    def _take_up(self, entry: Entry) -> None:
        if entry.action in CASE_KEY_ACTIONS:
            is_first = entry.action is Action.CASE_OPENED
            self.trust.note_case_keys(entry.subject_id, entry.digest, is_first=is_first)
        if entry.action is Action.CATALOGUE_CHANGED and self.trust.could_at(
            self.trust.version, entry.actor_id, Permission.MANAGE_RULES
        ):
            self.trust.note_rules(entry.digest)
        if entry.action in TYING_ACTIONS:
            self.trust.tie(spell_tie(entry))

    def _keep(self, mark: Mark) -> None:
        self.audit.advance(mark)
        with told_plainly():
            self._connection.commit()
        if self._next_roster is not None:
            self.trust.follow(self._next_roster[1])
            self._next_roster = None
