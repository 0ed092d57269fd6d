"""May this be told? The page on the desk, without a vault: Elias Demosson and what is noted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from uuid import UUID

from PySide6.QtWidgets import QWidget

from tests.ui.consents_desk import (
    CASE,
    DIRECTORY,
    ELIAS,
    FAMILY,
    JOHAN,
    ORGANISATIONS,
    POLICE,
    SARA,
    SCHOOL,
    SIGNERS,
    SINCE,
    SOCIAL,
    TODAY,
    catalogue,
    events,
    reasons_toml,
    story,
)
from tests.ui.desk_screens import CASES, desk_frame
from tests.ui.plain import NOW
from trygga_desktop.domain.consent_events import Happening
from trygga_desktop.domain.errors import NoAccessError
from trygga_desktop.domain.items import Item, ItemKind, Part
from trygga_desktop.domain.reasons import Reason
from trygga_desktop.domain.sharing import (
    ChainStanding,
    Circumstances,
    Confirmation,
    Decision,
    Recipient,
    Stage,
)
from trygga_desktop.services.audience import ShownItem, show_room
from trygga_desktop.services.changes import Done
from trygga_desktop.services.questions import AskedItem, CaseQuestions, Hearing, Listener
from trygga_desktop.ui.screens.question.view import QuestionView
from trygga_desktop.ui.screens.question.view_model import QuestionViewModel
from trygga_desktop.ui.tasks import InlineRunner, TaskRunner
from trygga_desktop.ui.theme.look import Look

MEETING = UUID(int=700)
MEETS_AT = datetime(2026, 11, 26, 14, 0, tzinfo=UTC)
JONAS, GUEST = UUID(int=711), UUID(int=712)
COVERED, KEPT, OWN = (
    Decision(reason=Reason.CONSENT_COVERS),
    Decision(reason=Reason.CATEGORY_NOT_COVERED),
    Decision(reason=Reason.OWN_PERSON),
)


def listener(
    number: UUID, name: str, *, person: UUID | None = None, organisation: UUID | None = None
) -> Listener:
    """Return somebody of the family, for an organisation, or with neither a guest."""
    recipient = Recipient(
        id=number,
        barred=False,
        person_id=person,
        organisation_id=organisation,
        acknowledged=True,
        supports=person is None and organisation is None,
    )
    return Listener(id=number, name=name, recipient=recipient)


OF_CASE = (
    listener(ELIAS, "Elias Demosson", person=ELIAS),
    listener(SARA, "Sara Demosson", person=SARA),
    listener(JOHAN, "Johan Demosson", person=JOHAN),
    listener(SOCIAL, "Socialtjänsten i Exempelstad", organisation=SOCIAL),
    listener(SCHOOL, "Provskolan", organisation=SCHOOL),
    listener(POLICE, "Polisen Exempelstad", organisation=POLICE),
)
AT_MEETING = (
    listener(ELIAS, "Elias Demosson", person=ELIAS),
    listener(JONAS, "Jonas Ek", organisation=POLICE),
    listener(GUEST, "Farmor Ek"),
)
YES = (OWN, *(5 * [COVERED]))
NO = (OWN, *(4 * [COVERED]), KEPT)


def hearing(
    listeners: Sequence[Listener] = OF_CASE,
    *,
    on: date = TODAY,
    meeting: UUID | None = None,
    missing: frozenset[UUID] = frozenset(),
    newcomers: tuple[tuple[UUID, date], ...] = (),
) -> Hearing:
    """Return those who can be asked about together."""
    return Hearing(
        meeting=meeting,
        number=0 if meeting is None else 5,
        starts_at=None if meeting is None else MEETS_AT,
        on=on,
        listeners=tuple(listeners),
        binds_later=True,
        signers=SIGNERS,
        missing=missing,
        newcomers=newcomers,
        in_phase_since=SINCE,
    )


def asked(  # noqa: PLR0913  all but two have a default
    number: int,
    text: str,
    *decisions: Sequence[Decision],
    category: str = "schooling",
    origin: UUID = SCHOOL,
    about: frozenset[UUID] = frozenset({ELIAS}),
    said_by: UUID | None = None,
    part: Part = Part.CASE,
) -> AskedItem:
    """Return something that is noted, decided so for each listener of each hearing."""
    item = Item(
        id=UUID(int=800 + number),
        case_id=CASE,
        kind=ItemKind.STATEMENT,
        part=Part.CASE,
        author_id=SOCIAL,
        origin_id=origin,
        category=category,
        about=about,
        reporter_ids=frozenset(),
        known_on=date(2026, 9, 17),
        text=text,
        said_by=said_by,
    )
    told = tuple(tuple(each) for each in decisions)
    return AskedItem(item=_shown(item), part=part, decisions=told)


def _shown(item: Item) -> ShownItem:
    given = Circumstances(
        on=TODAY,
        controller_id=SOCIAL,
        subject_id=ELIAS,
        subject_age=17,
        organisations=frozenset(one.id for one in ORGANISATIONS),
        categories=frozenset(one.code for one in catalogue().categories),
        chain=ChainStanding.HOLDS,
        confirmation=Confirmation.CONFIRMED,
        stage=Stage.NAMED,
    )
    holder = Recipient(id=SOCIAL, barred=False, organisation_id=item.origin_id, acknowledged=True)
    (shown,) = show_room([item], [holder], given=given).items
    return shown


MEETING_YES = (OWN, COVERED, Decision(reason=Reason.CHOSEN_SUPPORT))
ITEMS = (
    asked(1, "Närvaron är 86 procent sedan skolstarten.", NO, (OWN, KEPT, MEETING_YES[2])),
    asked(2, "Elias vill bli hjälpledare.", YES, MEETING_YES, category="leisure", said_by=ELIAS),
)


def questions(
    items: Sequence[AskedItem] = ITEMS,
    hearings: Sequence[Hearing] | None = None,
    happened: Sequence[Happening] | None = None,
) -> CaseQuestions:
    """Return what may be told to whom."""
    at_meeting = hearing(AT_MEETING, meeting=MEETING)
    return CaseQuestions(
        row=CASES[0],
        today=TODAY,
        subject_id=ELIAS,
        controller_id=SOCIAL,
        programme=catalogue().programme("sspf"),
        organisations=ORGANISATIONS,
        people=FAMILY,
        history=events(story() if happened is None else happened),
        hearings=(hearing(), at_meeting) if hearings is None else tuple(hearings),
        items=tuple(items),
        directory=DIRECTORY,
        catalogue=catalogue(),
    )


@dataclass(slots=True)
class Vault:
    """Stands for the vault behind the page."""

    found: CaseQuestions = field(default_factory=questions)
    screens: int = 1
    asked_for: list[date | None] = field(default_factory=list)
    failure: Exception | None = None

    def read(self, _: UUID, on: date | None) -> Done[CaseQuestions]:
        """Return what may be told, or fail."""
        self.asked_for.append(on)
        if self.failure is not None:
            raise self.failure
        return Done(self.found)

    def open(
        self, runner: TaskRunner | None = None, *, on: date | None = None
    ) -> QuestionViewModel:
        """Return the model of the page, loaded."""
        model = QuestionViewModel(
            CASE,
            on,
            read_questions=self.read,
            reasons_toml=reasons_toml(),
            screen_count=lambda: self.screens,
            runner=runner or InlineRunner(),
            now=lambda: NOW,
        )
        model.load()
        return model


def shown_no(look: Look) -> QWidget:
    """The police may not know how it goes in school."""
    model = Vault().open()
    model.choose_hearing(0)
    for one in OF_CASE:
        model.let_hear(one.id, hears=True)
    return _framed(model, look)


def shown_yes(look: Look) -> QWidget:
    """What everybody at the meeting may know."""
    model = Vault().open()
    model.ask_about(ITEMS[1].item.id)
    return _framed(model, look)


def shown_nobody(look: Look) -> QWidget:
    """Nobody is chosen yet."""
    return _framed(Vault(found=questions(hearings=(hearing(),))).open(), look)


def shown_empty(look: Look) -> QWidget:
    """A case in which nothing is noted."""
    return _framed(Vault(found=questions(items=())).open(), look)


def shown_two_screens(look: Look) -> QWidget:
    """A second screen is connected."""
    return _framed(Vault(screens=2).open(), look)


def shown_failed(look: Look) -> QWidget:
    """It cannot be read."""
    return _framed(Vault(failure=NoAccessError()).open(), look)


def _framed(model: QuestionViewModel, look: Look) -> QWidget:
    return desk_frame(look, QuestionView(model, look), model)


SCREENS: tuple[tuple[str, Callable[[Look], QWidget]], ...] = (
    ("question-no", shown_no),
    ("question-yes", shown_yes),
    ("question-nobody", shown_nobody),
    ("question-empty", shown_empty),
    ("question-two-screens", shown_two_screens),
    ("question-failed", shown_failed),
)
"""Every state worth walking through, each by a name."""
