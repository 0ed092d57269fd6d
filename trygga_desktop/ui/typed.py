"""What was typed into a form and chosen beside it, as the text of a draft."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from trygga_desktop.domain.drafts import DraftKind

Chosen = Mapping[str, Sequence[str]]
"""Choices by their names, each as the codes or ids of what is chosen."""

Code = TypeVar("Code", bound=StrEnum)


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """Texts by the names of their fields, choices by theirs."""

    texts: Mapping[str, str] = field(default_factory=dict)
    chosen: Chosen = field(default_factory=dict)


NOTHING_TYPED = Typed()


def write_typed(typed: Typed) -> str:
    """Return it as the text of a draft."""
    texts = {str(name): text for name, text in typed.texts.items()}
    chosen = {str(name): list(codes) for name, codes in typed.chosen.items()}
    return json.dumps({"texts": texts, "chosen": chosen}, ensure_ascii=False)


def read_typed(text: str) -> Typed | None:
    """Return what a draft holds, or None where it is none of a form."""
    try:
        stored = json.loads(text)
        texts = {str(name): _text(one) for name, one in stored["texts"].items()}
        chosen = {
            str(name): tuple(_text(code) for code in codes)
            for name, codes in stored.get("chosen", {}).items()
        }
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return Typed(texts=texts, chosen=chosen)


def readable(kind: DraftKind, text: str) -> str:
    """Return the words of a draft for people: those of each field in a line of its own."""
    typed = None if kind is DraftKind.NOTE else read_typed(text)
    if typed is None:
        return text
    return "\n".join(one.strip() for one in typed.texts.values() if one.strip())


def one_of(chosen: Chosen, name: str) -> str:
    """Return the one that is chosen, empty where none is."""
    codes = chosen.get(name, ())
    return codes[0] if codes else ""


def code_in(chosen: Chosen, name: str, codes: type[Code], otherwise: Code) -> Code:
    """Return the chosen member of an enumeration."""
    try:
        return codes(one_of(chosen, name))
    except ValueError:
        return otherwise


def ids_in(chosen: Chosen, name: str) -> tuple[UUID, ...]:
    """Return the chosen ids, as far as they are any."""
    return tuple(one for one in map(_id, chosen.get(name, ())) if one is not None)


def id_in(chosen: Chosen, name: str) -> UUID | None:
    """Return the one id that is chosen, None where none is."""
    return next(iter(ids_in(chosen, name)), None)


def codes_of(*values: object) -> tuple[str, ...]:
    """Return what is chosen as codes; None is no choice."""
    return tuple(str(one) for one in values if one is not None)


def sorted_codes(values: Iterable[object]) -> tuple[str, ...]:
    """Return a set of choices as codes, always in the same order."""
    return tuple(sorted(map(str, values)))


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value
