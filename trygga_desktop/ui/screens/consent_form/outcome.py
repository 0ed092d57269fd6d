"""What the decision will say once the paper is recorded. No widgets.

It is asked for it as it stands afterwards: everything that happened, and the paper on top.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING
from uuid import UUID

from trygga_desktop.domain.case import PhaseStep
from trygga_desktop.domain.circumstances import Facts, derive
from trygga_desktop.domain.consent import Answer, Cell, Consent
from trygga_desktop.domain.consent_events import Concerned, ConsentEvent, Given, Happening, Way
from trygga_desktop.domain.matrix import read_cell
from trygga_desktop.domain.parties import PartyRole
from trygga_desktop.domain.reasons import Reason, place_in_order
from trygga_desktop.domain.sharing import (
    ChainStanding,
    Circumstances,
    Confirmation,
    find_closures,
)
from trygga_desktop.ui.screens.consent_form.paper import Said

if TYPE_CHECKING:
    from trygga_desktop.services.consents import ConsentView
    from trygga_desktop.ui.screens.consent_form.paper import Paper
    from trygga_desktop.ui.screens.consent_form.validity import Validity

# A draft is no link of the chain yet, and nobody has recorded it.
_NOBODY = UUID(int=0)
# How old somebody is decides who must sign, and that was read already.
_SOME_AGE = 18


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What holds on the first day of the paper that is not over.

    `yes` is what each signer lets pass on that day, by this paper or by one that is in force.
    `against` closes the whole case, that told first first: `opinion_of` are those whose view keeps
    it closed, `left_out` the organisations concerned, and `missing_kinds` the kinds of them, that
    not everybody who signed lets take part.
    """

    yes: Mapping[UUID, frozenset[Cell]]
    refused: tuple[UUID, ...]
    waiting: tuple[UUID, ...]
    against: tuple[Reason, ...]
    opinion_of: frozenset[UUID]
    left_out: tuple[UUID, ...]
    missing_kinds: tuple[str, ...]
    last_day: date

    @property
    def agreed(self) -> frozenset[Cell]:
        """Return the cells that everybody who says yes agrees on."""
        return frozenset.intersection(*self.yes.values()) if self.yes else frozenset()

    @property
    def opens(self) -> frozenset[Cell]:
        """Return the cells that will be open."""
        is_closed = self.refused or self.waiting or self.against
        return frozenset() if is_closed else self.agreed


def outcome_of(view: ConsentView, paper: Paper, days: Validity, today: date) -> Outcome:
    """Return what the paper comes to, together with all that was recorded before."""
    start = days.valid_from or today
    on = max(start, today)
    end = max(days.valid_to or start, start)
    signed_on = min(days.signed_on or on, on)
    given = _circumstances(view, [*_drafts(view, paper, signed_on, start, end)], on)
    in_force = {one.signer: one for one in given.consents if one.holds_on(on)}
    order = [one.id for one in paper.signers]
    yes = {one: in_force[one].cells for one in order if _says(in_force, one, Answer.GIVEN)}
    refused = tuple(one for one in order if _says(in_force, one, Answer.REFUSED))
    waiting = tuple(one.id for one in paper.waiting if one.id not in in_force)
    outcome = Outcome(
        yes=yes,
        refused=refused,
        waiting=waiting,
        against=(),
        opinion_of=given.opinion_of - given.opinions or given.unweighed,
        left_out=tuple(one for one in paper.organisations if _is_left_out(frozenset({one}), given)),
        missing_kinds=_missing_kinds(view, given),
        last_day=end,
    )
    return replace(outcome, against=_against(outcome, paper, given))


def _says(in_force: Mapping[UUID, Consent], signer: UUID, answer: Answer) -> bool:
    return signer in in_force and in_force[signer].answer is answer


def _against(outcome: Outcome, paper: Paper, given: Circumstances) -> tuple[Reason, ...]:
    """Return what closes the case, beside a no and answers that are waited for."""
    found = set(find_closures(given, refusals=frozenset()))
    if given.chain is not ChainStanding.HOLDS:
        found.add(Reason.CHAIN_BROKEN)
    if given.confirmation is not Confirmation.CONFIRMED:
        found.add(Reason.RESTORED_UNCONFIRMED)
    if not outcome.refused and not outcome.waiting:
        is_whole = len(outcome.yes) == len(paper.signers)
        on_paper = frozenset(cell for one in paper.said_yes for cell in one.cells)
        ticked = outcome.agreed if is_whole else on_paper
        # What keeps one of these closed keeps all of them closed: everybody has ticked them.
        for cell in sorted(ticked)[:1]:
            found.update(read_cell(cell, given).reasons)
    return tuple(sorted(found, key=place_in_order))


def _drafts(
    view: ConsentView, paper: Paper, signed_on: date, start: date, end: date
) -> Iterable[Happening]:
    """Return what would be recorded of the paper."""
    programme = view.programme
    for one in paper.answered:
        is_yes = one.said is Said.YES
        yield Given(
            signer=one.id,
            answer=Answer.GIVEN if is_yes else Answer.REFUSED,
            on=signed_on,
            valid_from=start,
            valid_to=end,
            cells=frozenset(one.cells) if is_yes else frozenset(),
            own_information=one.own,
            way=Way.PAPER,
            programme="" if programme is None else programme.code,
        )
    if programme is not None and programme.needs_all_concerned_agencies:
        yield Concerned(on=signed_on, organisations=frozenset(paper.concerned))


def _circumstances(view: ConsentView, drafts: Iterable[Happening], on: date) -> Circumstances:
    """Return what holds on a day with the drafts behind the chain.

    Who must sign and whom to ask is taken as it was read, and so is whether an age is known: a
    protected birth date is told to no screen.
    """
    last = max((one.sequence for one in view.history), default=0)
    events = [
        ConsentEvent(
            id=UUID(int=place),
            case_id=view.row.id,
            sequence=last + place,
            recorded_by=_NOBODY,
            recorded_at=datetime.combine(on, time(), UTC),
            what=what,
        )
        for place, what in enumerate(drafts, start=1)
    ]
    young = next((one for one in view.people if one.party.role is PartyRole.SUBJECT_PERSON), None)
    facts = Facts(
        controller_id=view.controller_id,
        subject_id=_NOBODY if young is None else young.party.id,
        born=None if young is None else young.born,
        parties=tuple(one.party for one in view.people),
        events=(*view.history, *events),
        chain=view.chain,
        restored_at=0,
        step=PhaseStep(phase=view.row.phase, on=view.on),
        programme=view.programme,
        catalogue=view.catalogue,
        directory=view.directory,
    )
    is_unknown = any(Reason.UNKNOWN_AGE in one.reasons for one in view.cells)
    derived = derive(facts, on)
    return replace(
        derived.given,
        subject_age=None if is_unknown else _SOME_AGE,
        required=view.signers,
        opinion_of=view.asked,
        unweighed=derived.state.unweighed & view.asked,
        confirmation=view.confirmation,
    )


def _is_left_out(group: frozenset[UUID], given: Circumstances) -> bool:
    """Tell whether a group of those concerned keeps the case closed."""
    alone = replace(given, concerned=frozenset({group}))
    closes = Reason.PROGRAMME_NEEDS_ALL in find_closures(alone, refusals=frozenset())
    return group in given.concerned and closes


def _missing_kinds(view: ConsentView, given: Circumstances) -> tuple[str, ...]:
    kinds = () if view.programme is None else view.programme.required_agencies
    of_kind = {
        kind: frozenset(one.id for one in view.directory.organisations if one.kind == kind)
        for kind in kinds
    }
    known = given.organisations | {given.controller_id}
    return tuple(kind for kind in kinds if _is_left_out(of_kind[kind] & known, given))
