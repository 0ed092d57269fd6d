"""How a person writes the agreement of a programme, and notes who signed it."""

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtWidgets import QPlainTextEdit, QTextEdit

from tests.story.at_the_screens.desk import Case
from tests.story.at_the_screens.person import NotThereError
from tests.story.at_the_screens.words import SWEDISH
from trygga_desktop.domain.agreement import Side
from trygga_desktop.i18n import load_language
from trygga_desktop.ui.screens.agreement.words import side_name, side_title


class Agreement:
    """The page of the agreement of one case."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._person = case.person
        self._language = load_language(SWEDISH)

    def write(self, lines: Mapping[Side, Sequence[str]], *, first: date, last: date) -> None:
        """Write the first version: what each side undertakes in place of what is usual."""
        person = self._person
        self._case.go_there()
        person.press("agreement")
        for side in Side:
            names = self._fields_of(side)
            while len(names) < len(lines[side]):
                person.press(f"more {side.value}")
                names = self._fields_of(side)
            for place, name in enumerate(names):
                person.write(name, lines[side][place] if place < len(lines[side]) else "")
        person.write("valid_from", first.isoformat())
        person.write("valid_to", last.isoformat())
        person.press("send")

    def sign(self, side: Side, *, name: str, on: date) -> None:
        """Note that a side has signed the paper."""
        person = self._person
        person.choose("answer side", side_name(side, self._language))
        if side is Side.PROGRAMME:
            person.write("name", name)
        person.write("on", on.isoformat())
        person.press("record signature")

    def _fields_of(self, side: Side) -> list[str]:
        title = side_title(side, self._language)
        kinds = (QTextEdit, QPlainTextEdit)
        fields = [one for kind in kinds for one in self._person.starting(kind, "undertaking ")]
        found = [one.objectName() for one in fields if one.accessibleDescription() == title]
        if not found:
            raise NotThereError(f"no lines of {title}")
        return found
