"""Whether a scan is the paper of one protocol: each page of it, in this version, and no other.

A square says which protocol and version a page is of, but not which page. That is told by how the
page looks: where its lines of text lie is compared with the pages as they are stored.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import product
from math import fsum, sqrt
from operator import mul
from uuid import UUID

from trygga_desktop.domain.scanning import COLUMNS, ROWS, PageLook, Payload, ScannedPage

# Text is told from shadow by this many rows around it.
_AROUND = 4
# A printer and a scanner together move and stretch a page by so many millimetres and thousandths.
_MOVES = range(-6, 7)
_STRETCHES = range(-24, 25, 4)
# Stretched about the row in which the squares lie: there the page is where it is thought to be.
_FIXED = 278
_MOVES_TRIED, _PAGES_TRIED = 2, 5
# What is less alike than this is another page, and so is what is nearly as much like two. Measured:
# 186 pages scanned as offices do it were alike by 0.76 or more, pages with another text between the
# same head and signatures by 0.65 at most. In between a person says which page it is.
_ALIKE = 0.7
_APART = 0.08


class Fit(StrEnum):
    """What a page of a scan is."""

    FITS = "fits"
    UNSURE = "unsure"
    NO_CODE = "no_code"
    BLANK = "blank"
    OTHER_VERSION = "other_version"
    OTHER_PAPER = "other_paper"
    OTHER_VAULT = "other_vault"
    ASIDE = "aside"

    @property
    def is_bar(self) -> bool:
        """Tell whether the scan is not taken before this page is settled."""
        return self not in {Fit.FITS, Fit.BLANK, Fit.ASIDE}

    @property
    def is_foreign(self) -> bool:
        """Tell whether it is a page of something else, which must not be kept here."""
        return self in {Fit.OTHER_VERSION, Fit.OTHER_PAPER, Fit.OTHER_VAULT}


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """The paper that should come back: its square, and how each of its pages looks.

    `others` are the ids of all other protocols and excerpts in the vault.
    """

    payload: Payload
    looks: tuple[PageLook, ...]
    others: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a person said of a page of a scan after they had looked at it.

    `is_code_typed` says that they typed its control code rightly, `page` which page it is, from 1,
    and `is_aside` that it does not belong to the protocol.
    """

    is_code_typed: bool = False
    page: int | None = None
    is_aside: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFound:
    """Which page of the protocol a page of the scan is, from 1, or why it is none of them."""

    place: int
    fit: Fit
    page: int | None = None
    is_coarse: bool = False
    by_hand: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanFound:
    """What a whole scan is. Pages are counted from 1."""

    pages: tuple[PageFound, ...]
    missing: tuple[int, ...]
    doubled: tuple[int, ...]

    @property
    def is_complete(self) -> bool:
        """Tell whether every page of the protocol is there, and nothing that is in doubt."""
        return not self.missing and not any(one.fit.is_bar for one in self.pages)


_NO_ANSWER = Answer()
_NO_ANSWERS: Mapping[int, Answer] = {}


def match(
    scanned: Iterable[ScannedPage],
    expected: Expected,
    answers: Mapping[int, Answer] = _NO_ANSWERS,
) -> ScanFound:
    """Return which pages of the protocol a scan has; `answers` go by the place in the scan.

    No answer makes a page of another protocol one of this.
    """
    pages = [_find(one, expected, answers.get(one.place, _NO_ANSWER)) for one in scanned]
    found = [one.page for one in pages if one.fit is Fit.FITS]
    wanted = range(1, len(expected.looks) + 1)
    return ScanFound(
        pages=tuple(pages),
        missing=tuple(one for one in wanted if one not in found),
        doubled=tuple(one for one in wanted if found.count(one) > 1),
    )


def _find(scanned: ScannedPage, expected: Expected, answer: Answer) -> PageFound:
    fit = _by_code(scanned, expected, answer)
    page = None
    if fit is Fit.FITS:
        page = which_page(scanned.looks, expected.looks)
        if page is None and answer.page is not None:
            page = answer.page if 1 <= answer.page <= len(expected.looks) else None
        if page is None:
            fit = Fit.UNSURE
    if answer.is_aside and fit in {Fit.NO_CODE, Fit.UNSURE}:
        fit, page = Fit.ASIDE, None
    return PageFound(
        place=scanned.place,
        fit=fit,
        page=page,
        is_coarse=scanned.is_coarse,
        by_hand=fit is Fit.ASIDE or (fit is Fit.FITS and answer != _NO_ANSWER),
    )


def _by_code(scanned: ScannedPage, expected: Expected, answer: Answer) -> Fit:
    for payload in scanned.payloads:
        if payload.protocol_id in expected.others:
            return Fit.OTHER_PAPER
        if payload.protocol_id != expected.payload.protocol_id:
            return Fit.OTHER_VAULT
        if payload.record_hash != expected.payload.record_hash:
            return Fit.OTHER_VERSION
    if scanned.payloads or answer.is_code_typed:
        return Fit.FITS
    return Fit.BLANK if scanned.is_blank else Fit.NO_CODE


def which_page(looks: Sequence[PageLook], pages: Sequence[PageLook]) -> int | None:
    """Return which page something looks like, from 1; None for none, or for more than one."""
    alike = likenesses(looks, pages)
    if not alike:
        return None
    best = max(range(len(alike)), key=alike.__getitem__)
    others = [one for at, one in enumerate(alike) if at != best]
    if alike[best] < _ALIKE or alike[best] - max(others, default=0.0) < _APART:
        return None
    return best + 1


def likenesses(looks: Sequence[PageLook], pages: Sequence[PageLook]) -> list[float]:
    """Return how much each page is like the look that fits it best: 1 is the same, 0 not at all.

    Of many pages only those are looked at closely whose lines lie as they should.
    """
    plain = [_plain(one) for one in pages]
    wanted = [_normal([sum(row) for row in one]) for one in plain]
    found = [0.0] * len(pages)
    for look in looks:
        rows = _plain(look)
        sums = [sum(row) for row in rows]
        moved = [
            (places, _normal([sums[place] for place in places]))
            for places in (_moved(stretch, move) for stretch, move in product(_STRETCHES, _MOVES))
        ]
        tried = [_best(moved, one) for one in wanted]
        closest = sorted(range(len(pages)), key=lambda at: -tried[at][0][0])[:_PAGES_TRIED]
        for at in closest:
            likeness = _likeness(rows, [places for _, places in tried[at]], plain[at])
            found[at] = max(found[at], likeness)
    return found


def _best(
    moved: list[tuple[list[int], list[float]]], wanted: list[float]
) -> list[tuple[float, list[int]]]:
    """Return how well the lines lie over those of a page, where they do so best."""
    scored = [(fsum(map(mul, sums, wanted)), places) for places, sums in moved]
    return sorted(scored, key=lambda one: -one[0])[:_MOVES_TRIED]


def _likeness(rows: list[list[float]], tried: list[list[int]], page: list[list[float]]) -> float:
    """Return how much alike the cells are, moved aside by one of them at most."""
    whole = _normal([cell for row in page for cell in row])

    def alike(places: list[int], aside: int) -> float:
        cells = [cell for place in places for cell in _aside(rows[place], aside)]
        return fsum(map(mul, _normal(cells), whole))

    score, best = max(((alike(one, 0), one) for one in tried), key=lambda one: one[0])
    return max(score, *(alike(best, aside) for aside in (-1, 1)))


def _aside(row: list[float], cells: int) -> list[float]:
    return row if not cells else row[-cells:] + row[:-cells]


def _plain(look: PageLook) -> list[list[float]]:
    """Return the cells of each row, less what is dark around them: shadows fall on many rows."""
    columns = []
    for column in range(COLUMNS):
        cells = look.ink[column::COLUMNS]
        columns.append(
            [
                cell - sum(around) / len(around)
                for at, cell in enumerate(cells)
                for around in [cells[max(0, at - _AROUND) : at + _AROUND + 1]]
            ]
        )
    return [list(row) for row in zip(*columns, strict=True)]


def _moved(stretch: int, move: int) -> list[int]:
    """Return which row lies where each row should be."""
    share = 1 + stretch / 1_000
    return [
        min(ROWS - 1, max(0, round(_FIXED + (row - _FIXED) * share) + move)) for row in range(ROWS)
    ]


def _normal(values: list[float]) -> list[float]:
    length = sqrt(sum(map(mul, values, values)))
    return [one / length for one in values] if length else values
