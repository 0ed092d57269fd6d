"""What stands in the form of the mapping: what was told, by whom, about whom. No widgets."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from trygga_desktop.domain.agencies import Category
from trygga_desktop.domain.areas import LifeArea
from trygga_desktop.domain.catalogue import Catalogue
from trygga_desktop.domain.parties import PartyRole
from trygga_desktop.services.overview import CaseOverview
from trygga_desktop.services.parties import ShownParty
from trygga_desktop.services.rooms import ShownEntry
from trygga_desktop.ui.typed import Typed, codes_of, ids_in, one_of, sorted_codes


class Missing(StrEnum):
    """What keeps a statement from being recorded."""

    TEXT = "text"
    TELLER = "teller"
    OTHERS_UNANSWERED = "others_unanswered"
    OTHERS = "others"


class Teller(NamedTuple):
    """Who told something: a person of the family, an organisation, or the board with neither."""

    person_id: UUID | None = None
    organisation_id: UUID | None = None
    name: str = ""
    kind: str = ""


BOARD = Teller()
"""The board itself, whose case this is."""


class AreaView(NamedTuple):
    """What stands in one area of life. `area` is None for what belongs to none that is known."""

    area: LifeArea | None
    strengths: tuple[ShownEntry, ...]
    needs: tuple[ShownEntry, ...]

    @property
    def code(self) -> str:
        """Return the code of the area, empty for what belongs to none."""
        return "" if self.area is None else self.area.code


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """Everything typed and chosen so far.

    `concerns_others` is the answer to whether somebody else is concerned, None before it is given.
    """

    area: str = ""
    is_strength: bool = True
    text: str = ""
    teller: Teller | None = None
    category: str = ""
    concerns_others: bool | None = None
    others: frozenset[UUID] = frozenset()

    def after_recording(self) -> "Capture":
        """Return what stays for the next statement: where one is, and who is telling."""
        return replace(self, text="", concerns_others=None, others=frozenset())

    def typed(self) -> Typed:
        """Return everything of it for a draft."""
        teller = self.teller
        concerns = self.concerns_others
        return Typed(
            texts={"text": self.text},
            chosen={
                "area": codes_of(self.area or None),
                "strength": ("yes",) if self.is_strength else (),
                "teller": () if teller is None else (_code_of(teller),),
                "category": codes_of(self.category or None),
                "concerns": () if concerns is None else ("yes" if concerns else "no",),
                "others": sorted_codes(self.others),
            },
        )

    def with_typed(self, typed: Typed, known: Collection[Teller]) -> "Capture":
        """Return it with what a draft holds; one who tells must still be known."""
        chosen = typed.chosen
        teller, concerns = one_of(chosen, "teller"), one_of(chosen, "concerns")
        return replace(
            self,
            area=one_of(chosen, "area") or self.area,
            is_strength=bool(chosen.get("strength")),
            text=typed.texts.get("text", ""),
            teller=next((one for one in known if _code_of(one) == teller), None),
            category=one_of(chosen, "category") or self.category,
            concerns_others=None if not concerns else concerns == "yes",
            others=frozenset(ids_in(chosen, "others")),
        )

    def missing(self, category: Category | None, family: Collection[UUID]) -> Missing | None:
        """Return the first thing that is not there yet, in reading order.

        Where the category often tells of others, whether it does is answered each time.
        """
        asks = category is not None and category.second_person_risk
        if not self.text.strip():
            return Missing.TEXT
        if self.teller is None:
            return Missing.TELLER
        if asks and self.concerns_others is None:
            return Missing.OTHERS_UNANSWERED
        if asks and self.concerns_others and not self.others & set(family):
            return Missing.OTHERS
        return None


def area_views(overview: CaseOverview) -> tuple[AreaView, ...]:
    """Return the areas of life in their order, and last what belongs to none of them."""
    known = {one.code for one in overview.catalogue.life_areas}
    views = [
        _view(area, [one for one in overview.mapping if one.item.area == area.code])
        for area in overview.catalogue.life_areas
    ]
    others = [one for one in overview.mapping if one.item.area not in known]
    return (*views, _view(None, others)) if others else tuple(views)


def tellers(overview: CaseOverview) -> tuple[Teller, ...]:
    """Return who may have told something: the family, then each organisation, then the board."""
    family = [Teller(person_id=one.party.id, name=one.name) for one in family_of(overview)]
    organisations: dict[UUID, Teller] = {}
    for one in overview.people:
        organisation = one.party.organisation_id
        if organisation is not None and one.party.holds_on(overview.today):
            known = Teller(organisation_id=organisation, name=one.organisation, kind=one.kind)
            organisations.setdefault(organisation, known)
    return (*family, *organisations.values(), BOARD)


def family_of(overview: CaseOverview) -> list[ShownParty]:
    """Return the young person and the others of the family, as it is today."""
    return [
        one
        for one in overview.people
        if one.party.role is not PartyRole.PROFESSIONAL and _holds(one, overview.today)
    ]


def subject_of(overview: CaseOverview) -> ShownParty | None:
    """Return the young person, if they may be shown."""
    subjects = (one for one in overview.people if one.party.role is PartyRole.SUBJECT_PERSON)
    return next(subjects, None)


def find_category(code: str, catalogue: Catalogue) -> Category | None:
    """Return a category, or None where the catalogue has none such."""
    return next((one for one in catalogue.categories if one.code == code), None)


def _code_of(teller: Teller) -> str:
    """Return a code for who told something: an id, or a word for the board."""
    return str(teller.person_id or teller.organisation_id or "board")


def _view(area: LifeArea | None, entries: Collection[ShownEntry]) -> AreaView:
    return AreaView(
        area,
        tuple(one for one in entries if one.item.is_strength),
        tuple(one for one in entries if not one.item.is_strength),
    )


def _holds(shown: ShownParty, day: date) -> bool:
    return shown.party.role is PartyRole.SUBJECT_PERSON or shown.party.holds_on(day)
