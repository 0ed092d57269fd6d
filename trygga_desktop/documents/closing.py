"""How the work of a case ended, on paper: goals, commitments, the young person's own words.

What stands on it was decided for whoever reads it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from trygga_desktop.documents.blocks import (
    Block,
    Column,
    Heading,
    KeyValue,
    KeyValues,
    OwnWords,
    Paragraph,
    Statement,
    Table,
)
from trygga_desktop.documents.plan import Head, paper_top
from trygga_desktop.domain.closing import Ending, GoalOutcome
from trygga_desktop.i18n import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalRow:
    """A goal: its words, how one was to know, what became of it and how one knows."""

    text: str
    sign: str
    outcome: GoalOutcome | None
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaPart:
    """An area of life: its goals, the young person's last figure with its day, and their words."""

    name: str
    goals: tuple[GoalRow, ...]
    rating: tuple[date, int] | None = None
    own_words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseRow:
    """A commitment: what, who and for whom, and what became of it; `ending` is None if open."""

    text: str
    who: str
    ending: Ending | None
    handed_to: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LaterRow:
    """A day after the end on which somebody asks, and what they found once they have.

    Of one that `is_passed` nobody asks any more: a later one has come.
    """

    due_on: date
    noted_on: date | None
    words: str
    is_passed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundPart:
    """How the work ended on a day, before it began again."""

    ended_on: date
    areas: tuple[AreaPart, ...]
    promises: tuple[PromiseRow, ...]
    later: tuple[LaterRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingContent:
    """How the work ended. `phase` and `reason` are in words, `left_open` why something has none.

    `rounds` tell of each time that it ended before it began again.
    """

    head: Head
    version: str
    phase: str
    reason: str
    words: str
    left_open: str
    areas: tuple[AreaPart, ...]
    promises: tuple[PromiseRow, ...]
    later: tuple[LaterRow, ...]
    rounds: tuple[RoundPart, ...] = ()


def outcome_word(outcome: GoalOutcome | None, language: Language) -> str:
    """Return what became of a goal, in words."""
    _ = language.gettext
    if outcome is None:
        return _("No answer yet")
    return {
        GoalOutcome.REACHED: _("Reached"),
        GoalOutcome.PARTLY: _("Reached in part"),
        GoalOutcome.NOT_REACHED: _("The goal was not reached"),
        GoalOutcome.NO_LONGER_RELEVANT: _("No longer relevant"),
    }[outcome]


def ending_word(ending: Ending | None, handed_to: str, language: Language) -> str:
    """Return what became of a commitment, in words."""
    _ = language.gettext
    if ending is None:
        return _("No answer yet")
    if ending is Ending.HANDED_OVER:
        return _("Handed over to {agency}").format(agency=handed_to or _("another agency"))
    return {
        Ending.DONE: _("Done"),
        Ending.NOT_POSSIBLE: _("Not possible"),
        Ending.NOT_DONE: _("Did not happen"),
    }[ending]


def later_word(language: Language, *, is_passed: bool) -> str:
    """Return that nobody has asked on a day after the end, and whether anybody still will."""
    _ = language.gettext
    return _("Was not asked about before the next day came") if is_passed else _("Not asked yet")


def compose(content: ClosingContent, language: Language) -> tuple[Block, ...]:
    """Return how the work ended as blocks."""
    _ = language.gettext
    pairs = [(_("Phase"), content.phase), (_("Why the case ends"), content.reason)]
    pairs.append((_("Left without an answer, because"), content.left_open))
    return (
        *paper_top(content.head, _("How the work ended"), content.version, language),
        KeyValues(
            pairs=tuple(KeyValue(label=label, value=value) for label, value in pairs if value)
        ),
        *((Paragraph(text=content.words),) if content.words else ()),
        *(block for area in content.areas for block in _area(area, language)),
        *_promises(content.promises, language),
        *_later(content.later, language),
        *(block for one in content.rounds for block in _round(one, language)),
    )


def _round(one: RoundPart, language: Language) -> Iterator[Block]:
    _ = language.gettext
    day = language.date_long(one.ended_on)
    yield Heading(text=_("How the work ended on {date}, before it began again").format(date=day))
    for area in one.areas:
        yield from _area(area, language)
    if one.promises:
        yield from _promises(one.promises, language)
    yield from _later(one.later, language)


def _area(area: AreaPart, language: Language) -> Iterator[Block]:
    _ = language.gettext
    yield Heading(text=area.name)
    for goal in area.goals:
        yield OwnWords(text=goal.text, label=_("Goal"))
        if goal.sign:
            yield Paragraph(text=_("This is how we know: {sign}").format(sign=goal.sign))
        yield Statement(
            text=goal.evidence or _("Nothing is written on how one knows."),
            source=outcome_word(goal.outcome, language),
        )
    if area.rating is not None:
        day, figure = area.rating
        text = _("Own figure from 1 to 10, {date}: {figure}")
        yield Paragraph(text=text.format(date=language.date_long(day), figure=figure))
    if area.own_words:
        yield OwnWords(text=area.own_words, label=_("What the young person says"))


def _promises(promises: tuple[PromiseRow, ...], language: Language) -> Iterator[Block]:
    _ = language.gettext
    yield Heading(text=_("What was still open"))
    if not promises:
        yield Paragraph(text=_("No commitment was open when the work ended."))
        return
    yield Table(
        columns=(
            Column(title=_("What"), width=4),
            Column(title=_("Who"), width=3),
            Column(title=_("What became of it"), width=4),
        ),
        rows=tuple(
            (
                one.text,
                one.who,
                "\n".join(
                    part
                    for part in (ending_word(one.ending, one.handed_to, language), one.words)
                    if part
                ),
            )
            for one in promises
        ),
    )


def _later(rows: tuple[LaterRow, ...], language: Language) -> Iterator[Block]:
    _ = language.gettext
    if not rows:
        return
    yield Heading(text=_("Afterwards"))
    yield Table(
        columns=(Column(title=_("Day"), width=2), Column(title=_("What was found"), width=6)),
        rows=tuple(
            (
                language.date_long(one.due_on),
                _("Noted {date}: {words}").format(
                    date=language.date_long(one.noted_on), words=one.words
                )
                if one.noted_on is not None
                else later_word(language, is_passed=one.is_passed),
            )
            for one in rows
        ),
    )
