"""The list of what is late is a page of agencies and counts, and for one agency of its cases."""

from datetime import UTC, date, datetime, time

from tests.documents.papers import read_back, squeezed
from trygga_desktop.documents.pdf.render import Paper, render
from trygga_desktop.documents.raised import Chosen, RaisedContent, RaisedLine, compose, title_of
from trygga_desktop.domain.programme import Decider
from trygga_desktop.i18n import load_language

SWEDISH = load_language("sv")
LINES = (
    RaisedLine(agency="Polisen", due=date(2026, 11, 3), times=2, case_number="7A1C"),
    RaisedLine(agency="Skolan", due=date(2026, 11, 3), times=2, case_number="7A1C"),
    RaisedLine(agency="Skolan", due=date(2026, 11, 4), times=0, hour=time(14, 30)),
)


def page(agency: str = "", chosen: Chosen | None = None) -> str:
    content = RaisedContent(
        organisation="Socialnämnden",
        day=date(2026, 11, 26),
        to=Decider.MANAGER if agency else Decider.STEERING_GROUP,
        chosen=chosen or Chosen(),
        rules=("Ett åtagande som är försenat går till styrgruppens lista.",),
        lines=LINES,
        agency=agency,
    )
    paper = Paper(
        title=title_of(SWEDISH), language=SWEDISH, made_at=datetime(2026, 11, 26, tzinfo=UTC)
    )
    return squeezed(read_back(render(compose(content, SWEDISH), paper)))


def test_it_counts_by_agency_the_most_first_and_tells_no_case_and_no_day() -> None:
    text = page()
    assert squeezed("Skolan 2 Polisen 1") in text
    assert "7A1C" not in text
    assert "2026-11-03" not in text


def test_for_one_agency_it_tells_the_case_until_when_and_how_often() -> None:
    text = page("Skolan")
    assert squeezed("7A1C 2026-11-03 2") in text
    assert squeezed("2026-11-04 14:30 0") in text


def test_it_says_with_whom_it_is_raised_and_which_of_it_was_chosen() -> None:
    whole = page()
    assert squeezed("styrgruppen") in whole
    assert squeezed("Alla ärenden som den som gjorde listan arbetar i.") in whole
    narrowed = page(
        chosen=Chosen(agency="Skolan", is_own=True, is_by_name=True, is_part=True),
    )
    for told in (
        "Bara ärenden som den som gjorde listan ansvarar för.",
        "Bara det som Skolan har åtagit sig.",
        "Bara det som hittades på namnet på den som ansvarar.",
        "Bara de första på listan",
    ):
        assert squeezed(told) in narrowed
        assert squeezed(told) not in whole
