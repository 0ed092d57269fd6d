"""The details of a person in the states worth walking through, without a vault behind them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from tests.ui.desk_screens import CASES, desk_frame
from tests.ui.plain import NOW, DraftBox
from tests.ui.screens import Screen
from trygga_desktop.domain.errors import ConflictError, NoAccessError
from trygga_desktop.domain.parties import PartyRole
from trygga_desktop.domain.people import Protection
from trygga_desktop.services.cases import SimilarBy, SimilarCase
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.details import PersonDetails, ShownDetails, ShownLowering
from trygga_desktop.services.name_places import NamePlaces
from trygga_desktop.ui.case_uses import DetailsUses
from trygga_desktop.ui.person_typing.form import FormField
from trygga_desktop.ui.screens.details.view import DetailsView
from trygga_desktop.ui.screens.details.view_model import DetailsViewModel
from trygga_desktop.ui.tasks import InlineRunner
from trygga_desktop.ui.theme.look import Look

PERSON = UUID(int=701)
OPEN_ROW = next(one for one in CASES if not one.protected)
GUARDED_ROW = next(one for one in CASES if one.protected)
CASE = OPEN_ROW.id

ELIAS = PersonDetails(
    row=OPEN_ROW,
    person_id=PERSON,
    role=PartyRole.SUBJECT_PERSON,
    name="Elias Demosson",
    alias="",
    protection=Protection.NONE,
    version="1-1",
    details=ShownDetails(
        given_name="Elias",
        family_name="Demosson",
        numbers=("20090514-2394",),
        born="2009-05-14",
    ),
    has_number=True,
    readers=("Karin Ek",),
)
ALI = replace(
    ELIAS,
    role=PartyRole.RELATIVE,
    name="Ali Exempel",
    details=ShownDetails(
        given_name="Ali", family_name="Exempel", numbers=("19980186-2393",), born="1998-01-26"
    ),
)
VIKTOR = PersonDetails(
    row=GUARDED_ROW,
    person_id=PERSON,
    role=PartyRole.SUBJECT_PERSON,
    name="NORD-7",
    alias="NORD-7",
    protection=Protection.PROTECTED_REGISTRATION,
    version="2-2",
    since=date(2026, 3, 9),
    has_number=True,
    readers=("Karin Ek", "Petra Nyman"),
    places=NamePlaces(texts=2, sealed=1, tied=3),
)
SHOWN = ShownDetails(
    given_name="Viktor",
    family_name="Testman",
    numbers=("19990218-2394",),
    born="1999-02-18",
)
ASKED = ShownLowering(
    to=Protection.SECRECY_MARKING,
    asked_by="Petra Nyman",
    asked_at=datetime(2026, 11, 24, 9, 0, tzinfo=UTC),
    why="Skatteverket beslutade den 20 november att skyddad folkbokföring upphör.",
    is_mine=False,
)
NEW_NUMBER = {FormField.NUMBER: "19950808-2394"}


class Vault:
    """Stands for the vault: answers who somebody is, remembers what it was asked, may refuse."""

    def __init__(self, details: PersonDetails) -> None:
        self.details = details
        self.asked: list[tuple[str, Any]] = []
        self.failure: Exception | None = None
        self.reading_failure: Exception | None = None
        self.box = DraftBox()

    def uses(self) -> DetailsUses:
        """Return the use cases of a person."""
        return DetailsUses(
            read_details=self.read,
            show_details=self.show,
            change_details=lambda command: self.take("change", command),
            protect_person=lambda command: self.take("protect", command),
            ask_to_lower=lambda command: self.take("ask", command),
            drop_lowering=lambda command: self.take("drop", command),
            lower_protection=lambda command: self.take("lower", command),
        )

    def read(self, _: UUID, __: UUID) -> Done[PersonDetails]:
        """Return who it is."""
        if self.reading_failure is not None:
            raise self.reading_failure
        return Done(self.details)

    def show(self, _: UUID, __: UUID) -> Done[ShownDetails]:
        """Return what is guarded, and remember that it was asked for."""
        self.asked.append(("show", None))
        if self.failure is not None:
            raise self.failure
        return Done(SHOWN)

    def take(self, what: str, command: object) -> Done[None]:
        """Remember what was asked."""
        self.asked.append((what, command))
        if self.failure is not None:
            raise self.failure
        return Done(None, Changes(parties=True))


def make_model(vault: Vault, **uses: Any) -> DetailsViewModel:
    """Return the page of a person, read."""
    model = DetailsViewModel(
        CASE,
        PERSON,
        **{
            "uses": vault.uses(),
            "find_similar": lambda _: Done(()),
            "drafts": vault.box.uses,
            "runner": InlineRunner(),
            "now": lambda: NOW,
            "test_numbers": frozenset,
            "screen_count": lambda: 1,
            **uses,
        },
    )
    model.load()
    return model


def type_in(model: DetailsViewModel, texts: Mapping[FormField, str]) -> None:
    """Type these texts, one field after the other."""
    for field, text in texts.items():
        model.type(field, text)
        model.leave_field(field)


def framed(look: Look, model: DetailsViewModel) -> QWidget:
    """Return the page in its window."""
    return desk_frame(look, DetailsView(model, look), model)


def shown(look: Look) -> QWidget:
    """Return somebody who is not protected, as they were read."""
    return framed(look, make_model(Vault(ELIAS)))


def shown_wrong(look: Look) -> QWidget:
    """Return a number that cannot be right."""
    model = make_model(Vault(ELIAS))
    type_in(model, {FormField.GIVEN_NAME: "Elías", FormField.NUMBER: "20090514-2395"})
    return framed(look, model)


def shown_number(look: Look) -> QWidget:
    """Return a coordination number that a real one follows, with a case that may be about them."""
    found = (SimilarCase(id=UUID(int=9), case_number="DEMO-2026-009", same=SimilarBy.NUMBER),)
    model = make_model(Vault(ALI), find_similar=lambda _: Done(found))
    type_in(model, NEW_NUMBER)
    return framed(look, model)


def shown_protecting(look: Look) -> QWidget:
    """Return protection that is being given."""
    model = make_model(Vault(ELIAS))
    model.protect(Protection.SECRECY_MARKING)
    type_in(model, {FormField.ALIAS: "SYD-3"})
    return framed(look, model)


def shown_protected(look: Look) -> QWidget:
    """Return a protected person, whose name and number are hidden."""
    return framed(look, make_model(Vault(VIKTOR)))


def shown_asking(look: Look) -> QWidget:
    """Return the question before what is guarded is shown."""
    model = make_model(Vault(VIKTOR))
    model.ask_to_show(asks=True)
    return framed(look, model)


def shown_revealed(look: Look) -> QWidget:
    """Return what is guarded, for a moment, with a name that is being written anew."""
    model = make_model(Vault(VIKTOR))
    model.name_anew(on=True)
    model.show_details()
    return framed(look, model)


def shown_two_screens(look: Look) -> QWidget:
    """Return a protected person with a second screen beside."""
    return framed(look, make_model(Vault(VIKTOR), screen_count=lambda: 2))


def shown_new_identity(look: Look) -> QWidget:
    """Return a new identity that is being written."""
    model = make_model(Vault(VIKTOR))
    model.protect(Protection.FICTITIOUS_IDENTITY)
    return framed(look, model)


def shown_lowering(look: Look) -> QWidget:
    """Return less protection that is being asked for."""
    model = make_model(Vault(VIKTOR))
    model.lower(on=True)
    type_in(model, {FormField.WHY: "Skatteverkets beslut den 20 november."})
    return framed(look, model)


def shown_asked(look: Look) -> QWidget:
    """Return less protection that somebody else asked for."""
    return framed(look, make_model(Vault(replace(VIKTOR, lowering=ASKED))))


def shown_changed_meanwhile(look: Look) -> QWidget:
    """Return somebody who was changed while this was typed."""
    vault = Vault(ELIAS)
    model = make_model(vault)
    type_in(model, {FormField.GIVEN_NAME: "Elías"})
    vault.failure = ConflictError()
    model.send()
    return framed(look, model)


def shown_closed(look: Look) -> QWidget:
    """Return a protected person to somebody who cannot open the guarded part."""
    return framed(look, make_model(Vault(replace(VIKTOR, is_open=False, readers=(), places=None))))


def shown_failed(look: Look) -> QWidget:
    """Return a case that was not granted."""
    vault = Vault(ELIAS)
    vault.reading_failure = NoAccessError()
    return framed(look, make_model(vault))


SCREENS: tuple[Screen, ...] = (
    Screen("details", shown),
    Screen("details-wrong-number", shown_wrong),
    Screen("details-new-number", shown_number),
    Screen("details-protecting", shown_protecting),
    Screen("details-protected", shown_protected),
    Screen("details-asking", shown_asking),
    Screen("details-revealed", shown_revealed),
    Screen("details-two-screens", shown_two_screens),
    Screen("details-new-identity", shown_new_identity),
    Screen("details-lowering", shown_lowering),
    Screen("details-lowering-asked", shown_asked),
    Screen("details-changed-meanwhile", shown_changed_meanwhile),
    Screen("details-closed", shown_closed),
    Screen("details-failed", shown_failed),
)
