"""Two versions of a plan beside each other: what is compared of a line, and what is told of it."""

from collections.abc import Callable, Iterable, Mapping
from uuid import UUID

from trygga_desktop.domain.catalogue import Catalogue
from trygga_desktop.domain.plan import LineKind, Term
from trygga_desktop.i18n import Language
from trygga_desktop.services.plan_teller import ShownPlanLine

_COMPARED = (
    *("kind", "term", "sign", "goal_id", "responsible", "organisation_id", "own_part"),
    *("due_on", "due_at", "new_due", "new_due_at", "follow_up_on", "new_follow_up"),
)


def in_reading_order(lines: Iterable[ShownPlanLine], catalogue: Catalogue) -> list[ShownPlanLine]:
    """Return lines as the plan has them: what the young person wants, then area by area.

    The order is the same for any version, so that two are read beside each other. What no area of
    the catalogue has comes last.
    """
    areas = [one.code for one in catalogue.life_areas]

    def place(line: ShownPlanLine) -> tuple[int, str]:
        area = line.item.area
        if line.kind is LineKind.WISH:
            return -1, ""
        return (areas.index(area), "") if area in areas else (len(areas), area)

    return sorted(lines, key=place)


def say_the_same(one: ShownPlanLine, other: ShownPlanLine) -> bool:
    """Tell whether two lines of two versions say the same to whoever reads them."""
    return all(getattr(one, name) == getattr(other, name) for name in _COMPARED) and (
        one.item.text,
        one.item.area,
    ) == (other.item.text, other.item.area)


def words_of_goals(lines: Iterable[ShownPlanLine]) -> Mapping[UUID, str]:
    """Return the goals of a version by their ids."""
    return {one.id: one.item.text for one in lines if one.kind is LineKind.GOAL}


def further_words(
    line: ShownPlanLine,
    other: ShownPlanLine | None,
    *,
    goals: Mapping[UUID, str],
    name_area: Callable[[ShownPlanLine], str],
    language: Language,
) -> tuple[str, ...]:
    """Return what is compared of a line beside its words, who does it until when, and its sign.

    What kind of line it is and where it stands is told where the `other` version has that
    otherwise.
    """
    _ = language.gettext
    told: list[str] = []
    if other is not None and other.kind is not line.kind:
        told.append(_kinds(language)[line.kind])
    if line.term is not None:
        told.append(_("Short term") if line.term is Term.SHORT else _("Long term"))
    if other is not None and other.item.area != line.item.area:
        told.append(name_area(line))
    if other is not None and other.goal_id != line.goal_id:
        goal = None if line.goal_id is None else goals.get(line.goal_id)
        told.append(_("Under no goal") if goal is None else _("Goal: {text}").format(text=goal))
    day = line.new_follow_up or line.follow_up_on
    if day is not None:
        told.append(_("Followed up {day}").format(day=language.date_long(day)))
    if line.own_part:
        told.append(_("The young person: {what}").format(what=line.own_part))
    return tuple(told)


def say_sign(kind: LineKind, sign: str, language: Language) -> str:
    """Return how one will know that a goal is reached, or where a result is kept."""
    _ = language.gettext
    if kind is LineKind.INSTRUMENT:
        return _("The result is kept: {where}").format(where=sign)
    return _("This is how we know: {sign}").format(sign=sign)


def _kinds(language: Language) -> Mapping[LineKind, str]:
    _ = language.gettext
    return {
        LineKind.WISH: _("What I want"),
        LineKind.STATE: _("How it is now"),
        LineKind.STRENGTH: _("Strength"),
        LineKind.NEED: _("Need"),
        LineKind.INSTRUMENT: _("Assessment instrument"),
        LineKind.GOAL: _("Goal"),
        LineKind.ACTION: _("Action"),
        LineKind.NOTE: _("Note"),
    }
