"""What comes up in a meeting besides what is said: time, order, a consent taken back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject

from trygga_desktop.domain.errors import InvalidInputError
from trygga_desktop.domain.meeting import Presence, may_move
from trygga_desktop.ui.screens.meeting.room import speakers_at

if TYPE_CHECKING:
    from trygga_desktop.services.agendas import ConfirmNoted, GiveMoreTime, MoveAgendaItem
    from trygga_desktop.services.changes import Done
    from trygga_desktop.services.consents import WithdrawConsent
    from trygga_desktop.services.meetings import AddAgendaItem
    from trygga_desktop.services.rooms import Choice, Seat, ShownAgendaItem
    from trygga_desktop.ui.screens.meeting.view_model import MeetingViewModel


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorUses:
    """The use cases behind it."""

    add_agenda_item: Callable[[AddAgendaItem], Done[None]]
    give_more_time: Callable[[GiveMoreTime], Done[None]]
    move_agenda_item: Callable[[MoveAgendaItem], Done[None]]
    confirm_noted: Callable[[ConfirmNoted], Done[None]]
    withdraw_consent: Callable[[WithdrawConsent], Done[None]]


class Floor(QObject):
    """Acts on the meeting of `model`.

    `asks_who_withdraws` tells that somebody is to be named, `asks_for_item` that an item is typed.
    What cannot be done to the agenda is not done, and nothing is said of it to the room.
    """

    def __init__(self, model: MeetingViewModel, uses: FloorUses) -> None:
        super().__init__(model)
        self.asks_who_withdraws = False
        self.asks_for_item = False
        self._gave_nothing: UUID | None = None
        self._model = model
        self._uses = uses

    @property
    def signers(self) -> tuple[Choice, ...]:
        """Return who of the family is at the table, and can take back what they signed."""
        room = self._model.room
        return () if room is None else speakers_at(room)

    @property
    def gave_nothing(self) -> Choice | None:
        """Return who wanted to take back a consent that they have not given, until the next."""
        return next((one for one in self.signers if one.id == self._gave_nothing), None)

    @property
    def not_asked(self) -> Seat | None:
        """Return somebody remote of whom nobody has asked yet whether they are alone there."""
        seats = () if self._model.room is None else self._model.room.seats
        remote = (one for one in seats if one.presence is Presence.REMOTE and one.changes)
        leaving = self._model.departures.is_leaving
        return next(
            (one for one in remote if one.changes[-1].is_alone is None and not leaving(one.id)),
            None,
        )

    @property
    def with_somebody(self) -> Seat | None:
        """Return somebody remote who is with others that nobody has named yet."""
        seats = () if self._model.room is None else self._model.room.seats
        remote = (one for one in seats if one.presence is Presence.REMOTE and one.changes)
        return next((one for one in remote if one.changes[-1].is_alone is False), None)

    @property
    def asks_about_remote(self) -> bool:
        """Return whether it is asked who is with somebody remote."""
        return self.not_asked is not None or self.with_somebody is not None

    def ask_for_item(self, *, asks: bool) -> None:
        """Ask for an item of the agenda, or throw away what was typed of one."""
        if self._model.is_covered or (asks and self._model.is_without_names):
            return
        self.asks_for_item = asks
        if asks:
            self._model.beside.ask_for_item()
        else:
            self._model.beside.throw_item_away()
        self._model.changed.emit()

    def put_item_aside(self) -> None:
        """Take a title that is being typed off the screen: somebody comes who may not read it.

        It is kept, and stands there again when an item is asked for.
        """
        self.asks_for_item = False

    def add_item(self) -> None:
        """Put what is typed on the agenda, at its end."""
        from trygga_desktop.services.meetings import AddAgendaItem  # noqa: PLC0415

        item = self._model.beside.item
        if not item.title.strip() or not self._may_act:
            return
        command = AddAgendaItem(
            meeting_id=self._model.meeting_id, title=item.title.strip(), category=item.category
        )
        add = self._uses.add_agenda_item
        beside = self._model.beside
        work = beside.put_item_to_use(lambda: add(command))
        self._model.change(work, then=self._item_added, refused=self._item_refused)

    def _item_added(self) -> None:
        goes_on = self._model.beside.item_used()
        # Nor does it come back by itself once somebody has come who may not read it.
        self.asks_for_item = self.asks_for_item and goes_on
        self._model.changed.emit()

    def _item_refused(self, _: Exception) -> bool:
        self._model.beside.item_not_used()
        return False

    def more_time(self) -> None:
        """Give the item that the meeting has come to five minutes more, if it may have them."""
        # Imported here: see CaptureModel.
        from trygga_desktop.services.agendas import LONGEST_ITEM, GiveMoreTime  # noqa: PLC0415

        item = self._model.item
        if item is None or not self._may_act:
            return
        command = GiveMoreTime(meeting_id=self._model.meeting_id, agenda_id=item.id)
        if item.minutes + command.minutes <= LONGEST_ITEM:
            give = self._uses.give_more_time
            self._model.change(lambda: give(command))

    def may_move(self, place: int, to: int) -> bool:
        """Tell whether the item at one place of the agenda may go to another just now."""
        return self._may_act and may_move(self._agenda, place=place, to=to)

    def move(self, agenda_id: UUID, by: int) -> None:
        """Have an item come later, or earlier; one that cannot stays where it is."""
        from trygga_desktop.services.agendas import MoveAgendaItem  # noqa: PLC0415

        places = [place for place, one in enumerate(self._agenda) if one.id == agenda_id]
        if places and self.may_move(places[0], places[0] + by):
            command = MoveAgendaItem(meeting_id=self._model.meeting_id, agenda_id=agenda_id, by=by)
            move = self._uses.move_agenda_item
            self._model.change(lambda: move(command))

    def ask_who_withdraws(self, *, asks: bool) -> None:
        """Ask who takes back their consent, or ask no more."""
        if not self._model.is_covered:
            self.forget_refusal()
            self.asks_who_withdraws = asks
            self._model.changed.emit()

    def withdraw(self, person_id: UUID) -> None:
        """Obey somebody who takes back their consent: nothing stays before it is decided anew.

        It does not wait until something else is stored.
        """
        from trygga_desktop.services.consents import WithdrawConsent  # noqa: PLC0415

        room = self._model.room
        if room is None or self._model.is_covered:
            return
        command = WithdrawConsent(case_id=room.case_id, signer=person_id, on=room.today)
        withdraw = self._uses.withdraw_consent
        self.asks_who_withdraws = False
        self._model.take_away()
        refused = partial(self._not_taken_back, person_id)
        self._model.change(lambda: withdraw(command), refused=refused)

    def _not_taken_back(self, person_id: UUID, error: Exception) -> bool:
        """Say that it cannot be done here where there is nothing to take back.

        No field of a form is wrong then; whatever else is, is told as it is everywhere.
        """
        gave_nothing = isinstance(error, InvalidInputError) and error.field == "signer"
        if gave_nothing:
            self._gave_nothing = person_id
        return gave_nothing

    def forget_refusal(self) -> None:
        """Say no more of what could not be taken back: something else is done by now."""
        self._gave_nothing = None

    def confirm_noted(self, agenda_id: UUID, code: str, *, is_confirmed: bool) -> None:
        """Store what whoever leads confirms of an item at the review, or takes back."""
        from trygga_desktop.services.agendas import ConfirmNoted  # noqa: PLC0415

        command = ConfirmNoted(
            meeting_id=self._model.meeting_id,
            agenda_id=agenda_id,
            code=code,
            is_confirmed=is_confirmed,
        )
        confirm = self._uses.confirm_noted
        self._model.change(lambda: confirm(command))

    def answer_alone(self, seat_id: UUID, *, is_alone: bool) -> None:
        """Note whether somebody remote is alone there, but for those who are named.

        With others, nothing stays that was decided without them, and it is asked who they are.
        """
        from trygga_desktop.services.meetings import SetPresence  # noqa: PLC0415

        command = SetPresence(
            meeting_id=self._model.meeting_id,
            participant_id=seat_id,
            presence=Presence.REMOTE,
            is_alone=is_alone,
        )
        set_presence = self._model.uses_presence
        self._model.change(lambda: set_presence(command), lets_in=not is_alone)
        if not is_alone:
            self.name_who_is_with(seat_id)

    def name_who_is_with(self, seat_id: UUID) -> None:
        """Ask who is where somebody remote is; where no name is said, none is asked for."""
        self._model.ask_to_invite(asks=True, beside=seat_id)

    @property
    def _agenda(self) -> Sequence[ShownAgendaItem]:
        return () if self._model.room is None else self._model.room.agenda

    @property
    def _may_act(self) -> bool:
        return not self._model.is_covered and not self._model.is_working
