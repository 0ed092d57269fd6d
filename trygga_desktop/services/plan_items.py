"""Makes items of the lines of a plan, each with every answer that is about all of it."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date
from uuid import UUID

from trygga_desktop.domain.items import Item, ItemKind, Part
from trygga_desktop.domain.plan import (
    PlanLine,
    PlanVersion,
    answers_for,
    answers_hold,
    says_the_same,
)


class LineItems:
    """Makes the items that are decided about, of whichever version of a plan.

    `recorded` are the items of the case, `promised` the ids of its commitments. `newest` is the
    newest version, in which answers stand that were given since.
    """

    def __init__(
        self,
        case_id: UUID,
        *,
        recorded: Iterable[Item],
        promised: Collection[UUID],
        newest: PlanVersion | None,
    ) -> None:
        self._case_id = case_id
        self._promised = promised
        self._latest = {one.id: one for one in (() if newest is None else newest.lines)}
        # Of a goal it stands there in whichever words.
        self._notings: dict[UUID, list[Item]] = {}
        for one in recorded:
            is_goal = one.kind is ItemKind.PLAN_LINE and one.part is Part.CASE
            line_id = one.follows if is_goal and one.follows is not None else one.id
            self._notings.setdefault(line_id, []).append(one)

    def of(self, line: PlanLine, *, author_id: UUID, on: date) -> Item:
        """Return a line as an item. What a meeting noted is decided as it did.

        A line that reads otherwise since then is decided as what it is now. `on` is the day since
        which it is known where the line does not say.
        """
        item = line.as_item(self._case_id, author_id=author_id, on=on)
        answers = [*line.markings]
        latest = self._latest.get(line.id)
        if latest is not None and answers_hold(latest, line):
            # Answered since, of the same.
            answers += latest.markings
        for noted in self._notings.get(line.id, ()):
            if self._is_as_noted(item, noted):
                item = replace(item, origin_id=noted.origin_id)
                answers += answers_for(line, noted.markings)
        # Of two answers the one that keeps it from somebody holds.
        answers.sort(key=lambda one: one.answer.is_closing)
        return replace(item, markings=tuple({one.about_id: one for one in answers}.values()))

    def _is_as_noted(self, item: Item, noted: Item) -> bool:
        # What an agency promised is its own to tell, whoever's information the desk took it for.
        is_whose = item.id in self._promised or item.origin_id == noted.origin_id
        return is_whose and says_the_same(item, noted)
