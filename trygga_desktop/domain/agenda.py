"""Templates of agendas: what a kind of meeting goes through, and what is to be noted."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from trygga_desktop.domain.tables import (
    CategoryCode,
    Code,
    CodeOf,
    Key,
    Order,
    RoleCode,
    between,
)
from trygga_desktop.domain.words import Words

EVERY_PROGRAMME = "*"
VOICE = "own_words"
"""The category of what the young person says: the second thing that any meeting comes to."""


class Form(StrEnum):
    """Who a kind of meeting is held with."""

    WITH_FAMILY = "with_family"
    WITH_PERSON = "with_person"
    PROFESSIONALS_ONLY = "professionals_only"


@dataclass(frozen=True, slots=True, kw_only=True)
class MustNote:
    """Something that an item of an agenda is not complete without."""

    code: Code
    text: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateItem:
    """One item of a template. `category` is a proposal for what is written under it.

    `role` leads the item. `must_note` are codes of what the review asks for.
    """

    code: Code
    order: Order
    title: Words
    minutes: Annotated[int, between(1, 240)]
    question: Words
    category: CategoryCode
    role: RoleCode
    young_person_present: bool
    must_note: tuple[Annotated[str, CodeOf("agendas.must_note")], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """The agenda of one kind of meeting. `needs_roles` are missed if nobody has them."""

    code: Code
    name: Words
    programme: Annotated[str, CodeOf("programmes.programme", frozenset({EVERY_PROGRAMME}))]
    form: Form
    needs_roles: tuple[RoleCode, ...]
    minutes: Annotated[int, between(1, 480)]
    items: Annotated[tuple[TemplateItem, ...], Key("item")]

    def serves(self, programme: str) -> bool:
        """Tell whether meetings of that programme may be made from it."""
        return self.programme in {EVERY_PROGRAMME, programme}

    @property
    def minutes_of_items(self) -> int:
        """Return how long the items take together."""
        return sum(item.minutes for item in self.items)

    @property
    def has_voice_second(self) -> bool:
        """Tell whether the young person is heard as soon as everyone is welcome."""
        return [item.category for item in self.items[1:2]] == [VOICE]

    @property
    def fits_form(self) -> bool:
        """Tell whether the young person is there for some item, or for none if never invited."""
        is_there = any(item.young_person_present for item in self.items)
        return is_there is (self.form is not Form.PROFESSIONALS_ONLY)
