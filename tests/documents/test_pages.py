"""Strips on pages: what belongs together stays together, and nothing is ever too tall."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.documents.papers import SWEDISH, with_items
from trygga_desktop.documents.blocks import (
    Block,
    Column,
    Heading,
    KeyValue,
    Paragraph,
    Seal,
    SignatureLine,
    SignatureLines,
    Table,
)
from trygga_desktop.documents.pdf.hyphens import Hyphens
from trygga_desktop.documents.pdf.layout import strips_of
from trygga_desktop.documents.pdf.lines import Typesetter
from trygga_desktop.documents.pdf.strips import FieldMark, Placed, Strip, fill_pages
from trygga_desktop.documents.pdf.structure import Structure
from trygga_desktop.documents.protocol import Signer, compose

ROOM = 100.0


def filled(*strips: Strip, first: float = ROOM) -> list[list[Placed]]:
    return fill_pages(strips, first=first, other=ROOM)


def heights(pages: list[list[Placed]]) -> list[list[float]]:
    return [[placed.strip.height for placed in page] for page in pages]


def test_nothing_at_all_is_one_empty_page() -> None:
    assert filled() == [[]]


def test_a_strip_that_does_not_fit_begins_the_next_page() -> None:
    assert heights(filled(Strip(height=60), Strip(height=50))) == [[60], [50]]


def test_the_top_of_a_page_swallows_the_gap() -> None:
    pages = filled(Strip(height=60, gap=20), Strip(height=50, gap=20))

    assert [page[0].top for page in pages] == [0, 0]


def test_a_gap_keeps_strips_apart() -> None:
    ((_, second),) = filled(Strip(height=10), Strip(height=10, gap=7))

    assert second.top == 17


def test_what_is_kept_together_moves_on_together() -> None:
    pages = filled(Strip(height=60), Strip(height=20, keep=True), Strip(height=30))

    assert heights(pages) == [[60], [20, 30]]


def test_what_no_page_can_hold_together_is_divided_where_it_is() -> None:
    pages = filled(Strip(height=50), *(Strip(height=40, keep=True) for _ in range(4)))

    assert heights(pages) == [[50, 40], [40, 40], [40]]


def test_the_head_of_a_table_returns_on_every_page() -> None:
    head = Strip(height=10, keep=True)
    rows = [Strip(height=40, head=(head,)) for _ in range(4)]

    assert heights(filled(head, *rows)) == [[10, 40, 40], [10, 40, 40]]


def test_the_first_page_may_have_less_room() -> None:
    assert heights(filled(Strip(height=60), first=50)) == [[60]]
    assert heights(filled(Strip(height=30), Strip(height=30), first=50)) == [[30], [30]]


@given(
    st.lists(
        st.builds(
            Strip,
            height=st.floats(1, 99),
            gap=st.floats(0, 30),
            keep=st.booleans(),
        ),
        max_size=60,
    )
)
def test_every_strip_is_placed_once_in_order_and_within_its_page(strips: list[Strip]) -> None:
    pages = fill_pages(strips, first=ROOM, other=ROOM)

    assert [placed.strip for page in pages for placed in page] == strips
    for page in pages:
        ends = [0.0]
        for placed in page:
            assert placed.top >= ends[-1]
            ends.append(placed.top + placed.strip.height)
        assert ends[-1] <= ROOM + 0.001


SEAL = Seal(
    text="Sigillet visar att filen är oförändrad. " * 6,
    pairs=tuple(KeyValue(label="Fingeravtryck", value="c0ff ee00 " * 8) for _ in range(4)),
    field="Sigill",
)


def laid_out(*blocks: Block) -> list[list[Placed]]:
    """Return blocks on pages of the height that a page has for its text."""
    setter, tags = Typesetter(Hyphens("sv_SE")), Structure()
    strips = [strip for block in blocks for strip in strips_of(block, setter, tags)]
    return fill_pages(strips, first=720.0, other=690.0)


@pytest.mark.parametrize("lines_before", range(0, 48, 3))
def test_no_page_of_a_protocol_ends_with_a_quarter_of_white(lines_before: int) -> None:
    before = Paragraph(text="x\n" * lines_before)
    # Up to five who sign stay together, and may leave more.
    for count in (0, *range(6, 13)):
        signers = tuple(
            Signer(role="Vårdnadshavare", name=f"Person {at}", agency="") for at in range(count)
        )
        content = replace(with_items(12), signers=signers)

        pages = laid_out(before, *compose(content, SWEDISH), Heading(text="Sigill"), SEAL)

        assert len(pages) > 3
        for page in pages[:-1]:
            assert page[-1].top + page[-1].strip.height > 0.75 * 690


def signing(count: int) -> tuple[Block, ...]:
    """Return what stands at the end of a protocol that so many sign."""
    lines = tuple(SignatureLine(role="Roll", name=f"Person {at}") for at in range(count))
    return (
        Heading(text="Underskrifter"),
        SignatureLines(lines=lines, beside="Datum", field="Underskrift:"),
        Heading(text="Sigill"),
        SEAL,
    )


def fields_on(page: list[Placed]) -> list[float]:
    """Return how far down the page each field is: of those who sign, and of the seal."""
    return [
        placed.top for placed in page for mark in placed.strip.marks if isinstance(mark, FieldMark)
    ]


@pytest.mark.parametrize("lines_before", range(0, 48, 2))
def test_those_who_sign_fill_the_page_and_the_heading_stays_with_the_first(
    lines_before: int,
) -> None:
    for count in range(1, 13):
        pages = laid_out(Paragraph(text="x\n" * lines_before), *signing(count))

        assert sum(len(fields_on(page)) for page in pages) == count + 1
        for page, following in pairwise(pages):
            # What comes next would not have fitted, or only by leaving somebody alone there.
            assert page[-1].strip.outline == ""
            assert page[-1].strip.marks
            assert not page[-1].strip.keep
            assert following


@pytest.mark.parametrize("lines_before", range(0, 48, 2))
def test_up_to_five_sign_on_the_page_of_their_heading(lines_before: int) -> None:
    for count in range(1, 6):
        pages = laid_out(Paragraph(text="x\n" * lines_before), *signing(count))

        (signed,) = (
            page for page in pages if any(one.strip.outline == "Underskrifter" for one in page)
        )
        assert len(fields_on(signed)) >= count


@pytest.mark.parametrize("lines_before", range(0, 48, 2))
def test_the_seal_stands_alone_only_where_company_would_leave_a_white_page(
    lines_before: int,
) -> None:
    for count in range(2, 13):
        pages = laid_out(Paragraph(text="x\n" * lines_before), *signing(count))

        if len(pages) > 1 and len(fields_on(pages[-1])) == 1:
            room = 720 if len(pages) == 2 else 690
            # The room above a block is part of it. Up to five go along with their heading or not.
            titles = [one for one in pages[-2] if one.strip.outline == "Underskrifter"]
            begins = (
                titles[0].top - titles[0].strip.gap if count < 6 else fields_on(pages[-2])[-1] - 6
            )
            assert begins < 0.75 * room


@pytest.mark.parametrize("lines_before", range(30, 48))
def test_the_last_row_of_a_table_never_stands_alone(lines_before: int) -> None:
    columns = (Column(title="Rubrik", width=1),)
    rows = tuple((f"Rad {at}",) for at in range(6))

    pages = laid_out(Paragraph(text="x\n" * lines_before), Table(columns=columns, rows=rows))

    on_last = [placed for placed in pages[-1] if placed.strip.row is not None]
    assert len(on_last) >= 3
