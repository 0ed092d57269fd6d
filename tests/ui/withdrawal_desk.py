"""The withdrawal desk without a vault: somebody took back all or a part in the case of Elias."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from tests.ui.consents_desk import (
    CASE,
    DIRECTORY,
    ELIAS,
    FAMILY,
    JOHAN,
    LEISURE,
    ORGANISATIONS,
    POLICE,
    SARA,
    SCHOOL,
    SOCIAL,
    TODAY,
    catalogue,
    reasons_toml,
)
from tests.ui.desk_screens import CASES, desk_frame
from tests.ui.overviews import commitment
from tests.ui.plain import NOW
from tests.ui.protocol_desk import pdf_of
from trygga_desktop.documents import withdrawal_letter as document
from trygga_desktop.domain.case import Cause, Phase, PhaseStep
from trygga_desktop.domain.meeting import MeetingState
from trygga_desktop.domain.reasons import Reason
from trygga_desktop.domain.receipts import Route
from trygga_desktop.domain.sharing import ChainStanding, Confirmation
from trygga_desktop.domain.withdrawal import Consequence, Stop
from trygga_desktop.i18n import load_language
from trygga_desktop.services.changes import Done
from trygga_desktop.services.letters import ComposedLetter, ComposeLetter, Letter
from trygga_desktop.services.receipts import Receipt, Received
from trygga_desktop.services.withdrawals import UncoveredMeeting, UncoveredSeat, Withdrawal
from trygga_desktop.ui.screens.withdrawal.view import WithdrawalView
from trygga_desktop.ui.screens.withdrawal.view_model import WithdrawalViewModel
from trygga_desktop.ui.tasks import InlineRunner, TaskRunner
from trygga_desktop.ui.theme.look import Look

STOPPED_AT = datetime(2026, 11, 26, 6, 21, tzinfo=UTC)
AGENCIES = (SCHOOL, LEISURE, POLICE)
NAMES = {one.id: one.name_on(TODAY) for one in ORGANISATIONS}
MEETING = UUID(int=700)
COMING_DAY = date(2026, 12, 3)
WHOLE = Stop(
    event_id=UUID(int=701),
    signer=JOHAN,
    on=TODAY,
    recorded_at=STOPPED_AT,
    organisations=frozenset({SOCIAL, *AGENCIES}),
)
PART = replace(
    WHOLE,
    organisations=frozenset({POLICE}),
    rest=frozenset({SOCIAL, SCHOOL, LEISURE}),
)


def letter(organisation_id: UUID, stop: Stop = WHOLE, **changes: Any) -> Letter:
    """Return a letter as the use case words it."""
    swedish = load_language("sv")
    content = document.LetterContent(
        organisation=NAMES[SOCIAL],
        recipient=NAMES[organisation_id],
        case_number="DEMO-2026-001",
        day=TODAY,
        ended_on=TODAY if stop.is_whole else None,
        ended=(document.Ended(since=TODAY, agencies=(NAMES[POLICE],)),),
    )
    found = Letter(
        organisation_id=organisation_id,
        organisation=content.recipient,
        opening=document.opening(content, swedish),
        requests=document.requests(content, swedish),
        ending=document.no_reason(swedish),
        file_name="brev-2026-11-26-1.pdf",
    )
    return replace(found, **changes)


def seen(*meetings: tuple[int, date, int], of: tuple[str, ...]) -> tuple[Received, ...]:
    """Return how many entries of these categories somebody could see at meetings."""
    return tuple(
        Received(on=on, number=number, count=count, categories=frozenset(of if count else ()))
        for number, on, count in meetings
    )


FIRST, SECOND = (1, date(2026, 9, 9), 6), (2, date(2026, 10, 7), 4)
RECEIPTS = (
    Receipt(
        route=Route.SCREEN,
        times=seen(FIRST, SECOND, of=("schooling", "leisure")),
        name="Henrik Alm",
        title="rektor",
        organisation_id=SCHOOL,
    ),
    Receipt(
        route=Route.SCREEN,
        times=seen((2, SECOND[1], 0), of=()),
        name="Jonas Ek",
        title="kommunpolis",
        organisation_id=POLICE,
    ),
    Receipt(
        route=Route.SCREEN,
        times=seen(FIRST, of=("schooling",)),
        name="Sara Demosson",
        title="mamma",
        is_family=True,
    ),
    Receipt(
        route=Route.OTHER_GROUND,
        times=(Received(on=SECOND[1], count=1, categories=frozenset({"health"})),),
        organisation_id=LEISURE,
        by="Maja Lund, enhetschef",
        ground="harm_test",
        until=date(2026, 12, 7),
    ),
    Receipt(
        route=Route.PROTOCOL_PRINTED,
        times=(Received(on=SECOND[1], number=2, at=STOPPED_AT),),
        by="Karin Ek",
    ),
    Receipt(
        route=Route.PROTOCOL_SAVED,
        times=(Received(on=SECOND[1], number=2, at=STOPPED_AT),),
        by="Karin Ek",
    ),
)
COMING = UncoveredMeeting(
    id=MEETING,
    number=3,
    starts_at=datetime(2026, 12, 3, 14, 0, tzinfo=UTC),
    state=MeetingState.PLANNED,
    seats=(
        UncoveredSeat(name="Henrik Alm", organisation=NAMES[SCHOOL], reason=Reason.WITHDRAWN),
        UncoveredSeat(name="Jonas Ek", organisation=NAMES[POLICE], reason=Reason.WITHDRAWN),
    ),
)


def withdrawal(**changes: Any) -> Withdrawal:
    """Return that Johan took back everything this morning, and the case paused."""
    found = Withdrawal(
        row=CASES[0],
        today=TODAY,
        step=PhaseStep(phase=Phase.PAUSED, on=TODAY, cause=Cause.FOLLOWS_CONSENT),
        consequence=Consequence.PAUSED,
        stops=(WHOLE,),
        still_given=frozenset({ELIAS, SARA}),
        meetings=(COMING,),
        commitments=(
            commitment(
                "Ringer hem varje fredag.",
                number=1,
                who="Henrik Alm",
                at=NAMES[SCHOOL],
                due=COMING_DAY,
            ),
        ),
        receipts=RECEIPTS,
        letters=(
            letter(SCHOOL, printed_at=NOW),
            letter(LEISURE, saved_at=NOW),
            letter(POLICE),
        ),
        people=FAMILY,
        organisations=ORGANISATIONS,
        directory=DIRECTORY,
        catalogue=catalogue(),
        chain=ChainStanding.HOLDS,
        confirmation=Confirmation.CONFIRMED,
    )
    return replace(found, **changes)


def in_part(**changes: Any) -> Withdrawal:
    """Return that only what concerns the police was taken back, and the case goes on."""
    found = withdrawal(
        step=PhaseStep(phase=Phase.FOLLOW_UP, on=TODAY),
        consequence=Consequence.GOES_ON,
        stops=(PART,),
        meetings=(replace(COMING, seats=COMING.seats[1:]),),
        commitments=(),
        letters=tuple(letter(one, PART) for one in AGENCIES),
    )
    return replace(found, **changes)


@dataclass(slots=True)
class Desk:
    """Stands for the vault and the printer: notes in what order things happened.

    What fails of the printer and of the making fails after `goes_well` letters.
    """

    found: Withdrawal = field(default_factory=withdrawal)
    happened: list[tuple[str, object]] = field(default_factory=list)
    missed: list[UUID] = field(default_factory=list)
    before: dict[UUID, datetime | None] = field(default_factory=dict)
    failure: Exception | None = None
    log_failure: Exception | None = None
    printer_failure: Exception | None = None
    compose_failure: Exception | None = None
    goes_well: int = 0
    screens: int = 1

    def read(self, _: UUID) -> Done[Withdrawal]:
        """Return what the withdrawal means, or fail."""
        self.happened.append(("read", None))
        if self.failure is not None:
            raise self.failure
        return Done(self.found)

    def compose(self, command: ComposeLetter) -> Done[ComposedLetter]:
        """Return the pages of one letter."""
        self._fail_after("compose", self.compose_failure)
        self.happened.append(("compose", command.organisation_id))
        pdf = pdf_of((NAMES[command.organisation_id],))
        return Done(ComposedLetter(organisation_id=command.organisation_id, pdf=pdf))

    def log_print(self, _: UUID, organisation_id: UUID) -> Done[None]:
        """Note that the log says so, or fail."""
        self._log("log print", organisation_id)
        letters = {one.organisation_id: one for one in self.found.letters}
        self.before[organisation_id] = letters[organisation_id].printed_at
        self._tell(organisation_id, lambda one: replace(one, printed_at=NOW))
        return Done(None)

    def log_failed(self, _: UUID, organisation_id: UUID) -> Done[None]:
        """Note that it did not come out."""
        self.missed.append(organisation_id)
        before = self.before.get(organisation_id)
        self._tell(organisation_id, lambda one: replace(one, printed_at=before))
        return Done(None)

    def log_save(self, _: UUID, organisation_id: UUID) -> Done[None]:
        """Note that the log says so, or fail."""
        self._log("log save", organisation_id)
        self._tell(organisation_id, lambda one: replace(one, saved_at=NOW))
        return Done(None)

    def print_pdf(self, pdf: bytes, _: QPrinter) -> None:
        """Take the pages, or fail."""
        self._fail_after("print", self.printer_failure)
        self.happened.append(("print", pdf))

    def open(self, runner: TaskRunner | None = None) -> WithdrawalViewModel:
        """Return the screen's model, loaded."""
        model = WithdrawalViewModel(
            CASE,
            read_withdrawal=self.read,
            compose_letter=self.compose,
            log_print=self.log_print,
            log_failed=self.log_failed,
            log_save=self.log_save,
            print_pdf=self.print_pdf,
            screen_count=lambda: self.screens,
            reasons_toml=reasons_toml(),
            runner=runner or InlineRunner(),
            now=lambda: NOW,
        )
        model.load()
        return model

    def _log(self, word: str, organisation_id: UUID) -> None:
        if self.log_failure is not None:
            raise self.log_failure
        self.happened.append((word, organisation_id))

    def _tell(self, organisation_id: UUID, logged: Callable[[Letter], Letter]) -> None:
        """Let whoever reads next see that the log knows of it."""
        letters = tuple(
            logged(one) if one.organisation_id == organisation_id else one
            for one in self.found.letters
        )
        self.found = replace(self.found, letters=letters)

    def _fail_after(self, word: str, failure: Exception | None) -> None:
        if failure is not None and [one for one, _ in self.happened].count(word) >= self.goes_well:
            raise failure


def in_frame(look: Look, desk: Desk) -> QWidget:
    """Return the frame of the desk around this state of the screen."""
    model = desk.open()
    return desk_frame(look, WithdrawalView(model, look), model)


def shown(look: Look) -> QWidget:
    """Everything was taken back, and the case is paused."""
    return in_frame(look, Desk())


def shown_part(look: Look) -> QWidget:
    """What concerns the police was taken back, and the case goes on."""
    return in_frame(look, Desk(in_part()))


def shown_nothing_received(look: Look) -> QWidget:
    """Everything was taken back before anybody received anything."""
    return in_frame(look, Desk(withdrawal(receipts=(), meetings=(), commitments=())))


def shown_given_again(look: Look) -> QWidget:
    """Nothing is taken back any more."""
    found = withdrawal(
        step=PhaseStep(phase=Phase.FOLLOW_UP, on=TODAY),
        consequence=Consequence.GOES_ON,
        stops=(),
        letters=(),
        meetings=(),
        commitments=(),
    )
    return in_frame(look, Desk(found))


def shown_two_screens(look: Look) -> QWidget:
    """Somebody else may look on."""
    return in_frame(look, Desk(screens=2))


SCREENS = (
    ("withdrawal", shown),
    ("withdrawal-part", shown_part),
    ("withdrawal-nothing-received", shown_nothing_received),
    ("withdrawal-given-again", shown_given_again),
    ("withdrawal-two-screens", shown_two_screens),
)
"""Every state worth walking through, each by a name."""
