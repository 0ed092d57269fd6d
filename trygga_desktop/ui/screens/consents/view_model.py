"""State of the consents of a case: the day that is looked at, the cell, and what is filled in."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from trygga_desktop.domain.drafts import DraftKind
from trygga_desktop.domain.errors import InvalidInputError
from trygga_desktop.domain.matrix import Says
from trygga_desktop.domain.sharing import ChainStanding, Confirmation
from trygga_desktop.i18n import STOCKHOLM
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.ui.consent_words import read_day
from trygga_desktop.ui.draft_keeper import DraftKeeper, DraftUses, Place
from trygga_desktop.ui.problems import ProblemKind, Trouble, read_error
from trygga_desktop.ui.screens.consents.forms import (
    LiftForm,
    OpinionForm,
    WithdrawForm,
    can_take_back,
    latest_opinions,
    opinion_form,
)
from trygga_desktop.ui.screens.consents.keeping_forms import (
    ConcernedForm,
    KeptForm,
    asks_who_is_concerned,
    concerned_form,
    kept_form,
)
from trygga_desktop.ui.screens.consents.signing_forms import (
    ApprovalForm,
    ExceptionForm,
    RequestForm,
    SigningForm,
    find_waiting,
    may_be_excepted,
    request_form,
)
from trygga_desktop.ui.tasks import TaskRunner
from trygga_desktop.ui.typed import NOTHING_TYPED, read_typed, write_typed

if TYPE_CHECKING:
    from trygga_desktop.services.consents import (
        ChangeTerms,
        ConsentView,
        RecordBar,
        RecordOpinion,
        WithdrawConsent,
    )
    from trygga_desktop.services.signers import RecordException, RequestConsent
    from trygga_desktop.ui.widgets.case_tabs import CaseTab

PATIENCE = 400
"""Milliseconds after which consents that are still being read are told to be."""

PanelForm = WithdrawForm | OpinionForm | LiftForm | SigningForm
"""What can be filled in beside the matrix."""

T = TypeVar("T")


class ConsentsState(StrEnum):
    """What stands where the matrix is."""

    LOADING = "loading"
    SLOW = "slow"
    READY = "ready"
    FAILED = "failed"


class News(StrEnum):
    """What has just been recorded."""

    WITHDRAWN = "withdrawn"
    WITHDRAWN_PART = "withdrawn_part"
    OPINION = "opinion"
    LIFTED = "lifted"
    CONFIRMED = "confirmed"
    REQUESTED = "requested"
    EXCEPTED = "excepted"
    EXCEPTION_WAITS = "exception_waits"
    EXCEPTION_APART = "exception_apart"
    KEPT_BACK = "kept_back"
    CONCERNED = "concerned"


class ConsentsViewModel(QObject):
    """Reads the consents of a day, explains one cell, and records what happens between papers.

    `form_wanted` follows when a signed paper is to be recorded, `question_wanted` when it is asked
    what may be told on the day that is looked at, `grounds_wanted` when what is told without
    consent is asked for, `withdrawal_wanted` when somebody asks what it means that something is
    taken back, each on a page of its own. `resume` is what was being filled in when the page was
    left.
    """

    changed = Signal()
    left = Signal()
    tab_chosen = Signal(object)
    form_wanted = Signal()
    question_wanted = Signal(object)
    grounds_wanted = Signal()
    withdrawal_wanted = Signal()
    made = Signal(Changes)
    failed = Signal(Trouble)

    def __init__(  # noqa: PLR0913  the use cases of a case's consents
        self,
        case_id: UUID,
        *,
        read_consents: Callable[[UUID, date | None], Done[ConsentView]],
        withdraw_consent: Callable[[WithdrawConsent], Done[None]],
        record_opinion: Callable[[RecordOpinion], Done[None]],
        change_terms: Callable[[ChangeTerms], Done[None]],
        confirm_consents: Callable[[UUID], Done[None]],
        request_consent: Callable[[RequestConsent], Done[None]],
        record_exception: Callable[[RecordException], Done[UUID]],
        record_bar: Callable[[RecordBar], Done[UUID]],
        reasons_toml: str,
        drafts: DraftUses,
        runner: TaskRunner,
        now: Callable[[], datetime],
        resume: Place | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.state = ConsentsState.LOADING
        self.view: ConsentView | None = None
        self.trouble: Trouble | None = None
        self.news: News | None = None
        self.on: date | None = None
        self.typed_day = ""
        self.chosen: tuple[UUID, str] | None = None
        self.panel: PanelForm | None = None
        self.asks_to_discard = False
        self._begun_with: Hashable = None
        self._reading_trouble: Trouble | None = None
        self.is_working = False
        self.reasons_toml = reasons_toml
        self._case_id = case_id
        self._read_consents = read_consents
        self._withdraw_consent = withdraw_consent
        self._record_opinion = record_opinion
        self._change_terms = change_terms
        self._confirm_consents = confirm_consents
        self._request_consent = request_consent
        self._record_exception = record_exception
        self._record_bar = record_bar
        self._drafts = drafts
        self._keeper: DraftKeeper | None = None
        self._at_first = NOTHING_TYPED
        self._runner = runner
        self._now = now
        self._resume = resume
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE)
        self._patience.timeout.connect(self.lose_patience)

    @property
    def today(self) -> date:
        """Return the day it is for the people concerned."""
        return self._now().astimezone(STOCKHOLM).date()

    @property
    def may_record(self) -> bool:
        """Return whether anything can be recorded: nothing is put behind a broken chain."""
        view = self.view
        return view is not None and view.chain is ChainStanding.HOLDS and not self.is_working

    @property
    def is_unconfirmed(self) -> bool:
        """Return whether nothing counts before somebody compared it with the papers."""
        return self.view is not None and self.view.confirmation is Confirmation.UNCONFIRMED

    @property
    def may_take_back(self) -> dict[UUID, frozenset[UUID]]:
        """Return who can take something back, and the organisations that it is about."""
        return {} if self.view is None else can_take_back(self.view, self.today)

    @property
    def is_taken_back(self) -> bool:
        """Return whether somebody who must sign has taken something back and not given it again."""
        view = self.view
        return view is not None and any(
            one.says is Says.WITHDRAWN for cell in view.cells for one in cell.says
        )

    @property
    def asked(self) -> tuple[UUID, ...]:
        """Return whose opinion counts and who do not sign, in the order of the case."""
        view = self.view
        if view is None:
            return ()
        return tuple(one.party.id for one in view.people if one.party.id in view.asked)

    @property
    def waiting_opinions(self) -> tuple[frozenset[UUID], frozenset[UUID]]:
        """Return whose opinion is missing, and whose no nobody has weighed."""
        if self.view is None:
            return frozenset(), frozenset()
        return latest_opinions(self.view, self.today)

    @Slot()
    def load(self) -> None:
        """Read the consents of the day that is looked at."""
        if self.state is not ConsentsState.READY:
            self._enter(ConsentsState.LOADING)
        self._patience.start()
        read, case_id, on = self._read_consents, self._case_id, self.on
        self._runner.run(self, lambda: read(case_id, on), self._loaded, self._fail)

    def refresh(self, changes: Changes, source: object = None) -> None:
        """Read again if someone else changed something that consents hang on."""
        touches = changes.consents or changes.parties or changes.cases or changes.directory
        if touches and source is not self:
            self.load()

    @Slot()
    def lose_patience(self) -> None:
        """Say that it is still being read, if nothing stands there yet."""
        if self.state is ConsentsState.LOADING:
            self._enter(ConsentsState.SLOW)

    def show_today(self) -> None:
        """Look at what holds today."""
        self.typed_day = ""
        if self.on is not None:
            self.on = None
            self.load()
        self.changed.emit()

    def show_day(self, text: str) -> None:
        """Look at the day that was typed. One that is no day is kept and told to be none."""
        day = read_day(text)
        self.typed_day = text
        if day is not None and day != self.on:
            self.on = day
            self.load()
        self.changed.emit()

    def step_day(self, days: int) -> None:
        """Look at another day, so many days from the one that is looked at."""
        at = self.on or self.today
        if date.min.toordinal() <= at.toordinal() + days <= date.max.toordinal():
            self.show_day((at + timedelta(days=days)).isoformat())

    def choose(self, organisation_id: UUID, category: str) -> None:
        """Explain this cell."""
        if (organisation_id, category) != self.chosen:
            self.chosen = (organisation_id, category)
            if isinstance(self.panel, LiftForm):
                self.panel = None
            self.changed.emit()

    def want_form(self) -> None:
        """Ask for the page on which a signed paper is recorded."""
        if self.may_record:
            self.form_wanted.emit()

    def want_question(self) -> None:
        """Ask for the page that tells what may be told on the day that is looked at."""
        if self.view is not None:
            self.question_wanted.emit(self.on)

    def want_grounds(self) -> None:
        """Ask for the page on which decisions on other legal grounds stand."""
        if self.view is not None:
            self.grounds_wanted.emit()

    def want_withdrawal(self) -> None:
        """Ask for the page that says what a withdrawal means, if there is one."""
        if self.is_taken_back:
            self.withdrawal_wanted.emit()

    def begin_withdrawal(self) -> None:
        """Ask who takes back, and what."""
        signers = list(self.may_take_back)
        if self.may_record and signers:
            only = signers[0] if len(signers) == 1 else None
            self._open(WithdrawForm(signer=only, day=self.today.isoformat()))
            self._keep_panel(DraftKind.WITHDRAWAL, self._case_id)

    def begin_opinion(self) -> None:
        """Ask what the one who does not sign thinks."""
        missing, unweighed = self.waiting_opinions
        people = [one for group in (missing, unweighed) for one in self.asked if one in group]
        if people:
            self.change_opinion(people[0])

    def change_opinion(self, person: UUID) -> None:
        """Ask what somebody thinks now; what they thought last stands there already."""
        if self.view is not None and self.may_record and person in self.view.asked:
            self._open(opinion_form(self.view, person, self.today))
            self._keep_panel(DraftKind.OPINION, person)

    @property
    def may_except(self) -> frozenset[UUID]:
        """Return the guardians whose signature could be done without."""
        return frozenset() if self.view is None else may_be_excepted(self.view.signing)

    def begin_request(self) -> None:
        """Ask who was asked to sign."""
        if self.view is not None and self.may_record and self.view.signing.signers:
            form = request_form(self.view.signing, self.today)
            self._open_signing(form, DraftKind.REQUEST, self._case_id)

    def begin_exception(self) -> None:
        """Ask whose signature is done without, and why."""
        guardians = list(self.may_except)
        if self.may_record and guardians:
            only = guardians[0] if len(guardians) == 1 else None
            form = ExceptionForm(only, self.today)
            self._open_signing(form, DraftKind.EXCEPTION, self._case_id)

    def begin_approval(self, exception_id: UUID) -> None:
        """Ask who approves an exception that waits for a second person."""
        view = self.view
        waiting = None if view is None else find_waiting(view.signing, exception_id)
        if self.may_record and waiting is not None:
            form = ApprovalForm(waiting, self.today)
            self._open_signing(form, DraftKind.APPROVAL, exception_id)

    def begin_keeping(self) -> None:
        """Ask what is kept back from whom, whatever the consents say."""
        if self.view is not None and self.may_record:
            form = kept_form(self.view, self.today)
            self._open_signing(form, DraftKind.KEPT_BACK, self._case_id)

    def begin_concerned(self) -> None:
        """Ask who is concerned, where the programme needs a consent that covers them all."""
        view = self.view
        if view is not None and self.may_record and asks_who_is_concerned(view):
            form = concerned_form(view, self.today)
            self._open_signing(form, DraftKind.CONCERNED, self._case_id)

    def ask_to_lift(self, term_id: UUID) -> None:
        """Ask whether an exclusion, a limit or an exception really holds no more."""
        if self.may_record:
            self._open(LiftForm(what=term_id))

    @property
    def is_filled(self) -> bool:
        """Return whether anything was filled in since the panel was opened."""
        return self.panel is not None and self.panel.contents != self._begun_with

    def leave_panel(self) -> None:
        """Put away the panel if nothing would be lost, or ask first; asked already, go on."""
        if self.is_filled:
            self.ask_to_discard(asks=not self.asks_to_discard)
        else:
            self.cancel()

    def ask_to_discard(self, *, asks: bool) -> None:
        """Ask whether what is filled in is to be thrown away, or ask no more."""
        self.asks_to_discard = asks
        self.changed.emit()

    def cancel(self) -> None:
        """Put away what was being filled in; what was typed goes into the bin."""
        if self.panel is not None:
            if self._keeper is not None:
                self._keeper.throw_away()
            self._open(None)

    @property
    def is_sending(self) -> bool:
        """Return whether what is filled in is on its way."""
        return self.is_working

    def leave(self) -> None:
        """Store what is filled in: the screen is left, or the vault is being locked."""
        if self._keeper is not None:
            self._keeper.store_now()

    def panel_changed(self) -> None:
        """Tell that something was filled in."""
        if self._keeper is not None and isinstance(self.panel, WithdrawForm | OpinionForm):
            typed = self.panel.typed()
            self._keeper.keep("" if typed == self._at_first else write_typed(typed))
        self.changed.emit()

    @property
    def may_submit(self) -> bool:
        """Return whether what is filled in can be recorded."""
        match self.panel:
            case WithdrawForm() | OpinionForm():
                return self.may_record and self.panel.is_complete(self.today)
            case SigningForm():
                return self.may_record and self.panel.may_send
            case LiftForm():
                return self.may_record
            case _:
                return False

    def submit(self) -> None:
        """Record what is filled in."""
        if not self.may_submit:
            return
        match self.panel:
            case WithdrawForm():
                taken, withdraw = self.panel.command(self._case_id), self._withdraw_consent
                signers = frozenset() if self.view is None else self.view.signers
                stops = taken.organisations is None and taken.signer in signers
                news = News.WITHDRAWN if stops else News.WITHDRAWN_PART
                self._record(lambda: withdraw(taken), news)
            case OpinionForm():
                told, record = self.panel.command(self._case_id), self._record_opinion
                self._record(lambda: record(told), News.OPINION)
            case RequestForm():
                asked, request = self.panel.command(self._case_id), self._request_consent
                self._record(lambda: request(asked), News.REQUESTED)
            case ExceptionForm() | ApprovalForm():
                self._except(self.panel.command(self._case_id))
            case KeptForm():
                kept, keep = self.panel.command(self._case_id), self._record_bar
                self._record(lambda: keep(kept), News.KEPT_BACK)
            case ConcernedForm():
                concerned, change = self.panel.command(self._case_id), self._change_terms
                self._record(lambda: change(concerned), News.CONCERNED)
            case LiftForm():
                self._lift(self.panel.what)
            case _:
                pass

    def confirm(self) -> None:
        """Record that the consents were compared with the papers."""
        if self.may_record and self.is_unconfirmed:
            confirm, case_id = self._confirm_consents, self._case_id
            self._record(lambda: confirm(case_id), News.CONFIRMED)

    def go_to_tab(self, tab: CaseTab) -> None:
        """Go to another page of the case."""
        self.tab_chosen.emit(tab)

    def go_back(self) -> None:
        """Go back to the cases."""
        self.left.emit()

    def _lift(self, term_id: UUID) -> None:
        # Imported here: the first window does not wait for the database.
        from trygga_desktop.services.consents import ChangeTerms  # noqa: PLC0415

        command = ChangeTerms(case_id=self._case_id, on=self.today, lifted=(term_id,))
        change = self._change_terms
        self._record(lambda: change(command), News.LIFTED)

    def _except(self, command: RecordException) -> None:
        record, view = self._record_exception, self.view
        opening = frozenset() if view is None else view.catalogue.opening_exceptions
        counts = bool(command.approved_by.strip()) and command.code in opening
        waits = not command.approved_by.strip()
        news = News.EXCEPTED if counts else News.EXCEPTION_WAITS if waits else News.EXCEPTION_APART
        self._record(lambda: record(command), news)

    def _record(self, work: Callable[[], Done[T]], news: News) -> None:
        self.is_working, self.trouble, self.news = True, None, None
        self.changed.emit()

        def recorded(done: Done[T]) -> None:
            self.is_working = False
            self._put_keeper_away()
            self.panel, self.news = None, news
            self.changed.emit()
            self.made.emit(done.changes)
            self.load()

        if self._keeper is None or news is News.CONFIRMED:
            self.leave()
            self._runner.run(self, work, recorded, self._refused)
        else:
            self._keeper.put_to_use(self, work, recorded, self._refused)

    def _refused(self, error: Exception) -> None:
        self.is_working = False
        panel = self.panel
        if (
            isinstance(panel, SigningForm)
            and isinstance(error, InvalidInputError)
            and error.field in panel.fields
        ):
            panel.refuse(error.field, error.flaw)
            return
        if not self._told_elsewhere(error):
            self.changed.emit()

    def _open_signing(self, form: SigningForm, kind: DraftKind, subject_id: UUID) -> None:
        form.setParent(self)
        form.changed.connect(self.panel_changed)
        self._open(form)
        self._keeper = self._make_keeper(kind, subject_id)
        form.keep_with(self._keeper)

    def _open(self, panel: PanelForm | None) -> None:
        self.leave()
        self._put_keeper_away()
        self.panel, self.trouble, self.news = panel, None, None
        self._begun_with = None if panel is None else panel.contents
        self.asks_to_discard = False
        self.changed.emit()

    def _keep_panel(self, kind: DraftKind, subject_id: UUID) -> None:
        """Keep what is filled in from here on, and bring back what an earlier visit left."""
        if not isinstance(self.panel, WithdrawForm | OpinionForm):
            return
        self._at_first = self.panel.typed()
        self._keeper = self._make_keeper(kind, subject_id)
        self._keeper.found.connect(self._take_draft)
        self._keeper.look_for_earlier()

    def _make_keeper(self, kind: DraftKind, subject_id: UUID) -> DraftKeeper:
        place = Place(kind=kind, subject_id=subject_id, case_id=self._case_id)
        keeper = DraftKeeper(self._drafts, self._runner, place, now=self._now, parent=self)
        keeper.failed.connect(self.failed)
        return keeper

    def _put_keeper_away(self) -> None:
        if self._keeper is not None:
            self._keeper.deleteLater()
            self._keeper = None

    def _take_draft(self, text: str) -> None:
        typed = read_typed(text)
        if typed is not None and isinstance(self.panel, WithdrawForm | OpinionForm):
            self.panel = self.panel.with_typed(typed)
            self.changed.emit()

    def _go_on(self, place: Place) -> None:
        """Ask again what was being filled in."""
        match place.kind:
            case DraftKind.WITHDRAWAL:
                self.begin_withdrawal()
            case DraftKind.REQUEST:
                self.begin_request()
            case DraftKind.KEPT_BACK:
                self.begin_keeping()
            case DraftKind.CONCERNED:
                self.begin_concerned()
            case DraftKind.EXCEPTION:
                self.begin_exception()
            case DraftKind.APPROVAL if place.subject_id is not None:
                self.begin_approval(place.subject_id)
            case DraftKind.OPINION if place.subject_id is not None:
                self.change_opinion(place.subject_id)
            case _:
                pass

    def _loaded(self, done: Done[ConsentView]) -> None:
        self._patience.stop()
        self.view = done.value
        if self.trouble is self._reading_trouble:
            # What came of recording something still stands.
            self.trouble = None
        self._reading_trouble = None
        if self.chosen is None or not self._is_there(*self.chosen):
            self.chosen = self._first_cell(done.value)
        self._enter(ConsentsState.READY)
        if self._resume is not None:
            place, self._resume = self._resume, None
            self._go_on(place)

    def _is_there(self, organisation_id: UUID, category: str) -> bool:
        view = self.view
        return view is not None and any(
            (one.cell.organisation_id, one.cell.category) == (organisation_id, category)
            for one in view.cells
        )

    @staticmethod
    def _first_cell(view: ConsentView) -> tuple[UUID, str] | None:
        if not view.organisations or not view.categories:
            return None
        return view.organisations[0].id, view.categories[0].code

    def _fail(self, error: Exception) -> None:
        self._patience.stop()
        if self._told_elsewhere(error):
            return
        # Consents that can no longer be read must not stay on the screen.
        self.view, self._reading_trouble = None, self.trouble
        self._enter(ConsentsState.FAILED)

    def _told_elsewhere(self, error: Exception) -> bool:
        self.trouble = read_error(error)
        if self.trouble.kind is ProblemKind.NOT_CONFIRMED:
            self.failed.emit(self.trouble)
            return True
        return False

    def _enter(self, state: ConsentsState) -> None:
        self.state = state
        self.changed.emit()
