"""State of what is changed about somebody's place in the case."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject

from trygga_desktop.domain.bars import BarScope
from trygga_desktop.domain.parties import Custody, PartyRole
from trygga_desktop.domain.reasons import Reason
from trygga_desktop.ui.screens.people.form import (
    MOST_REASON,
    MOST_WORDS,
    PeopleField,
)
from trygga_desktop.ui.text_form import (
    DayFlaw,
    TextForm,
    read_day,
)
from trygga_desktop.ui.typed import Chosen, code_in, codes_of, id_in

if TYPE_CHECKING:
    from trygga_desktop.services.consents import RecordBar
    from trygga_desktop.services.parties import ChangeParty, ShownParty

_GUARDIANS = frozenset({PartyRole.GUARDIAN, PartyRole.APPOINTED_GUARDIAN, PartyRole.TRUSTEE})


class Question(StrEnum):
    """What is asked once before it is done."""

    NOTHING = "nothing"
    END = "end"
    BAR = "bar"


class PlaceForm(TextForm):
    """Custody and relation of the family, what a professional does, an end, a bar."""

    def __init__(self, shown: ShownParty, today: date, parent: QObject | None = None) -> None:
        super().__init__(
            {
                PeopleField.RELATION: shown.party.relation,
                PeopleField.FUNCTION: shown.party.function,
                PeopleField.UNTIL: today.isoformat(),
            },
            parent,
        )
        self.shown = shown
        self.today = today
        self.custody = shown.party.custody
        self.deputy_of = shown.party.deputy_of
        self.account_id = shown.party.account_id
        self.question = Question.NOTHING

    @property
    def is_professional(self) -> bool:
        """Return whether they are a professional."""
        return self.shown.party.role is PartyRole.PROFESSIONAL

    @property
    def is_guardian(self) -> bool:
        """Return whether they can have custody."""
        return self.shown.party.role in _GUARDIANS

    @property
    def is_barred(self) -> bool:
        """Return whether everything is kept from them already."""
        return any(one.reason is Reason.GUARDIAN_BARRED for one in self.shown.bars)

    @property
    def until(self) -> date | DayFlaw:
        """Return the first day without them, or why the text is none."""
        return read_day(self.text_in(PeopleField.UNTIL))

    def day_flaw(self, field: str) -> DayFlaw | None:
        """Return why what stands in a field is no day, None where it is one or need not be."""
        until = self.until
        return until if field == PeopleField.UNTIL and isinstance(until, DayFlaw) else None

    @property
    def is_changed(self) -> bool:
        """Return whether anything differs from what is stored."""
        party = self.shown.party
        words = PeopleField.FUNCTION if self.is_professional else PeopleField.RELATION
        stored = party.function if self.is_professional else party.relation
        return (
            self.tidy(words) != stored.strip()
            or self.custody is not party.custody
            or self.deputy_of != party.deputy_of
            or self.account_id != party.account_id
        )

    @property
    def missing(self) -> tuple[PeopleField, ...]:
        """Return the fields that keep what is at hand from being stored, in reading order."""
        wrong = set(self.refused)
        match self.question:
            case Question.END:
                if self._flaw_of_until():
                    wrong.add(PeopleField.UNTIL)
                asked = {PeopleField.UNTIL}
            case Question.BAR:
                if not 0 < len(self.tidy(PeopleField.WORDS)) <= MOST_REASON:
                    wrong.add(PeopleField.WORDS)
                asked = {PeopleField.WORDS}
            case Question.NOTHING:
                asked = {PeopleField.RELATION, PeopleField.FUNCTION}
                wrong |= {one for one in asked if len(self.tidy(one)) > MOST_WORDS}
        return tuple(field for field in PeopleField if field in wrong & asked)

    @property
    def may_send(self) -> bool:
        """Return whether there is something to store, and nothing missing."""
        is_asked = self.question is not Question.NOTHING
        return super().may_send and (is_asked or self.is_changed)

    def take(self, shown: ShownParty) -> None:
        """Go by what was read again; what was changed here and not stored stays."""
        was_changed = self.is_changed
        self.shown = shown
        if not was_changed:
            self.custody, self.deputy_of = shown.party.custody, shown.party.deputy_of
            self.account_id = shown.party.account_id
            self.texts[PeopleField.RELATION] = shown.party.relation
            self.texts[PeopleField.FUNCTION] = shown.party.function
            self.begin_from_here()
            self.replaced.emit()
        self.changed.emit()

    def choose_custody(self, custody: Custody) -> None:
        """Say what part of the custody they have."""
        self.custody = custody
        self.changed.emit()

    def stand_in_for(self, party_id: UUID | None) -> None:
        """Say whose stand-in they are."""
        self.deputy_of = party_id
        self.changed.emit()

    def say_account(self, account_id: UUID | None) -> None:
        """Say which account of the program is theirs."""
        self.account_id = account_id
        self.changed.emit()

    def ask(self, question: Question) -> None:
        """Ask before it is done, or let it be."""
        self.question = question
        self.trouble = None
        self.changed.emit()

    def chosen(self) -> Chosen:
        """Return custody, whose stand-in they are, and what is being asked."""
        return {
            "custody": (self.custody,),
            "deputy_of": codes_of(self.deputy_of),
            "account": codes_of(self.account_id),
            "question": (self.question,),
        }

    def take_chosen(self, chosen: Chosen) -> None:
        """Choose what an earlier visit chose."""
        self.custody = code_in(chosen, "custody", Custody, self.custody)
        self.deputy_of = id_in(chosen, "deputy_of")
        self.account_id = id_in(chosen, "account")
        self.question = code_in(chosen, "question", Question, self.question)

    def change_command(self, case_id: UUID) -> ChangeParty | None:
        """Return what is new or that the place ends, None while something is missing."""
        # Imported here: the first window does not wait for the database.
        from trygga_desktop.services.parties import ChangeParty, Link  # noqa: PLC0415

        party = self.shown.party
        if not self.may_send:
            return None
        if self.question is Question.END:
            until = self.until
            return (
                None
                if isinstance(until, DayFlaw)
                else ChangeParty(case_id=case_id, party_id=party.id, until=until)
            )
        if self.is_professional:
            return ChangeParty(
                case_id=case_id,
                party_id=party.id,
                function=self.tidy(PeopleField.FUNCTION),
                deputy_of=self.deputy_of,
                link=None
                if self.account_id == party.account_id
                else Link(account_id=self.account_id),
            )
        return ChangeParty(
            case_id=case_id,
            party_id=party.id,
            custody=self.custody,
            relation=self.tidy(PeopleField.RELATION),
        )

    def bar_command(self, case_id: UUID) -> RecordBar | None:
        """Return that everything is kept from this guardian, None while the reason is missing."""
        # Imported here: the first window does not wait for the database.
        from trygga_desktop.services.consents import RecordBar  # noqa: PLC0415

        if not self.may_send or self.question is not Question.BAR:
            return None
        return RecordBar(
            case_id=case_id,
            reason=Reason.GUARDIAN_BARRED,
            against=self.shown.party.id,
            on=self.today,
            scope=BarScope.ALL_BUT_THESE,
            categories=frozenset(),
            words=self.tidy(PeopleField.WORDS),
        )

    def _flaw_of_until(self) -> bool:
        until = self.until
        return isinstance(until, DayFlaw) or until < self.shown.party.since
