"""State of the page for other legal grounds: what was decided, and what is being filled in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from trygga_desktop.domain.drafts import DraftKind
from trygga_desktop.domain.errors import InvalidInputError
from trygga_desktop.domain.ground_use import find_misfit
from trygga_desktop.domain.sharing import ChainStanding
from trygga_desktop.i18n import STOCKHOLM
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.ui.draft_keeper import DraftKeeper, DraftUses, Place
from trygga_desktop.ui.problems import ProblemKind, Trouble, read_error
from trygga_desktop.ui.screens.grounds.form import (
    GroundForm,
    Missing,
    Said,
    TextField,
    from_draft,
    to_draft,
)
from trygga_desktop.ui.tasks import TaskRunner

if TYPE_CHECKING:
    from trygga_desktop.domain.agencies import Agency
    from trygga_desktop.domain.grounds import Condition, LegalGround
    from trygga_desktop.services.consents import ChangeTerms
    from trygga_desktop.services.grounds import CaseGrounds, UseGround
    from trygga_desktop.services.parties import ShownParty
    from trygga_desktop.services.rooms import ShownEntry

PATIENCE = 400
"""Milliseconds after which decisions that are still being read are told to be."""


class GroundsState(StrEnum):
    """What stands where the decisions are."""

    LOADING = "loading"
    SLOW = "slow"
    READY = "ready"
    FAILED = "failed"
    MORE_SCREENS = "more_screens"


class News(StrEnum):
    """What has just been recorded."""

    RECORDED = "recorded"
    LIFTED = "lifted"


class GroundsViewModel(QObject):
    """Reads the decisions, records one more, and takes one back.

    It shows nothing while a second screen is there. What is filled in is kept as a draft.
    `replaced` follows when the form holds something else than what was typed into it, `turned` when
    the page shows the form instead of the list or back.
    """

    changed = Signal()
    replaced = Signal()
    turned = Signal()
    left = Signal()
    confirmation_wanted = Signal(str)
    made = Signal(Changes)
    failed = Signal(Trouble)

    def __init__(  # noqa: PLR0913  the use cases of the page
        self,
        case_id: UUID,
        *,
        read_grounds: Callable[[UUID], Done[CaseGrounds]],
        use_ground: Callable[[UseGround], Done[UUID]],
        change_terms: Callable[[ChangeTerms], Done[None]],
        may_confirm: bool,
        drafts: DraftUses,
        screen_count: Callable[[], int],
        runner: TaskRunner,
        now: Callable[[], datetime],
        is_writing: bool = False,
        new_id: Callable[[], UUID] = uuid4,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._state = GroundsState.LOADING
        self.found: CaseGrounds | None = None
        self.is_writing = is_writing
        self.is_working = False
        self.asks_to_discard = False
        self.asks_to_lift: UUID | None = None
        self.opened: frozenset[UUID] = frozenset()
        self.trouble: Trouble | None = None
        self.refused: dict[str, str] = {}
        self.news: News | None = None
        self.may_confirm = may_confirm
        self._case_id = case_id
        self._read_grounds = read_grounds
        self._use_ground = use_ground
        self._change_terms = change_terms
        self._screen_count = screen_count
        self._runner = runner
        self._now = now
        self.form = self._untouched = self._blank
        self.drafts = DraftKeeper(
            drafts,
            runner,
            Place(kind=DraftKind.GROUND, subject_id=case_id, case_id=case_id),
            now=now,
            new_id=new_id,
            parent=self,
        )
        self.drafts.changed.connect(self.changed)
        self.drafts.found.connect(self._take_draft)
        self.drafts.failed.connect(self.failed)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE)
        self._patience.timeout.connect(self.lose_patience)

    @property
    def state(self) -> GroundsState:
        """Return what stands where the decisions are."""
        return GroundsState.MORE_SCREENS if self._screen_count() > 1 else self._state

    @property
    def today(self) -> date:
        """Return the day it is for the people concerned, no earlier than what was read."""
        today = self._now().astimezone(STOCKHOLM).date()
        return today if self.found is None else max(today, self.found.today)

    @property
    def may_record(self) -> bool:
        """Return whether anything can be recorded: nothing is, while the page is hidden.

        Nothing is put behind a broken chain either.
        """
        is_shown = self.state is not GroundsState.MORE_SCREENS
        return is_shown and self._chain_holds and not self.is_working

    @property
    def has_begun(self) -> bool:
        """Return whether something is filled in."""
        return self.form != self._untouched

    @property
    def subject(self) -> ShownParty | None:
        """Return the young person, if they may be shown."""
        return next(iter(() if self.found is None else self.found.people), None)

    @property
    def age(self) -> int | None:
        """Return how old the young person is today, None where the birth date does not say."""
        subject = self.subject
        if subject is None or subject.born is None:
            return None
        return subject.born.age_on(self.today)

    @property
    def entries(self) -> tuple[ShownEntry, ...]:
        """Return everything that can be told: what a decision and its dissents say is one each."""
        found = () if self.found is None else self.found.items
        return tuple(
            one
            for entry in found
            for one in (entry, *entry.dissents)
            if one.item.origin_id is not None
        )

    @property
    def givers(self) -> tuple[UUID, ...]:
        """Return the organisations that hold anything, in the order of the case."""
        holding = {one.item.origin_id for one in self.entries}
        return tuple(one for one in self.organisations if one in holding)

    @property
    def organisations(self) -> tuple[UUID, ...]:
        """Return the organisations of the case."""
        return () if self.found is None else tuple(one.id for one in self.found.organisations)

    @property
    def categories(self) -> tuple[str, ...]:
        """Return the kinds of information that the holder has, in the order of the catalogue."""
        if self.found is None:
            return ()
        held = {one.item.category for one in self.entries if one.item.origin_id == self.form.giver}
        known = [one.code for one in self.found.catalogue.categories]
        return (*(one for one in known if one in held), *sorted(held.difference(known)))

    @property
    def to_tell(self) -> tuple[ShownEntry, ...]:
        """Return what there is of the holder and the kind of information, the newest first."""
        form = self.form
        fitting = [
            one
            for one in self.entries
            if one.item.origin_id == form.giver and one.item.category == form.category
        ]
        return tuple(sorted(fitting, key=lambda one: one.item.known_on, reverse=True))

    @property
    def items(self) -> frozenset[UUID]:
        """Return what is chosen of that."""
        return self.form.items & {one.item.id for one in self.to_tell}

    @property
    def may_receive(self) -> tuple[UUID, ...]:
        """Return whom something can be told to: everyone of the case but the holder."""
        return tuple(one for one in self.organisations if one != self.form.giver)

    @property
    def recipients(self) -> frozenset[UUID]:
        """Return who is chosen of these."""
        return self.form.recipients & set(self.may_receive)

    @property
    def giver_kind(self) -> Agency | None:
        """Return what kind of organisation the holder is."""
        return None if self.form.giver is None else self._kinds.get(self.form.giver)

    @property
    def grounds(self) -> tuple[LegalGround, ...]:
        """Return the grounds in force that are for the holder and reach everyone chosen."""
        if self.found is None or not self.items or not self.recipients:
            return ()
        kinds = self._kinds
        return tuple(
            one
            for one in self.found.grounds
            if find_misfit(
                one,
                giver=self.giver_kind,
                recipients=[kinds.get(recipient) for recipient in self.recipients],
                category=self.form.category,
            )
            is None
        )

    @property
    def ground(self) -> LegalGround | None:
        """Return the ground that is chosen, as long as it fits."""
        return next((one for one in self.grounds if one.code == self.form.ground), None)

    @property
    def missing(self) -> Missing | None:
        """Return the first thing that keeps the decision from being recorded."""
        if not self.items:
            return Missing.ITEMS
        if not self.recipients:
            return Missing.RECIPIENTS
        ground = self.ground
        if ground is None:
            return Missing.GROUND
        lacking = self.form.missing_answer(ground, age=self.age)
        return lacking or self.form.missing_text(ground, today=self.today)

    @property
    def may_send(self) -> bool:
        """Return whether everything is there."""
        return self.may_record and self.missing is None

    @Slot()
    def load(self) -> None:
        """Read the decisions, and bring back what an earlier visit left in the form."""
        self._read()
        self.drafts.look_for_earlier()

    def refresh(self, changes: Changes, source: object = None) -> None:
        """Read again if someone else changed something that is shown here."""
        shown = (
            changes.consents,
            changes.items,
            changes.parties,
            changes.cases,
            changes.directory,
            changes.settings,
        )
        if any(shown) and source is not self:
            self._read()

    @Slot()
    def lose_patience(self) -> None:
        """Say that it is still being read, if nothing stands there yet."""
        if self._state is GroundsState.LOADING:
            self._enter(GroundsState.SLOW)

    def screens_changed(self) -> None:
        """Hide everything when a second screen comes, and show it when it has gone."""
        self.changed.emit()

    def begin(self) -> None:
        """Show the form, with what stands in it already."""
        if self.may_record:
            if not self.has_begun:
                # It may have become another day since.
                self._empty()
            self._turn(is_writing=True)

    def stop(self) -> None:
        """Go back to the list; what is filled in stays as a draft."""
        if not self.is_working:
            self.drafts.store_now()
            self._turn(is_writing=False)

    def ask_to_discard(self, *, asks: bool) -> None:
        """Ask before what is filled in is thrown away, or stop asking."""
        self.asks_to_discard = asks
        self.changed.emit()

    def discard(self) -> None:
        """Put what is filled in into the bin."""
        self.drafts.throw_away()
        self._clear()
        self._turn(is_writing=False)

    def choose_giver(self, giver: UUID | None) -> None:
        """Say whose information it is."""
        self.refused.pop("items", None)
        self._take(replace(self.form, giver=giver))
        if self.form.category not in self.categories:
            # One kind alone needs no choice.
            only = self.categories[0] if len(self.categories) == 1 else ""
            self._take(replace(self.form, category=only))

    def choose_category(self, category: str) -> None:
        """Say which kind of information it is."""
        self.refused.pop("items", None)
        self._take(replace(self.form, category=category))

    def tick_item(self, item_id: UUID, *, is_told: bool) -> None:
        """Say of one thing whether it is to be told."""
        self.refused.pop("items", None)
        others = self.form.items - {item_id}
        self._take(replace(self.form, items=others | {item_id} if is_told else others))

    def tick_recipient(self, recipient: UUID, *, is_told: bool) -> None:
        """Say of an organisation whether it is to be told."""
        self.refused.pop("recipients", None)
        others = self.form.recipients - {recipient}
        self._take(replace(self.form, recipients=others | {recipient} if is_told else others))

    def choose_ground(self, code: str) -> None:
        """Choose the ground that it is told on."""
        self.refused.pop("ground", None)
        self._take(replace(self.form, ground=code))

    def answer(self, condition: Condition, said: Said) -> None:
        """Answer a question of fact."""
        if self.ground is not None:
            self.refused.pop("answers", None)
            self._take(self.form.with_said(self.ground, condition, said))

    def answer_in_words(self, condition: Condition, text: str) -> None:
        """Answer a question in words."""
        if self.ground is not None:
            self.refused.pop("answers", None)
            self._take(self.form.with_words(self.ground, condition, _whole(text)))

    def type(self, where: TextField, text: str) -> None:
        """Take what stands in a field."""
        if _whole(text) != self.form.text_in(where):
            self.refused.pop(where, None)
            self._take(self.form.with_text(where, _whole(text)))

    def record(self) -> None:
        """Record the decision, once everything is there."""
        ground, form = self.ground, self.form
        on, until = form.day_in(TextField.ON), form.day_in(TextField.UNTIL)
        if not self.may_send or ground is None or on is None or until is None:
            return
        # Imported here: the first window does not wait for the database.
        from trygga_desktop.services.grounds import UseGround  # noqa: PLC0415

        command = UseGround(
            case_id=self._case_id,
            ground=ground.code,
            items=self.items,
            recipients=self.recipients,
            answers=form.answers(ground, age=self.age),
            decided_by=form.text_in(TextField.DECIDED_BY).strip(),
            motive=form.text_in(TextField.MOTIVE).strip(),
            on=on,
            until=until,
        )
        self._begin_work()
        use = self._use_ground
        self.drafts.put_to_use(self, lambda: use(command), self._recorded, self._refuse)

    def ask_to_lift(self, use_id: UUID | None) -> None:
        """Ask whether a decision really holds no more, or stop asking."""
        if self.may_record:
            self.asks_to_lift, self.news = use_id, None
            self.changed.emit()

    def lift(self) -> None:
        """Record that the decision that was asked about holds no more."""
        lifted = self.asks_to_lift
        if lifted is None or not self.may_record:
            return
        from trygga_desktop.services.consents import ChangeTerms  # noqa: PLC0415  as above

        command = ChangeTerms(case_id=self._case_id, on=self.today, lifted=(lifted,))
        self._begin_work()
        change = self._change_terms
        self._runner.run(self, lambda: change(command), self._lifted, self._refuse)

    def show_answers(self, use_id: UUID, *, shown: bool) -> None:
        """Show or hide what was answered for a decision."""
        others = self.opened - {use_id}
        self.opened = others | {use_id} if shown else others
        self.changed.emit()

    def want_confirmation(self) -> None:
        """Ask for the page on which the text of the chosen ground is confirmed."""
        if self.ground is not None and self.may_confirm:
            self.confirmation_wanted.emit(self.ground.code)

    @property
    def is_sending(self) -> bool:
        """Return whether what is filled in is on its way."""
        return self.is_working

    def leave(self) -> None:
        """Store the draft at once: the page is left, or the vault is being locked."""
        self.drafts.store_now()

    def go_back(self) -> None:
        """Go from the form to the list, and from the list to the consents."""
        if self.is_writing:
            self.stop()
        else:
            self.left.emit()

    @property
    def _chain_holds(self) -> bool:
        return self.found is not None and self.found.chain is ChainStanding.HOLDS

    @property
    def _blank(self) -> GroundForm:
        return GroundForm(texts={TextField.ON: self.today.isoformat()})

    @property
    def _kinds(self) -> dict[UUID, Agency]:
        found = self.found
        return {} if found is None else found.directory.kinds(found.catalogue.agencies)

    def _read(self) -> None:
        if self._state is not GroundsState.READY:
            self._enter(GroundsState.LOADING)
        self._patience.start()
        read, case_id = self._read_grounds, self._case_id
        self._runner.run(self, lambda: read(case_id), self._loaded, self._fail)

    def _loaded(self, done: Done[CaseGrounds]) -> None:
        self._patience.stop()
        was_blank = not self.has_begun
        if self.found is None:
            # What kept it from being read is over.
            self.trouble = None
        self.found = done.value
        if was_blank:
            # The vault may know a later day than the clock.
            self._empty()
        # What is being recorded, or hidden for a while, is still being written.
        self.is_writing = self.is_writing and self._chain_holds
        self._enter(GroundsState.READY)
        self.replaced.emit()

    def _fail(self, error: Exception) -> None:
        self._patience.stop()
        if self._told_elsewhere(error):
            return
        # What can no longer be read must not stay on the screen.
        self.found = None
        self._enter(GroundsState.FAILED)

    def _recorded(self, done: Done[UUID]) -> None:
        self._clear()
        self.news = News.RECORDED
        self._finish(done.changes)

    def _lifted(self, done: Done[None]) -> None:
        self.asks_to_lift = None
        self.news = News.LIFTED
        self._finish(done.changes)

    def _finish(self, changes: Changes) -> None:
        self.is_working = False
        self._turn(is_writing=False)
        self.made.emit(changes)
        self._read()

    def _begin_work(self) -> None:
        self.is_working, self.trouble, self.news = True, None, None
        self.changed.emit()

    def _refuse(self, error: Exception) -> None:
        self.is_working = False
        if isinstance(error, InvalidInputError) and self.is_writing:
            self.refused[error.field] = error.flaw
            self.changed.emit()
        elif not self._told_elsewhere(error):
            self.changed.emit()

    def _told_elsewhere(self, error: Exception) -> bool:
        self.trouble = read_error(error)
        if self.trouble.kind is ProblemKind.NOT_CONFIRMED:
            self.failed.emit(self.trouble)
            return True
        return False

    def _take_draft(self, text: str) -> None:
        form = from_draft(text)
        if form is not None:
            self.form = form
            self.replaced.emit()
            self.changed.emit()

    def _take(self, form: GroundForm) -> None:
        self.form = form
        self.drafts.keep(to_draft(form, blank=self._untouched))
        self.changed.emit()

    def _clear(self) -> None:
        self._empty()
        self.refused, self.trouble = {}, None
        self.asks_to_discard = False
        self.replaced.emit()

    def _empty(self) -> None:
        self.form = self._untouched = self._blank

    def _turn(self, *, is_writing: bool) -> None:
        self.is_writing = is_writing
        self.asks_to_discard, self.asks_to_lift = False, None
        if is_writing:
            self.news, self.trouble = None, None
        self.changed.emit()
        self.turned.emit()

    def _enter(self, state: GroundsState) -> None:
        self._state = state
        self.changed.emit()


def _whole(text: str) -> str:
    """Return the text with half characters replaced: nothing could store them."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
