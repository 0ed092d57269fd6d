"""The papers before a meeting on the desk, without a vault."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from tests.ui.desk_screens import desk_frame
from tests.ui.plain import NOW
from trygga_desktop.documents import calendar, promises
from trygga_desktop.documents.pdf.render import Paper, render
from trygga_desktop.documents.preparation import Promise, SheetContent
from trygga_desktop.documents.preparation import compose as compose_sheet
from trygga_desktop.documents.promises import PromisesContent
from trygga_desktop.documents.promises import compose as compose_promises
from trygga_desktop.documents.summons import Called, CalledItem, SummonsContent, compose
from trygga_desktop.domain.audit import Printed
from trygga_desktop.i18n import load_language
from trygga_desktop.services.changes import Done
from trygga_desktop.services.papers import (
    Addressee,
    ComposeCalendar,
    ComposedPaper,
    ComposePaper,
    MeetingPapers,
    PaperKind,
)
from trygga_desktop.ui.screens.papers.view import PapersView
from trygga_desktop.ui.screens.papers.view_model import PapersViewModel
from trygga_desktop.ui.tasks import InlineRunner, TaskRunner
from trygga_desktop.ui.theme.look import Look

MEETING = UUID(int=500)
STARTS = datetime(2026, 11, 26, 14, 0, tzinfo=UTC)
FOOT = "Sekretess: innehåller uppgifter om en enskild."
ITEMS = (
    ("Välkomna, roller och samtycke", "Vilka är här, och vad har vi rätt att prata om?", 0),
    ("Den unges röst", "Vad är viktigt för dig just nu?", 5),
    ("Det vi lovade förra gången", "Vad blev gjort, vad blev inte gjort, och varför?", 15),
    ("Mål och åtaganden", "Vad behåller vi, vad ändrar vi, vad lägger vi till?", 30),
)


def _addressee(number: int, name: str, organisation: str = "", kind: str = "") -> Addressee:
    return Addressee(
        id=UUID(int=number),
        name=name,
        organisation=organisation,
        kind=kind,
        sheet=bool(organisation),
    )


ADDRESSEES = (
    _addressee(601, "Elias Demosson"),
    _addressee(602, "Sara Demosson"),
    _addressee(603, "Johan Demosson"),
    _addressee(604, "Karin Ek", "Socialtjänsten, unga", "social_services"),
    _addressee(605, "Henrik Alm", "Tallbackaskolan", "school"),
    _addressee(606, "Jonas Ek", "Lokalpolisområde Norr", "police"),
)


class Post:
    """Stands for the vault and the printer: notes in what order things happened."""

    def __init__(
        self, addressees: Sequence[Addressee] = ADDRESSEES, *, is_protected: bool = False
    ) -> None:
        self.happened: list[str] = []
        self.commands: list[ComposePaper] = []
        self.calendars: list[ComposeCalendar] = []
        self.printed: list[bytes] = []
        self.missed: list[tuple[Printed, UUID]] = []
        self.found = MeetingPapers(
            case_number="DEMO-2026-001",
            number=5,
            addressees=tuple(addressees),
            is_protected=is_protected,
        )
        self.place = "Rum Björken"
        self.failure: Exception | None = None
        self.log_failure: Exception | None = None
        self.printer_failure: Exception | None = None

    def read(self, _: UUID) -> Done[MeetingPapers]:
        """Return whom there are papers for, or fail."""
        if self.failure is not None:
            raise self.failure
        return Done(self.found)

    def compose(self, command: ComposePaper) -> Done[ComposedPaper]:
        """Return the paper, or fail."""
        self.commands.append(command)
        if self.failure is not None:
            raise self.failure
        one = next(one for one in self.found.addressees if one.id == command.participant_id)
        return Done(ComposedPaper(pdf=self._pdf(command.kind, one), file_name="kallelse-1.pdf"))

    def compose_calendar(self, command: ComposeCalendar) -> Done[bytes]:
        """Return the entry for a calendar."""
        self.happened.append("calendar")
        self.calendars.append(command)
        return Done(
            calendar.write(
                calendar.Appointment(
                    meeting_id=MEETING,
                    made_at=NOW,
                    begins_at=STARTS,
                    ends_at=STARTS + timedelta(minutes=55),
                    summary="Kallelse till samverkansmöte",
                    place="" if self.found.is_protected else self.place,
                )
            )
        )

    def log_print(self, _: UUID) -> Done[None]:
        """Note that the log says so, or fail."""
        return self._log("log print")

    def log_missed(self, printed: Printed, about_id: UUID) -> Done[None]:
        """Note of what the log says that it did not come out."""
        self.missed.append((printed, about_id))
        return self._log("log missed")

    def log_save(self, _: UUID) -> Done[None]:
        """Note that the log says so, or fail."""
        return self._log("log save")

    def print_pdf(self, pdf: bytes, _: QPrinter) -> None:
        """Take the pages, or fail."""
        if self.printer_failure is not None:
            raise self.printer_failure
        self.happened.append("print")
        self.printed.append(pdf)

    def open(self, runner: TaskRunner | None = None, **uses: Any) -> PapersViewModel:
        """Return the screen's model, loaded; `uses` stand in the place of what it has here."""
        model = PapersViewModel(
            MEETING,
            read_papers=self.read,
            compose_paper=self.compose,
            compose_calendar=self.compose_calendar,
            runner=runner or InlineRunner(),
            now=lambda: NOW,
            **{
                "log_print": self.log_print,
                "log_missed": self.log_missed,
                "log_save": self.log_save,
                "print_pdf": self.print_pdf,
                **uses,
            },
        )
        model.load()
        return model

    def _log(self, word: str) -> Done[None]:
        if self.log_failure is not None:
            raise self.log_failure
        self.happened.append(word)
        return Done(None)

    def _pdf(self, kind: PaperKind, one: Addressee) -> bytes:
        language = load_language("sv")
        blocks = {
            PaperKind.SUMMONS: lambda: compose(self._summons(one), language),
            PaperKind.SHEET: lambda: compose_sheet(_sheet(one), language),
            PaperKind.ACTIONS: lambda: compose_promises(_promises(one), language),
        }[kind]()
        return render(blocks, Paper(title="Kallelse", language=language, made_at=STARTS))

    def _summons(self, one: Addressee) -> SummonsContent:
        return SummonsContent(
            organisation="Socialtjänsten, unga",
            municipality="Exempelstad",
            recipient=one.organisation or one.name,
            case_number=self.found.case_number,
            day=STARTS.date(),
            begins_at=STARTS,
            ends_at=STARTS + timedelta(minutes=55),
            called=Called.AGENCY if one.organisation else Called.PERSON,
            is_part=False,
            place="" if self.found.is_protected else self.place,
            coordinator="Karin Ek",
            items=tuple(
                CalledItem(
                    number=place,
                    title=title,
                    question=question,
                    begins_at=STARTS + timedelta(minutes=minutes),
                )
                for place, (title, question, minutes) in enumerate(ITEMS, start=1)
            ),
            secrecy=FOOT,
        )


def _sheet(one: Addressee) -> SheetContent:
    return SheetContent(
        organisation="Socialtjänsten, unga",
        municipality="Exempelstad",
        agency=one.organisation,
        case_number="DEMO-2026-001",
        meeting_on=STARTS.date(),
        receives=("skolgång", "fritid"),
        gives=("skolgång",),
        promises=(
            Promise(
                text="Gör en plan för matematiken med Elias",
                responsible="Henrik Alm",
                due=date(2026, 11, 20),
            ),
        ),
        results=("Pågår", "Klar", "Gick inte, omständigheter", "Blev inte gjort"),
        questions=tuple(question for _, question, _ in ITEMS),
        secrecy=FOOT,
    )


def _promises(one: Addressee) -> PromisesContent:
    own = promises.Promise(
        text="Gör en plan för matematiken med Elias",
        responsible=one.name,
        due=date(2026, 12, 10),
    )
    return PromisesContent(
        organisation="Socialtjänsten, unga",
        municipality="Exempelstad",
        reader=one.organisation or one.name,
        case_number="DEMO-2026-001",
        meeting_on=STARTS.date(),
        promises=(own,),
        others=(replace(own, text="Ring fritidsgården", responsible="Karin Ek"),),
        coordinator="Karin Ek",
        secrecy=FOOT,
    )


def taken_along() -> Post:
    """Return the papers of a meeting that has begun: a page for the school and for Sara."""
    promised = (UUID(int=602), UUID(int=605))
    post = Post(
        [replace(one, summons=False, sheet=False, actions=one.id in promised) for one in ADDRESSEES]
    )
    post.found = replace(post.found, has_begun=True)
    return post


def shown_actions(look: Look) -> QWidget:
    """Return the frame of the desk around what a school has promised."""
    return _shown(look, taken_along(), 1)


def shown_before_choosing(look: Look) -> QWidget:
    """Return the same before anybody's page was chosen."""
    model = taken_along().open()
    return desk_frame(look, PapersView(model, look), model)


def shown(look: Look) -> QWidget:
    """Return the frame of the desk around the summons to a school."""
    return _shown(look, Post(), 5)


def shown_sheet(look: Look) -> QWidget:
    """Return the same around the sheet of a school."""
    return _shown(look, Post(), 6)


def shown_protected(look: Look) -> QWidget:
    """Return the same for somebody with a protected identity: no place is on the paper."""
    return _shown(look, Post(is_protected=True), 0)


def _shown(look: Look, post: Post, place: int) -> QWidget:
    model = post.open()
    model.choose(model.targets[place])
    return desk_frame(look, PapersView(model, look), model)


SCREENS: tuple[tuple[str, Callable[[Look], QWidget]], ...] = (
    ("papers", shown),
    ("papers-sheet", shown_sheet),
    ("papers-protected", shown_protected),
    ("papers-actions", shown_actions),
    ("papers-before-choosing", shown_before_choosing),
)
