"""Commands for tests: fictional people with the tax agency's published test numbers."""

from datetime import date
from uuid import UUID

from trygga_desktop.domain.identity_number import IdentityNumber, Valid, read_number
from trygga_desktop.domain.people import PartialDate, Protection
from trygga_desktop.services.cases import NewPerson, OpenCase, open_case
from trygga_desktop.services.vault import OpenVault

DAY = date(2026, 11, 26)


def number(text: str) -> IdentityNumber:
    """Return a number that is known to be right."""
    reading = read_number(text, on=DAY)
    if not isinstance(reading, Valid):
        raise TypeError(reading)
    return reading.number


ELIAS = NewPerson(
    given_name="Elias",
    family_name="Demosson",
    birth_date=PartialDate(2009, 5, 14),
    number=number("20090514-2394"),
)
MAJA = NewPerson(
    given_name="Maja",
    family_name="Provberg",
    birth_date=PartialDate(2012, 9, 3),
    number=number("20120903-2380"),
)
VIKTOR = NewPerson(
    given_name="Viktor",
    family_name="Testman",
    alias="NORD-7",
    birth_date=PartialDate(1999, 2, 18),
    number=number("19990218-2394"),
    protection=Protection.PROTECTED_REGISTRATION,
)


def opened_case(vault: OpenVault, person: NewPerson = ELIAS, case_number: str = "") -> UUID:
    """Open a case as whoever has the vault open."""
    return open_case(OpenCase(person=person, case_number=case_number), vault=vault).value
