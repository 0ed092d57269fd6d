"""The people of the first fictional case, without a vault behind them."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from tests.ui.desk_screens import CASES, desk_frame
from tests.ui.plain import NOW, DraftBox
from tests.ui.screens import Screen
from trygga_desktop.domain.bars import Bar, BarScope
from trygga_desktop.domain.case import CaseRow
from trygga_desktop.domain.catalogue import Catalogue
from trygga_desktop.domain.dates import PartialDate
from trygga_desktop.domain.directory import Contact, Directory, NameSince, Organisation
from trygga_desktop.domain.errors import DiskFullError, NoAccessError
from trygga_desktop.domain.parties import Custody, Party, PartyRole
from trygga_desktop.domain.people import Protection
from trygga_desktop.domain.reasons import Reason
from trygga_desktop.paths import shipped
from trygga_desktop.services.catalogues import load_catalogue
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.parties import CasePeople, KnownAccount, ShownParty
from trygga_desktop.ui.draft_keeper import Place
from trygga_desktop.ui.screens.people.form import PeopleField
from trygga_desktop.ui.screens.people.place import PlaceForm, Question
from trygga_desktop.ui.screens.people.professional import ProfessionalForm
from trygga_desktop.ui.screens.people.relative import RelativeForm
from trygga_desktop.ui.screens.people.view import PeopleView
from trygga_desktop.ui.screens.people.view_model import PeopleViewModel
from trygga_desktop.ui.tasks import InlineRunner, TaskRunner
from trygga_desktop.ui.theme.look import Look

BEGAN = date(2026, 2, 3)
TODAY = date(2026, 11, 26)


@cache
def catalogue() -> Catalogue:
    """Return the rule data that is shipped."""
    return load_catalogue(shipped("resources") / "catalogue")[0]


def organisation(number: int, kind: str, *names: str) -> Organisation:
    """Return an organisation; later names hold from a later year on."""
    return Organisation(
        id=UUID(int=500 + number),
        kind=kind,
        names=tuple(
            NameSince(name=name, since=date(1900 if not place else 2020 + place, 1, 1))
            for place, name in enumerate(names)
        ),
    )


SOCIAL = organisation(1, "social_services", "Socialtjänsten Exempelstad")
SCHOOL = organisation(2, "school", "Exempelskolan", "Exempelgymnasiet")
LEISURE = organisation(3, "leisure", "Fritid Exempelstad")
POLICE = organisation(4, "police", "Polisen, lokalpolisområde Exempelstad")
ORGANISATIONS = (SOCIAL, SCHOOL, LEISURE, POLICE)


def contact(number: int, name: str, at: Organisation, title: str, **more: Any) -> Contact:
    """Return a professional."""
    return Contact(id=UUID(int=600 + number), name=name, organisation_id=at.id, title=title, **more)


PETRA = contact(
    1,
    "Petra Nyman",
    SOCIAL,
    "Socialsekreterare",
    phone="070-174 06 05",
    email="petra.nyman@example.com",
)
HENRIK = contact(2, "Henrik Alm", SCHOOL, "Biträdande rektor", phone="070-174 06 06")
DALIA = contact(3, "Dalia Karim", LEISURE, "Fritidsledare", email="dalia.karim@example.com")
JONAS = contact(4, "Jonas Ek", POLICE, "Områdespolis")
NADJA = contact(5, "Nadja Forsberg", SCHOOL, "Kurator")
JOHAN_AT_WORK = contact(6, "Johan Demosson", LEISURE, "Tränare")
DIRECTORY = Directory(
    organisations=ORGANISATIONS,
    contacts=(PETRA, HENRIK, DALIA, JONAS, NADJA, JOHAN_AT_WORK),
)


def relative(  # noqa: PLR0913  all but two have a default
    number: int,
    name: str,
    *,
    role: PartyRole = PartyRole.GUARDIAN,
    custody: Custody = Custody.JOINT,
    relation: str = "",
    born: PartialDate | None = None,
    until: date | None = None,
    since: date = BEGAN,
    **more: Any,
) -> ShownParty:
    """Return one of the family."""
    party = Party(
        id=UUID(int=700 + number),
        role=role,
        since=since,
        until=until,
        custody=custody,
        relation=relation,
    )
    told = "" if born is None else str(born)
    return ShownParty(party=party, name=name, told_apart=told, born=born, **more)


def professional(number: int, of: Contact, **more: Any) -> ShownParty:
    """Return a professional of the case."""
    at = DIRECTORY.organisation(of.organisation_id)
    assert at is not None
    until = more.pop("until", None)
    party = Party(
        id=UUID(int=800 + number),
        role=PartyRole.PROFESSIONAL,
        since=BEGAN,
        until=until,
        contact_id=of.id,
        organisation_id=at.id,
        function=of.title,
    )
    return ShownParty(
        party=party,
        name=of.name,
        told_apart=at.name,
        organisation=at.name,
        kind=at.kind,
        phone=of.phone,
        email=of.email,
        **more,
    )


ELIAS = relative(
    0,
    "Elias Demosson",
    role=PartyRole.SUBJECT_PERSON,
    custody=Custody.NONE,
    born=PartialDate(2009, 5, 14),
    is_signer=True,
)
SARA = relative(1, "Sara Demosson", relation="mamma", born=PartialDate(1981, 3, 22), is_signer=True)
JOHAN = relative(
    2, "Johan Demosson", relation="pappa", born=PartialDate(1978, 9, 17), is_signer=True
)
AUNT = relative(3, "Maria Ek", role=PartyRole.RELATIVE, custody=Custody.NONE, relation="moster")
PROFESSIONALS = (
    professional(1, PETRA),
    professional(2, HENRIK),
    professional(3, DALIA),
    professional(4, JONAS, deputy_of="Ylva Sandh"),
)
ACCOUNTS = (
    KnownAccount(id=UUID(int=801), name="Karin Ek", login="ke"),
    KnownAccount(id=UUID(int=802), name="Petra Nyman", login="pn"),
)
PEOPLE = (ELIAS, SARA, JOHAN, AUNT, *PROFESSIONALS)


def barred(one: ShownParty) -> ShownParty:
    """Return somebody from whom everything is kept."""
    bar = Bar(
        id=UUID(int=900),
        reason=Reason.GUARDIAN_BARRED,
        against=one.party.id,
        scope=BarScope.ALL_BUT_THESE,
        categories=frozenset(),
    )
    return replace(one, bars=(bar,))


def protected(one: ShownParty, alias: str) -> ShownParty:
    """Return somebody whose identity is protected."""
    return replace(one, name=alias, told_apart="", is_protected=True, born=None)


def case_people(
    people: Sequence[ShownParty] = PEOPLE,
    *,
    row: CaseRow = CASES[0],
    directory: Directory = DIRECTORY,
    also_known: frozenset[UUID] = frozenset({JOHAN_AT_WORK.id}),
    left_out: int = 0,
) -> CasePeople:
    """Return everyone of a case."""
    return CasePeople(
        row=row,
        subject_id=ELIAS.party.id,
        people=tuple(people),
        directory=directory,
        catalogue=catalogue(),
        also_known=also_known,
        left_out=left_out,
        board_id=PROFESSIONALS[0].party.organisation_id,
        accounts=ACCOUNTS,
    )


class People:
    """Stands for the vault: tells of people, takes commands, and fails when told to."""

    def __init__(self, found: CasePeople | None = None) -> None:
        self.found = case_people() if found is None else found
        self.commands: list[object] = []
        self.reads = 0
        self.failure: Exception | None = None
        self.drafts = DraftBox()
        self.refusal: Exception | None = None

    def read(self, _: UUID) -> Done[CasePeople]:
        """Return everyone, or fail."""
        self.reads += 1
        if self.failure is not None:
            raise self.failure
        return Done(self.found)

    def add(self, command: object) -> Done[UUID]:
        """Take a command that makes something."""
        self._take(command)
        return Done(UUID(int=999), Changes(parties=True))

    def change(self, command: object) -> Done[None]:
        """Take a command that changes something."""
        self._take(command)
        return Done(None, Changes(parties=True))

    def bar(self, command: object) -> Done[UUID]:
        """Take a command that keeps something back."""
        self._take(command)
        return Done(UUID(int=998), Changes(consents=True))

    def _take(self, command: object) -> None:
        if self.refusal is not None:
            raise self.refusal
        self.commands.append(command)

    def open(
        self, runner: TaskRunner | None = None, *, resume: Place | None = None
    ) -> PeopleViewModel:
        """Return the screen's model, loaded."""
        model = PeopleViewModel(
            CASES[0].id,
            read_people=self.read,
            add_relative=self.add,
            add_professional=self.add,
            change_party=self.change,
            record_bar=self.bar,
            drafts=self.drafts.uses,
            runner=runner or InlineRunner(),
            now=lambda: NOW,
            resume=resume,
        )
        model.load()
        return model


def shown(look: Look) -> QWidget:
    """The people of a case with guardians, a relative and professionals of four agencies."""
    return _framed(look, People().open())


def _framed(look: Look, model: PeopleViewModel) -> QWidget:
    return desk_frame(look, PeopleView(model, look), model)


def _with(look: Look, *steps: Callable[[PeopleViewModel], None], people: Any = None) -> QWidget:
    model = People(people).open()
    for step in steps:
        step(model)
    return _framed(look, model)


def _type(texts: dict[PeopleField, str]) -> Callable[[PeopleViewModel], None]:
    def type_texts(model: PeopleViewModel) -> None:
        assert model.form is not None
        for field, text in texts.items():
            model.form.type(field, text)
            model.form.leave_field(field)

    return type_texts


def _protect(model: PeopleViewModel) -> None:
    assert isinstance(model.form, RelativeForm)
    model.form.protect(Protection.SECRECY_MARKING)


def _choose_johan(model: PeopleViewModel) -> None:
    assert isinstance(model.form, ProfessionalForm)
    model.form.choose(JOHAN_AT_WORK)


def _ask(question: Question) -> Callable[[PeopleViewModel], None]:
    def ask(model: PeopleViewModel) -> None:
        assert isinstance(model.form, PlaceForm)
        model.form.ask(question)

    return ask


def _change(one: ShownParty) -> Callable[[PeopleViewModel], None]:
    return lambda model: model.begin_change(one.party.id)


def _fails(look: Look) -> QWidget:
    people = People()
    people.failure = NoAccessError()
    return _framed(look, people.open())


def _disk_full(look: Look) -> QWidget:
    people = People()
    people.refusal = DiskFullError()
    model = people.open()
    model.begin_relative()
    _type({PeopleField.GIVEN_NAME: "Sara"})(model)
    model.send()
    return _framed(look, model)


_ODD = case_people(
    (
        protected(ELIAS, "NORD-7"),
        barred(replace(SARA, is_signer=False)),
        relative(5, "Anna Berg", born=PartialDate(1980, 1, 2), relation="mamma"),
        relative(6, "Anna Berg", born=PartialDate(1984, 5, 6), role=PartyRole.RELATIVE),
        relative(7, "Ola Berg", since=date(2026, 12, 3), custody=Custody.SOLE),
        professional(6, JOHAN_AT_WORK),
        relative(8, "Per Demosson", until=date(2026, 6, 1), relation="morfar"),
        professional(7, HENRIK, until=date(2026, 9, 1)),
    ),
    row=CASES[2],
    left_out=1,
)
_NOBODY = case_people((ELIAS,), directory=Directory(organisations=ORGANISATIONS))
_WRONG = {
    PeopleField.GIVEN_NAME: "Sara",
    PeopleField.FAMILY_NAME: "Demosson",
    PeopleField.NUMBER: "19810322-2390",
    PeopleField.BIRTH_DATE: "1981-02-30",
    PeopleField.RELATION: "x" * 201,
    PeopleField.SINCE: "i dag",
}

PEOPLE_SCREENS = (
    Screen("people", shown),
    Screen("people-odd", lambda look: _with(look, people=_ODD)),
    Screen("people-nobody", lambda look: _with(look, people=_NOBODY)),
    Screen("people-failed", _fails),
    Screen("people-relative", lambda look: _with(look, PeopleViewModel.begin_relative)),
    Screen(
        "people-relative-wrong",
        lambda look: _with(look, PeopleViewModel.begin_relative, _type(_WRONG), _protect),
    ),
    Screen("people-relative-disk-full", _disk_full),
    Screen("people-professional", lambda look: _with(look, PeopleViewModel.begin_professional)),
    Screen(
        "people-professional-nobody",
        lambda look: _with(look, PeopleViewModel.begin_professional, people=_NOBODY),
    ),
    Screen(
        "people-professional-chosen",
        lambda look: _with(look, PeopleViewModel.begin_professional, _choose_johan),
    ),
    Screen("people-guardian", lambda look: _with(look, _change(SARA))),
    Screen("people-barred", lambda look: _with(look, _change(SARA), people=_ODD)),
    Screen("people-agency", lambda look: _with(look, _change(PROFESSIONALS[1]))),
    Screen("people-end", lambda look: _with(look, _change(SARA), _ask(Question.END))),
    Screen("people-bar", lambda look: _with(look, _change(SARA), _ask(Question.BAR))),
)
"""The screen in the states worth walking through."""
