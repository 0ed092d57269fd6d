"""The list of what is late is a page of agencies and counts, and for one agency of its cases."""

from datetime import UTC, date, datetime, time

from tests.documents.papers import read_back, squeezed
from trygga_desktop.documents.pdf.render import Paper, render
from trygga_desktop.documents.raised import RaisedContent, RaisedLine, compose, title_of
from trygga_desktop.i18n import load_language

SWEDISH = load_language("sv")
LINES = (
    RaisedLine(agency="Polisen", due=date(2026, 11, 3), times=2, case_number="7A1C"),
    RaisedLine(agency="Skolan", due=date(2026, 11, 3), times=2, case_number="7A1C"),
    RaisedLine(agency="Skolan", due=date(2026, 11, 4), times=0, hour=time(14, 30)),
)


def page(agency: str = "") -> str:
    content = RaisedContent(
        organisation="Socialnämnden",
        day=date(2026, 11, 26),
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
