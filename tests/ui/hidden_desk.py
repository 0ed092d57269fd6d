"""What is kept from the room of a meeting, as its operator sees it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from PySide6.QtWidgets import QWidget

from tests.ui.desk_screens import SUBJECT, desk_frame
from tests.ui.meeting_desk import MEETING, SARA, entry, seats
from tests.ui.overviews import catalogue
from tests.ui.plain import NOW, DraftBox
from trygga_desktop.domain.commitments import CommitmentState
from trygga_desktop.domain.errors import TryggaError
from trygga_desktop.domain.items import ItemKind
from trygga_desktop.domain.meeting import IN_THE_ROOM, AgendaState, Function
from trygga_desktop.domain.reasons import Reason
from trygga_desktop.domain.sharing import Decision
from trygga_desktop.paths import shipped
from trygga_desktop.services.case_files import WriteNote
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.entries import ChangeCommitment, MarkItem
from trygga_desktop.services.leading import Candidate, ItemSight, Leading, SeatSight
from trygga_desktop.services.rooms import (
    Choice,
    HiddenEntry,
    HiddenFromRoom,
    Question,
    Seat,
    ShownCommitment,
    ShownEntry,
)
from trygga_desktop.services.second_persons import NameSecondPersons
from trygga_desktop.ui.becoming import Becoming
from trygga_desktop.ui.departures import Departures
from trygga_desktop.ui.screens.hidden.leading import LeadingModel, LeadingUses
from trygga_desktop.ui.screens.hidden.view import HiddenView
from trygga_desktop.ui.screens.hidden.view_model import HiddenViewModel
from trygga_desktop.ui.tasks import InlineRunner, TaskRunner
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.widgets.labels import PlainLabel

REASONS = (shipped("resources") / "catalogue" / "reasons.toml").read_text(encoding="utf-8")
PEOPLE = seats()
BROTHER = UUID(int=803)
EXCLUSION = Question(
    about_id=UUID(int=801),
    words="Pappas sjukdom får inte tas upp.",
    is_limit=False,
    is_answered=False,
)
LIMIT = Question(
    about_id=UUID(int=802),
    words="Skolan får veta att det finns en riskmiljö, men inte vilka andra som är där.",
    is_limit=True,
    is_answered=False,
)


def hidden_entry(
    number: int,
    text: str,
    against: Sequence[tuple[Seat, Decision]],
    questions: Sequence[Question] = (),
    *,
    agenda: int | None = 604,
) -> HiddenEntry:
    """Return something that the room does not see."""
    return HiddenEntry(
        agenda_id=None if agenda is None else UUID(int=agenda),
        entry=entry(number, text),
        against=tuple(against),
        questions=tuple(questions),
    )


POLICE = (PEOPLE[5], Decision(reason=Reason.CATEGORY_NOT_COVERED))
HIDDEN = (
    hidden_entry(
        40,
        "Lovar att höra av sig till BUP.",
        [(PEOPLE[5], Decision(reason=Reason.WITHDRAWN))],
        agenda=None,
    ),
    hidden_entry(
        41,
        "Elias har varit borta från skolan sex dagar i november.",
        [
            POLICE,
            (PEOPLE[4], Decision(reason=Reason.NOT_ACKNOWLEDGED, also=(Reason.SECOND_PERSON,))),
        ],
    ),
    hidden_entry(
        42,
        "Det är oroligt hemma på kvällarna.",
        [(one, Decision(reason=Reason.NEEDS_MARKING)) for one in PEOPLE[4:6]],
        [EXCLUSION, LIMIT],
    ),
)

UNNAMED = replace(
    hidden_entry(
        43,
        "Storebror har flyttat hemifrån.",
        [(one, Decision(reason=Reason.SECOND_PERSON)) for one in PEOPLE[4:6]],
    ),
    is_about_unnamed=True,
)


def promise(number: int, text: str) -> ShownEntry:
    """Return a commitment that is still to be kept."""
    return entry(
        number,
        text,
        kind=ItemKind.ACTION,
        commitment=ShownCommitment(
            responsible="Mirja Öst",
            organisation="Barn- och ungdomspsykiatrin",
            due=date(2026, 11, 13),
            state=CommitmentState.NOT_STARTED,
            is_late=True,
            reason="",
        ),
    )


LEADING = Leading(
    hidden=HiddenFromRoom(
        meeting_id=MEETING,
        case_id=UUID(int=11),
        subject_id=SUBJECT,
        subject_name="",
        hidden=(),
        until=None,
    ),
    is_running=True,
    may_invite=True,
    seats=tuple(
        SeatSight(seat=one, sees=None if one.presence not in IN_THE_ROOM else 5 if place else 6)
        for place, one in enumerate(PEOPLE)
    ),
    agenda=tuple(
        ItemSight(
            id=UUID(int=600 + place),
            code=code,
            title=title,
            state=state,
            seen=seen,
            noted=noted,
        )
        for place, (code, title, state, seen, noted) in enumerate(
            (
                ("welcome", "Välkommen", AgendaState.DONE, 0, 0),
                ("any_news", "Något nytt?", AgendaState.NOW, 3, 5),
                ("goals", "Mål och åtaganden", AgendaState.COMING, 1, 2),
                ("school", "Skolan", AgendaState.COMING, 2, 2),
            ),
            start=1,
        )
    ),
    shown=(entry(61, "Elias får en egen grupp på onsdagar."),),
    count=6,
    candidates=(
        Candidate(
            party_id=UUID(int=901),
            name="Lena Grund",
            organisation="Barn- och ungdomspsykiatrin",
            functions=frozenset({Function.AGENCY_REPRESENTATIVE}),
            is_covered=False,
            is_decided=False,
        ),
        Candidate(
            party_id=UUID(int=902),
            name="Rut Åkesson",
            organisation="Ekbackaskolan",
            functions=frozenset({Function.AGENCY_REPRESENTATIVE}),
            is_covered=True,
            is_decided=False,
        ),
    ),
    notes=(entry(62, "Ring föräldrarna före den 30 november.").item,),
    carried=(promise(71, "Första samtal bokas"), promise(72, "Ledare möter upp efter skolan")),
    promised=(promise(73, "Egen grupp på onsdagar"),),
    catalogue=catalogue(),
    # The vault goes on from a later day than that of the clock, which was set back.
    today=date(2026, 11, 27),
)


@dataclass(slots=True)
class Back:
    """Stands for the vault behind the page."""

    hidden: Sequence[HiddenEntry] = HIDDEN
    asked: list[MarkItem] = field(default_factory=list)
    named: list[NameSecondPersons] = field(default_factory=list)
    screens: int = 1
    is_mirrored: bool = False
    leading: Leading = LEADING
    done: list[object] = field(default_factory=list)
    drafts: DraftBox = field(default_factory=DraftBox)
    reads: int = 0
    asked_about: UUID | None = None
    failure: TryggaError | None = None
    read_failure: TryggaError | None = None

    def read(self, _: UUID) -> Done[Leading]:
        """Return what is hidden."""
        self.reads += 1
        if self.read_failure is not None:
            raise self.read_failure
        found = HiddenFromRoom(
            meeting_id=MEETING,
            case_id=UUID(int=11),
            subject_id=SUBJECT,
            subject_name="Elias Demosson",
            hidden=tuple(self.hidden),
            until=date(2027, 1, 31),
            others=(
                Choice(id=SARA, name="Sara Demosson"),
                Choice(id=BROTHER, name="Amir Demosson"),
            ),
        )
        return Done(replace(self.leading, hidden=found))

    def mark(self, command: MarkItem) -> Done[None]:
        """Take an answer."""
        if self.failure is not None:
            raise self.failure
        self.asked.append(command)
        return Done(None, Changes(items=True, meetings=True))

    def name(self, command: NameSecondPersons) -> Done[None]:
        """Take who else something is about."""
        if self.failure is not None:
            raise self.failure
        self.named.append(command)
        return Done(None, Changes(items=True, meetings=True))

    def change(self, command: ChangeCommitment) -> Done[None]:
        """Take what became of a commitment."""
        if self.failure is not None:
            raise self.failure
        self.done.append(command)
        return Done(None, Changes(items=True, meetings=True))

    def uses(self) -> LeadingUses:
        """Return use cases that note what they were asked to do."""

        def noting(*command: object) -> Done[None]:
            if self.failure is not None:
                raise self.failure
            self.done.append(command[-1])
            return Done(None, Changes(meetings=True))

        def writing(command: WriteNote) -> Done[UUID]:
            self.done.append(command)
            return Done(UUID(int=1), Changes(items=True))

        return LeadingUses(
            set_presence=noting,
            confirm_duty=noting,
            invite=noting,
            go_to_item=noting,
            withdraw_consent=noting,
            write_note=writing,
        )

    def _lead(self, runner: TaskRunner) -> LeadingModel:
        uses = self.uses()
        return LeadingModel(
            MEETING,
            UUID(int=11),
            departures=Departures(MEETING, set_presence=uses.set_presence, runner=runner),
            uses=uses,
            drafts=self.drafts.uses,
            runner=runner,
            now=lambda: NOW,
        )

    def open(self, runner: TaskRunner | None = None) -> HiddenViewModel:
        """Return the model of the page, loaded."""
        model = HiddenViewModel(
            MEETING,
            read_leading=self.read,
            mark_item=self.mark,
            name_second_persons=self.name,
            leading=self._lead(runner or InlineRunner()),
            becoming=Becoming(
                UUID(int=11),
                change_commitment=self.change,
                drafts=self.drafts.uses,
                runner=runner or InlineRunner(),
                now=lambda: NOW,
                wanted=self.asked_about,
            ),
            reasons_toml=REASONS,
            screen_count=lambda: self.screens,
            runner=runner or InlineRunner(),
            now=lambda: NOW,
            may_be_mirrored=lambda: self.is_mirrored,
        )
        model.load()
        return model


def shown(look: Look) -> QWidget:
    """Return the page with reasons and two questions."""
    return _framed(Back().open(), look)


def shown_what_became(look: Look) -> QWidget:
    """Return the page while it is asked what became of an earlier commitment."""
    model = Back(hidden=()).open()
    model.becoming.open(LEADING.carried[0].item.id)
    return _framed(model, look)


def shown_whom(look: Look) -> QWidget:
    """Return the page while somebody an entry is about is yet to be named."""
    return _framed(Back(hidden=(UNNAMED,)).open(), look)


def shown_sealed(look: Look) -> QWidget:
    """Return the page of a sealed meeting, of which something was asked since."""
    sealed = [replace(one, is_sealed=True) for one in HIDDEN]
    return _framed(Back(hidden=sealed).open(), look)


def shown_two_screens(look: Look) -> QWidget:
    """Return the page while a second screen is connected."""
    return _framed(Back(screens=2).open(), look)


def shown_asking(look: Look) -> QWidget:
    """Return the page before somebody has said that nobody else sees it."""
    return _framed(Back(is_mirrored=True).open(), look)


def shown_empty(look: Look) -> QWidget:
    """Return the page where nothing is hidden."""
    return _framed(Back(hidden=()).open(), look)


def _framed(model: HiddenViewModel, look: Look) -> QWidget:
    return desk_frame(look, HiddenView(model, no_picture, look), model)


def no_picture(look: Look) -> QWidget:
    """Stand for the picture of the room."""
    return PlainLabel(look, look.language.gettext("Nothing of the meeting is shown."))
