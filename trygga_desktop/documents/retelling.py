"""Whether a record that was sealed once says no more than the same readers are told today.

What was decided of it by ids tells neither what somebody was called there nor who else stood on the
page. So what it says is laid beside what is said today, word by word: that readers may be told
more, and what became of something since, is nothing that they must not have.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from trygga_desktop.documents.plan import AgreedPlan
from trygga_desktop.documents.protocol import (
    ActionEntry,
    AgendaItem,
    DecisionEntry,
    OwnWordsEntry,
    ProtocolContent,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """What the readers of a paper are told today, and what may have left it without being kept.

    `texts` are what the items that the paper told read as today, `names` who promised something for
    an agency, and what people of the case are called beside their names. `is_protected` tells that
    somebody of the family is protected: then nothing may lead to them.
    """

    content: ProtocolContent
    texts: frozenset[str]
    names: frozenset[str]
    is_protected: bool


def names_no_other(then: ProtocolContent, now: Today) -> bool:
    """Return whether the readers of a record may know of everyone whom it names, and of each what.

    That is who was there and for whom, who did what and signs, and whom a consent lets have some.
    """
    today = now.content
    there = {(one.name, _agency(one.agency, today)) for one in today.participants}
    named = {*now.names, *_seated(today)}
    return (
        then.chair in {"", today.chair}
        and then.secretary in {"", today.secretary}
        and then.verifier in {"", today.verifier}
        and all(
            (one.name, _agency(one.agency, then)) in there
            or (one.name in now.names and not one.agency)
            for one in then.participants
        )
        and named.issuperset(_seated(then))
        and _agencies(then) <= _agencies(today)
        and _may_say_whose(then, today, named)
    )


def leads_to_protected(then: ProtocolContent, now: Today) -> bool:
    """Return whether a record says a place, a name or words that it would not since a protection.

    Whose name it is nobody has to know for that: what is said today is said without it.
    """
    if not now.is_protected:
        return False
    today = now.content
    said = {"", today.shown_name, *now.names, *_names(today)}
    texts = {"", *now.texts, *(text for text, _ in _lines(today))}
    return (
        bool(_places(then) - _places(today))
        or not {then.shown_name, *_names(then)} <= said
        or not all(
            text in texts or any(text.startswith(f"{one} (") for one in now.texts)
            for text, _ in _lines(then)
        )
    )


def _places(content: ProtocolContent) -> set[str]:
    upcoming = content.next_meeting
    return {content.place, "" if upcoming is None else upcoming.place} - {""}


def _agencies(content: ProtocolContent) -> set[str | None]:
    return {_agency(agency, content) for one in content.consents for agency in one.agencies}


def _agency(called: str, content: ProtocolContent) -> str | None:
    """Return what an agency is called, None for the board: its name may be another by now."""
    return None if called == content.organisation else called


def _may_say_whose(then: ProtocolContent, today: ProtocolContent, named: Collection[str]) -> bool:
    """Return whether whom the lines of a record name may be named; what they are called can change.

    A line that is told no more today is one of which something became: its name has to be known.
    """
    said = {"", today.shown_name, *named, *_speakers(today)}
    whose: dict[str, set[str]] = {}
    for text, who in _lines(today):
        whose.setdefault(text, set()).add(who)
    return all(
        not who or bool(whose[text] - {""}) if text in whose else who in said
        for text, who in _lines(then)
    )


def _speakers(content: ProtocolContent) -> set[str]:
    return {who for _, who in _lines(content)}


def _seated(content: ProtocolContent) -> Iterator[str]:
    """Yield whoever stands there as somebody of the meeting."""
    yield from (one.name for one in content.participants)
    yield from (one.name for one in content.interpreters)
    yield from (one.name for one in content.signers)


def _names(content: ProtocolContent) -> Iterator[str]:
    """Yield everyone whom a content names."""
    yield from _seated(content)
    yield from (content.chair, content.secretary, content.verifier)
    yield from _speakers(content)
    if content.excerpt is not None and content.excerpt.is_family:
        yield content.excerpt.recipient


def _lines(content: ProtocolContent) -> Iterator[tuple[str, str]]:
    """Yield everything that somebody wrote or said, each with whom it names beside it."""
    yield content.summary, ""
    yield from ((one.text, one.person) for one in content.carried)
    for item in content.items:
        yield from _of_item(item)
    if content.excerpt is not None:
        yield from ((one.text, one.person) for one in content.excerpt.promises)
    if content.plan is not None:
        yield from _of_plan(content.plan)


def _of_item(item: AgendaItem) -> Iterator[tuple[str, str]]:
    for entry in item.entries:
        match entry:
            case OwnWordsEntry():
                yield entry.text, entry.who
            case ActionEntry():
                yield entry.text, entry.person
            case DecisionEntry():
                yield entry.text, ""
                yield from ((one.text, one.who) for one in entry.dissents)
            case _:
                yield entry.text, ""


def _of_plan(plan: AgreedPlan) -> Iterator[tuple[str, str]]:
    yield from ((one, "") for one in plan.wishes)
    for area in plan.areas:
        yield from ((text, "") for _, text in area.told)
        for goal in area.goals:
            yield goal.text, ""
            yield goal.sign, ""
            yield from ((one.text, one.who) for one in goal.actions)
