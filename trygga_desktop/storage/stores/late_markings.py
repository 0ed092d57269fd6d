"""Answers about items of sealed meetings: rows of their own, since the items never change."""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from trygga_desktop.domain.audit import MARKING_ACTIONS
from trygga_desktop.domain.excerpts import Handover
from trygga_desktop.domain.items import Item, Marking, RecordedMarking
from trygga_desktop.storage.stores.audit import Audit
from trygga_desktop.storage.stores.events import Events, digest_of_event

Answers = Mapping[UUID, Mapping[UUID, Marking]]
"""By item, and by what is asked about."""


class LateMarkings:
    """Believes the answers of a case where they are all that the log tells of, and no other."""

    def __init__(self, events: Events[Handover], log: Audit) -> None:
        self._events = events
        self._log = log

    def of_case(self, case_id: UUID) -> Answers | None:
        """Return the answers of a case, None where one that the log tells of is not there.

        What was answered last holds: without it an earlier answer could open what is kept back.
        """
        logged = self._log.digests(MARKING_ACTIONS, case_id)
        if not logged:
            return {}
        events = [one for one in self._events.of_case(case_id) if one.marked is not None]
        if sorted(logged) != sorted(digest_of_event(one) for one in events):
            return None
        found: dict[UUID, dict[UUID, Marking]] = {}
        for one in events:
            if one.marked is not None:
                of_item = found.setdefault(one.marked.item_id, {})
                of_item[one.marked.about_id] = one.marked.answer
        return found


def with_answers(item: Item, answers: Answers | None) -> Item:
    """Return an item with what was answered about it after its meeting was sealed.

    Where the answers are not whole, nothing counts as answered about what was noted at a meeting.
    """
    if answers is None:
        return item if item.noted is None else replace(item, markings=())
    later = answers.get(item.id)
    if later is None:
        return item
    kept = tuple(one for one in item.markings if one.about_id not in later)
    added = (RecordedMarking(about_id=about, answer=answer) for about, answer in later.items())
    return replace(item, markings=(*kept, *added))
