"""The pages of a plan: all of it, two versions side by side, how it went, and "My plan".

What stands on them was decided for whoever reads them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from trygga_desktop.documents.blocks import (
    Block,
    Chart,
    Charts,
    Column,
    Drawing,
    Heading,
    KeyValue,
    KeyValues,
    LargeText,
    OwnWords,
    PageFrame,
    Paragraph,
    Statement,
    Table,
    Trend,
)
from trygga_desktop.documents.head import head as titled
from trygga_desktop.domain.plan import HIGHEST, LOWEST, Difference, Term, share_of_time
from trygga_desktop.i18n import Language

_DAYS_BESIDE = 6
_DAY_WIDTH = 1.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What stands at the top of every paper of a plan. `subject` is the young person's name."""

    organisation: str
    case_number: str
    subject: str
    day: date
    municipality: str = ""
    arms: str = ""
    secrecy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionRow:
    """One action: what, who and for whom, until when, and how it stands in words.

    `hour` is that of the last day, where it is due at one. On `asked_on` one asks how it goes.
    """

    text: str
    who: str
    due: date | None
    state: str
    own_part: str = ""
    hour: time | None = None
    asked_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalPart:
    """A goal with its actions; without words, the actions that stand under no goal."""

    text: str = ""
    term: Term | None = None
    sign: str = ""
    actions: tuple[ActionRow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaPart:
    """What the plan says of an area. `told` are texts with what each of them is."""

    name: str
    told: tuple[tuple[str, str], ...] = ()
    goals: tuple[GoalPart, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratings:
    """The young person's own figures: days, and for each area its figures by those, or none.

    `done` are the days on which actions were done, by the names of areas.
    """

    days: tuple[date, ...] = ()
    rows: tuple[tuple[str, tuple[int | None, ...]], ...] = ()
    done: Mapping[str, tuple[date, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanContent:
    """Everything a plan says. `version` tells which one it is, in words."""

    head: Head
    version: str
    wishes: tuple[str, ...]
    areas: tuple[AreaPart, ...]
    ratings: Ratings


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreedPlan:
    """What a meeting agreed on, as a document of its own: the version, and what stands in it."""

    version: int
    wishes: tuple[str, ...] = ()
    areas: tuple[AreaPart, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedRow:
    """A line in two versions, in words; empty where a version has it not.

    `is_agreed` tells that a meeting agreed on it in between.
    """

    area: str
    difference: Difference
    before: str
    after: str
    is_agreed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonContent:
    """Two versions of a plan, each called by what it is."""

    head: Head
    before: str
    after: str
    rows: tuple[ComparedRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TallyRow:
    """How many actions stood how on the day of a meeting."""

    number: int
    on: date
    done: int
    doing: int
    not_possible: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressContent:
    """How it went: the young person's own figures, and the actions at each meeting."""

    head: Head
    ratings: Ratings
    tallies: tuple[TallyRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MyPlanContent:
    """What the young person takes home. `others` are what others promised, each a sentence.

    `ratings` are their own. `meets_at` knows its zone. `call` is whom to ring and the number, where
    that is wanted.
    """

    head: Head
    name: str
    wants: tuple[str, ...]
    good_at: tuple[str, ...]
    own: tuple[str, ...]
    others: tuple[str, ...]
    ratings: Ratings = field(default_factory=Ratings)
    meets_at: datetime | None = None
    call: tuple[str, str] | None = None


def difference_word(difference: Difference, language: Language) -> str:
    """Return how a line stands in two versions."""
    _ = language.gettext
    return {
        Difference.NEW: _("New"),
        Difference.CHANGED: _("Changed"),
        Difference.REMOVED: _("Taken away"),
        Difference.SAME: _("The same"),
    }[difference]


def _difference(row: ComparedRow, language: Language) -> str:
    word = difference_word(row.difference, language)
    return f"{word}\n{language.gettext('Agreed on')}" if row.is_agreed else word


def compose(content: PlanContent, language: Language) -> tuple[Block, ...]:
    """Return the plan as blocks, its own words in the language that is asked for."""
    _ = language.gettext
    return (
        *paper_top(content.head, _("Plan"), content.version, language),
        *_body(content.wishes, content.areas, language),
        *_ratings(content.ratings, language),
    )


def compose_agreed(content: AgreedPlan, language: Language) -> Iterator[Block]:
    """Yield what a meeting agreed on, without the head of the paper it stands on."""
    _ = language.gettext
    yield Paragraph(
        text=_(
            "This is the plan with what the meeting agreed on. Each answers for what they have"
            " promised themselves. Later versions of the plan do not change it."
        )
    )
    yield from _body(content.wishes, content.areas, language)


def _body(
    wishes: tuple[str, ...], areas: tuple[AreaPart, ...], language: Language
) -> Iterator[Block]:
    _ = language.gettext
    for one in wishes:
        yield OwnWords(text=one, label=_("What I want, in my own words"))
    for area in areas:
        yield from _area(area, language)


def compose_comparison(content: ComparisonContent, language: Language) -> tuple[Block, ...]:
    """Return two versions beside each other as blocks."""
    _ = language.gettext
    blocks: list[Block] = list(
        paper_top(content.head, _("Comparison of two versions"), "", language)
    )
    areas = dict.fromkeys(one.area for one in content.rows)
    for area in areas:
        blocks.append(Heading(text=area))
        blocks.append(
            Table(
                columns=(
                    Column(title=content.before, width=4),
                    Column(title=content.after, width=4),
                    Column(title=_("Difference"), width=2),
                ),
                rows=tuple(
                    (
                        one.before or _("Not in this version"),
                        one.after or _("Not in this version"),
                        _difference(one, language),
                    )
                    for one in content.rows
                    if one.area == area
                ),
            )
        )
    if not content.rows:
        blocks.append(Paragraph(text=_("There is nothing to compare yet.")))
    return tuple(blocks)


def compose_progress(content: ProgressContent, language: Language) -> tuple[Block, ...]:
    """Return how it went as blocks: own figures over time, and a table of actions."""
    _ = language.gettext
    blocks: list[Block] = list(paper_top(content.head, _("Progress"), "", language))
    blocks += _ratings(content.ratings, language)
    if content.tallies:
        blocks += [
            Heading(text=_("Actions at each meeting")),
            Table(
                columns=(
                    Column(title=_("Meeting"), width=4),
                    Column(title=_("Done"), width=2),
                    Column(title=_("Under way"), width=2),
                    Column(title=_("Not possible"), width=2),
                ),
                rows=tuple(
                    (
                        f"{one.number}, {language.date_long(one.on)}",
                        str(one.done),
                        str(one.doing),
                        str(one.not_possible),
                    )
                    for one in content.tallies
                ),
            ),
        ]
    if not content.tallies and not content.ratings.days:
        blocks.append(Paragraph(text=_("Nothing has been told yet.")))
    return tuple(blocks)


def compose_my_plan(content: MyPlanContent, language: Language) -> tuple[Block, ...]:
    """Return what the young person takes home as blocks, in plain words."""
    _ = language.gettext
    head = content.head
    parts = (
        (_("This is what I want"), Drawing.TARGET, content.wants),
        (_("This is what I am good at"), Drawing.STAR, content.good_at),
        (_("This is what I do"), Drawing.PERSON, content.own),
        (_("This is what others do for me"), Drawing.PEOPLE, content.others),
    )
    blocks: list[Block] = [
        PageFrame(head_left=_("My plan"), head_right=head.day.isoformat(), foot=head.secrecy),
        # Taken along: it says which municipality it comes from, and no authority.
        titled(
            municipality=head.municipality or head.organisation,
            arms=head.arms,
            kind=_("My plan"),
            text=content.name,
        ),
        LargeText(
            texts=(_("Here is what you want and what others have promised you. It is your plan."),)
        ),
        *(
            LargeText(title=title, drawing=drawing, items=texts)
            for title, drawing, texts in parts
            if texts
        ),
        *_own_figures(content.ratings, language),
    ]
    if content.meets_at is not None:
        text = _("We meet again on {date} at {time}.").format(
            date=language.date_long(content.meets_at.date()), time=language.time(content.meets_at)
        )
        blocks.append(LargeText(title=_("We meet again"), drawing=Drawing.CALENDAR, texts=(text,)))
    called: tuple[str, ...] = ()
    if content.call is not None:
        name, phone = content.call
        told = _("Call {name}, {phone}.") if phone else _("Talk to {name}.")
        called = (told.format(name=name, phone=phone),)
    rights = (
        _("If someone does not do what it says here you may say so."),
        _("You can withdraw your consent at any time."),
    )
    blocks.append(
        LargeText(
            title=_("Do you want to talk, or change something?"),
            drawing=Drawing.SPEECH,
            texts=(*called, " ".join(rights), _("Is it dangerous right now? Call 112.")),
        )
    )
    return tuple(blocks)


def _own_figures(ratings: Ratings, language: Language) -> Iterator[Block]:
    """Yield each area with the first and the last figure that the young person gave of it."""
    _ = language.gettext
    trends = []
    for name, figures in ratings.rows:
        told = [one for one in figures if one is not None]
        if told:
            words = _("first {first}, latest {last}") if len(told) > 1 else _("{last} of {scale}")
            trends.append(
                Trend(
                    name=name,
                    words=words.format(first=told[0], last=told[-1], scale=HIGHEST),
                    first=told[0],
                    last=told[-1],
                    scale=HIGHEST,
                )
            )
    if not trends:
        return
    days = [language.date_long(one) for one in ratings.days]
    when = _("From {first} to {last}.") if len(days) > 1 else _("Said on {last}.")
    yield LargeText(
        title=_("My numbers"),
        drawing=Drawing.FIGURES,
        trends=tuple(trends),
        texts=(
            when.format(first=days[0], last=days[-1]),
            _("The numbers are mine. No one else calculates anything from them."),
        ),
    )


def paper_top(head: Head, kind: str, version: str, language: Language) -> Iterator[Block]:
    """Yield what stands at the top of a paper of the case: whose it is, which one, and the day."""
    _ = language.gettext
    yield PageFrame(
        head_left=f"{kind} · {head.case_number}",
        head_right=head.day.isoformat(),
        foot=head.secrecy,
    )
    yield titled(
        municipality=head.municipality,
        organisation=head.organisation,
        arms=head.arms,
        kind=kind,
        text=head.subject or head.case_number,
        subtitle=version,
    )
    yield KeyValues(
        pairs=(
            KeyValue(label=_("Case"), value=head.case_number),
            KeyValue(label=_("Day"), value=language.date_long(head.day)),
        )
    )


def _area(area: AreaPart, language: Language) -> Iterator[Block]:
    yield Heading(text=area.name)
    for label, text in area.told:
        yield Statement(text=text, source=label)
    for goal in area.goals:
        yield from _goal(goal, language)


def _goal(goal: GoalPart, language: Language) -> Iterator[Block]:
    _ = language.gettext
    if goal.text:
        terms = {Term.SHORT: _("Goal, short term"), Term.LONG: _("Goal, long term")}
        label = _("Goal") if goal.term is None else terms[goal.term]
        yield OwnWords(text=goal.text, label=label, leads=bool(goal.sign or goal.actions))
    if goal.sign:
        text = _("This is how we know: {sign}").format(sign=goal.sign)
        yield Paragraph(text=text, leads=bool(goal.actions))
    if goal.actions:
        columns = (
            Column(title=_("What"), width=4),
            Column(title=_("Who"), width=3.4),
            Column(title=_("To be done by"), width=2.1),
            Column(title=_("How it stands"), width=1.5),
        )
        # As it was agreed on nothing has become of it yet.
        told = len(columns) if any(one.state for one in goal.actions) else len(columns) - 1
        rows = (_action(one, language) for one in goal.actions)
        yield Table(columns=columns[:told], rows=tuple(one[:told] for one in rows))


def _action(action: ActionRow, language: Language) -> tuple[str, str, str, str]:
    _ = language.gettext
    text = action.text
    if action.own_part:
        own = _("The young person: {what}").format(what=action.own_part)
        text = f"{text}\n{own}"
    days = [] if action.due is None else [language.due_long(action.due, action.hour)]
    if action.asked_on is not None:
        asked = _("Followed up {date}").format(date=language.date_long(action.asked_on))
        days.append(asked)
    return text, action.who, "\n".join(days), action.state


def _ratings(ratings: Ratings, language: Language) -> Iterator[Block]:
    """Yield each area over time, then the same figures in tables, all of them."""
    _ = language.gettext
    if not ratings.days:
        return
    yield Heading(text=_("How the young person says that it is"))
    text = _("Own figures from 1 to 10. Nobody else has changed them.")
    yield Paragraph(text=text, leads=True)
    if any(ratings.done.values()):
        text = _("A short line below a chart is a day on which an action was done.")
        yield Paragraph(text=text, leads=True)
    yield _charts(ratings, language)
    for start in range(0, len(ratings.days), _DAYS_BESIDE):
        stretch = slice(start, start + _DAYS_BESIDE)
        beside = ratings.days[stretch]
        # The days of a later table stand in columns as wide as those above it.
        wider = _DAY_WIDTH * (_DAYS_BESIDE - len(beside)) if start else 0
        yield Table(
            columns=(
                Column(title=_("Area of life"), width=3 + wider),
                *(Column(title=one.isoformat(), width=_DAY_WIDTH) for one in beside),
            ),
            rows=tuple(
                (name, *("" if one is None else str(one) for one in figures[stretch]))
                for name, figures in ratings.rows
            ),
        )


def _charts(ratings: Ratings, language: Language) -> Charts:
    days = {*ratings.days}.union(*ratings.done.values())
    first, last = min(days), max(days)
    told = (*ratings.days, *(one for one in (first, last) if one not in ratings.days))
    return Charts(
        charts=tuple(
            Chart(
                name=name,
                told=say_figures(
                    name,
                    tuple(zip(ratings.days, figures, strict=True)),
                    ratings.done.get(name, ()),
                    language,
                ),
                points=tuple(
                    (share_of_time(day, first, last), figure)
                    for day, figure in zip(ratings.days, figures, strict=True)
                ),
                ticks=tuple(share_of_time(one, first, last) for one in ratings.done.get(name, ())),
            )
            for name, figures in ratings.rows
        ),
        lowest=LOWEST,
        highest=HIGHEST,
        days=tuple((share_of_time(one, first, last), one.isoformat()) for one in sorted(told)),
    )


def say_figures(
    name: str,
    figures: Sequence[tuple[date, int | None]],
    done: Sequence[date],
    language: Language,
) -> str:
    """Return what a chart shows of an area, in words."""
    _ = language.gettext
    told = [f"{language.date_long(day)}: {one}" for day, one in figures if one is not None]
    parts = [f"{name}. {', '.join(told)}."]
    if done:
        days = ", ".join(language.date_long(one) for one in done)
        parts.append(_("Actions done: {days}.").format(days=days))
    return " ".join(parts)
