"""Walk at random through a meeting, and listen to everything that its shared windows say."""

import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget

from tests.conftest import MadeVault
from tests.endurance.hand import Hand
from tests.endurance.whispers import Canaries, Room, Rule
from tests.people import cells, opened_case, planned_meeting, signed_case
from tests.ui.overheard import Heard, copied, everything_of, seen_of
from tests.ui.plain import HeldRunner
from trygga_desktop.app import Surroundings, bind_services
from trygga_desktop.domain.consent import Direction
from trygga_desktop.domain.meeting import IN_THE_ROOM, Function
from trygga_desktop.domain.plan import LineKind, PlanLine
from trygga_desktop.services.case_files import WriteNote, write_note
from trygga_desktop.services.cases import NewPerson
from trygga_desktop.services.consents import ChangeTerms, NewExclusion, NewLimit, change_terms
from trygga_desktop.services.meetings import (
    AddAgendaItem,
    Invitation,
    add_agenda_item,
    invite,
    read_meetings,
)
from trygga_desktop.services.plan_views import read_plan
from trygga_desktop.services.plans import BringPlan, bring_plan
from trygga_desktop.ui.application import Appearance
from trygga_desktop.ui.audience import AudienceWindow
from trygga_desktop.ui.main_window import MainWindow

_NOBODY = Room(people=(), is_withdrawn=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Leak:
    """Something that a shared window said and must not: after which step, and where."""

    step: int
    action: str
    canary: str
    rule: Rule
    where: str


@dataclass(slots=True)
class Walked:
    """What a walk came to. `met` counts the texts of each rule that were seen where they may be.

    `met_again` are those that a consent opened which was signed after one was taken back, `lost` is
    what was clicked before something was typed that stands nowhere.
    """

    actions: Counter[str] = field(default_factory=Counter)
    looks: int = 0
    met: Counter[Rule] = field(default_factory=Counter)
    met_again: int = 0
    lost: list[str] = field(default_factory=list)
    leaks: list[Leak] = field(default_factory=list)


def walk(  # noqa: PLR0913  what a window stands on
    made: MadeVault,
    *,
    application: QApplication,
    appearance: Appearance,
    place: Path,
    count: int,
    seed: int,
) -> Walked:
    """Do so many random things in a meeting, and tell what its windows said that they must not.

    They are listened to twice for each thing that is done: while it is being stored, and after.
    """
    walker = _Walker(made, application, appearance, place, seed)
    for number in range(count):
        walker.step(number)
    walker.close()
    return walker.walked


class _Walker:
    def __init__(
        self,
        made: MadeVault,
        application: QApplication,
        appearance: Appearance,
        place: Path,
        seed: int,
    ) -> None:
        self.walked = Walked()
        self._vault = vault = made.open()
        self._application = application
        self._runner = HeldRunner()
        self._family = signed_case(vault)
        self._canaries = Canaries(self._family)
        self._plant()
        people = (self._family.karin, self._family.maria)
        meeting_id = planned_meeting(vault, self._family, *self._family.signers, *people)
        self._meeting_id = meeting_id
        self._add_own_title()
        self._prepare()
        police = Invitation(
            party_id=self._family.peter, functions=frozenset({Function.AGENCY_REPRESENTATIVE})
        )
        # Only then: nothing is taken to a meeting that somebody invited may not see.
        invite(meeting_id, police, vault=vault)
        given = Surroundings(
            now=vault.environment.now,
            state_folder=vault.environment.state_folder,
            settings_folder=place,
            suggested_folder=place,
        )
        services = bind_services(given, lambda _: None)
        self._window = MainWindow(services, appearance, self._runner)
        self._window.show()
        self._window.enter_desk(vault)
        self._runner.work_off()
        # A seed, so that a failure can be repeated.
        self._hand = Hand(
            vault,
            self._window,
            self._canaries,
            meeting_id,
            settle=self._settle,
            wait_for_tomorrow=partial(made.clock.move, days=1),
            chance=random.Random(seed),  # noqa: S311
        )
        self._hand.go_to_meeting()
        self._settle()

    def step(self, number: int) -> None:
        """Do one random thing, and listen: before it is stored, and after."""
        name = self._hand.do_something()
        self.walked.actions[name] += 1
        self._listen(number, name)
        self._settle()
        self._hand.arriving.clear()
        self._listen(number, name)

    def close(self) -> None:
        """Count what was met, and close the window."""
        rules = self._canaries.rules
        self.walked.met = Counter(rules[one] for one in self._canaries.met)
        self.walked.met_again = self._canaries.met_again
        self.walked.lost = self._hand.lost
        self._hand.close_popups()
        self._window.close()
        self._settle()
        self._window.deleteLater()
        self._settle()
        self._vault.close()

    def _settle(self) -> None:
        self._runner.work_off()
        self._application.processEvents()
        # Qt does this only in a loop of its own.
        self._application.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def _listen(self, number: int, action: str) -> None:
        self.walked.looks += 1
        room, model = self._room(), self._hand.model
        if model is not None:
            # Elsewhere whoever copies is alone.
            self._note(number, action, copied(), room)
        for window in self._windows():
            # On the leader's page what is shared is the screen of the room alone.
            if model is not None or isinstance(window, AudienceWindow):
                self._note(number, action, everything_of(window), room)
        if model is not None and model.is_covered:
            # Behind the curtain nothing at all is seen or read aloud, not even what may be.
            seen_before, self._canaries.typed = self._canaries.typed, set()
            for window in self._windows():
                self._note(number, f"{action}, covered", seen_of(window), _NOBODY)
            self._canaries.typed = seen_before

    def _windows(self) -> list[QWidget]:
        return [one for one in self._application.topLevelWidgets() if one.isVisible()]

    def _note(self, number: int, action: str, heard: Iterable[Heard], room: Room) -> None:
        canaries = self._canaries
        self.walked.leaks += [
            Leak(step=number, action=action, canary=one, rule=canaries.rules[one], where=where)
            for where, text in heard
            for one in canaries.leaked(text, room)
        ]

    def _room(self) -> Room:
        """Return who is in the room, and who is about to be."""
        meetings = read_meetings(self._family.case_id, vault=self._vault).value.meetings
        meeting = next(one for one in meetings if one.id == self._meeting_id)
        people = (
            one
            for one in meeting.participants
            if one.presence in IN_THE_ROOM or one.id in self._hand.arriving
        )
        return Room(people=tuple(people), is_withdrawn=self._hand.is_withdrawn)

    def _plant(self) -> None:
        """Plant what no room may ever see: of another case, of the writer alone, of a limit."""
        vault, family, plant = self._vault, self._family, self._canaries.plant
        write_note(WriteNote(case_id=family.case_id, text=plant(Rule.NEVER)), vault=vault)
        other = opened_case(vault, NewPerson(given_name=plant(Rule.NEVER), family_name="Testman"))
        write_note(WriteNote(case_id=other, text=plant(Rule.NEVER)), vault=vault)
        exclusion = NewExclusion(
            categories=frozenset({"leisure"}), words=plant(Rule.NEVER), asked_by=family.sara
        )
        limits = [
            NewLimit(cell=cell, words=plant(Rule.NEVER), asked_by=family.subject)
            for cell in cells((family.school,), ("network",), (Direction.RECEIVE,))
        ]
        terms = ChangeTerms(
            case_id=family.case_id,
            on=vault.environment.now().date(),
            exclusions=(exclusion,),
            limits=tuple(limits),
        )
        change_terms(terms, vault=vault)

    def _add_own_title(self) -> None:
        title = f"{self._canaries.plant(Rule.COVERED)} i skolan"
        command = AddAgendaItem(meeting_id=self._meeting_id, title=title, category="schooling")
        add_agenda_item(command, vault=self._vault)

    def _prepare(self) -> None:
        """Take lines of a plan to the meeting, which wait there to be agreed on."""
        lines = (
            PlanLine(
                id=UUID(int=place),
                kind=LineKind.GOAL,
                area="leisure",
                words=f"{self._canaries.plant(Rule.COVERED)} på fritiden",
            )
            for place in range(1, 5)
        )
        read = read_plan(self._family.case_id, vault=self._vault).value
        command = BringPlan(
            case_id=self._family.case_id,
            meeting_id=self._meeting_id,
            based_on=read.number,
            lines=tuple(lines),
        )
        bring_plan(command, vault=self._vault)
