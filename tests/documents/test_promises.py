"""The page that is taken along from a meeting: its parts, in the language asked for."""

from dataclasses import replace
from datetime import date

from tests.documents.papers import ENGLISH
from trygga_desktop.documents.blocks import Heading, Paragraph, Table
from trygga_desktop.documents.promises import Promise, PromisesContent, compose
from trygga_desktop.i18n import load_language

PAGE = PromisesContent(
    organisation="Socialtjänsten, unga",
    reader="Tallbackaskolan",
    case_number="DEMO-2026-001",
    meeting_on=date(2026, 11, 26),
    promises=(Promise(text="Boka <b>tid</b>", responsible="Henrik Alm", due=date(2026, 12, 4)),),
    coordinator="Karin Ek",
)


def headings(content: PromisesContent) -> list[str]:
    """Return the headings of the page."""
    return [one.text for one in compose(content, ENGLISH) if isinstance(one, Heading)]


def test_what_there_is_nothing_of_has_no_heading() -> None:
    assert headings(PAGE) == ["What you promised"]


def test_own_promises_come_before_earlier_ones_and_those_of_others() -> None:
    other = (replace(PAGE.promises[0], text="Ring"),)

    assert headings(replace(PAGE, earlier=other, others=other)) == [
        "What you promised",
        "Still to do since earlier meetings",
        "What others promised",
    ]


def test_each_promise_stands_with_who_and_until_when() -> None:
    (table,) = (one for one in compose(PAGE, ENGLISH) if isinstance(one, Table))

    assert table.rows == (("Boka <b>tid</b>", "Henrik Alm", "2026-12-04"),)


def test_it_says_whom_to_tell_when_something_gets_in_the_way_in_both_languages() -> None:
    for language, name in ((ENGLISH, "Karin Ek"), (load_language("sv"), "")):
        blocks = compose(replace(PAGE, coordinator=name), language)
        (told,) = (one.text for one in blocks if isinstance(one, Paragraph))
        assert name in told
