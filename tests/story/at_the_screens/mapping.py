"""How a person writes down what is told at the mapping."""

from tests.story.at_the_screens.desk import Case
from tests.story.at_the_screens.person import Person
from tests.story.at_the_screens.words import Words

_NOBODY_ELSE = "Handlar uppgiften också om någon annan?: Nej"


class Mapping:
    """The screen of the mapping, an area of life at a time."""

    def __init__(self, case: Case, words: Words) -> None:
        self._case = case
        self._person: Person = case.person
        self._words = words

    def go_there(self) -> None:
        """Open the screen."""
        self._case.go_to("mapping")

    def record(self, text: str, *, area: str, category: str, teller: str, strength: bool) -> None:
        """Write down one thing that is told."""
        person = self._person
        person.press(f"area {area}")
        person.press(f"segment Vad som sades {strength}")
        person.write("text", text)
        person.choose("teller", teller)
        person.choose("category", self._words.category(category))
        if person.sees(_NOBODY_ELSE):
            person.press(_NOBODY_ELSE)
        person.press("record")
