"""The plan of a case as it is, for who writes its next version."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date, time
from functools import cached_property
from uuid import UUID, uuid4

from trygga_desktop.domain.errors import ConflictError, InvalidInputError, TamperedError
from trygga_desktop.domain.items import Item, RecordedMarking
from trygga_desktop.domain.plan import (
    MOST_LINES,
    LineKind,
    PlanLine,
    PlanStage,
    PlanVersion,
    Until,
    answers_hold,
    combine,
    find_line_flaw,
    promise_the_same,
    put_back,
)
from trygga_desktop.services.audience import show_alone
from trygga_desktop.services.entries import check_hour, check_told, tried
from trygga_desktop.services.plan_listeners import opens_to_somebody
from trygga_desktop.services.plan_teller import Teller
from trygga_desktop.services.plan_versions import (
    basis_of,
    digest_of_version,
    is_complete,
    versions_of,
)
from trygga_desktop.services.standing import Standing
from trygga_desktop.services.vault import OpenVault
from trygga_desktop.storage.work import UnitOfWork


class Desk:
    """Reads what there is, takes what is written, and ties it to the version before it."""

    def __init__(self, work: UnitOfWork, vault: OpenVault, standing: Standing) -> None:
        self._work = work
        self._vault = vault
        self._standing = standing
        self._case_id = standing.opened.case.id
        self.versions = versions_of(work, self._case_id)
        if not is_complete(work, self._case_id, self.versions):
            # Nothing is built on a plan of which a version was taken away.
            raise TamperedError
        self.newest = self.versions[-1] if self.versions else None
        self.commitments = {
            one.id: (one, version) for one, version in work.commitments.of_case(self._case_id)
        }
        self._teller = Teller(work, vault, standing, versions=self.versions)
        items = self._teller.recorded
        before = () if self.newest is None else self.newest.lines
        self._known_since = {one.id: one.known_on for one in before}
        self._lacked = {one.id: one.lacks for one in before if one.kind is LineKind.NOTE}
        self._noted = {one.id: one for one in items if one.id in self.commitments}
        # As a promise last stood in the plan it was agreed on: the desk rewrites none of it.
        self._promised = {
            line.id: line
            for version in self.versions
            for line in version.lines
            if line.id in self._noted
        }

    @property
    def basis(self) -> str:
        """Return what the newest version is looked at as."""
        rows = {one: version for one, (_, version) in self.commitments.items()}
        return basis_of(self.newest, rows)

    def joined(
        self,
        lines: Iterable[PlanLine],
        based_on: int,
        *,
        tried_ids: Collection[UUID],
        opened: Collection[UUID],
    ) -> tuple[PlanLine, ...]:
        """Return the lines of the next version: those of the desk, with what it does not show.

        Raise InvalidInputError where a line is told as something else than before, somebody of the
        case could hear it by that, and it is not among those `opened` knowingly.
        """
        numbers = {one.number: one for one in self.versions}
        base = numbers.get(based_on)
        if based_on and base is None:
            raise ConflictError
        written = tuple(
            replace(one, markings=self._markings(one, is_tried=one.id in tried_ids))
            for one in self._checked(lines)
        )
        clashing = self._clashing(written, base)
        answered = frozenset(tried_ids) - clashing.keys()
        agreed = {
            one.id: self._as_agreed(one, is_tried=one.id in answered)
            for one in written
            if one.id in self._noted
        }
        told = tuple(agreed.get(one.id, one) for one in written)
        self._check_who_hears((*told, *clashing.values()), base, opened)
        written = tuple(_side_by_side(told, clashing))
        if base is not None:
            shown = show_alone(self.items_of(base), vault=self._vault, given=self._standing.given)
            unseen = frozenset(one.id for one in shown.hidden)
            written = put_back(written, base.lines, unseen)
        newest = self.newest
        if newest is not None and newest.number != based_on:
            earlier = () if base is None else base.lines
            written = combine(earlier, written, newest.lines, new_id=uuid4)
        there = {one.id for one in written}
        return tuple(
            one if one.clashes_with in {None, *there} else replace(one, clashes_with=None)
            for one in written
        )

    def items_of(self, version: PlanVersion) -> list[Item]:
        """Return the lines of a version, stored or not, as items that can be decided about."""
        return self._teller.as_items(version)

    def check_hour(self, line_id: UUID, day: date | None, hour: time | None, field: str) -> None:
        """Refuse the hour of a line without its day, or in a case that does not go by hours.

        One that it has, or had, is none that somebody gives it now: a case that is acute no more
        keeps what was written while it was.
        """
        if hour is not None and (day, hour) not in self._days.get(line_id, ()):
            check_hour(self._standing, day, hour, field)

    @cached_property
    def _days(self) -> Mapping[UUID, set[Until]]:
        """Return until when each line was to be done so far, as any version or meeting had it."""
        promised = self.commitments.items()
        found = {line_id: set[Until](one.days) for line_id, (one, _) in promised}
        for version in self.versions:
            for line in version.lines:
                found.setdefault(line.id, set()).update(((line.due_on, line.due_at), line.until))
        return found

    def _as_they_are(self, lines: Iterable[PlanLine]) -> list[Item]:
        author, on = self._work.keyring.principal, self._work.today
        return [one.as_item(self._case_id, author_id=author, on=on) for one in lines]

    def next_version(
        self, stage: PlanStage, lines: tuple[PlanLine, ...], based_on: int
    ) -> PlanVersion:
        """Return the next version, tied to the one before it."""
        newest = self.newest
        return PlanVersion(
            id=uuid4(),
            case_id=self._case_id,
            number=1 if newest is None else newest.number + 1,
            stage=stage,
            made_at=self._work.at,
            made_by=self._work.keyring.principal,
            lines=lines,
            salt=uuid4().hex,
            based_on=based_on,
            previous="" if newest is None else digest_of_version(newest).hex(),
        )

    def _markings(self, line: PlanLine, *, is_tried: bool) -> tuple[RecordedMarking, ...]:
        """Return what was answered about a line: now, or while it said the same.

        Answers that come with a line count for nothing: nobody gave them here.
        """
        if is_tried:
            return tried(self._standing, line.category)
        before = () if self.newest is None else self.newest.lines
        same = (one for one in before if one.id == line.id and answers_hold(one, line))
        earlier = next(same, None)
        return () if earlier is None else earlier.markings

    def _check_who_hears(
        self, written: Iterable[PlanLine], base: PlanVersion | None, opened: Collection[UUID]
    ) -> None:
        """Refuse what somebody could hear only because it is told as something else now."""
        known = {
            one.id: one
            for version in (base, self.newest)
            if version is not None
            for one in version.lines
        }
        changed = [
            (known[one.id], one)
            for one in written
            if one.id in known and one.id not in opened and _is_told_otherwise(known[one.id], one)
        ]
        # Answers are asked for apart from this: here each counts as if nothing were touched.
        before = self._as_they_are(self._as_tried(one) for one, _ in changed)
        after = self._as_they_are(self._as_tried(one) for _, one in changed)
        pairs = zip(before, after, strict=True)
        if changed and opens_to_somebody(self._work, self._standing, pairs):
            raise InvalidInputError(field="origin", flaw="opens")

    def _as_tried(self, line: PlanLine) -> PlanLine:
        return replace(line, markings=tried(self._standing, line.category))

    def _checked(self, lines: Iterable[PlanLine]) -> Iterable[PlanLine]:
        lines = tuple(lines)
        if len(lines) > MOST_LINES:
            raise InvalidInputError(field="lines", flaw="length")
        if len({one.id for one in lines}) != len(lines):
            raise InvalidInputError(field="lines", flaw="twice")
        standing = self._standing
        areas = frozenset(one.code for one in standing.catalogue.life_areas)
        for line in lines:
            flaw = find_line_flaw(line, areas)
            if flaw is not None:
                raise InvalidInputError(field=flaw[0], flaw=flaw[1])
            if not line.words.strip():
                continue
            if line.is_used_after(standing.on):
                raise InvalidInputError(field="due_on", flaw="future")
            self.check_hour(line.id, line.due_on, line.due_at, "due_at")
            self.check_hour(line.id, line.new_due, line.new_due_at, "new_due_at")
            check_told(standing, line.category, line.origin_id, line.said_by, line.about)
            known = {*standing.given.organisations, standing.given.controller_id, None}
            if line.organisation_id not in known:
                raise InvalidInputError(field="organisation", flaw="unknown")
            yield self._filled(line)

    def _filled(self, line: PlanLine) -> PlanLine:
        """Return a line that says whose it is and since when: what nobody else tells is ours."""
        standing = self._standing
        is_agreed = line.id in self._noted
        return replace(
            line,
            origin_id=line.origin_id or standing.given.controller_id,
            about=line.about or frozenset({standing.opened.subject_id}),
            known_on=line.known_on or self._known_since.get(line.id) or standing.on,
            new_due=line.new_due if is_agreed else None,
            new_due_at=line.new_due_at if is_agreed else None,
            new_follow_up=line.new_follow_up if is_agreed else None,
            lacks=self._lacked.get(line.id) if line.kind is LineKind.NOTE else None,
        )

    def _clashing(
        self, written: Iterable[PlanLine], base: PlanVersion | None
    ) -> dict[UUID, PlanLine]:
        """Return what the desk wrote of actions that were agreed on otherwise, by their ids."""
        before = {one.id: one for one in (() if base is None else base.lines)}
        return {
            one.id: one
            for one in written
            if one.id in self._noted
            and one.id in before
            and not promise_the_same(one, before[one.id])
            and not self._was_agreed(one)
        }

    def _was_agreed(self, line: PlanLine) -> bool:
        """Tell whether a line says what was agreed on, until whichever of its days so far."""
        commitment, _ = self.commitments[line.id]
        agreed = self._as_agreed(line, is_tried=False)
        asked = {commitment.follow_up_on, *(one.new_follow_up for one in commitment.changes)}
        if (line.due_on, line.due_at) in commitment.days:
            line = replace(line, due_on=agreed.due_on, due_at=agreed.due_at)
        if line.follow_up_on in asked:
            line = replace(line, follow_up_on=agreed.follow_up_on)
        return promise_the_same(line, agreed)

    def _as_agreed(self, line: PlanLine, *, is_tried: bool) -> PlanLine:
        """Return a line with the words and the people of the commitment that it is already."""
        commitment, _ = self.commitments[line.id]
        noted = self._noted[line.id]
        promised = self._promised.get(line.id)
        new_due, new_due_at = _another_hour(line, (commitment.due, commitment.hour))
        agreed = replace(
            line.in_words_of(noted),
            sign="" if promised is None else promised.sign,
            own_part="" if promised is None else promised.own_part,
            responsible=commitment.responsible,
            organisation_id=commitment.organisation_id,
            party_id=commitment.party_id,
            due_on=commitment.due,
            due_at=commitment.hour,
            follow_up_on=commitment.follow_up,
            new_due=new_due,
            new_due_at=new_due_at,
            new_follow_up=_another(line.new_follow_up, commitment.follow_up),
            replaces=None,
        )
        return replace(agreed, markings=self._markings(agreed, is_tried=is_tried))


def _side_by_side(
    lines: Iterable[PlanLine], clashing: Mapping[UUID, PlanLine]
) -> Iterable[PlanLine]:
    """Return the lines, behind each what was written of it at once, under an id of its own."""
    for line in lines:
        yield line
        other = clashing.get(line.id)
        if other is not None:
            apart = replace(other, id=uuid4(), clashes_with=line.id)
            yield replace(apart, new_due=None, new_due_at=None, new_follow_up=None)


def _is_told_otherwise(before: PlanLine, after: PlanLine) -> bool:
    names = ("origin_id", "category", "about", "said_by", "known_on")
    return any(getattr(before, name) != getattr(after, name) for name in names)


def _another_hour(line: PlanLine, agreed: Until) -> Until:
    """Return until when a line proposes instead, if that is another day or hour than was agreed."""
    proposed = line.new_due, line.new_due_at
    return (None, None) if proposed == agreed else proposed


def _another(day: date | None, agreed: date | None) -> date | None:
    """Return a day that is proposed, if it is another than the one that was agreed on."""
    return None if day == agreed else day
