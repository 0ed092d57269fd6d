"""How a person writes a plan, notes what was agreed, and enters the young person's figures."""

from collections.abc import Collection, Mapping
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QComboBox

from tests.story.at_the_screens.desk import Case
from tests.story.at_the_screens.person import NotThereError, Person, rows_of, said_of
from tests.story.at_the_screens.words import Words
from trygga_desktop.domain.plan import LineKind, Term

KINDS = {
    LineKind.STATE: "Nuläge",
    LineKind.STRENGTH: "Styrka",
    LineKind.NEED: "Behov",
    LineKind.GOAL: "Mål",
    LineKind.ACTION: "Åtagande",
}
PLAN_STATES = {"not_started": "Inte påbörjat", "doing": "På gång", "done": "Klart"}
"""What a person chooses of what became of a commitment, where no reason is asked."""

BECAME = {
    **PLAN_STATES,
    "not_possible": "Inte möjligt",
    "not_done": "Blev inte av",
    "changed": "Ändrat till något annat",
}
"""What a person chooses where more is asked."""

TERMS = {Term.SHORT: "Kort sikt", Term.LONG: "Lång sikt"}

_OWN = "Vad jag själv vill"
_STEPS = 10


def fill_what_became(  # noqa: PLR0913  all that is asked
    person: Person,
    words: Words,
    state: str,
    *,
    reason: str = "",
    new_due: date | None = None,
    successor: str = "",
) -> None:
    """Fill the form that asks what became of a commitment, and note it."""
    person.choose("became state", BECAME[state])
    if reason:
        person.choose("became reason", words.status_reason(reason))
    if successor:
        box = person.find(QComboBox, "became successor")
        choices = [box.itemText(place) for place in range(box.count())]
        person.choose("became successor", next(one for one in choices if successor in one))
    if new_due is not None:
        person.write("became new_due", new_due.isoformat())
    person.press("send")


class Plan:
    """The screen of the plan, an area of life at a time."""

    def __init__(self, case: Case, words: Words) -> None:
        self._case = case
        self._person: Person = case.person
        self._words = words

    def go_there(self) -> None:
        """Open the screen."""
        self._case.go_to("plan")

    def knows(self, text: str) -> bool:
        """Return whether a line with these words stands in the plan, in the area that is open."""
        return any(text in said_of(row) for row in rows_of(self._outline()))

    def open_area(self, area: str) -> None:
        """Open an area of life."""
        self._person.press(f"plan area {area}")

    def write(self, text: str, kind: LineKind, *, area: str) -> None:
        """Begin a line, of what the young person wants or of some kind in an area."""
        person = self._person
        head = _OWN if kind is LineKind.WISH else self._words.area(area)
        if area:
            self.open_area(area)
        person.choose_row("outline", head)
        if kind is not LineKind.WISH:
            person.choose("plan kind", KINDS[kind])
        person.write("plan words", text)

    def describe_goal(self, *, term: Term, sign: str) -> None:
        """Say of the chosen goal how far ahead it is, and how one will know."""
        self._person.choose("plan term", TERMS[term])
        self._person.write("plan sign", sign)

    def describe_action(
        self, *, responsible: str, due: date, follow_up: date | None, own_part: str
    ) -> None:
        """Say of the chosen action who does it and when."""
        person = self._person
        box = person.find(QComboBox, "plan responsible")
        choices = [box.itemText(place) for place in range(box.count())]
        person.choose("plan responsible", next(one for one in choices if responsible in one))
        person.write("plan due", due.isoformat())
        if follow_up is not None:
            person.write("plan follow up", follow_up.isoformat())
        if own_part:
            person.write("plan own part", own_part)

    def place(self, text: str, *, area: str) -> None:
        """Put what was promised at a meeting into an area of the plan."""
        self._person.choose_row("outline", text, enter=False)
        self._person.choose("plan area", self._words.area(area))

    def put_under(self, text: str, goal: str) -> None:
        """Move the line up until it stands under a goal."""
        outline = self._outline()
        self._person.choose_row("outline", text, enter=False)
        for _ in range(_STEPS):
            QTest.keyClick(outline, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
            self._person.wait()
            if self._goal_above(text) == goal:
                return
        raise NotThereError(f"{text!r} does not come under {goal!r}")

    def tell_what_became(self, text: str, state: str) -> None:
        """Note of a commitment how it stands."""
        self._person.choose_row("outline", text, enter=False)
        box = self._person.find(QComboBox, "plan state")
        self._person.open_and_choose(box, PLAN_STATES[state])

    def tell_more(
        self,
        text: str,
        state: str,
        *,
        reason: str = "",
        new_due: date | None = None,
        successor: str = "",
    ) -> None:
        """Note of a commitment what became of it, with all that is asked then."""
        person = self._person
        person.choose_row("outline", text, enter=False)
        person.press("more became")
        fill_what_became(
            person,
            self._words,
            state,
            reason=reason,
            new_due=new_due,
            successor=successor,
        )

    def keep(self) -> None:
        """Keep it as a version."""
        self._person.press("keep")

    def agree(self, agreed: Collection[str]) -> None:
        """Note what the meeting of the day agreed on, by the words of the lines."""
        person = self._person
        person.press("agree")
        for box in person.starting(QAbstractButton, "agreed "):
            person.tick(box.objectName(), on=any(box.text().startswith(one) for one in agreed))
        person.press("note agreed")

    def rate(self, figures: Mapping[str, int], *, said_at: str) -> None:
        """Enter how the young person says that it is."""
        person = self._person
        person.press("way 2")
        person.press("enter figures")
        box = person.find(QComboBox, "said at")
        choices = [box.itemText(place) for place in range(box.count())]
        person.choose("said at", next(one for one in choices if one.endswith(said_at)))
        for area, figure in figures.items():
            person.choose(f"figure {area}", str(figure))
        person.press("record figures")
        person.press("the plan")

    def _goal_above(self, text: str) -> str:
        """Return the words of the goal that a line stands under; the plan lists goals first."""
        goal = ""
        for row in rows_of(self._outline()):
            said = str(row.data(Qt.ItemDataRole.AccessibleTextRole) or "")
            if said.startswith(f"{KINDS[LineKind.GOAL]}. "):
                goal = str(row.data())
            elif text in said:
                return goal
        return ""

    def _outline(self) -> QAbstractItemView:
        return self._person.find(QAbstractItemView, "outline")
