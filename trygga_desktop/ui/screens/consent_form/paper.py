"""A signed paper while it is being filled in: who answered what, cell by cell. No widgets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from trygga_desktop.domain.catalogue import UnknownCodeError
from trygga_desktop.domain.consent import Answer, Cell, Direction, OwnInformation
from trygga_desktop.domain.consent_events import Circumstance, Given, state_on
from trygga_desktop.domain.sharing import LEAST

if TYPE_CHECKING:
    from trygga_desktop.domain.directory import Organisation
from trygga_desktop.services.consents import ConsentView, SignerAnswer


class Said(StrEnum):
    """What a signer answered, or that the answer is still waited for."""

    YES = "yes"
    NO = "no"
    WAITING = "waiting"


@dataclass(slots=True, kw_only=True)
class Signer:
    """One person who must sign; `cells` are what a yes would open.

    `long_term` is the tick of its own by which somebody may ask how it is after the end.
    """

    id: UUID
    said: Said = Said.WAITING
    own: OwnInformation = OwnInformation.NONE
    cells: set[Cell] = field(default_factory=set)
    long_term: bool = False


class Paper:
    """Starts with what is usual in the programme; everything can be changed for each signer.

    `concerned` are those whom some programmes must have: as it was said last, or at first all.
    """

    def __init__(self, view: ConsentView) -> None:
        self._view = view
        self.organisations: list[UUID] = [one.id for one in view.organisations]
        self.categories: tuple[str, ...] = tuple(one.code for one in view.categories)
        order = [one.party.id for one in view.people]
        known = [one for one in order if one in view.signers]
        rest = sorted(view.signers - set(known))
        self.signers: tuple[Signer, ...] = tuple(Signer(id=one) for one in (*known, *rest))
        told = state_on(view.history, view.on).concerned
        self.concerned: set[UUID] = set(told or self.organisations)
        self.fill_in_usual(None)

    @property
    def said_yes(self) -> tuple[Signer, ...]:
        """Return those who said yes."""
        return tuple(one for one in self.signers if one.said is Said.YES)

    @property
    def answered(self) -> tuple[Signer, ...]:
        """Return those who answered at all."""
        return tuple(one for one in self.signers if one.said is not Said.WAITING)

    @property
    def waiting(self) -> tuple[Signer, ...]:
        """Return those whose answer is still waited for."""
        return tuple(one for one in self.signers if one.said is Said.WAITING)

    def signer(self, signer_id: UUID) -> Signer:
        """Return one of them."""
        return next(one for one in self.signers if one.id == signer_id)

    def shown(self, of: UUID | None) -> frozenset[Cell]:
        """Return the cells of one signer, or those that all who said yes agree on."""
        if of is not None:
            return frozenset(self.signer(of).cells)
        rows = [one.cells for one in self.said_yes or self.signers]
        return frozenset(set.intersection(*rows)) if rows else frozenset()

    def missing_in(self, signer: Signer) -> frozenset[Cell]:
        """Return the cells that somebody else says yes to, and this signer does not."""
        others: set[Cell] = set()
        for one in self.said_yes or self.signers:
            others |= one.cells
        return frozenset(others - signer.cells)

    def toggle(self, of: UUID | None, cells: Iterable[Cell]) -> None:
        """Turn these cells on for one signer or for all, or off where all of them are on."""
        wanted = set(cells)
        turns_on = not wanted <= self.shown(of)
        for one in self._those(of):
            if turns_on:
                one.cells |= wanted
            else:
                one.cells -= wanted

    def cells_of(
        self,
        organisations: Sequence[UUID],
        categories: Sequence[str],
        direction: Direction,
    ) -> frozenset[Cell]:
        """Return every cell of these in one direction."""
        return frozenset(
            Cell(organisation_id=one, category=category, direction=direction)
            for one in organisations
            for category in categories
        )

    def fill_in_usual(self, of: UUID | None) -> None:
        """Tick what is usual in the programme: a proposal, those who sign decide."""
        usual = {cell for one in self.organisations for cell in self._usual(one)}
        for one in self._those(of):
            one.cells = set(usual)

    def fill_in_last(self, of: UUID | None) -> None:
        """Tick what each signer ticked on the last paper."""
        last = self.last_cells()
        for one in self._those(of):
            if one.id in last:
                one.cells = set(last[one.id])
                for cell in one.cells:
                    self._add_column(cell.organisation_id)

    def clear(self, of: UUID | None) -> None:
        """Tick nothing."""
        for one in self._those(of):
            one.cells = set()

    def ticked(self) -> dict[UUID, frozenset[Cell]]:
        """Return what each signer has ticked."""
        return {one.id: frozenset(one.cells) for one in self.signers}

    def tick(self, cells: Mapping[UUID, frozenset[Cell]]) -> None:
        """Tick these cells besides those that are ticked, for each signer who still signs."""
        for one in self.signers:
            one.cells |= cells.get(one.id, frozenset())

    def last_cells(self) -> dict[UUID, frozenset[Cell]]:
        """Return what each signer ticked last, for those who ever said yes."""
        found: dict[UUID, frozenset[Cell]] = {}
        for event in self._view.history:
            what = event.what
            if isinstance(what, Given) and what.answer is Answer.GIVEN and what.cells:
                found[what.signer] = what.cells
        return {one.id: found[one.id] for one in self.signers if one.id in found}

    def add_organisation(self, organisation_id: UUID) -> None:
        """Add a column, with the usual ticks if its kind is usual in the programme."""
        if organisation_id in self.organisations:
            return
        self._add_column(organisation_id)
        self.concerned.add(organisation_id)
        for one in self.signers:
            one.cells |= self._usual(organisation_id)

    def can_be_added(self) -> tuple[Organisation, ...]:
        """Return the organisations that have no column yet, those that are usual first."""
        programme = self._view.programme
        usual = () if programme is None else programme.usual_agencies
        possible = () if programme is None else programme.possible_agencies
        ranks = dict.fromkeys(usual, 0) | dict.fromkeys(possible, 1)
        found = [
            one
            for one in self._view.directory.organisations
            if not one.retired and one.id not in self.organisations
        ]
        return tuple(sorted(found, key=lambda one: ranks.get(one.kind, 2)))

    @property
    def asks_for_long_term(self) -> bool:
        """Return whether the programme has days on which somebody asks after the end."""
        programme = self._view.programme
        return programme is not None and bool(programme.long_term_follow_up_months)

    def answers(self, circumstance: Circumstance, *, is_signed: bool) -> tuple[SignerAnswer, ...]:
        """Return what everyone who answered said, as the use case takes it.

        The tick for asking after the end counts only where it is signed.
        """
        # Imported here: the first window does not wait for the database.
        from trygga_desktop.services.consents import SignerAnswer  # noqa: PLC0415

        return tuple(
            SignerAnswer(
                signer=one.id,
                answer=Answer.GIVEN if one.said is Said.YES else Answer.REFUSED,
                cells=frozenset(one.cells) if one.said is Said.YES else frozenset(),
                own_information=one.own if one.said is Said.YES else OwnInformation.NONE,
                circumstance=circumstance,
                long_term=one.said is Said.YES and one.long_term and is_signed,
            )
            for one in self.answered
        )

    def _those(self, of: UUID | None) -> tuple[Signer, ...]:
        return self.signers if of is None else (self.signer(of),)

    def _add_column(self, organisation_id: UUID) -> None:
        if organisation_id not in self.organisations:
            self.organisations.append(organisation_id)

    def _usual(self, organisation_id: UUID) -> frozenset[Cell]:
        """Return the usual ticks: it tells what it owns, and is told what is shared by default.

        What no kind of organisation owns, as the young person's own words, is told by the one
        that writes it down. Where a programme cannot do without it, it gives and gets at least
        what everyone concerned must.
        """
        view = self._view
        is_ours = organisation_id == view.controller_id
        kind = "" if (one := view.directory.organisation(organisation_id)) is None else one.kind
        usual = () if view.programme is None else view.programme.usual_agencies
        if not is_ours and kind not in usual:
            return frozenset()
        try:
            owns = view.catalogue.agency(kind).owns
        except UnknownCodeError:
            owns = ()
        received = [one.code for one in view.categories if one.default_shared]
        owned = {code for one in view.catalogue.agencies for code in one.owns}
        written = [code for code in received if is_ours and code not in owned]
        given = [code for code in (*owns, *written) if code in self.categories]
        programme = view.programme
        if programme is not None and (
            programme.needs_all_concerned_agencies or kind in programme.required_agencies
        ):
            received += LEAST
            given += LEAST
        return self.cells_of([organisation_id], received, Direction.RECEIVE) | self.cells_of(
            [organisation_id], given, Direction.GIVE
        )
