"""How a person fills the screens of consents: the paper, its terms, what is said and taken back."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QTableView

from tests.story.at_the_screens.desk import Case
from tests.story.at_the_screens.person import Person
from tests.story.at_the_screens.words import Words
from trygga_desktop.domain.consent import Direction, OwnInformation
from trygga_desktop.story.tables import Table

_DIRECTIONS = {Direction.RECEIVE: "Får veta", Direction.GIVE: "Får berätta"}
_OWN = {
    OwnInformation.NONE: "Nej",
    OwnInformation.AGENCIES: "Ja, för verksamheterna",
    OwnInformation.AGENCIES_AND_FAMILY: "Ja, även inför familjen",
}
_EVERYONE = "Alla, det som gäller"

Ticks = frozenset[tuple[str, str]]
"""Which cells of one direction are ticked: the name of the organisation, the kind by its words."""


class Consents:
    """The consents of a case, and the form in four steps that a paper is written into."""

    def __init__(self, case: Case, words: Words) -> None:
        self._case = case
        self._person: Person = case.person
        self._words = words

    def keep_back(self, whom: str, kinds: Iterable[str], words: str, on: date) -> None:
        """Keep these kinds from a guardian, or leave an organisation no more than them."""
        person = self._person
        self._case.go_to("consents")
        person.press("keep back")
        person.choose("kept from", whom)
        for code in kinds:
            person.tick(f"kept {code}", on=True)
        person.write("words", words)
        person.write("on", on.isoformat())
        person.press("submit")

    def concern(self, concerned: Iterable[str], on: date) -> None:
        """Say who is concerned from a day on, by their names."""
        person, wanted = self._person, set(concerned)
        self._case.go_to("consents")
        person.press("who is concerned")
        for box in person.starting(QAbstractButton, "concerned "):
            person.tick(box.objectName(), on=box.text() in wanted)
        person.write("on", on.isoformat())
        person.press("submit")

    def record(  # noqa: PLR0913  what stands on the paper
        self,
        signed: Sequence[Table],
        *,
        names: Mapping[str, str],
        organisations: Mapping[str, str],
        exclusions: Sequence[Table] = (),
        limits: Sequence[Table] = (),
        concerned: Iterable[str] | None = None,
    ) -> None:
        """Write down a paper with everything that stands on it.

        `names` are those of the people by their codes, `organisations` of the organisations.
        """
        person, first = self._person, signed[0]
        self._case.go_to("consents")
        person.press("record")
        for act in signed:
            self._answer(act, names[act["signer"]])
        person.press("next")
        self._tick(signed, names, organisations)
        if concerned is not None:
            wanted = {organisations[one] for one in concerned}
            for box in person.starting(QAbstractButton, "concerned "):
                person.tick(box.objectName(), on=box.text() in wanted)
        person.press("next")
        for one in exclusions:
            self._exclude(one, names)
        for one in limits:
            self._limit(one, names, organisations)
        person.press("next")
        if first["type"] == "oral":
            person.press("segment Hur svaret lämnades oral")
        person.write("signed_on", first["date"].isoformat())
        person.write("valid_from", first["valid_from"].isoformat())
        person.write("valid_to", first["valid_to"].isoformat())
        person.write("form_version", first["version"])
        person.write("language", "sv")
        person.press("last")

    def take_back(self, signer: str, organisations: Sequence[str] | None, on: date) -> None:
        """Write down that somebody takes everything back, or what some organisations may know."""
        person = self._person
        self._case.go_to("consents")
        person.press("take back")
        person.choose("who", signer)
        if organisations is not None:
            person.press("Vad tas tillbaka: En del")
            for one in organisations:
                person.tick(one)
        person.write("panel day", on.isoformat())
        person.press("submit")

    def hear(self, given_name: str, words: str, on: date) -> None:
        """Write down what somebody thinks who does not sign."""
        person = self._person
        self._case.go_to("consents")
        (asking,) = person.starting(QAbstractButton, f"Vad {given_name} tycker")
        person.press_it(asking)
        person.press("Åsikt: Håller med")
        person.write("words", words)
        person.write("panel day", on.isoformat())
        person.press("submit")

    def _answer(self, act: Table, name: str) -> None:
        person = self._person
        given_name = name.split(" ", maxsplit=1)[0]
        person.press(f"Svar från {given_name}: Ja")
        own = OwnInformation(act.get("own_information", "none"))
        box = next(person.every(QComboBox, f"Får även uppgifter om {given_name} berättas?"), None)
        if box is not None:
            person.choose(box.accessibleName(), _OWN[own])

    def _tick(
        self, signed: Sequence[Table], names: Mapping[str, str], organisations: Mapping[str, str]
    ) -> None:
        person = self._person
        person.press("empty")
        self._have_columns(
            [organisations[one] for act in signed for one in {**act["receives"], **act["gives"]}]
        )
        for direction, said in _DIRECTIONS.items():
            person.press(f"Kryssa vad var och en: {said}")
            key = "receives" if direction is Direction.RECEIVE else "gives"
            ticks = {act["signer"]: self._ticks(act[key], organisations) for act in signed}
            by_all = frozenset.intersection(*ticks.values())
            person.press(f"whose {_EVERYONE}")
            self._toggle(by_all)
            for signer, own in ticks.items():
                if own != by_all:
                    person.press(f"whose {names[signer].split(' ')[0]}")
                    self._toggle(own - by_all)

    def _have_columns(self, wanted: Iterable[str]) -> None:
        person = self._person
        for one in dict.fromkeys(wanted):
            if one not in self._columns():
                person.choose("organisation", one)
                person.press("add organisation")

    def _columns(self) -> list[str]:
        model = self._matrix().model()
        across, aloud = Qt.Orientation.Horizontal, Qt.ItemDataRole.AccessibleTextRole
        return [str(model.headerData(one, across, aloud)) for one in range(model.columnCount())]

    def _matrix(self) -> QTableView:
        return self._person.find(QTableView, "ticks")

    def _ticks(self, told: Mapping[str, Sequence[str]], names: Mapping[str, str]) -> Ticks:
        return frozenset(
            (names[code], self._words.category(one)) for code, of in told.items() for one in of
        )

    def _toggle(self, ticks: Ticks) -> None:
        matrix, model = self._matrix(), self._matrix().model()
        columns = self._columns()
        down = Qt.Orientation.Vertical
        rows = [model.headerData(one, down) for one in range(model.rowCount())]
        matrix.setFocus()
        for organisation, category in sorted(ticks):
            cell = model.index(rows.index(category), columns.index(organisation))
            matrix.selectionModel().setCurrentIndex(
                cell, QItemSelectionModel.SelectionFlag.ClearAndSelect
            )
            QTest.keyClick(matrix, Qt.Key.Key_Space)
        self._person.wait()

    def _exclude(self, one: Table, names: Mapping[str, str]) -> None:
        person = self._person
        person.write("words of ExclusionCard", one["text"])
        for category in one["categories"]:
            person.tick(f"exclude {category}")
        person.choose("asked by ExclusionCard", names[one["requested_by"]])
        person.press("add exclusion")

    def _limit(
        self, one: Table, names: Mapping[str, str], organisations: Mapping[str, str]
    ) -> None:
        person = self._person
        person.write("words of LimitCard", one["text"])
        person.choose("limit organisation", organisations[one["organisation"]])
        person.choose("limit category", self._words.category(one["category"]))
        person.press(f"Begränsningen gäller: {_DIRECTIONS[Direction(one['direction'])]}")
        person.choose("asked by LimitCard", names[one["requested_by"]])
        person.press("add limit")
