"""State of the form for a signed paper: its four steps, what is missing, and recording it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from trygga_desktop.domain.consent import Cell, Direction, OwnInformation
from trygga_desktop.domain.consent_events import Way
from trygga_desktop.domain.drafts import DraftKind
from trygga_desktop.domain.sharing import ChainStanding
from trygga_desktop.i18n import STOCKHOLM
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.ui.draft_keeper import DraftKeeper, DraftUses, Place
from trygga_desktop.ui.problems import ProblemKind, Trouble, read_error
from trygga_desktop.ui.screens.consent_form.keeping import give_back, typed_on
from trygga_desktop.ui.screens.consent_form.outcome import Outcome, outcome_of
from trygga_desktop.ui.screens.consent_form.paper import Paper, Said
from trygga_desktop.ui.screens.consent_form.terms import Terms
from trygga_desktop.ui.screens.consent_form.validity import Validity
from trygga_desktop.ui.tasks import TaskRunner
from trygga_desktop.ui.typed import read_typed, write_typed

if TYPE_CHECKING:
    from trygga_desktop.services.consents import ConsentView, RecordConsent

PATIENCE = 400
"""Milliseconds after which a form that is still being made ready is told to be."""


class FormState(StrEnum):
    """What stands where the form is."""

    LOADING = "loading"
    SLOW = "slow"
    READY = "ready"
    FAILED = "failed"


class Step(StrEnum):
    """The steps of the form, in their order."""

    WHO = "who"
    WHAT = "what"
    EXCLUSIONS = "exclusions"
    VALIDITY = "validity"


STEPS = tuple(Step)


class Missing(StrEnum):
    """What keeps one from going on."""

    NO_PROGRAMME = "no_programme"
    NO_SIGNER = "no_signer"
    CHAIN = "chain"
    NO_ANSWER = "no_answer"
    LENGTH = "length"
    HALF_EXCLUSION = "half_exclusion"
    HALF_LIMIT = "half_limit"
    DAYS = "days"


class ConsentFormViewModel(QObject):
    """Goes through the steps; `recorded` follows once the paper is stored.

    `stepped` follows when another step is at hand. Nothing holds before the last step is done.
    `given_back` counts how often what an earlier visit left was filled in.
    """

    changed = Signal()
    stepped = Signal()
    left = Signal()
    recorded = Signal()
    made = Signal(Changes)
    removed = Signal(object)
    failed = Signal(Trouble)

    def __init__(  # noqa: PLR0913  the use cases of the form
        self,
        case_id: UUID,
        *,
        read_consents: Callable[[UUID, date | None], Done[ConsentView]],
        record_consent: Callable[[RecordConsent], Done[None]],
        reasons_toml: str,
        drafts: DraftUses,
        runner: TaskRunner,
        now: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.state = FormState.LOADING
        self.step = Step.WHO
        self.view: ConsentView | None = None
        self.trouble: Trouble | None = None
        self.whose: UUID | None = None
        self.direction = Direction.RECEIVE
        self.is_working = False
        self.asks_to_discard = False
        self.reasons_toml = reasons_toml
        self.given_back = 0
        place = Place(kind=DraftKind.CONSENT, subject_id=case_id, case_id=case_id)
        self.drafts = DraftKeeper(drafts, runner, place, now=now, parent=self)
        self.terms = Terms(self._touch, self.removed.emit, self.drafts.throw_words)
        self.drafts.found.connect(self._take_draft)
        self.drafts.failed.connect(self.failed)
        self._paper: Paper | None = None
        self._validity: Validity | None = None
        self._touched = False
        self._case_id = case_id
        self._read_consents = read_consents
        self._record_consent = record_consent
        self._runner = runner
        self._now = now
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE)
        self._patience.timeout.connect(self.lose_patience)

    @property
    def today(self) -> date:
        """Return the day it is for the people concerned."""
        return self._now().astimezone(STOCKHOLM).date()

    @property
    def paper(self) -> Paper:
        """Return the paper; there is one as soon as the case was read."""
        assert self._paper is not None  # noqa: S101  nobody asks before
        return self._paper

    @property
    def validity(self) -> Validity:
        """Return when the paper was signed and how long it holds."""
        assert self._validity is not None  # noqa: S101  as above
        return self._validity

    @property
    def outcome(self) -> Outcome:
        """Return what the decision will say once the paper is recorded."""
        assert self.view is not None  # noqa: S101  as above
        return outcome_of(self.view, self.paper, self.validity, self.today)

    @property
    def needs_concerned(self) -> bool:
        """Return whether it must be said which organisations are concerned: all must take part."""
        programme = None if self.view is None else self.view.programme
        return programme is not None and programme.needs_all_concerned_agencies

    @property
    def missing(self) -> tuple[Missing, ...]:
        """Return what keeps one from going on from the step at hand."""
        view = self.view
        if view is None:
            return ()
        found = []
        if view.chain is not ChainStanding.HOLDS:
            found.append(Missing.CHAIN)
        if view.programme is None:
            found.append(Missing.NO_PROGRAMME)
        elif not self.paper.signers:
            found.append(Missing.NO_SIGNER)
        elif not self.paper.answered:
            found.append(Missing.NO_ANSWER)
        if self.step is Step.EXCLUSIONS:
            found += self._half_written()
        if self.step is Step.VALIDITY and self.validity.flaws():
            found.append(Missing.DAYS)
        return tuple(found)

    @property
    def may_go_on(self) -> bool:
        """Return whether the next step can follow, or the paper be recorded."""
        return self.view is not None and not self.missing and not self.is_working

    @property
    def is_last_step(self) -> bool:
        """Return whether the paper is recorded next."""
        return self.step is STEPS[-1]

    @Slot()
    def load(self) -> None:
        """Read who must sign and what there is to tick."""
        self._enter(FormState.LOADING)
        self._patience.start()
        read, case_id = self._read_consents, self._case_id
        self._runner.run(self, lambda: read(case_id, None), self._loaded, self._fail)

    def refresh(self, changes: Changes, source: object = None) -> None:
        """Read again if somebody else changed the case, as long as nothing is filled in."""
        touches = changes.parties or changes.directory or changes.cases or changes.consents
        if touches and source is not self and not self._touched:
            self.load()

    @Slot()
    def lose_patience(self) -> None:
        """Say that it is still being made ready, if nothing stands there yet."""
        if self.state is FormState.LOADING:
            self._enter(FormState.SLOW)

    def answer(self, signer_id: UUID, said: Said) -> None:
        """Note what somebody answered."""
        self.paper.signer(signer_id).said = said
        self._touch()

    def all_said_yes(self) -> None:
        """Note that everyone whose answer is waited for said yes."""
        for one in self.paper.waiting:
            one.said = Said.YES
        self._touch()

    def tick_long_term(self, signer_id: UUID, *, ticks: bool) -> None:
        """Note whether somebody may ask how it is after the end."""
        if self.paper.signer(signer_id).long_term is not ticks:
            self.paper.signer(signer_id).long_term = ticks
            self._touch()

    def choose_own(self, signer_id: UUID, own: OwnInformation) -> None:
        """Note to whom a signer lets be told what is about the signer."""
        self.paper.signer(signer_id).own = own
        self._touch()

    def look_at(self, whose: UUID | None) -> None:
        """Show the ticks of one signer, or of all."""
        self.whose = whose
        self.changed.emit()

    def choose_direction(self, direction: Direction) -> None:
        """Tick what organisations may be told, or what they may tell."""
        self.direction = direction
        self.changed.emit()

    def toggle(self, cells: frozenset[Cell]) -> None:
        """Turn these cells on or off, for those who are looked at."""
        self.paper.toggle(self.whose, cells)
        self._touch()

    def fill_in_usual(self) -> None:
        """Tick what is usual in the programme."""
        self.paper.fill_in_usual(self.whose)
        self._touch()

    def fill_in_last(self) -> None:
        """Tick what stood on the last paper."""
        self.paper.fill_in_last(self.whose)
        self._touch()

    def clear(self) -> None:
        """Tick nothing. What was ticked can be put back for a while."""
        paper, before = self.paper, self.paper.ticked()
        paper.clear(self.whose)
        self._touch()
        if paper.ticked() == before:
            return

        def put_back() -> None:
            paper.tick(before)
            self._touch()

        self.removed.emit(put_back)

    def add_organisation(self, organisation_id: UUID) -> None:
        """Add a column."""
        self.paper.add_organisation(organisation_id)
        self._touch()

    def say_concerned(self, organisation_id: UUID, *, is_concerned: bool) -> None:
        """Say whether an organisation is one that the programme cannot do without."""
        if is_concerned:
            self.paper.concerned.add(organisation_id)
        else:
            self.paper.concerned.discard(organisation_id)
        self._touch()

    def go_on(self) -> None:
        """Go to the next step, or record the paper after the last one."""
        if not self.may_go_on:
            return
        if self.step is Step.EXCLUSIONS:
            # What is whole was meant, whether the button beside it was pressed or not.
            self.terms.add_exclusion()
            self.terms.add_limit()
        if self.is_last_step:
            self._submit()
            return
        self._go_to(STEPS[STEPS.index(self.step) + 1])

    def go_back(self) -> None:
        """Go one step back; from the first one, out of the form."""
        if self.is_working:
            return
        if self.step is STEPS[0]:
            self.cancel()
        else:
            self._go_to(STEPS[STEPS.index(self.step) - 1])

    @property
    def is_sending(self) -> bool:
        """Return whether what is filled in is on its way."""
        return self.is_working

    def leave(self) -> None:
        """Store what is filled in: the screen is left, or the vault is being locked."""
        self.drafts.store_now()

    def cancel(self) -> None:
        """Leave the form, or ask first if something is filled in."""
        if self._touched and not self.is_working:
            self.ask_to_discard(asks=True)
        elif not self.is_working:
            self.left.emit()

    def ask_to_discard(self, *, asks: bool) -> None:
        """Ask whether everything that is filled in goes away, or stop asking."""
        self.asks_to_discard = asks
        self.changed.emit()

    def discard(self) -> None:
        """Leave the form. What is filled in goes into the bin, and nothing holds."""
        self.drafts.throw_away()
        self.left.emit()

    def _half_written(self) -> list[Missing]:
        """Return what is wrong with what is being written; what is empty is not meant."""
        found = []
        exclusion, limit = self.terms.exclusion, self.terms.limit
        if exclusion.is_too_long or limit.is_too_long:
            found.append(Missing.LENGTH)
        if not exclusion.is_empty and not exclusion.is_complete:
            found.append(Missing.HALF_EXCLUSION)
        if not limit.is_empty and not limit.is_complete:
            found.append(Missing.HALF_LIMIT)
        return found

    def _submit(self) -> None:
        # Imported here: the first window does not wait for the database.
        from trygga_desktop.services.consents import RecordConsent  # noqa: PLC0415

        days, paper = self.validity, self.paper
        signed, start, end = days.signed_on, days.valid_from, days.valid_to
        assert signed is not None and start is not None and end is not None  # noqa: PT018, S101  may_go_on saw to it
        command = RecordConsent(
            case_id=self._case_id,
            signed_on=signed,
            valid_from=start,
            valid_to=end,
            answers=paper.answers(days.circumstance, is_signed=days.way is Way.PAPER),
            way=days.way,
            facts_since=days.facts_since,
            exclusions=tuple(self.terms.exclusions),
            limits=tuple(self.terms.limits),
            concerned=frozenset(paper.concerned) if self.needs_concerned else None,
        )
        record = self._record_consent
        self.is_working, self.trouble = True, None
        self.changed.emit()
        self.drafts.put_to_use(self, lambda: record(command), self._stored, self._refused)

    def _stored(self, done: Done[None]) -> None:
        self.is_working, self._touched = False, False
        self.changed.emit()
        self.made.emit(done.changes)
        self.recorded.emit()

    def _refused(self, error: Exception) -> None:
        self.is_working = False
        if not self._told_elsewhere(error):
            self.changed.emit()

    def _go_to(self, step: Step) -> None:
        self.step = step
        self.trouble = None
        self.asks_to_discard = False
        self.changed.emit()
        self.stepped.emit()

    def _touch(self) -> None:
        self._touched = True
        self.asks_to_discard = False
        if self._paper is not None and self._validity is not None:
            self.drafts.keep(write_typed(typed_on(self._paper, self.terms, self._validity)))
        self.changed.emit()

    def _take_draft(self, text: str) -> None:
        typed = read_typed(text)
        if typed is None or self.view is None or self._touched:
            return
        give_back(typed, self.paper, self.terms, self.validity)
        self._touched = True
        self.given_back += 1
        self.changed.emit()
        self.stepped.emit()

    def _loaded(self, done: Done[ConsentView]) -> None:
        self._patience.stop()
        self.view = done.value
        self._paper = Paper(done.value)
        self._validity = Validity(done.value.programme, self.today, self._touch)
        self._enter(FormState.READY)
        self.drafts.look_for_earlier()

    def _fail(self, error: Exception) -> None:
        self._patience.stop()
        if self._told_elsewhere(error):
            return
        self.view = None
        self._enter(FormState.FAILED)

    def _told_elsewhere(self, error: Exception) -> bool:
        self.trouble = read_error(error)
        if self.trouble.kind is ProblemKind.NOT_CONFIRMED:
            self.failed.emit(self.trouble)
            return True
        return False

    def _enter(self, state: FormState) -> None:
        self.state = state
        self.changed.emit()
