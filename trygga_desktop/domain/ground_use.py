"""A recorded decision to tell something without consent, on another legal ground.

It opens exactly the items that it names to the recipients that it names, never a category by
itself (step 3 of the order in `resources/catalogue/reasons.toml`).
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from trygga_desktop.domain.agencies import Agency, Duty, LegalKind
from trygga_desktop.domain.grounds import (
    ANY_AGENCY,
    POLICE_SIDE,
    PUBLIC,
    Condition,
    ConditionKind,
    LegalGround,
    Mode,
    Needed,
)
from trygga_desktop.domain.items import Item
from trygga_desktop.domain.reasons import Reason

_AUTHORITIES = frozenset(
    {LegalKind.MUNICIPAL_AUTHORITY, LegalKind.STATE_AUTHORITY, LegalKind.REGION}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class GroundAnswer:
    """What a person answered to one condition: yes or no, or in words."""

    condition: str
    holds: bool | None = None
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroundUse:
    """Who decided, on which ground, that these items may be told to these recipients, and why.

    `giver` is the organisation that holds them, `recipients` are organisations of the case. It
    holds until the end of `until`. `category` is that of the items; they have one.
    """

    id: UUID
    ground: str
    giver: UUID
    category: str
    items: frozenset[UUID]
    recipients: frozenset[UUID]
    answers: tuple[GroundAnswer, ...]
    decided_by: str
    motive: str
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class UsedGround:
    """A decision as the sharing decision sees it. `flaw` is why it opens nothing at all.

    `names_nobody` is a decision that nobody can be recognised by these items.
    """

    use: GroundUse
    flaw: Reason | None = None
    names_nobody: bool = False

    def is_near(self, item: Item, recipients: Collection[UUID | None]) -> bool:
        """Tell whether the decision has to do with this question: with the item, or one like it."""
        use = self.use
        is_like_it = use.giver == item.origin_id and use.category == item.category
        is_for_them = not use.recipients.isdisjoint(recipients)
        return item.id in use.items or (is_like_it and is_for_them)

    def flaw_for(
        self, item: Item, recipients: Collection[UUID | None], *, on: date
    ) -> Reason | None:
        """Return why it does not open the item to these on that day; None if it does."""
        use = self.use
        is_for_them = not use.recipients.isdisjoint(recipients)
        if self.flaw is not None:
            return self.flaw
        if item.id not in use.items or not is_for_them or use.giver != item.origin_id:
            return Reason.GROUND_OTHER_SCOPE
        return Reason.GROUND_EXPIRED if on > use.until else None


def find_flaw(
    use: GroundUse,
    ground: LegalGround | None,
    *,
    decided_on: date,
    on: date,
    kinds: Mapping[UUID, Agency],
) -> Reason | None:
    """Return why a decision opens nothing; None if the ground carries it.

    `kinds` are the agencies of the organisations that it names. The program never answers a
    question of weighing; it only sees that somebody has.
    """
    if ground is None or ground.mode is Mode.CONSENT:
        return Reason.GROUND_NOT_IN_FORCE
    if not (ground.can_be_used_on(decided_on) and ground.can_be_used_on(on)):
        return Reason.GROUND_NOT_IN_FORCE
    misfit = find_misfit(
        ground,
        giver=kinds.get(use.giver),
        recipients=[kinds.get(one) for one in use.recipients],
        category=use.category,
    )
    if misfit is not None:
        return misfit
    return None if is_complete(use, ground) else Reason.GROUND_INCOMPLETE


def find_misfit(
    ground: LegalGround,
    *,
    giver: Agency | None,
    recipients: Iterable[Agency | None],
    category: str,
) -> Reason | None:
    """Return why a ground is not for these, None where it is. Who is not known fits no ground."""
    if giver is None or _is_one_of(giver, ground.never_from):
        return Reason.GROUND_NOT_FOR_HOLDER
    if not _is_one_of(giver, ground.givers):
        return Reason.GROUND_NOT_FOR_HOLDER
    if any(one is None or not _is_one_of(one, ground.recipients) for one in recipients):
        return Reason.GROUND_OTHER_SCOPE
    if ground.categories and category not in ground.categories:
        return Reason.GROUND_OTHER_SCOPE
    return None


def is_complete(use: GroundUse, ground: LegalGround) -> bool:
    """Tell whether somebody answered for every condition, and the facts are as they must be."""
    answers = {one.condition: one for one in use.answers}
    answered = all(is_answered(one, answers.get(one.code)) for one in ground.conditions)
    needs_motive = ground.weighing and not use.motive.strip()
    return answered and bool(use.decided_by.strip()) and not needs_motive


def is_answered(condition: Condition, answer: GroundAnswer | None) -> bool:
    """Tell whether somebody answered, and as it must be where that is a fact."""
    if answer is None:
        return False
    if condition.kind is not ConditionKind.YES_NO:
        return bool(answer.words.strip())
    if answer.holds is None:
        return False
    return condition.needed is None or answer.holds is (condition.needed is Needed.YES)


def _is_one_of(agency: Agency, sides: Collection[str]) -> bool:
    names = {agency.code, ANY_AGENCY}
    if agency.legal_kind in _AUTHORITIES:
        names.add(PUBLIC)
    if agency.police_duty.applies is Duty.RECIPIENT:
        # Whoever the others must inform is on the side of the law enforcement authorities.
        names.add(POLICE_SIDE)
    return not names.isdisjoint(sides)
