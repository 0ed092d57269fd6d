"""Tests of which page of a protocol a scanned page is, and of what bars a scan."""

import random
from dataclasses import replace
from uuid import UUID

import pytest

from trygga_desktop.domain.matching import (
    Answer,
    Expected,
    Fit,
    likenesses,
    match,
    which_page,
)
from trygga_desktop.domain.scanning import COLUMNS, ROWS, PageLook, Payload, ScannedPage

OURS, OTHER, FOREIGN = UUID(int=1), UUID(int=2), UUID(int=3)
PAYLOAD = Payload(OURS, "a" * 64)


def page(seed: int) -> PageLook:
    """Return a page with lines of text where chance puts them."""
    chosen = random.Random(seed)  # noqa: S311  nothing secret is drawn
    rows = bytearray()
    while len(rows) < ROWS * COLUMNS:
        ends = chosen.randrange(COLUMNS)
        line = bytes(90 if at < ends else 0 for at in range(COLUMNS))
        rows += line * 2 + bytes(COLUMNS) * chosen.choice((2, 3, 7))
    return PageLook(bytes(rows[: ROWS * COLUMNS]))


PAGES = (page(1), page(2), page(3))
EXPECTED = Expected(payload=PAYLOAD, looks=PAGES, others=frozenset({OTHER}))


def scanned(place: int, look: PageLook, *payloads: Payload) -> ScannedPage:
    return ScannedPage(place=place, payloads=payloads or (PAYLOAD,), looks=(look,))


GOOD = tuple(scanned(at, one) for at, one in enumerate(PAGES, start=1))
BARE = replace(GOOD[1], payloads=())


def test_a_missing_page_is_noticed() -> None:
    found = match(GOOD[::2], EXPECTED)

    assert found.missing == (2,)
    assert not found.is_complete


@pytest.mark.parametrize(
    ("payload", "fit"),
    [
        (Payload(OURS, "b" * 64), Fit.OTHER_VERSION),
        (Payload(OTHER, "a" * 64), Fit.OTHER_PAPER),
        (Payload(FOREIGN, "a" * 64), Fit.OTHER_VAULT),
    ],
)
def test_a_page_of_something_else_bars_the_scan_whatever_is_answered(
    payload: Payload, fit: Fit
) -> None:
    answer = Answer(is_code_typed=True, page=2, is_aside=True)
    foreign = scanned(2, PAGES[1], payload)

    found = match((*GOOD, replace(foreign, place=4)), EXPECTED, {4: answer})

    assert found.pages[3].fit is fit
    assert found.missing == ()
    assert not found.is_complete
    assert fit.is_foreign


def test_a_page_with_two_codes_is_one_of_something_else() -> None:
    found = match([scanned(1, PAGES[0], PAYLOAD, Payload(OTHER, "a" * 64))], EXPECTED)

    assert found.pages[0].fit is Fit.OTHER_PAPER


def test_a_page_that_says_something_else_under_the_right_code_is_not_taken() -> None:
    found = match((GOOD[0], scanned(2, page(9)), GOOD[2]), EXPECTED)

    assert [one.fit for one in found.pages] == [Fit.FITS, Fit.UNSURE, Fit.FITS]
    assert found.missing == (2,)
    assert not found.is_complete


def test_a_page_with_another_text_under_the_same_head_is_not_taken() -> None:
    half = ROWS // 2 * COLUMNS
    under = PageLook(PAGES[1].ink[:half] + page(10).ink[half:])

    found = match((GOOD[0], scanned(2, under), GOOD[2]), EXPECTED)

    assert found.pages[1].fit is Fit.UNSURE
    assert found.missing == (2,)


def test_a_page_without_a_code_is_not_taken_by_its_look_alone() -> None:
    found = match((GOOD[0], BARE, GOOD[2]), EXPECTED)

    assert found.pages[1].fit is Fit.NO_CODE
    assert not found.is_complete


def test_a_page_that_is_named_by_hand_must_be_one_of_the_protocol() -> None:
    unknown = replace(GOOD[1], looks=(page(9),))

    for wrong in (0, 4, -1):
        answer = Answer(page=wrong)
        assert match((unknown,), EXPECTED, {2: answer}).pages[0].fit is Fit.UNSURE


def test_two_pages_that_look_the_same_are_told_apart_by_nobody_but_a_person() -> None:
    alike = replace(EXPECTED, looks=(PAGES[0], PAGES[0]))

    found = match([scanned(1, PAGES[0])], alike)
    named = match([scanned(1, PAGES[0])], alike, {1: Answer(page=2)})

    assert found.pages[0].fit is Fit.UNSURE
    assert named.pages[0].page == 2
    assert named.pages[0].by_hand
    assert named.missing == (1,)


def test_the_pages_are_found_in_any_order_and_a_doubled_one_is_told() -> None:
    shuffled = (GOOD[2], GOOD[0], replace(GOOD[2], place=3), GOOD[1])

    found = match(shuffled, EXPECTED)

    assert [one.page for one in found.pages] == [3, 1, 3, 2]
    assert found.doubled == (3,)
    assert found.is_complete


def test_a_typed_code_stands_for_one_that_cannot_be_read() -> None:
    found = match((GOOD[0], BARE, GOOD[2]), EXPECTED, {2: Answer(is_code_typed=True)})

    assert found.is_complete
    assert found.pages[1].by_hand
    assert not found.pages[0].by_hand


def test_the_empty_back_of_a_page_bars_nothing() -> None:
    back = ScannedPage(
        place=4, payloads=(), looks=(PageLook(bytes(ROWS * COLUMNS)),), is_blank=True
    )

    found = match((*GOOD, back), EXPECTED)

    assert found.pages[3].fit is Fit.BLANK
    assert found.is_complete


def test_a_page_that_belongs_to_nothing_is_put_aside_by_a_person() -> None:
    cover = ScannedPage(place=4, payloads=(), looks=(page(9),))

    assert not match((*GOOD, cover), EXPECTED).is_complete
    assert match((*GOOD, cover), EXPECTED, {4: Answer(is_aside=True)}).is_complete


@pytest.mark.parametrize("move", [-5, 4])
def test_a_page_is_known_though_it_lies_some_millimetres_off(move: int) -> None:
    ink = PAGES[1].ink
    blank = bytes(COLUMNS * abs(move))
    moved = blank + ink[: -len(blank)] if move > 0 else ink[len(blank) :] + blank

    assert which_page((PageLook(moved),), PAGES) == 2


def test_a_page_is_as_like_itself_as_can_be() -> None:
    alike = likenesses((PAGES[0],), PAGES)

    assert alike[0] == pytest.approx(1)
    assert max(alike[1:]) < 0.4


def test_nothing_looks_like_a_page_of_no_protocol() -> None:
    assert which_page((PAGES[0],), ()) is None
    assert which_page((), PAGES) is None
