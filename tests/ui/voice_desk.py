"""The preparation with the young person on the desk, without a vault."""

from collections.abc import Callable
from uuid import UUID

from PySide6.QtWidgets import QWidget

from tests.ui.desk_screens import CASES, desk_frame
from tests.ui.plain import NOW, DraftBox
from trygga_desktop.domain.meeting import AgendaState, ToldBy
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.rooms import ShownAgendaItem
from trygga_desktop.services.voices import MeetingVoice, RecordVoice
from trygga_desktop.ui.screens.voice.form import VoiceField
from trygga_desktop.ui.screens.voice.view import VoiceView
from trygga_desktop.ui.screens.voice.view_model import VoiceViewModel
from trygga_desktop.ui.tasks import InlineRunner, TaskRunner
from trygga_desktop.ui.theme.look import Look

MEETING = UUID(int=500)
AGENDA = tuple(
    ShownAgendaItem(
        id=UUID(int=700 + place),
        code=code,
        title=title,
        is_private=not title,
        category="plan",
        minutes=10,
        question="",
        state=AgendaState.COMING,
        began_at=None,
        ended_at=None,
        entries=(),
    )
    for place, (code, title) in enumerate(
        (
            ("since_last", "Det vi lovade förra gången"),
            ("new", "Något nytt?"),
            ("commitments", "Mål och åtaganden"),
            ("summary", "Sammanfattning och nästa möte"),
        )
    )
)
TOLD = RecordVoice(
    meeting_id=MEETING,
    words="Att få fortsätta med musiken på onsdagar.",
    told_by=ToldBy.SOMEBODY,
    teller="Dalia Karim",
    not_raised="Inte det som hände i våras.",
    unraised=frozenset({AGENDA[1].id}),
)


class Listener:
    """Stands for the vault: takes what was said, and fails when told to."""

    def __init__(self, told: RecordVoice | None = None) -> None:
        self.told = told
        self.agenda = AGENDA
        self.commands: list[RecordVoice] = []
        self.drafts = DraftBox()
        self.failure: Exception | None = None
        self.refusal: Exception | None = None

    def read(self, _: UUID) -> Done[MeetingVoice]:
        """Return the meeting, or fail."""
        if self.failure is not None:
            raise self.failure
        return Done(
            MeetingVoice(
                case_id=CASES[0].id,
                case_number="DEMO-2026-001",
                number=5,
                name="Elias Demosson",
                agenda=self.agenda,
                told=self.told,
            )
        )

    def record(self, command: RecordVoice) -> Done[None]:
        """Take what was said, or fail."""
        if self.refusal is not None:
            raise self.refusal
        self.commands.append(command)
        return Done(None, Changes(items=True, meetings=True))

    def open(self, runner: TaskRunner | None = None) -> VoiceViewModel:
        """Return the form's model, loaded."""
        model = VoiceViewModel(
            CASES[0].id,
            MEETING,
            read_voice=self.read,
            record_voice=self.record,
            drafts=self.drafts.uses,
            runner=runner or InlineRunner(),
            now=lambda: NOW,
        )
        model.load()
        return model


def shown(look: Look) -> QWidget:
    """Return the frame of the desk around what was said before."""
    return _shown(look, TOLD)


def shown_empty(look: Look) -> QWidget:
    """Return the same before anything was said."""
    return _shown(look, None)


def shown_letter(look: Look) -> QWidget:
    """Return the same with a letter that is missing."""

    def tell(model: VoiceViewModel) -> None:
        if model.form is not None:
            model.form.type(VoiceField.WORDS, "Jag vill inte vara med.")
            model.form.choose_teller(ToldBy.LETTER)
            model.form.replaced.emit()

    return _shown(look, None, tell)


def _shown(
    look: Look, told: RecordVoice | None, tell: Callable[[VoiceViewModel], None] | None = None
) -> QWidget:
    model = Listener(told).open()
    view = VoiceView(model, look)
    if tell is not None:
        tell(model)
    return desk_frame(look, view, model)


SCREENS: tuple[tuple[str, Callable[[Look], QWidget]], ...] = (
    ("voice", shown),
    ("voice-empty", shown_empty),
    ("voice-letter", shown_letter),
)
