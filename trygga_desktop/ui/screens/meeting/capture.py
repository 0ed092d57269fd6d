"""What is being written down: its words, whose they are, and what became of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from trygga_desktop.domain.agenda import VOICE
from trygga_desktop.domain.drafts import DraftKind
from trygga_desktop.domain.errors import ConflictError, InvalidInputError
from trygga_desktop.domain.items import Lack
from trygga_desktop.domain.plan import LineKind
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.ui.draft_keeper import DraftKeeper, DraftUses, Place
from trygga_desktop.ui.due_words import with_hour
from trygga_desktop.ui.problems import ProblemKind, Trouble, read_error
from trygga_desktop.ui.screens.meeting.also_about import NOBODY_ELSE, named_at
from trygga_desktop.ui.screens.meeting.days import UnreadableError, read_due
from trygga_desktop.ui.screens.meeting.half_written import (
    HalfWritten,
    Kind,
    read_half_written,
    typed_in,
)
from trygga_desktop.ui.screens.meeting.preset import (
    PLAN,
    Under,
    category_of,
    fitting,
    item_of,
    may_be_own,
    origin_of,
)
from trygga_desktop.ui.screens.meeting.room import (
    current_item,
    decisions_of,
    is_voice,
    proposal_of,
    seat_of,
    speakers_at,
)
from trygga_desktop.ui.screens.meeting.unsettled import words_behind
from trygga_desktop.ui.tasks import TaskRunner
from trygga_desktop.ui.typed import read_typed, write_typed

if TYPE_CHECKING:
    from trygga_desktop.domain.agencies import Category
    from trygga_desktop.services.entries import KeptAs, WriteEntry, Written
    from trygga_desktop.services.plan_proposals import ShownProposal
    from trygga_desktop.services.plans import AgreePlan
    from trygga_desktop.services.rooms import Choice, MeetingRoom, Seat, ShownAgendaItem, ShownEntry

CHOSEN_BY_KEY = (Kind.DECISION, Kind.ACTION, Kind.NOTE, Kind.OWN_WORDS)
"""What Ctrl+1 to Ctrl+4 stand for."""


class Said(StrEnum):
    """What the bar has to say of the last that was done in it."""

    NOTHING = "nothing"
    ADDED = "added"
    KEPT_WITHOUT_RESPONSIBLE = "kept_without_responsible"
    KEPT_WITHOUT_DATE = "kept_without_date"
    NO_AGENCY = "no_agency"
    NO_SPEAKER = "no_speaker"
    NO_DECISION = "no_decision"
    NO_DAY = "no_day"
    TOO_LONG = "too_long"

    @property
    def is_refusal(self) -> bool:
        """Tell whether nothing was stored and the text still stands there."""
        return self in _REFUSALS

    @property
    def is_kept(self) -> bool:
        """Tell whether an action was stored as a note."""
        return self in _KEPT


_REFUSALS = frozenset(
    {Said.NO_AGENCY, Said.NO_SPEAKER, Said.NO_DECISION, Said.NO_DAY, Said.TOO_LONG}
)
_KEPT = frozenset({Said.KEPT_WITHOUT_RESPONSIBLE, Said.KEPT_WITHOUT_DATE})
_FLAWS = {
    ("organisation", "missing"): Said.NO_AGENCY,
    ("said_by", "missing"): Said.NO_SPEAKER,
    ("follows", "missing"): Said.NO_DECISION,
    ("text", "length"): Said.TOO_LONG,
}


class CaptureModel(QObject):
    """Keeps what is typed until it is stored, whatever becomes of the screen.

    `replaced` follows when the text holds something else than what was typed into it, `taken` when
    only its beginning has gone, because it was stored. `stale` follows when what it was written for
    is another by now. Nothing here tells what exclusions or limits
    there are, nor whether an entry can be seen by the room. From its first key until it is added a
    text stands under the item that it was begun under, and is of the category that it had there.
    """

    changed = Signal()
    replaced = Signal()
    taken = Signal(str)
    made = Signal(Changes)
    failed = Signal(Trouble)
    stale = Signal()

    def __init__(  # noqa: PLR0913  what writing stands on
        self,
        meeting_id: UUID,
        *,
        write_entry: Callable[[WriteEntry], Done[Written]],
        agree_plan: Callable[[AgreePlan], Done[UUID]],
        drafts: DraftUses | None,
        runner: TaskRunner,
        now: Callable[[], datetime],
        case_id: UUID | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.text = ""
        self.kind = Kind.NOTE
        self.responsible: UUID | None = None
        self.due = ""
        self.follows: UUID | None = None
        self.amends: UUID | None = None
        self._words_of: UUID | None = None
        self.also = NOBODY_ELSE
        self.said = Said.NOTHING
        self.trouble: Trouble | None = None
        self.is_adding = False
        self.saved_at: datetime | None = None
        self.keeper: DraftKeeper | None = None
        self._meeting_id = meeting_id
        self._write_entry = write_entry
        self._agree_plan = agree_plan
        self._runner = runner
        self._now = now
        self._room: MeetingRoom | None = None
        self._item_id: UUID | None = None
        self._under: Under | None = None
        self._of_decision = ""
        self._whose: dict[Kind, UUID] = {}
        self._category = ""
        self._aside: tuple[HalfWritten, ...] = ()
        self._sent_aside: HalfWritten | None = None
        self._sent = HalfWritten(text="")
        self._sent_beside: tuple[HalfWritten, ...] = ()
        if drafts is not None:
            place = Place(kind=DraftKind.ENTRY, subject_id=meeting_id, case_id=case_id)
            self.keeper = DraftKeeper(drafts, runner, place, now=now, merges=True, parent=self)
            self.keeper.found.connect(self._take_draft)
            self.keeper.failed.connect(self.failed)

    @property
    def may_add(self) -> bool:
        """Return whether there is something to add."""
        return bool(self.text.strip()) and not self.is_adding and self._item_id is not None

    @property
    def has_aside(self) -> bool:
        """Return whether something was taken off the screen that can be brought back."""
        return self._first_aside is not None

    @property
    def _first_aside(self) -> HalfWritten | None:
        """Return what comes back first: no words of a proposal that the room does not see.

        Those stay in the draft, and are found where half-written texts are once nobody looks on.
        """
        return next((one for one in self._aside if self._stands(one.words_of)), None)

    @property
    def is_unfinished(self) -> bool:
        """Return whether something was typed that was neither added nor thrown away."""
        return bool(self.text.strip()) or self.has_aside

    @property
    def amended(self) -> ShownProposal | None:
        """Return the line of the plan that is being put otherwise."""
        return None if self._room is None else proposal_of(self._room, self.amends)

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Return whose it can be, of those at the table."""
        if self._room is None or self.amends is not None:
            return ()
        agencies, people = self._room.organisations, speakers_at(self._room)
        match self.kind:
            case Kind.DECISION:
                return agencies
            case Kind.NOTE:
                return (*agencies, *people)
            case Kind.OWN_WORDS:
                return people
            case Kind.DISSENT:
                return (*people, *agencies)
            case Kind.ACTION:
                return ()

    @property
    def whose(self) -> UUID | None:
        """Return whose it is; a decision is nobody's until somebody says whose.

        A note is taken to be of the agency that put its item on the agenda, if that is here.
        """
        known = [one.id for one in self.choices]
        chosen = self._whose.get(self.kind)
        if chosen in known:
            return chosen
        if self.kind is Kind.DECISION or not known:
            return None
        of_item = self._origin if self.kind is Kind.NOTE else None
        return of_item if of_item in known else known[0]

    @property
    def _origin(self) -> UUID | None:
        item_id = self._item_id if self._under is None else self._under.item_id
        return origin_of(item_of(self._room, item_id))

    @property
    def seats(self) -> tuple[Seat, ...]:
        """Return who can promise to do something."""
        return () if self._room is None else self._room.seats

    @property
    def category(self) -> str:
        """Return the category it will have."""
        return fitting(self.kind, self._preset, said_by=self._said_by)

    @property
    def _preset(self) -> str:
        if self.kind is Kind.DISSENT:
            return self._of_decision or PLAN
        of_item = self._of_item() if self._under is None else self._under.category
        return self._category or of_item

    @property
    def categories(self) -> tuple[Category, ...]:
        """Return what can be chosen for it: nothing that nobody of the family says is own words."""
        known = () if self._room is None else self._room.categories
        has_own = may_be_own(self.kind, said_by=self._said_by)
        return tuple(one for one in known if has_own or one.code != VOICE)

    @property
    def _said_by(self) -> UUID | None:
        """Return the person of the family whose words they are; None is an agency, or nobody."""
        people = set() if self._room is None else {one.id for one in self._room.speakers}
        return self.whose if self.whose in people else None

    @property
    def elsewhere(self) -> ShownAgendaItem | None:
        """Return the item that it will stand under, if that is not the one on the screen."""
        under = self._under
        # A dissent stands beside its decision, and what is agreed on in the plan.
        if under is None or self.kind is Kind.DISSENT or self.amends is not None:
            return None
        return None if under.item_id == self._item_id else item_of(self._room, under.item_id)

    @property
    def asks_category(self) -> bool:
        """Return whether there is a category to choose: own words have theirs."""
        return self.kind not in {Kind.OWN_WORDS, Kind.DISSENT} and self.amends is None

    @property
    def asks_about_others(self) -> bool:
        """Return whether it can be said who else it is about: a line of the plan has its own."""
        has_names = self._room is not None and not self._room.is_without_names
        return has_names and self.amends is None

    @property
    def others(self) -> tuple[Choice, ...]:
        """Return who else it can be about, of those whom everyone here knows to be here."""
        return named_at(self._room)

    @property
    def others_named(self) -> tuple[Choice, ...]:
        """Return who of them it is about."""
        return self.also.named_to(self._room)

    @property
    def is_about_unnamed(self) -> bool:
        """Return whether it is about somebody who is not named here."""
        return self.also.is_about_unnamed(self._room)

    @property
    def due_on(self) -> date | None:
        """Return the day that was typed, if it can be read."""
        return self._read_due()[0]

    @property
    def due_at(self) -> time | None:
        """Return the hour that was typed behind the day, where an action can be due at one."""
        return self._read_due()[1]

    @property
    def goes_by_hours(self) -> bool:
        """Return whether an action can be due at an hour."""
        return self._room is not None and self._room.goes_by_hours

    def _read_due(self) -> tuple[date | None, time | None]:
        if self._room is None:
            return None, None
        try:
            day, hour = read_due(self.due, self._room.today)
        except UnreadableError:
            return None, None
        # An hour says nothing where a case goes by days, but for the one that was prepared: then
        # no day was understood.
        is_known = self.goes_by_hours or self._is_prepared(day, hour)
        return (None, None) if hour is not None and not is_known else (day, hour)

    def _is_prepared(self, day: date | None, hour: time | None) -> bool:
        """Tell whether the line that is being put otherwise came from the desk as due then."""
        amended = self.amended
        return amended is not None and (amended.due_on, amended.due_at) == (day, hour)

    def follow(self, room: MeetingRoom | None) -> None:
        """Take the meeting as it is now; a new item of the agenda has its own category.

        The words of a proposal that is no longer before the room do not stand here either.
        """
        self._room = room
        if room is not None and not self._stands(self._words_of):
            self.put_aside()
            self._start_anew()
        if room is None:
            return
        item = current_item(room)
        item_id = None if item is None else item.id
        if self._under is not None and item_of(room, self._under.item_id) is None:
            self._under = None if item_id is None else replace(self._under, item_id=item_id)
        if item_id == self._item_id:
            return
        self._item_id = item_id
        if self._under is None:
            self._begin_item()
        self._tell(Said.NOTHING)

    def look_for_earlier(self) -> None:
        """Bring back what an earlier visit left."""
        if self.keeper is not None:
            self.keeper.look_for_earlier()

    def type(self, text: str) -> None:
        """Take what stands in the field."""
        if text == self.text:
            return
        self.text = text
        self._hold()
        self._keep()
        if text.strip():
            self.said = Said.NOTHING
        self.changed.emit()

    def choose_kind(self, kind: Kind) -> None:
        """Write this sort of thing."""
        if kind is not self.kind or self.amends is not None:
            self.kind = kind
            self.follows = self.amends = None
            self._keep()
            self._tell(Said.NOTHING)

    def choose_whose(self, chosen: UUID | None) -> None:
        """Say whose it is."""
        self._whose.pop(self.kind, None)
        if chosen is not None:
            self._whose[self.kind] = chosen
        self._keep()
        self._tell(Said.NOTHING)

    def choose_category(self, code: str) -> None:
        """Write something of this category."""
        self._category = code
        self._keep()
        self.changed.emit()

    def stand_here(self) -> None:
        """Have what is typed stand under the item on the screen after all."""
        if self._under is not None and self._item_id is not None and not self.is_adding:
            self._under = Under(item_id=self._item_id, category=self._of_item())
            self._keep()
            self._tell(Said.NOTHING)

    def turn_about(self, chosen: UUID | None) -> None:
        """Say that it is also about somebody, or is not; None is who is not at the table."""
        if self.asks_about_others:
            self.also = self.also.turned(chosen, self._room)
            self._keep()
            self._tell(Said.NOTHING)

    def choose_responsible(self, seat_id: UUID | None) -> None:
        """Say who does it."""
        self.responsible = seat_id
        self._keep()
        self._tell(Said.NOTHING)

    def type_due(self, text: str) -> None:
        """Take the last day as it is typed."""
        self.due = text
        self._keep()
        self._tell(Said.NOTHING)

    def put_otherwise(self, proposal: ShownProposal) -> None:
        """Write a line of the plan as the meeting wants it; what is typed by now goes aside."""
        if self.is_adding:
            return
        if self.text.strip():
            self._aside = (*self._aside, self._half_written())
        self._start_anew()
        is_action = proposal.kind is LineKind.ACTION
        self.amends = self._words_of = proposal.id
        self.kind = Kind.ACTION if is_action else Kind.NOTE
        self.text = proposal.item.text
        day = "" if proposal.due_on is None else proposal.due_on.isoformat()
        self.due = with_hour(day, proposal.due_at)
        seat = seat_of(proposal, self.seats)
        self.responsible = None if seat is None else seat.id
        self._hold()
        self._keep()
        self.replaced.emit()
        self._tell(Said.NOTHING)

    def complete(self, note: ShownEntry) -> None:
        """Write the action that a note was kept as for want of who or when, with its words."""
        if self.text.strip() or self.is_adding:
            return
        words, seat, due = words_behind(note, self.seats)
        self._start_anew()
        self.kind, self.follows = Kind.ACTION, note.item.id
        self.text, self.due = words, due
        self.responsible = None if seat is None else seat.id
        self._hold()
        if self._under is not None:
            self._under = replace(self._under, category=note.item.category)
        self._keep()
        self.replaced.emit()
        self._tell(Said.NOTHING)

    def disagree(self, decision_id: UUID | None = None) -> None:
        """Write that somebody does not agree: with the newest decision, then the one before it.

        With `decision_id` it is that one.
        """
        item = None if self._room is None else current_item(self._room)
        decisions = decisions_of(item)
        if decision_id is not None:
            decisions = [one for one in decisions if one.item.id == decision_id]
        if not decisions:
            self._tell(Said.NO_DECISION)
            return
        ids = [one.item.id for one in decisions]
        place = ids.index(self.follows) + 1 if self.follows in ids else 0
        decision = decisions[place % len(ids)].item
        # It stands beside that decision and is of its category, whatever was chosen before.
        self.kind, self.follows, self.amends = Kind.DISSENT, decision.id, None
        self._of_decision = decision.category
        self._keep()
        self._tell(Said.NOTHING)

    def add(self, *, is_tried: bool = False) -> None:
        """Store it. With `is_tried` the writer vouches that nothing stands in the way of it."""
        if not self.may_add:
            return
        missing = self._missing()
        if missing is not None:
            self._tell(missing)
            return
        work = self._with_draft(self._work(is_tried=is_tried))
        self._sent, self._sent_beside = self._half_written(), self._aside
        sent = self.text
        self.is_adding, self.trouble = True, None
        self._tell(Said.NOTHING)
        self._runner.run(self, work, lambda done: self._added(done, sent), self._refused)

    def put_aside(self) -> None:
        """Take what is typed off the screen and keep it: somebody comes who may not read it."""
        if self.text.strip():
            self.leave()
            half = self._half_written()
            self._aside = (*self._aside, half)
            if self.is_adding and self._sent_aside is None:
                self._sent_aside = half
            self.text = ""
            self._start_anew()
            self._keep()
            self.leave()
        # Also where nothing stands there: what was typed before could be called back by undoing.
        self.replaced.emit()
        self.changed.emit()

    def bring_back(self) -> None:
        """Show again what was taken off the screen; what is typed by now goes in its place."""
        back = self._first_aside
        if back is None or self.is_adding:
            return
        typed = (self._half_written(),) if self.text.strip() else ()
        self._aside = (*self._without(back), *typed)
        self._start_anew()
        self._show(back)
        self._keep()
        self.replaced.emit()
        self._tell(Said.NOTHING)

    def throw_away(self) -> None:
        """Let go of what is typed; where nothing is, of what was taken off the screen first."""
        if self.is_adding:
            return
        is_aside = not self.text.strip()
        thrown = self._first_aside if is_aside else self._half_written()
        if is_aside and thrown is not None:
            self._aside = self._without(thrown)
        if self.keeper is not None:
            if self._aside:
                if thrown is not None:
                    self.keeper.throw_part(write_typed(typed_in(thrown, ())))
            else:
                self.keeper.throw_away()
        self.text, self.trouble = "", None
        self._start_anew()
        self._keep()
        self.leave()
        self.replaced.emit()
        self._tell(Said.NOTHING)

    def forget_undone(self) -> None:
        """Keep what is typed, and nothing of what could be called back by undoing."""
        self.replaced.emit()

    def leave(self) -> None:
        """Store what is typed: the screen is left, or the vault is being locked."""
        if self.keeper is not None:
            self.keeper.store_now()

    def _missing(self) -> Said | None:
        if self.kind is Kind.DECISION and self.whose is None:
            return Said.NO_AGENCY
        if self.kind in {Kind.OWN_WORDS, Kind.DISSENT} and self.whose is None:
            return Said.NO_SPEAKER
        if self.kind is Kind.ACTION and self.due.strip() and self.due_on is None:
            return Said.NO_DAY
        return None

    def _work(self, *, is_tried: bool) -> Callable[[], Done[Written]]:
        """Return what stores it: as an entry, or as what the meeting agreed on."""
        if self.amended is None:
            command, write = self._command(is_tried=is_tried), self._write_entry
            return lambda: write(command)
        agreement, agree = self._agreement(self.amended, is_tried=is_tried), self._agree_plan
        kept_as = self._kept_as(self.amended)

        def store() -> Done[Written]:
            from trygga_desktop.services.entries import Written  # noqa: PLC0415  as below

            done = agree(agreement)
            written = Written(id=done.value, kept_as=kept_as, must_be_tried=False)
            return Done(written, done.changes)

        return store

    def _agreement(self, proposal: ShownProposal, *, is_tried: bool) -> AgreePlan:
        from trygga_desktop.services.plans import AgreePlan, ChangedLine  # noqa: PLC0415

        if self._room is None:
            raise RuntimeError("There is no room that could agree.")
        seat = next((one for one in self.seats if one.id == self.responsible), None)
        was_at_table = seat_of(proposal, self.seats) is not None
        changed = ChangedLine(
            id=proposal.id,
            words=self.text.strip(),
            # Whoever is not at the table still does it, unless somebody here is named instead.
            responsible=seat.name if seat is not None else "" if was_at_table else None,
            organisation_id=None if seat is None else seat.organisation_id,
            party_id=None if seat is None else seat.party_id,
            due_on=self.due_on,
            due_at=self.due_at,
            is_tried=is_tried,
        )
        return AgreePlan(
            case_id=self._room.case_id,
            meeting_id=self._meeting_id,
            basis=self._room.plan_basis,
            changed=changed,
        )

    def _kept_as(self, proposal: ShownProposal) -> KeptAs:
        from trygga_desktop.services.entries import KeptAs  # noqa: PLC0415

        is_named = self.responsible is not None or (
            proposal.lack is not Lack.RESPONSIBLE and seat_of(proposal, self.seats) is None
        )
        if proposal.kind is LineKind.ACTION and not is_named:
            return KeptAs.NOTE_WITHOUT_RESPONSIBLE
        if proposal.kind is LineKind.ACTION and self.due_on is None:
            return KeptAs.NOTE_WITHOUT_DATE
        return KeptAs.AS_WRITTEN

    def _command(self, *, is_tried: bool) -> WriteEntry:
        # Imported here: the first window does not wait for the database.
        from trygga_desktop.services.entries import EntryKind, WriteEntry  # noqa: PLC0415

        if self._item_id is None:
            raise RuntimeError("There is no item to write under.")
        said_by, is_action = self._said_by, self.kind is Kind.ACTION
        seat = next((one for one in self.seats if one.id == self.responsible), None)
        others, subject = self.also.people, {self._room.subject_id} if self._room else set()
        return WriteEntry(
            meeting_id=self._meeting_id,
            agenda_id=self._item_id if self._under is None else self._under.item_id,
            kind=EntryKind(self.kind.value),
            text=self.text.strip(),
            organisation_id=self.whose
            if said_by is None and not is_action
            else self._organisation_of(seat),
            said_by=said_by,
            # What is said of a parent is about the young person too.
            about=frozenset(others | subject) if others else frozenset(),
            about_unnamed=self.also.has_unnamed,
            category="" if self.kind is Kind.OWN_WORDS else self.category,
            responsible="" if seat is None or not is_action else seat.name,
            due_on=self.due_on if is_action else None,
            due_at=self.due_at if is_action else None,
            follows=self.follows,
            is_tried=is_tried,
        )

    def _organisation_of(self, seat: Seat | None) -> UUID | None:
        """Return whom somebody speaks for; nobody, where they speak for themselves."""
        return None if seat is None or self.kind is not Kind.ACTION else seat.organisation_id

    def _of_item(self) -> str:
        return category_of(item_of(self._room, self._item_id))

    def _hold(self) -> None:
        """Keep item and category from the first key on, and let go of them without a text."""
        if not self.text.strip():
            self._let_go()
        elif self._under is None and self._item_id is not None:
            self._under = Under(item_id=self._item_id, category=self._of_item())

    def _let_go(self) -> None:
        under, self._under = self._under, None
        if under is not None and under.item_id != self._item_id:
            self._begin_item()

    def _begin_item(self) -> None:
        """Take over nothing from an item that is not on the screen any more."""
        item = item_of(self._room, self._item_id)
        self._category, self._of_decision, self.follows, self.also = "", "", None, NOBODY_ELSE
        # By whose it is, it is decided who may see it: that is said anew under each item.
        self._whose.clear()
        if item is not None:
            self.kind = Kind.OWN_WORDS if is_voice(item) else Kind.NOTE
        elif self.kind is Kind.DISSENT:
            self.kind = Kind.NOTE

    def _half_written(self) -> HalfWritten:
        return HalfWritten(
            text=self.text,
            kind=self.kind,
            whose=self._whose.get(self.kind),
            # Its item, or the decision it stands beside, may be out of sight when it comes back.
            category=self.category,
            chosen=self._category,
            responsible=self.responsible,
            due=self.due,
            follows=self.follows,
            item_id=self._item_id if self._under is None else self._under.item_id,
            amends=self.amends,
            words_of=self._words_of,
            also=self.also,
        )

    def _start_anew(self) -> None:
        """Let the next entry take nothing over from this one."""
        self._whose.pop(Kind.DECISION, None)
        self.responsible, self.due, self.follows = None, "", None
        if self.kind is Kind.DISSENT or (self.amends is not None and self.kind is Kind.ACTION):
            self.kind = Kind.NOTE
        self.amends, self._words_of, self.also = None, None, NOBODY_ELSE
        self._of_decision = ""
        self._let_go()

    def _stands(self, line_id: UUID | None) -> bool:
        """Tell whether the room sees this line of the plan; no line at all hides nothing."""
        if line_id is None:
            return True
        return self._room is not None and proposal_of(self._room, line_id) is not None

    def _without(self, one: HalfWritten) -> tuple[HalfWritten, ...]:
        place = self._aside.index(one)
        return (*self._aside[:place], *self._aside[place + 1 :])

    def _keep(self) -> None:
        """Have everything stored soon that is not added yet, also what is off the screen."""
        if self.keeper is not None:
            now, aside = self._unsent()
            has_words = any(one.text.strip() for one in (*aside, now))
            self.keeper.keep(write_typed(typed_in(now, aside)) if has_words else "")

    def _unsent(self) -> tuple[HalfWritten, tuple[HalfWritten, ...]]:
        """Return what is to be kept: what is on its way is kept apart, with what was aside then."""
        now, aside = self._half_written(), self._aside
        if not self.is_adding:
            return now, aside
        if self._sent_aside is None:
            now = replace(now, text=now.text.removeprefix(self._sent.text))
        new = (one for one in aside if one not in self._sent_beside)
        return now, tuple(
            replace(one, text=one.text.removeprefix(self._sent.text))
            if one is self._sent_aside
            else one
            for one in new
        )

    def _with_draft(self, write: Callable[[], Done[Written]]) -> Callable[[], Done[Written]]:
        """Have what is written go out of the draft with it, and nothing of what is aside."""
        if self.keeper is None:
            return write
        nothing = HalfWritten(text="")
        rest = write_typed(typed_in(nothing, self._aside)) if self._aside else ""
        return self.keeper.used_by(write, rest=rest)

    def _keep_rest(self) -> None:
        """Have stored at once what is left."""
        if self.keeper is not None:
            self._keep()
            self.keeper.store_now()

    def _added(self, done: Done[Written], sent: str) -> None:
        written = done.value
        self.is_adding = False
        self.saved_at = self._now()
        self.said = {
            "note_without_responsible": Said.KEPT_WITHOUT_RESPONSIBLE,
            "note_without_date": Said.KEPT_WITHOUT_DATE,
        }.get(written.kept_as.value, Said.ADDED)
        self._take_away(sent)
        if self.keeper is not None:
            self.keeper.used()
        self._keep_rest()
        self.changed.emit()
        self.made.emit(done.changes)

    def _take_away(self, sent: str) -> None:
        """Take away what was stored; who went on typing meanwhile keeps what came after."""
        aside, self._sent_aside = self._sent_aside, None
        if aside is None:
            self.text = self.text.removeprefix(sent)
            since = self._half_written()
            self._start_anew()
            self._take_over(since)
            self._hold()
            self.taken.emit(sent)
            return
        rest = replace(aside, text=aside.text.removeprefix(sent))
        now = (rest if one is aside else one for one in self._aside)
        self._aside = tuple(one for one in now if one.text.strip())

    def _take_over(self, since: HalfWritten) -> None:
        """Keep what was chosen while the last was on its way: it is for what is typed after it."""
        sent = self._sent
        if (since.kind, since.follows) != (sent.kind, sent.follows):
            self.kind, self.follows = since.kind, since.follows
            self._of_decision = since.category if since.kind is Kind.DISSENT else ""
        if since.whose is not None and (since.kind, since.whose) != (sent.kind, sent.whose):
            self._whose[since.kind] = since.whose
        if since.chosen != sent.chosen:
            self._category = since.chosen
        if since.responsible != sent.responsible:
            self.responsible = since.responsible
        if since.due != sent.due:
            self.due = since.due
        if since.also != sent.also:
            self.also = since.also

    def _refused(self, error: Exception) -> None:
        self.is_adding, self._sent_aside = False, None
        if self.keeper is not None:
            self.keeper.not_used()
        self._keep_rest()
        if isinstance(error, InvalidInputError) and (error.field, error.flaw) in _FLAWS:
            self._tell(_FLAWS[error.field, error.flaw])
            return
        self.trouble = read_error(error)
        self.changed.emit()
        if isinstance(error, ConflictError):
            self.stale.emit()
        if self.trouble.kind is ProblemKind.NOT_CONFIRMED:
            self.failed.emit(self.trouble)

    def _take_draft(self, text: str) -> None:
        """Take what an earlier visit left, off the screen: who sits before it may be others now."""
        typed = read_typed(text)
        now, aside = (HalfWritten(text=text), ()) if typed is None else read_half_written(typed)
        found = (one for one in (now, *aside) if one.text.strip())
        self._aside = (*found, *self._aside)
        self._keep()
        self.changed.emit()

    def _show(self, half: HalfWritten) -> None:
        """Have this stand on the screen, of the category and under the item that it had."""
        self.text, self.kind = half.text, half.kind
        self.responsible, self.due, self.also = half.responsible, half.due, half.also
        known = None if self._room is None else proposal_of(self._room, half.amends)
        self.amends = None if known is None else known.id
        self._words_of = half.words_of
        self._whose.pop(half.kind, None)
        if half.whose is not None:
            self._whose[half.kind] = half.whose
        self._category = half.chosen
        if self.kind is Kind.DISSENT:
            self._of_decision = half.category
        self.follows = half.follows
        item = item_of(self._room, half.item_id) or item_of(self._room, self._item_id)
        if item is not None:
            category = half.category or category_of(item)
            self._under = Under(item_id=item.id, category=category)

    def _tell(self, said: Said) -> None:
        self.said = said
        self.changed.emit()
