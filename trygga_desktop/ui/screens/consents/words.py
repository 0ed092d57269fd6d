"""What the inspector says of a cell: why, who said what, and what would change it. No widgets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from trygga_desktop.domain.consent import Direction
from trygga_desktop.domain.consent_events import Withdrawn, state_on
from trygga_desktop.domain.matrix import CellState, MatrixCell, Says, SignerSays
from trygga_desktop.domain.reasons import Reason
from trygga_desktop.i18n import Language
from trygga_desktop.services.consents import ConsentView
from trygga_desktop.ui.consent_words import (
    OPEN_STATES,
    ConsentNames,
    cells_by_place,
    says_pill,
    state_pill,
    who_said,
)
from trygga_desktop.ui.reason_words import ReasonWords
from trygga_desktop.ui.widgets.table_roles import PillValue
from trygga_desktop.ui.widgets.text import make_visible

LONGEST_TERM = 2_000

_SAID_BY_SIGNERS = frozenset(
    {Reason.REFUSED, Reason.GIVER_NOT_COVERED, Reason.DIRECTION_NOT_COVERED}
)


class Told(NamedTuple):
    """One direction of a cell: in a word, and the sentence why."""

    pill: PillValue
    sentence: str


class SignerLine(NamedTuple):
    """What one signer said: name, answer in a word, and since and until when."""

    name: str
    pill: PillValue
    detail: str


class TermLine(NamedTuple):
    """An exclusion or a limit in the words of whoever asked for it."""

    id: UUID
    title: str
    words: str
    asked: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CellTold:
    """Everything the inspector shows of one cell. `period` is that of all the answers."""

    organisation: str
    category: str
    receive: Told
    give: Told
    signers: tuple[SignerLine, ...]
    period: str
    heading: str
    changes: tuple[str, ...]
    terms: tuple[TermLine, ...]
    notes: tuple[str, ...]


class CellWords:
    """Explains the cells of one view in one language."""

    def __init__(
        self, view: ConsentView, names: ConsentNames, reasons: ReasonWords, language: Language
    ) -> None:
        self._view = view
        self._names = names
        self._reasons = reasons
        self._language = language
        self._cells = cells_by_place(view.cells)

    def explain(self, organisation_id: UUID, category: str) -> CellTold | None:
        """Return what is to be said of a cell, or None where there is none."""
        receive = self._cells.get((organisation_id, category, Direction.RECEIVE))
        give = self._cells.get((organisation_id, category, Direction.GIVE))
        if receive is None or give is None:
            return None
        closed = receive if receive.reasons else give
        periods = {_period(one, self._language) for one in receive.says}
        period = periods.pop() if len(periods) == 1 else ""
        slots = self._slots(closed, closed.reasons[0]) if closed.reasons else {}
        return CellTold(
            organisation=self._names.organisation(organisation_id),
            category=self._names.category(category),
            receive=self._told(receive),
            give=self._told(give),
            signers=tuple(
                self._signer(one, has_detail=not period)
                for signer in self._names.in_order(one.signer for one in receive.says)
                for one in receive.says
                if one.signer == signer
            ),
            period=period,
            heading=self._reasons.changes_heading(closed.reasons),
            changes=self._reasons.changes(closed.reasons, slots),
            terms=self._terms(organisation_id, category),
            notes=self._notes(organisation_id, category),
        )

    def _told(self, cell: MatrixCell) -> Told:
        pill = state_pill(cell.state, self._language)
        if cell.state in OPEN_STATES:
            return Told(pill, self._yes(cell))
        reason = cell.reasons[0]
        sentence = self._reasons.sentence(reason, self._slots(cell, reason))
        who = " ".join(who_said(cell, self._names, self._language))
        is_told_by_who = (
            reason is Reason.REFUSED or cell.cell.direction is Direction.GIVE
        ) and reason in _SAID_BY_SIGNERS
        # Who it is stands beside anyway: this window is the operator's own.
        return Told(pill, who if is_told_by_who and who else sentence)

    def _yes(self, cell: MatrixCell) -> str:
        _ = self._language.gettext
        receives = cell.cell.direction is Direction.RECEIVE
        name = self._names.definite(cell.cell.organisation_id)
        about = self._names.about(cell.cell.category)
        text = (
            _("{Organisation} may have information about {about}.")
            if receives
            else _("{Organisation} may give information about {about}.")
        )
        told = [text.format(Organisation=name[:1].upper() + name[1:], about=about)]
        if cell.state is CellState.LIMITED:
            told.append(_("Only as far as the limit says."))
        return " ".join([*told, *who_said(cell, self._names, self._language)])

    def _signer(self, one: SignerSays, *, has_detail: bool) -> SignerLine:
        return SignerLine(
            name=self._names.person(one.signer),
            pill=says_pill(one.says, self._language),
            detail=_period(one, self._language) if has_detail else "",
        )

    def _terms(self, organisation_id: UUID, category: str) -> tuple[TermLine, ...]:
        _ = self._language.gettext
        found = [
            self._term(one.id, _("May not be raised"), one.words, one.asked_by)
            for one in self._view.exclusions
            if category in one.categories
        ]
        found += [
            self._term(
                one.id,
                _("Limit on what is told")
                if one.cell.direction is Direction.GIVE
                else _("Limit on what may be known"),
                one.words,
                one.asked_by,
            )
            for one in self._view.limits
            if (one.cell.organisation_id, one.cell.category) == (organisation_id, category)
        ]
        return tuple(found)

    def _term(self, term_id: UUID, title: str, words: str, asked_by: UUID) -> TermLine:
        asked = self._language.gettext("Asked for by {name}").format(
            name=self._names.person(asked_by)
        )
        return TermLine(term_id, title, make_visible(words, longest=LONGEST_TERM), asked)

    def _notes(self, organisation_id: UUID, category: str) -> tuple[str, ...]:
        _ = self._language.gettext
        notes = []
        if self._names.brings(organisation_id, category):
            notes.append(_("Usually has such information itself. That stays where it is."))
        notes += [
            self._reasons.sentence(bar.reason, self._bar_slots(organisation_id))
            for bar in self._view.bars
            if bar.against == organisation_id and bar.closes(category)
        ]
        return tuple(notes)

    def _bar_slots(self, organisation_id: UUID) -> Mapping[str, str]:
        return {
            "recipient": self._names.definite(organisation_id),
            "person": self._names.subject,
        }

    def _slots(self, cell: MatrixCell, reason: Reason) -> Mapping[str, str]:
        """Return what is known for the sentence of a reason; neutral words fill the rest."""
        view, names = self._view, self._names
        organisation = names.definite(cell.cell.organisation_id)
        unsure = [one.signer for one in cell.says if one.says is not Says.YES]
        signed = [one for one in cell.says if one.says in {Says.YES, Says.NO}]
        programme = view.programme
        code = self._language.code
        found = {
            "recipient": organisation,
            "giver": organisation,
            "about": names.about(cell.cell.category),
            "person": names.subject,
            "signed": self._language.number(len(signed)),
            "needed": self._language.number(len(cell.says)),
            "signers": names.list_words(names.people(unsure)) if unsure else "",
            "programme": "" if programme is None else programme.name.in_language(code),
            "phase": view.catalogue.phase(view.row.phase).name.in_language(code),
        }
        day = self._day(cell, reason)
        return found | ({} if day is None else {"date": day})

    def _day(self, cell: MatrixCell, reason: Reason) -> str | None:
        view = self._view
        said = {says: [one.until for one in cell.says if one.says is says] for says in Says}
        days: Mapping[Reason, Sequence[date | None]] = {
            Reason.EXPIRED: said[Says.EXPIRED],
            Reason.WITHDRAWN: said[Says.WITHDRAWN],
            Reason.NOT_YET_VALID: [
                one.valid_from
                for one in state_on(view.history, view.on).consents
                if one.valid_from > view.on
            ],
            Reason.WITHDRAWN_PART: [
                one.what.on
                for one in view.history
                if isinstance(one.what, Withdrawn)
                and one.what.on <= view.on
                and cell.cell.organisation_id in (one.what.organisations or ())
            ],
        }
        known = [one for one in days.get(reason, ()) if one is not None]
        return self._language.date_long(max(known)) if known else None


def _period(one: SignerSays, language: Language) -> str:
    _ = language.gettext
    if one.since is None or one.until is None:
        return ""
    since, until = language.date_long(one.since), language.date_long(one.until)
    if one.says is Says.WITHDRAWN:
        return _("Withdrawn on {date}").format(date=until)
    if one.says is Says.EXPIRED:
        return _("Until {date}").format(date=until)
    return _("{since} to {until}").format(since=since, until=until)
