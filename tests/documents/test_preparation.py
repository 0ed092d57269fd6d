"""What a preparation sheet asks, and that it has room to answer by hand."""

from dataclasses import replace
from datetime import UTC, date, datetime

from tests.documents.papers import ENGLISH, read_back, squeezed
from trygga_desktop.documents.blocks import Heading, Paragraph, Table
from trygga_desktop.documents.pdf.render import Paper, render
from trygga_desktop.documents.preparation import Promise, SheetContent, compose
from trygga_desktop.i18n import load_language

SHEET = SheetContent(
    organisation="Socialtjänsten, unga",
    agency="Tallbackaskolan",
    case_number="DEMO-2026-001",
    meeting_on=date(2026, 11, 26),
    receives=("schooling", "leisure"),
    gives=(),
    promises=(
        Promise(text="Plan för matematiken", responsible="Henrik Alm", due=date(2026, 11, 20)),
    ),
    questions=("Vad fungerar i skolan?",),
    results=("Done", "Not done"),
    secrecy="Confidential",
)


def paragraphs(content: SheetContent) -> list[str]:
    """Return the running text of the sheet."""
    return [one.text for one in compose(content, ENGLISH) if isinstance(one, Paragraph)]


def tables(content: SheetContent) -> dict[str, Table]:
    """Return the tables by the title of their first column."""
    found = [one for one in compose(content, ENGLISH) if isinstance(one, Table)]
    return {one.columns[0].title: one for one in found}


def test_without_consent_a_sheet_says_that_nothing_may_be_told() -> None:
    told = paragraphs(replace(SHEET, receives=()))

    assert "You may receive information about nothing." in told
    assert "You may give information about nothing." in told


def test_who_needs_no_consent_reads_of_none() -> None:
    told = paragraphs(replace(SHEET, receives=None, gives=None))

    assert not [one for one in told if "information" in one]


def test_without_promises_none_is_asked_about() -> None:
    headings = [
        one.text
        for one in compose(replace(SHEET, promises=()), ENGLISH)
        if isinstance(one, Heading)
    ]

    assert headings == ["The questions of the meeting"]


def test_each_promise_stands_with_who_until_when_and_the_results_to_ring() -> None:
    (row,) = tables(SHEET)["What"].rows

    assert row == ("Plan för matematiken", "Henrik Alm\n2026-11-20", "Done\nNot done")


def test_each_question_has_lines_to_write_on_and_reads_back_from_the_page() -> None:
    ruled = tables(SHEET)["Vad fungerar i skolan?"]
    language = load_language("sv")
    made_at = datetime(2026, 11, 26, 14, 0, tzinfo=UTC)

    pdf = render(compose(SHEET, language), Paper(title="Blad", language=language, made_at=made_at))

    assert len(ruled.rows) == 3
    words = squeezed(read_back(pdf))
    for wanted in ("Vad fungerar i skolan?", "Plan för matematiken", "Tallbackaskolan"):
        assert squeezed(wanted) in words
