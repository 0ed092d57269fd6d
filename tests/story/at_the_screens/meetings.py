"""How a person plans a meeting, holds it, and follows what was promised."""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QComboBox

from tests.story.at_the_screens.desk import Case, leave_table
from tests.story.at_the_screens.person import Person
from tests.story.at_the_screens.words import Words

STATES = {"done": "Klart", "doing": "På gång", "not_started": "Inte klart än"}
"""What a person chooses of what became of a promise, where no reason is asked."""

SOMEBODY_ELSE = "Någon som inte är vid bordet"
"""What is chosen where it is about somebody whose name is not said at the table."""

_LEADS = ("chair", "secretary", "verifier")


class Meetings:
    """The meetings of one case: planning them, and calling them off."""

    def __init__(self, case: Case, words: Words) -> None:
        self._case = case
        self._person: Person = case.person
        self._words = words

    def plan(
        self,
        *,
        template: str,
        starts_at: datetime,
        place: str,
        invited: Collection[str],
        leading: dict[str, str],
    ) -> None:
        """Plan a meeting, with these people by their names."""
        person = self._person
        self._case.go_to("meetings")
        person.press("Planera möte")
        person.choose("template", self._words.template(template))
        person.write("day", starts_at.date().isoformat())
        person.write("time", starts_at.strftime("%H:%M"))
        if place:
            # In a case of somebody who is protected the field is closed.
            person.write("place", place)
        for box in person.starting(QAbstractButton, "invite "):
            person.tick(box.objectName(), on=box.text() in invited)
        for function in _LEADS:
            person.choose(function, leading.get(function, "Ingen än"))
        person.press("Klar, boka mötet")

    def call_off(self, day: str) -> None:
        """Call a meeting off."""
        person = self._person
        self._case.go_to("meetings")
        person.choose_row("meetings", day, enter=False)
        person.press("call off")
        person.press("really call off")

    def go_to(self, day: str) -> "Meeting":
        """Open the meeting of a day."""
        if not self._person.sees("rail home"):
            leave_table(self._person)
        else:
            self._case.go_to("meetings")
        self._person.choose_row("meetings", day)
        return Meeting(self._person, self._words)


class Meeting:
    """The screen of one meeting, from the opening to the end."""

    def __init__(self, person: Person, words: Words) -> None:
        self._person = person
        self._words = words

    def begin(self, absent: Iterable[str] = ()) -> None:
        """Note who has not come, have everyone else confirm, and begin."""
        person = self._person
        for name in absent:
            self.step(name, times=3)
        person.press("everyone is here")
        person.press("begin")

    def step(self, name: str, *, times: int) -> None:
        """Note for somebody at the table that they are further away, or not here."""
        person = self._person
        person.choose_row("people", name, enter=False)
        for _ in range(times):
            QTest.keyClick(person.find(QAbstractItemView, "people"), Qt.Key.Key_Right)
            person.wait()

    def go_to_item(self, title: str) -> None:
        """Go on to an item of the agenda."""
        self._person.choose_row("agenda", title)

    def say(
        self,
        text: str,
        *,
        whose: str,
        category: str = "",
        kind: str = "statement",
        also: Iterable[str] = (),
    ) -> None:
        """Write down what is said, and who else it is about: by name those at the table alone."""
        person = self._person
        self._choose_kind(kind)
        person.write("capture text", text)
        person.choose("whose", whose)
        if category:
            person.choose("category", self._words.category(category))
        for name in also:
            person.key(Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
            person.choose_opened(person.find(QComboBox, "also about"), name)
        person.press("add entry")

    def disagree(self, text: str, *, whose: str) -> None:
        """Write down beside the last decision that somebody does not agree."""
        self._person.press("does not agree")
        self._person.write("capture text", text)
        self._person.choose("whose", whose)
        self._person.press("add entry")

    def promise(self, text: str, *, responsible: str, due: str) -> None:
        """Write down what somebody promises."""
        self._choose_kind("action")
        self._person.write("capture text", text)
        self._person.choose("responsible", responsible)
        self._person.write("due", due)
        self._person.press("add entry")

    def speakers(self) -> list[str]:
        """Return whose words can be written down as they are."""
        box = self._person.find(QComboBox, "whose")
        return [box.itemText(place) for place in range(box.count())]

    def answer(self, item_id: UUID, about_id: UUID, *, is_free: bool) -> None:
        """Answer on the leader's page what is asked of an entry, and come back."""
        self._person.press("leader's page")
        self._person.press("nobody else sees it")
        self._person.press(f"answer {item_id} {about_id} {is_free}")
        self._person.press("back to the meeting")

    def name_others(self, item_id: UUID, names: Collection[str]) -> None:
        """Say on the leader's page whom of the case an entry is also about, and come back."""
        self._person.press("leader's page")
        self._person.press("nobody else sees it")
        for box in self._person.starting(QAbstractButton, f"about {item_id} "):
            self._person.tick(box.objectName(), on=box.text() in names)
        self._person.press(f"answer {item_id} named")
        self._person.press("back to the meeting")

    def tell_what_became(self, text: str, state: str) -> None:
        """Choose from the list of an earlier promise what became of it."""
        person = self._person
        (box,) = person.starting(QComboBox, f"Vad blev det av ”{text}")
        person.open_and_choose(box, STATES[state])

    def end(self) -> None:
        """Go to the review, and end the meeting."""
        self._person.press("to the review")
        self._person.press("end the meeting")
        self._person.press("nobody else sees it")

    def _choose_kind(self, kind: str) -> None:
        self._person.press(f"kind {kind}")
