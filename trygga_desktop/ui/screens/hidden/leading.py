"""State of what stands around the list of what is hidden: people, the next item, notes, search."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Signal, Slot

from trygga_desktop.domain.drafts import DraftKind
from trygga_desktop.domain.meeting import IN_THE_ROOM, AgendaState, Presence
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.ui.departures import Departures
from trygga_desktop.ui.draft_keeper import DraftKeeper, DraftUses, Place
from trygga_desktop.ui.problems import ProblemKind, Trouble, read_error
from trygga_desktop.ui.screens.hidden.asking import Asked, Way, ask_about
from trygga_desktop.ui.tasks import TaskRunner
from trygga_desktop.ui.typed import read_typed

if TYPE_CHECKING:
    from trygga_desktop.services.case_files import WriteNote
    from trygga_desktop.services.consents import WithdrawConsent
    from trygga_desktop.services.leading import Candidate, ItemSight, Leading, SeatSight
    from trygga_desktop.services.meetings import ConfirmDuty, Invitation, SetPresence
    from trygga_desktop.services.rooms import Seat, ShownEntry

MOST_FOUND = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadingUses:
    """What whoever leads a meeting does from the own window."""

    set_presence: Callable[[SetPresence], Done[None]]
    confirm_duty: Callable[[ConfirmDuty], Done[None]]
    invite: Callable[[UUID, Invitation], Done[None]]
    go_to_item: Callable[[UUID, UUID], Done[None]]
    withdraw_consent: Callable[[WithdrawConsent], Done[None]]
    write_note: Callable[[WriteNote], Done[UUID]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """Something that was noted and holds what is sought, and whether the room sees it."""

    entry: ShownEntry
    is_hidden: bool


class LeadingModel(QObject):
    """Acts on the meeting that `follow` was told of. `note` is kept as it is typed, as a draft.

    `made` follows each change; whoever owns this reads everything anew then. Before somebody comes
    in or takes a consent back `decided_anew` tells that nothing may stay before the room that was
    decided until now, and `others_come` that somebody else may look on. The question about somebody
    whom no consent covers stands here and nowhere on a shared screen. While `is_adding` nothing
    more can be typed into `note`: it would go with what is recorded.
    """

    changed = Signal()
    note_replaced = Signal()
    made = Signal(Changes)
    decided_anew = Signal()
    others_come = Signal()
    failed = Signal(Trouble)
    consent_wanted = Signal()
    ground_wanted = Signal()

    def __init__(  # noqa: PLR0913  what a window stands on
        self,
        meeting_id: UUID,
        case_id: UUID,
        *,
        departures: Departures,
        uses: LeadingUses,
        drafts: DraftUses,
        runner: TaskRunner,
        now: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.leading: Leading | None = None
        self.asked: Asked | None = None
        self.asks_who_withdraws = False
        self.sought = ""
        self.note = ""
        self.trouble: Trouble | None = None
        self.is_working = False
        self.is_adding = False
        self.now = now
        place = Place(kind=DraftKind.NOTE, subject_id=case_id, case_id=case_id)
        self.drafts = DraftKeeper(drafts, runner, place, now=now, parent=self)
        self.drafts.changed.connect(self.changed)
        self.drafts.found.connect(self._take_draft)
        self.drafts.failed.connect(self.failed)
        guest = Place(kind=DraftKind.GUEST, subject_id=meeting_id, case_id=case_id)
        self._guest = DraftKeeper(drafts, runner, guest, now=now, parent=self)
        self._guest.found.connect(self._take_guest)
        self._guest.failed.connect(self.failed)
        self.departures = departures
        departures.changed.connect(self.changed)
        departures.refused.connect(self._refused)
        self._meeting_id = meeting_id
        self._case_id = case_id
        self._uses = uses
        self._runner = runner

    @property
    def item(self) -> ItemSight | None:
        """Return the item that the meeting has come to."""
        agenda = () if self.leading is None else self.leading.agenda
        return next((one for one in agenda if one.state is AgendaState.NOW), None)

    @property
    def next_item(self) -> ItemSight | None:
        """Return the item that comes after the one that the meeting has come to."""
        agenda = () if self.leading is None else self.leading.agenda
        now = [place for place, one in enumerate(agenda) if one.state is AgendaState.NOW]
        return agenda[now[0] + 1] if now and now[0] + 1 < len(agenda) else None

    def missing_at(self, item: ItemSight) -> tuple[Seat, ...]:
        """Return who was called to certain items, to this one too, and is not in the room."""
        return tuple(
            one
            for one in self._called_to_some
            if item.id in (one.called_to or ()) and one.presence not in IN_THE_ROOM
        )

    def not_called_to(self, item: ItemSight) -> tuple[Seat, ...]:
        """Return who is in the room and was called to other items than this one."""
        return tuple(
            one
            for one in self._called_to_some
            if item.id not in (one.called_to or ()) and one.presence in IN_THE_ROOM
        )

    @property
    def _called_to_some(self) -> tuple[Seat, ...]:
        seats = () if self.leading is None else self.leading.seats
        return tuple(one.seat for one in seats if one.seat.called_to is not None)

    @property
    def signers(self) -> tuple[SeatSight, ...]:
        """Return who of the family has a seat, and can take back what they signed."""
        seats = () if self.leading is None else self.leading.seats
        return tuple(
            one
            for one in seats
            if one.seat.party_id is not None and one.seat.organisation_id is None
        )

    @property
    def hits(self) -> tuple[Hit, ...]:
        """Return what holds the words that are sought, what the room does not see first."""
        return self._hits()[:MOST_FOUND]

    @property
    def hits_left_out(self) -> int:
        """Return how many more hold the words than are shown."""
        return max(0, len(self._hits()) - MOST_FOUND)

    def _hits(self) -> tuple[Hit, ...]:
        sought = self.sought.strip().casefold()
        if not sought or self.leading is None:
            return ()
        hidden = self.leading.hidden.hidden
        hits = [Hit(entry=one.entry, is_hidden=True) for one in hidden]
        hits += [Hit(entry=one, is_hidden=False) for one in self.leading.shown]
        return tuple(
            one
            for one in hits
            if sought in one.entry.item.text.casefold() or sought in one.entry.who.casefold()
        )

    @property
    def may_act(self) -> bool:
        """Tell whether something can be done in the meeting now."""
        return self.leading is not None and self.leading.is_running and not self.is_working

    @property
    def may_invite(self) -> bool:
        """Tell whether somebody more can be asked to come: before it begins, too."""
        return self.leading is not None and self.leading.may_invite and not self.is_working

    def follow(self, leading: Leading | None) -> None:
        """Take what was read anew."""
        self.leading = leading
        known = () if self.leading is None else self.leading.candidates
        if self.asked is not None:
            same = [one for one in known if one.party_id == self.asked.one.party_id]
            if self.asked.one.party_id is not None:
                self.asked = replace(self.asked, one=same[0]) if same else None
        self.changed.emit()

    def seek(self, words: str) -> None:
        """Look for words in everything that the meeting deals with."""
        self.sought = words
        self.changed.emit()

    def set_here(self, seat_id: UUID, *, is_here: bool) -> None:
        """Tell that somebody is in the room now, or not any more; that can be taken back."""
        from trygga_desktop.services.meetings import SetPresence  # noqa: PLC0415  see CaptureModel

        seats = () if self.leading is None else self.leading.seats
        seat = next((one.seat for one in seats if one.seat.id == seat_id), None)
        if seat is None or not self.may_act:
            return
        if not is_here:
            self.departures.leave(seat, Presence.GONE)
            return
        self.departures.take_back(seat_id)
        if seat.presence in IN_THE_ROOM:
            return
        command = SetPresence(
            meeting_id=self._meeting_id, participant_id=seat_id, presence=Presence.HERE
        )
        store = self._uses.set_presence
        self.decided_anew.emit()
        self.others_come.emit()
        self._change(lambda: store(command))

    def confirm(self, seat_id: UUID) -> None:
        """Store that somebody has confirmed the duty of confidentiality."""
        from trygga_desktop.services.meetings import ConfirmDuty  # noqa: PLC0415  see CaptureModel

        if self.may_act:
            command = ConfirmDuty(meeting_id=self._meeting_id, participant_ids=frozenset({seat_id}))
            store = self._uses.confirm_duty
            self._change(lambda: store(command))

    def go_on(self) -> None:
        """Go to the next item."""
        item = self.next_item
        if item is not None and self.may_act:
            go, meeting_id = self._uses.go_to_item, self._meeting_id
            self._change(lambda: go(meeting_id, item.id))

    def ask_who_withdraws(self, *, asks: bool) -> None:
        """Ask who takes back their consent, or ask no more."""
        self.asks_who_withdraws = asks
        self.changed.emit()

    def withdraw(self, person_id: UUID) -> None:
        """Obey somebody who takes back their consent."""
        from trygga_desktop.services.consents import WithdrawConsent  # noqa: PLC0415

        if self.leading is None or not self.may_act:
            return
        on = self.leading.today
        command = WithdrawConsent(case_id=self._case_id, signer=person_id, on=on)
        self.asks_who_withdraws = False
        withdraw = self._uses.withdraw_consent
        self.decided_anew.emit()
        self._change(lambda: withdraw(command))

    def ask_about(self, party_id: UUID) -> None:
        """Ask what is to be done about somebody; nothing is done before it is answered."""
        known = () if self.leading is None else self.leading.candidates
        one = next((one for one in known if one.party_id == party_id), None)
        if one is not None:
            self.asked = ask_about(one)
            self.changed.emit()

    def ask_about_guest(self) -> None:
        """Ask about the observer who was named at the table: nobody there reads the question."""
        self._guest.look_for_earlier()

    @Slot(str)
    def _take_guest(self, text: str) -> None:
        from trygga_desktop.services.leading import observer_of  # noqa: PLC0415  see CaptureModel

        typed = read_typed(text)
        name = "" if typed is None else typed.texts.get("name", "").strip()
        if name:
            self.asked = ask_about(observer_of(name))
            self.changed.emit()

    def choose_way(self, way: Way) -> None:
        """Take another answer to the question."""
        if self.asked is not None and way is not self.asked.way:
            self.asked = replace(self.asked, way=way)
            self.changed.emit()

    def tick_item(self, code: str, *, comes: bool) -> None:
        """Have whom the question is about come to an item, or not."""
        if self.asked is not None:
            items = self.asked.items | {code} if comes else self.asked.items - {code}
            self.asked = replace(self.asked, items=items)
            self.changed.emit()

    def stop_asking(self) -> None:
        """Leave everything as it was before the question."""
        self.asked = None
        self.changed.emit()

    def answer(self) -> None:
        """Do what was answered, or go on to where it is done."""
        asked = self.asked
        if asked is None or not asked.is_answered or not self.may_invite:
            return
        if asked.invites:
            self._invite(asked.one, asked.items if asked.way is Way.ITEMS else None)
            return
        self.stop_asking()
        if asked.way is Way.LEAVE_OUT and asked.one.party_id is None:
            self._guest.throw_away()
        if asked.way is Way.CONSENT:
            self.store_now()
            self.consent_wanted.emit()
        elif asked.way is Way.GROUND:
            self.store_now()
            self.ground_wanted.emit()

    def type_note(self, text: str) -> None:
        """Take the working note as it is typed."""
        if text != self.note:
            self.note = text
            self.drafts.keep(text if text.strip() else "")
            self.changed.emit()

    def add_note(self) -> None:
        """Put the note among those that only its writer can open."""
        from trygga_desktop.services.case_files import WriteNote  # noqa: PLC0415

        text = self.note.strip()
        if not text or self.is_working:
            return
        command = WriteNote(case_id=self._case_id, text=text)
        write = self._uses.write_note
        self.is_working, self.is_adding, self.trouble = True, True, None
        self.changed.emit()
        self.drafts.put_to_use(self, lambda: write(command), self._note_added, self._refused)

    def store_now(self) -> None:
        """Store what is typed: the window is left, or the vault is being locked."""
        self.drafts.store_now()

    def _invite(self, one: Candidate, items: frozenset[str] | None) -> None:
        from trygga_desktop.services.meetings import Invitation  # noqa: PLC0415

        invitation = Invitation(
            functions=one.functions,
            party_id=one.party_id,
            name=one.name if one.party_id is None else "",
            called_to=items,
        )
        invite, meeting_id = self._uses.invite, self._meeting_id
        self.asked = None
        guest = None if one.party_id is not None else self._guest
        self._change(lambda: invite(meeting_id, invitation), uses=guest)

    def _change(self, work: Callable[[], Done[None]], uses: DraftKeeper | None = None) -> None:
        self.is_working, self.trouble = True, None
        self.changed.emit()
        if uses is None:
            self._runner.run(self, work, self._done, self._not_done)
        else:
            uses.put_to_use(self, work, self._done, self._not_done)

    def _done(self, done: Done[None]) -> None:
        self.is_working = False
        self.made.emit(done.changes)

    def _note_added(self, done: Done[UUID]) -> None:
        self.is_working = self.is_adding = False
        self.note = ""
        self.note_replaced.emit()
        self.made.emit(done.changes)

    def _not_done(self, error: Exception) -> None:
        self._refused(error)
        if self.trouble is not None and self.trouble.kind is not ProblemKind.NOT_CONFIRMED:
            # What was taken from the room may have been taken for nothing.
            self.made.emit(Changes(meetings=True))

    def _refused(self, error: Exception) -> None:
        self.is_working = self.is_adding = False
        self.trouble = read_error(error)
        if self.trouble.kind is ProblemKind.NOT_CONFIRMED:
            self.failed.emit(self.trouble)
            return
        self.changed.emit()

    @Slot(str)
    def _take_draft(self, text: str) -> None:
        if not self.note:
            self.note = text
            self.note_replaced.emit()
            self.changed.emit()
