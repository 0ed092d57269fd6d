"""Entries that were begun and not added, as one draft, and back again. No widgets."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from trygga_desktop.ui.screens.meeting.also_about import NOBODY_ELSE, AlsoAbout
from trygga_desktop.ui.typed import Typed, code_in, codes_of, id_in, ids_in, one_of, sorted_codes


class Kind(StrEnum):
    """What sort of thing is written down, in the order of the keys."""

    DECISION = "decision"
    ACTION = "action"
    NOTE = "statement"
    OWN_WORDS = "own_words"
    DISSENT = "dissent"


@dataclass(frozen=True, slots=True, kw_only=True)
class HalfWritten:
    """An entry that was not added yet. One that `amends` puts a line of the plan otherwise.

    `words_of` is the line of the plan with whose words it began, whatever became of it since.
    `category` is what it is taken to be, and `chosen` what somebody chose for it by hand.
    """

    text: str
    kind: Kind = Kind.NOTE
    whose: UUID | None = None
    category: str = ""
    chosen: str = ""
    responsible: UUID | None = None
    due: str = ""
    follows: UUID | None = None
    item_id: UUID | None = None
    amends: UUID | None = None
    words_of: UUID | None = None
    also: AlsoAbout = NOBODY_ELSE


def typed_in(now: HalfWritten, aside: Sequence[HalfWritten]) -> Typed:
    """Return what stands on the screen, and what was taken off it, as one draft."""
    texts: dict[str, str] = {}
    chosen: dict[str, tuple[str, ...]] = {}
    for name, one in (("now", now), *((f"aside {place}", one) for place, one in enumerate(aside))):
        texts |= {name: one.text, f"due {name}": one.due}
        chosen |= {
            f"kind {name}": (one.kind,),
            f"whose {name}": codes_of(one.whose),
            f"category {name}": codes_of(one.category or None),
            f"by hand {name}": codes_of(one.chosen or None),
            f"responsible {name}": codes_of(one.responsible),
            f"follows {name}": codes_of(one.follows),
            f"item {name}": codes_of(one.item_id),
            f"amends {name}": codes_of(one.amends),
            f"words {name}": codes_of(one.words_of),
            f"about {name}": sorted_codes(one.also.people),
            f"unnamed {name}": ("yes",) if one.also.has_unnamed else (),
        }
    return Typed(texts=texts, chosen=chosen)


def read_half_written(typed: Typed) -> tuple[HalfWritten, tuple[HalfWritten, ...]]:
    """Return what stood on the screen, and what had been taken off it."""
    count = sum(name.startswith("aside ") for name in typed.texts)
    return _half(typed, "now"), tuple(_half(typed, f"aside {place}") for place in range(count))


def _half(typed: Typed, name: str) -> HalfWritten:
    chosen = typed.chosen
    return HalfWritten(
        text=typed.texts.get(name, ""),
        kind=code_in(chosen, f"kind {name}", Kind, Kind.NOTE),
        whose=id_in(chosen, f"whose {name}"),
        category=one_of(chosen, f"category {name}"),
        chosen=one_of(chosen, f"by hand {name}"),
        responsible=id_in(chosen, f"responsible {name}"),
        due=typed.texts.get(f"due {name}", ""),
        follows=id_in(chosen, f"follows {name}"),
        item_id=id_in(chosen, f"item {name}"),
        amends=id_in(chosen, f"amends {name}"),
        # What an earlier version kept says only what it puts otherwise.
        words_of=id_in(chosen, f"words {name}") or id_in(chosen, f"amends {name}"),
        also=AlsoAbout(
            people=frozenset(ids_in(chosen, f"about {name}")),
            has_unnamed=bool(chosen.get(f"unnamed {name}")),
        ),
    )
