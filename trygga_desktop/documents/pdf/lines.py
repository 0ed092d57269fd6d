"""Texts broken into lines that fit their place, without losing a letter."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, groupby

from trygga_desktop.documents.pdf.direction import in_order, levels, runs_right
from trygga_desktop.documents.pdf.fonts import (
    HYPHEN,
    NO_BREAK_SPACE,
    Face,
    Typeface,
    typeface,
)
from trygga_desktop.documents.pdf.hyphens import Hyphens
from trygga_desktop.documents.pdf.shaping import Segment, shape
from trygga_desktop.documents.pdf.styles import TextStyle
from trygga_desktop.documents.pdf.text import JOINERS, visible

_ELLIPSIS = "…"
_WITHOUT_JOINERS = dict.fromkeys(map(ord, JOINERS))
# Each word with the spaces before it. Spaces after the last one end nothing.
_WORDS = re.compile("( *)([^ ]+)")
# A line may end after these where letters stand on both sides.
_AFTER = re.compile(r"(?<=\w\w)[-\u2013\u2014/](?=\w\w)")
# The width of a longer word is not kept, and a longer line is cut before it is looked at.
_LONGEST_WORD, _LONGEST_LINE = 60, 1_000
# The levels of a text cost about 300 bytes a character: long ones are taken in parts.
_LONGEST_RIGHT = 4_000
# What must not be torn apart at the end of a line: "kl. 13", "§ 3", "26 november 2026".
_MONTHS = (
    "januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december"
    "|January|February|March|May|June|July|August|October|November|December"
)
_TOGETHER = re.compile(
    rf"(?<=\bkl\.) (?=\d)|(?<=[§]) (?=\d)|(?<=\d) (?=§|procent\b|%|(?:{_MONTHS})\b)"
    rf"|(?:(?<=\bvecka)|(?<=\bweek)) (?=\d)"
)
_YEAR = re.compile(rf"\b({_MONTHS}) (?=\d{{4}}\b)")


@dataclass(frozen=True, slots=True)
class Line:
    """One line, ready to draw. `width` is in points; a line without segments is an empty one.

    After a line that `ends_word` readers put a space. `spoken` is its text in the order of
    reading, where that of the eye is another.
    """

    segments: tuple[Segment, ...]
    width: float
    runs_left: bool = False
    ends_word: bool = False
    spoken: str = ""

    @property
    def told(self) -> str:
        """Return what is read instead of what is drawn, with the space after it."""
        return self.spoken + " " if self.spoken and self.ends_word else self.spoken


class Typesetter:
    """Breaks texts of one document into lines. `air` is the share of the usual room around them."""

    def __init__(self, hyphens: Hyphens, *, air: float = 1.0) -> None:
        self.air = air
        self._hyphens = hyphens
        self._widths: dict[Face, dict[str, float]] = {}

    def lines(self, text: str, style: TextStyle, width: float) -> list[Line]:
        """Return the lines of a text within a width, none for an empty text.

        Line breaks stay; an empty line stands for one or more of them. None is first or last.
        """
        found: list[Line] = []
        for part in visible(text, style.face).strip("\n ").split("\n"):
            if found and found[-1].segments:
                found[-1] = replace(found[-1], ends_word=True)
            if part.strip(" "):
                found += self._lines_of_part(part, style, width)
            elif found and found[-1].segments:
                found.append(_EMPTY)
        return found

    def one_line(self, text: str, style: TextStyle, width: float) -> Line:
        """Return the text on one line, cut short with an ellipsis if it is too long for it."""
        beginning = " ".join(text[:_LONGEST_LINE].split())
        found = self.lines(beginning, style, width)
        if len(found) <= 1 and len(text) <= _LONGEST_LINE:
            return found[0] if found else _EMPTY
        narrower = width - self._width(_ELLIPSIS, style.face) * style.size / 1000
        first = self.lines(beginning, style, narrower)[0]
        cut = "".join(segment.text for segment in first.segments).rstrip(HYPHEN + " ")
        return self._line(cut + _ELLIPSIS, style)

    def _lines_of_part(self, text: str, style: TextStyle, width: float) -> Iterator[Line]:
        glued = _YEAR.sub("\\1" + NO_BREAK_SPACE, _TOGETHER.sub(NO_BREAK_SPACE, text))
        if not runs_right(glued):
            at = 0
            for broken in self._broken(glued, style, width):
                whole = broken.removesuffix(HYPHEN)
                at = glued.index(whole, at) + len(whole)
                yield self._line(broken, style, ends_word=glued.startswith(" ", at))
            return
        for part in _parts(glued):
            yield from self._lines_to_the_left(part, style, width)

    def _lines_to_the_left(self, text: str, style: TextStyle, width: float) -> Iterator[Line]:
        base, found = levels(text)
        at = 0
        for broken in self._broken(text, style, width):
            # A line is what stands in the text from here on, and a hyphen at most.
            whole = broken.removesuffix(HYPHEN)
            at = text.index(whole, at)
            line = [*found[at : at + len(whole)], *[base] * (len(broken) - len(whole))]
            at += len(whole)
            ends_word = text.startswith(" ", at)
            ordered = self._ordered_line(broken, line, style)
            yield replace(ordered, runs_left=base == 1, ends_word=ends_word, spoken=whole)

    def _ordered_line(self, text: str, line: Sequence[int], style: TextStyle) -> Line:
        face = typeface(style.face)
        segments: list[Segment] = []
        for start, end, is_turned in in_order(line):
            part = text[start:end]
            segments += shape(part, face) if is_turned else _segments(part, face)
        total = sum(segment.width for segment in segments) * style.size / 1000
        return Line(tuple(segments), total)

    def _line(self, text: str, style: TextStyle, *, ends_word: bool = False) -> Line:
        segments = tuple(_segments(text, typeface(style.face)))
        width = sum(segment.width for segment in segments) * style.size / 1000
        return Line(segments, width, ends_word=ends_word)

    def _broken(self, text: str, style: TextStyle, width: float) -> Iterator[str]:
        """Yield the lines of a text without line breaks."""
        face, most = style.face, 1000 * width / style.size
        line: list[str] = []
        used = 0.0
        for spaces, word in _WORDS.findall(text):
            between = self._width(spaces, face) if line else 0.0
            wide = self._width(word, face)
            if used + between + wide <= most:
                line += (spaces, word) if line else (word,)
                used += between + wide
                continue
            rest = word
            head = self._head(word, face, most - used - between, style) if line else ""
            if head:
                line += (spaces, head)
                rest = word[len(head.removesuffix(HYPHEN)) :]
            if line:
                yield "".join(line)
            *full, last = self._cut(rest, face, most)
            yield from full
            line, used = [last], self._width(last, face)
        if line:
            yield "".join(line)

    def _head(self, word: str, face: Face, room: float, style: TextStyle) -> str:
        """Return as much of a word as may stand at the end of a line, "" for nothing."""
        best = ""
        for point in (match.end() for match in _AFTER.finditer(word)):
            if self._width(word[:point], face) > room:
                break
            best = word[:point]
        for point in self._hyphens.points(word) if style.is_hyphenated else ():
            head = word[:point] + HYPHEN
            if self._width(head, face) > room:
                break
            if point > len(best):
                best = head
        return best

    def _cut(self, word: str, face: Face, most: float) -> list[str]:
        """Return a word in pieces that each fit a line; mostly that is the word itself."""
        if self._width(word, face) <= most:
            return [word]
        ends = list(accumulate(typeface(face).widths.get(character, 0.0) for character in word))
        hyphen = self._width(HYPHEN, face)
        points = self._hyphens.points(word)
        pieces = []
        start, before = 0, 0.0
        while ends[-1] - before > most:
            # At least one character each time, or a narrow column would never end.
            end = max(start + 1, bisect_right(ends, before + most))
            spoken = bisect_right(points, bisect_right(ends, before + most - hyphen)) - 1
            natural = word.rfind("-", start + 1, end) + 1
            if natural > start:
                pieces.append(word[start:natural])
                end = natural
            elif spoken >= 0 and points[spoken] > start:
                end = points[spoken]
                pieces.append(word[start:end] + HYPHEN)
            else:
                pieces.append(word[start:end])
            start, before = end, ends[end - 1]
        if start < len(word):
            pieces.append(word[start:])
        return pieces

    def _width(self, text: str, face: Face) -> float:
        """Return the width in thousandths of the size."""
        known = self._widths.setdefault(face, {})
        width = known.get(text)
        if width is None:
            widths = typeface(face).widths
            width = sum(widths.get(character, 0.0) for character in text)
            if len(text) <= _LONGEST_WORD:
                known[text] = width
        return width


_EMPTY = Line((), 0.0)


def _parts(text: str) -> Iterator[str]:
    """Yield a text in parts that are not too long, divided at spaces where there are any."""
    start = 0
    while len(text) - start > _LONGEST_RIGHT:
        end = text.rfind(" ", start, start + _LONGEST_RIGHT) + 1
        if end <= start:
            end = start + _LONGEST_RIGHT
        yield text[start:end]
        start = end
    yield text[start:]


def _segments(text: str, face: Typeface) -> Iterator[Segment]:
    """Yield the text in pieces of one font each, without the joiners that no font draws."""
    drawn = text.translate(_WITHOUT_JOINERS)
    if face.own.issuperset(drawn):
        yield Segment(face.first, drawn, sum(map(face.widths.__getitem__, drawn)))
        return
    for font, same in groupby(drawn, face.homes.__getitem__):
        part = "".join(same)
        yield Segment(font, part, sum(map(face.widths.__getitem__, part)))
