"""A plan that is being written, as the text of a draft."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum
from typing import Any, TypeVar
from uuid import UUID

from trygga_desktop.domain.plan import LineKind, PlanLine, Term
from trygga_desktop.ui.typed import Typed, id_in, ids_in, one_of

_ORDER, _BASE, _TRIED = "order", "based_on", "tried"
_TEXTS = ("words", "sign", "own_part", "responsible")
_IDS = ("origin_id", "said_by", "goal_id", "organisation_id", "party_id", "replaces")
_DAYS = ("known_on", "due_on", "follow_up_on", "new_due", "new_follow_up")
_HOURS = ("due_at", "new_due_at")
_EVIDENCE, _TYPED = "evidence", "typed"
_PUT_IN, _TAKEN_OUT = "put_in", "taken_out"
_PROPOSED = ("due_on", "follow_up_on", "new_due", "new_follow_up")

Code = TypeVar("Code", bound=StrEnum)


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """Lines as they are being written, from which version, and how one knows what was done.

    `evidence` is by the id of a line, `days` what was typed as a day of a line and names none yet.
    Of `tried` lines it was answered that nothing is touched. `placed` tells which commitments were
    put into the plan, or out of it.
    """

    based_on: int
    lines: tuple[PlanLine, ...]
    tried: frozenset[UUID] = frozenset()
    evidence: Mapping[UUID, str] = field(default_factory=dict)
    days: Mapping[tuple[UUID, str], str] = field(default_factory=dict)
    placed: Mapping[UUID, bool] = field(default_factory=dict)


def as_typed(written: Written) -> Typed:
    """Return it as what was typed and chosen."""
    texts: dict[str, str] = {}
    chosen: dict[str, list[str]] = {
        _ORDER: [str(one.id) for one in written.lines],
        _BASE: [str(written.based_on)],
        _TRIED: [str(one) for one in sorted(written.tried)],
        _PUT_IN: [str(one) for one, is_in in written.placed.items() if is_in],
        _TAKEN_OUT: [str(one) for one, is_in in written.placed.items() if not is_in],
    }
    for line in written.lines:
        for name in _TEXTS:
            if getattr(line, name):
                texts[f"{line.id} {name}"] = getattr(line, name)
        chosen |= {f"{line.id} {name}": codes for name, codes in _chosen(line)}
    for line_id, words in written.evidence.items():
        if words:
            texts[f"{line_id} {_EVIDENCE}"] = words
    texts |= {f"{line_id} {_TYPED} {name}": day for (line_id, name), day in written.days.items()}
    return Typed(texts=texts, chosen=chosen)


def from_typed(typed: Typed) -> Written | None:
    """Return what a draft holds, or None where it is none of a plan. Odd parts are left out."""
    base = one_of(typed.chosen, _BASE)
    if not base.isdecimal():
        return None
    lines = tuple(_line(one, typed) for one in ids_in(typed.chosen, _ORDER))
    found = {one.id: typed.texts.get(f"{one.id} {_EVIDENCE}", "") for one in lines}
    return Written(
        based_on=int(base),
        lines=lines,
        tried=frozenset(ids_in(typed.chosen, _TRIED)),
        evidence={one: words for one, words in found.items() if words},
        placed={
            **dict.fromkeys(ids_in(typed.chosen, _PUT_IN), True),
            **dict.fromkeys(ids_in(typed.chosen, _TAKEN_OUT), False),
        },
        days={
            (one.id, name): typed.texts[key]
            for one in lines
            for name in _PROPOSED
            if (key := f"{one.id} {_TYPED} {name}") in typed.texts
        },
    )


def _chosen(line: PlanLine) -> Iterator[tuple[str, list[str]]]:
    yield "kind", [line.kind.value]
    yield "place", [line.area, line.category]
    if line.term is not None:
        yield "term", [line.term.value]
    for name in _IDS:
        if getattr(line, name) is not None:
            yield name, [str(getattr(line, name))]
    for name in (*_DAYS, *_HOURS):
        if getattr(line, name) is not None:
            yield name, [getattr(line, name).isoformat()]
    if line.about:
        yield "about", [str(one) for one in sorted(line.about)]
    if line.clashes_with is not None:
        yield "clashes_with", [str(line.clashes_with)]


def _line(line_id: UUID, typed: Typed) -> PlanLine:
    chosen = {
        name.removeprefix(f"{line_id} "): codes
        for name, codes in typed.chosen.items()
        if name.startswith(f"{line_id} ")
    }
    place = [*chosen.get("place", ()), "", ""]
    fields: dict[str, Any] = {
        **{name: typed.texts.get(f"{line_id} {name}", "") for name in _TEXTS},
        **{name: id_in(chosen, name) for name in (*_IDS, "clashes_with")},
        **{name: _day(one_of(chosen, name)) for name in _DAYS},
        **{name: _hour(one_of(chosen, name)) for name in _HOURS},
    }
    return PlanLine(
        id=line_id,
        kind=_code(LineKind, one_of(chosen, "kind")) or LineKind.NOTE,
        area=place[0],
        category=place[1],
        term=_code(Term, one_of(chosen, "term")),
        about=frozenset(ids_in(chosen, "about")),
        **fields,
    )


def _code(codes: type[Code], text: str) -> Code | None:
    return next((one for one in codes if one.value == text), None)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _hour(text: str) -> time | None:
    try:
        return time.fromisoformat(text)
    except ValueError:
        return None


def differing(lines: Iterable[PlanLine], others: Iterable[PlanLine]) -> bool:
    """Tell whether two plans say something else, lines without words left out."""
    first = [one for one in lines if one.words.strip()]
    return first != [one for one in others if one.words.strip()]
