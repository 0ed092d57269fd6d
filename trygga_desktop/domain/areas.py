"""Areas of life: what the mapping of a case goes through."""

from dataclasses import dataclass
from typing import Annotated

from trygga_desktop.domain.tables import AgencyCode, CategoryCode, Code, CodeOf, Icon, Order
from trygga_desktop.domain.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Questions:
    """What is asked about one area of life."""

    strengths: Words
    needs: Words
    goal: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """The two ends of the young person's own scale from 1 to 10."""

    low: Words
    high: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """An example of what an agency could do."""

    agency: AgencyCode
    text: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class LifeArea:
    """One area of life in the mapping. `category` is a proposal for what is written under it."""

    code: Code
    order: Order
    icon: Icon
    category: CategoryCode
    name: Words
    description: Words
    young: Questions
    professional: Questions
    rating: Rating
    example_goals: tuple[Words, ...]
    example_measures: tuple[Measure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AdultHeading:
    """A heading that adults have in an area of life beside the others."""

    code: Code
    area: Annotated[str, CodeOf("life_areas.area")]
    name: Words
