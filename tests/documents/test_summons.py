"""What a summons says, and that it has no place for what is known of anybody."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime

import pytest

from tests.documents.papers import ENGLISH, read_back, squeezed
from trygga_desktop.documents.blocks import Bullets, KeyValues, Paragraph, Table
from trygga_desktop.documents.pdf.render import Paper, render
from trygga_desktop.documents.summons import (
    Called,
    CalledItem,
    SummonsContent,
    compose,
    place,
    times,
    title_of,
)
from trygga_desktop.i18n import load_language

STARTS = datetime(2026, 11, 26, 14, 0, tzinfo=UTC)
SCHOOL = SummonsContent(
    organisation="Socialtjänsten, unga",
    municipality="Exempelstad",
    recipient="Tallbackaskolan",
    case_number="DEMO-2026-001",
    day=date(2026, 11, 26),
    begins_at=STARTS,
    ends_at=datetime(2026, 11, 26, 15, 0, tzinfo=UTC),
    called=Called.AGENCY,
    is_part=False,
    place="Rum Björken",
    coordinator="Karin Ek",
    items=(CalledItem(number=1, title="Välkomna", question="Vilka är här?", begins_at=STARTS),),
    secrecy="Confidential",
)
YOUNG = replace(
    SCHOOL,
    called=Called.PERSON,
    recipient="Elias Demosson",
    agencies=("Polisen", "Tallbackaskolan"),
)


def told(content: SummonsContent) -> str:
    """Return all requests of the summons."""
    (bullets,) = [one for one in compose(content, ENGLISH) if isinstance(one, Bullets)]
    return "\n".join(bullets.items)


def test_a_summons_has_no_place_for_what_is_known_of_anybody() -> None:
    assert {one.name for one in fields(SummonsContent)} == {
        *("organisation", "municipality", "arms", "recipient", "case_number", "day", "begins_at"),
        *("ends_at", "called", "is_part", "place", "coordinator", "items", "agencies", "secrecy"),
    }


def test_a_place_that_is_not_written_is_told_in_person() -> None:
    assert place(replace(SCHOOL, place=""), ENGLISH) == "You will be told the place in person."
    assert place(SCHOOL, ENGLISH) == "Rum Björken"


@pytest.mark.parametrize("called", [Called.AGENCY, Called.FAMILY, Called.GUEST])
def test_nobody_but_the_young_person_is_told_who_else_is_invited(called: Called) -> None:
    assert "invited" not in told(replace(YOUNG, called=called))


def test_the_young_person_is_asked_whom_they_do_not_want_there() -> None:
    assert "These are invited: Polisen and Tallbackaskolan." in told(YOUNG)
    assert "letter" in told(YOUNG)
    assert title_of(Called.PERSON, ENGLISH) == "Welcome to a meeting"


def test_an_agency_is_told_of_its_sheet_and_of_a_deputy() -> None:
    assert "preparation sheet" in told(SCHOOL)
    assert "tell Karin Ek and send a deputy" in told(SCHOOL)
    assert "Socialtjänsten, unga" in told(replace(SCHOOL, coordinator=""))


def test_whoever_comes_to_a_part_reads_which_and_when() -> None:
    part = replace(SCHOOL, is_part=True)

    assert times(part, ENGLISH) == "15:00–16:00"
    texts = [one.text for one in compose(part, ENGLISH) if isinstance(one, Paragraph)]
    assert "You are summoned for item 1 alone." in texts


def test_the_pages_hold_receiver_case_and_agenda_and_read_back_in_swedish() -> None:
    blocks = compose(SCHOOL, load_language("sv"))
    (facts,) = [one for one in blocks if isinstance(one, KeyValues)]
    (agenda,) = [one for one in blocks if isinstance(one, Table)]

    pdf = render(blocks, Paper(title="Kallelse", language=load_language("sv"), made_at=STARTS))

    assert facts.pairs[0].value == "Tallbackaskolan"
    assert agenda.rows == (("15:00", "1. Välkomna", "Vilka är här?"),)
    words = squeezed(read_back(pdf))
    for wanted in ("Rum Björken", "DEMO-2026-001", "Vilka är här?", "15:00"):
        assert squeezed(wanted) in words
