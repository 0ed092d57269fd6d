"""How a person fills the screens of the desk: contacts, a new case, its people and its phases."""

from collections.abc import Iterable
from datetime import date

from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QComboBox

from tests.story.at_the_screens.person import Person, rows_of, said_of
from tests.story.at_the_screens.words import CUSTODIES, KINDS, ROLES, Words
from trygga_desktop.domain.parties import Custody, PartyRole
from trygga_desktop.domain.people import Protection
from trygga_desktop.story.people import alias_of, is_protected_from_the_start
from trygga_desktop.story.tables import Table


class Contacts:
    """The screen of organisations and of the people who work there."""

    def __init__(self, person: Person, words: Words) -> None:
        self._person = person
        self._words = words

    def go_there(self) -> None:
        """Open the screen."""
        self._person.press("rail directory")

    def knows(self, organisation: str) -> bool:
        """Return whether an organisation stands in the list."""
        view = self._person.find(QAbstractItemView, "organisations")
        return any(_row_of(organisation) in said_of(row) for row in rows_of(view))

    def add_organisation(self, name: str, kind: str) -> None:
        """Add an organisation."""
        self._person.press("add organisation")
        self._person.write("name", name)
        self._person.choose("kind", self._words.agency(kind))
        self._person.press("send")

    def rename(self, old: str, new: str) -> None:
        """Give an organisation another name."""
        self._person.choose_row("organisations", _row_of(old), enter=False)
        self._person.press("change organisation")
        self._person.write("name", new)
        self._person.press("send")

    def works_at(self, name: str, organisation: str) -> bool:
        """Return whether somebody is known at an organisation."""
        self._person.choose_row("organisations", _row_of(organisation), enter=False)
        return self._person.sees(f"Ändra det som står om {name}")

    def add_person(self, name: str, title: str, organisation: str) -> None:
        """Add somebody who works at an organisation."""
        self._person.choose_row("organisations", _row_of(organisation), enter=False)
        self._person.press("add person")
        self._person.write("name", name)
        self._person.write("title", title)
        self._person.press("send")


class NewCase:
    """The form of a new case."""

    def __init__(self, person: Person, words: Words) -> None:
        self._person = person
        self._words = words

    def open(self, case: Table, subject: Table, *, raised_by: str, why: Table, talk: str) -> None:
        """Fill the form, and open the case."""
        person = self._person
        person.press("rail home")
        person.press("new case")
        write_person(person, case, subject)
        person.write("why", why["text"])
        person.write("assessment", talk)
        person.write("case_number", case["number"])
        person.choose("programme", self._words.programme(case["programme"]))
        person.choose("raised_by", raised_by)
        person.write("raised_on", why["date"].isoformat())
        person.press("open the case")


def leave_table(person: Person) -> None:
    """Leave the screen of a meeting, and say that nobody else sees what comes."""
    person.press("back")
    person.press("nobody else sees it")


class Case:
    """The screens of one case that are about who is in it and how far it has come."""

    def __init__(self, person: Person, words: Words, title: str) -> None:
        self.person = person
        self._words = words
        self._title = title
        self._is_open = False

    def go_there(self) -> None:
        """Open the case from the list, also from the screen of a meeting, which has no way home."""
        if not self.person.sees("rail home"):
            leave_table(self.person)
        self.person.press("rail home")
        self.person.choose_row("cases", self._title)
        self._is_open = True

    def go_to(self, tab: str) -> None:
        """Open one of its tabs; from another of its screens, or else from the list."""
        name = f"tab {tab}"
        if not self._is_open or not self.person.sees(name):
            self.go_there()
        self.person.press(name)

    def note(self, text: str) -> None:
        """Write a note of one's own."""
        self.go_there()
        self.person.write("note", text)
        self.person.press("add the note")

    def add_relative(self, case: Table, one: Table, since: date) -> None:
        """Add somebody of the family."""
        person, role = self.person, PartyRole(one["role"])
        self.go_to("people")
        person.press("add relative")
        write_person(person, case, one)
        person.choose("role", ROLES[role])
        if role is PartyRole.GUARDIAN:
            person.choose("custody", CUSTODIES[Custody(one["custody"])])
        if "relation" in one:
            person.write("relation", one["relation"])
        person.write("since", since.isoformat())
        person.press("send")

    def protect(
        self, name: str, *, kind: Protection, alias: str, since: date, is_subject: bool
    ) -> None:
        """Give somebody a protected identity, or raise its kind, on the page of their details."""
        person = self.person
        self.go_to("people")
        if is_subject:
            person.press(f"Ändra uppgifter om {name}")
        else:
            person.press(f"Ändra det som gäller för {name}")
            person.press("details")
        if not person.sees("alias"):
            person.tick("protected")
        person.write("alias", alias)
        person.choose("kind of protection", KINDS[kind])
        person.write("since", since.isoformat())
        person.press("store the change")
        person.press("back")

    def add_professional(self, name: str, organisation: str) -> None:
        """Add somebody who is known among the contacts."""
        self.go_to("people")
        self.person.press("add professional")
        self.person.write("search directory", name)
        self.person.choose_row("directory", name, organisation)
        self.person.press("send")

    def say_account(self, name: str) -> None:
        """Say which account somebody of the board signs in with, if they have one."""
        person = self.person
        self.go_to("people")
        person.press(f"Ändra det som gäller för {name}")
        box = person.find(QComboBox, "account")
        offered = [box.itemText(place) for place in range(box.count())]
        theirs = [one for one in offered if one.startswith(f"{name} (")]
        if theirs:
            person.choose("account", theirs[0])
        person.press("send" if theirs else "cancel")

    def change_stage(self, stage: str, *, words: str) -> None:
        """Go into another stage, and say why."""
        self.go_there()
        self.person.press("change stage")
        self.person.choose("next stage", stage)
        self.person.write("stage words", words)
        self.person.press("store stage")

    def meet(self) -> None:
        """Say that somebody has been in touch with the young person."""
        self.go_there()
        self.person.press("first contact")

    def change_phase(
        self, phase: str, *, words: str, reason: str = "", left_open: str = ""
    ) -> None:
        """Go on to another phase, and say why something is left open where it ends."""
        self.go_there()
        self.person.press("go on")
        self.person.choose("next phase", self._words.phase(phase))
        if reason:
            self.person.choose("closing reason", self._words.closing_reason(reason))
        self.person.write("phase words", words)
        if left_open:
            self.person.write("left open", left_open)
        self.person.press("change phase")

    def go_on_by_name(  # noqa: PLR0913  what the screen asks
        self,
        *,
        tried: str,
        recipients: Iterable[str],
        ground: str,
        decided_by: str,
        motive: str,
        on: date,
    ) -> None:
        """Leave the consultation without names, with the consent of the family."""
        person = self.person
        self.go_there()
        person.press("without names")
        for box in person.starting(QAbstractButton, "threshold "):
            person.tick(box.objectName())
        person.press("go on with consent")
        person.write("own_agency", tried)
        for name in recipients:
            person.tick(name)
        person.choose("ground", ground)
        for asked in person.starting(QComboBox, "said "):
            person.choose(asked.objectName(), "Ja")
        person.write("decided_by", decided_by)
        person.write("on", on.isoformat())
        person.write("motive", motive)
        person.press("send")


def write_person(person: Person, case: Table, one: Table) -> None:
    """Fill who somebody is, on either form that asks for it."""
    given_name, family_name = one["name"].split(" ", 1)
    if is_protected_from_the_start(case, one):
        person.tick("protected")
        person.write("alias", alias_of(one))
        person.choose("kind of protection", "Skyddad folkbokföring")
    person.write("given_name", given_name)
    person.write("family_name", family_name)
    person.write("number", one["identity_number"])
    person.write("birth_date", one["birth_date"].isoformat())


def _row_of(organisation: str) -> str:
    """Return how a row of the list names an organisation: a kind can have the same name."""
    return f"\u2068{organisation}\u2069"
