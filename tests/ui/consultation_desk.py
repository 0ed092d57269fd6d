"""Consultations without names on the desk, without a vault: somebody called Lönn."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from uuid import UUID

from PySide6.QtWidgets import QWidget

from tests.ui.consents_desk import (
    CASE,
    DIRECTORY,
    LEISURE,
    ORGANISATIONS,
    POLICE,
    SCHOOL,
    SOCIAL,
    TODAY,
    catalogue,
)
from tests.ui.desk_screens import CASES, desk_frame
from tests.ui.grounds_desk import entry
from tests.ui.plain import NOW, DraftBox
from trygga_desktop.domain.case import Phase
from trygga_desktop.domain.grounds import Mode
from trygga_desktop.domain.meeting import Meeting, MeetingState
from trygga_desktop.domain.parties import Party, PartyRole
from trygga_desktop.domain.pseudonym import AgeBand, Pseudonym
from trygga_desktop.domain.recognising import Known
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.consultations import (
    BeginConsultation,
    Consultation,
    TellWithoutNames,
    ToldEntry,
)
from trygga_desktop.services.contacts import DirectoryView
from trygga_desktop.services.gates import PassGate
from trygga_desktop.services.meetings import EndMeeting
from trygga_desktop.services.parties import ShownParty
from trygga_desktop.ui.onlookers import is_never_mirrored
from trygga_desktop.ui.screens.consultation.form import Field
from trygga_desktop.ui.screens.consultation.view import ConsultationView
from trygga_desktop.ui.screens.consultation.view_model import ConsultationViewModel
from trygga_desktop.ui.screens.new_consultation.form import Field as NewField
from trygga_desktop.ui.screens.new_consultation.view import NewConsultationView
from trygga_desktop.ui.screens.new_consultation.view_model import NewConsultationViewModel
from trygga_desktop.ui.tasks import InlineRunner, TaskRunner
from trygga_desktop.ui.theme.look import Look

ALIAS = "Lönn"
NEW_CASE = UUID(int=71)
CONVERSATION, NAMED_MEETING = UUID(int=72), UUID(int=73)
TELLING_TEXT = (
    "Kille i övre tonåren. Frånvaron har ökat sedan i höstas. Umgås med äldre. Hittades med kniv "
    "vid ett tillfälle. Går på Exempelgymnasiet och spelar i laget."
)


def _professional(number: int, name: str, organisation: UUID, kind: str) -> ShownParty:
    party = Party(
        id=UUID(int=number),
        role=PartyRole.PROFESSIONAL,
        since=date(2026, 11, 2),
        contact_id=UUID(int=number),
        organisation_id=organisation,
    )
    return ShownParty(party=party, name=name, told_apart="", organisation=name, kind=kind)


PROFESSIONALS = (
    _professional(801, "Henrik Alm", SCHOOL, "school"),
    _professional(802, "Ylva Sandh", SOCIAL, "social_services"),
    _professional(803, "Jonas Ek", POLICE, "police"),
    _professional(804, "Dalia Karim", LEISURE, "leisure"),
)
TOLD = (
    ToldEntry(
        entry=entry(
            UUID(int=811),
            "Frånvaron har ökat sedan i höstas.",
            origin=SCHOOL,
            category="schooling",
        ),
        is_tried=True,
    ),
    ToldEntry(
        entry=entry(
            UUID(int=812), "Umgås mest med äldre kamrater.", origin=SOCIAL, category="network"
        ),
        is_tried=False,
    ),
)


def consultation(told: tuple[ToldEntry, ...] = TOLD, *, has_name: bool = False) -> Consultation:
    """Return a case that is spoken of without the name."""
    rules = catalogue()
    return Consultation(
        row=replace(
            CASES[0], id=CASE, title=ALIAS, case_number="7C1E-90AB", phase=Phase.ASSESSMENT
        ),
        pseudonym=Pseudonym(alias=ALIAS, age_band=AgeBand.FROM_15),
        is_without_names=True,
        has_name=has_name,
        known=Known(names=frozenset({"Elias Demosson"}), places=frozenset({"Provskolan"})),
        told=told,
        professionals=PROFESSIONALS,
        organisations=ORGANISATIONS,
        controller_id=SOCIAL,
        categories=rules.categories,
        grounds=tuple(
            one
            for one in rules.legal_grounds
            if one.mode is not Mode.OPEN and one.can_be_used_on(TODAY)
        ),
        trial=rules.legal_ground("no_identity"),
        gate=None,
        age=None,
        meeting=None,
        catalogue=rules,
        today=TODAY,
    )


class Conversation:
    """Stands for the vault: takes what is told, and fails when told to."""

    def __init__(self, found: Consultation | None = None) -> None:
        self.found = consultation() if found is None else found
        self.told: list[TellWithoutNames] = []
        self.passed: list[PassGate] = []
        self.ended: list[EndMeeting] = []
        self.gone_on: list[UUID] = []
        self.drafts = DraftBox()
        self.failure: Exception | None = None
        self.refusal: Exception | None = None

    def read(self, _: UUID) -> Done[Consultation]:
        """Return the case, or fail."""
        if self.failure is not None:
            raise self.failure
        return Done(self.found)

    def tell(self, command: TellWithoutNames) -> Done[UUID]:
        """Take what is told, or fail."""
        if self.refusal is not None:
            raise self.refusal
        self.told.append(command)
        return Done(UUID(int=9), Changes(items=True, meetings=True, consents=True))

    def open_gate(self, command: PassGate) -> Done[None]:
        """Take what the gate asks, or fail."""
        if self.refusal is not None:
            raise self.refusal
        self.passed.append(command)
        return Done(None, Changes(cases=True))

    def end(self, command: EndMeeting) -> Done[None]:
        """End the conversation."""
        self.ended.append(command)
        self.found = replace(self.found, meeting=None)
        return Done(None, Changes(meetings=True))

    def plan(self, meeting_id: UUID) -> Done[UUID]:
        """Plan the meeting by name, or fail."""
        if self.refusal is not None:
            raise self.refusal
        self.gone_on.append(meeting_id)
        return Done(NAMED_MEETING, Changes(meetings=True))

    def open(
        self,
        runner: TaskRunner | None = None,
        screens: int = 1,
        may_be_mirrored: Callable[[], bool] = is_never_mirrored,
    ) -> ConsultationViewModel:
        """Return the page's model, loaded."""
        model = ConsultationViewModel(
            CASE,
            read_consultation=self.read,
            tell_without_names=self.tell,
            pass_gate=self.open_gate,
            end_meeting=self.end,
            plan_by_name=self.plan,
            drafts=self.drafts.uses,
            screen_count=lambda: screens,
            runner=runner or InlineRunner(),
            now=lambda: NOW,
            may_be_mirrored=may_be_mirrored,
        )
        model.load()
        return model


def begin(_: BeginConsultation) -> Done[UUID]:
    """Begin a case without a name."""
    return Done(NEW_CASE, Changes(cases=True))


def open_new(
    begin_consultation: Callable[[BeginConsultation], Done[UUID]] = begin,
    drafts: DraftBox | None = None,
) -> NewConsultationViewModel:
    """Return the model of the form for a case without a name, loaded."""
    model = NewConsultationViewModel(
        begin_consultation=begin_consultation,
        read_directory=lambda: Done(
            DirectoryView(directory=DIRECTORY, catalogue=catalogue(), controller_id=SOCIAL)
        ),
        drafts=(drafts or DraftBox()).uses,
        runner=InlineRunner(),
        now=lambda: NOW,
    )
    model.load()
    return model


def type_into(model: ConsultationViewModel, text: str) -> None:
    """Type what is to be told."""
    assert model.telling is not None
    model.telling.type(Field.TEXT, text)
    model.telling.replaced.emit()


def shown(look: Look) -> QWidget:
    """Return the frame of the desk around a text that tells too much."""
    model = Conversation().open()
    frame = desk_frame(look, ConsultationView(model, look), model)
    type_into(model, TELLING_TEXT)
    return frame


def shown_empty(look: Look) -> QWidget:
    """Return the same before anything was told."""
    model = Conversation(consultation(told=())).open()
    return desk_frame(look, ConsultationView(model, look), model)


def shown_gate(look: Look) -> QWidget:
    """Return the gate, with consent chosen."""
    model = Conversation().open()
    model.go_by_consent()
    return desk_frame(look, ConsultationView(model, look), model)


def shown_two_screens(look: Look) -> QWidget:
    """Return the page while others may look on."""
    model = Conversation().open(screens=2)
    return desk_frame(look, ConsultationView(model, look), model)


def shown_asking(look: Look) -> QWidget:
    """Return the page before somebody has said that nobody else sees it."""
    model = Conversation().open(may_be_mirrored=lambda: True)
    return desk_frame(look, ConsultationView(model, look), model)


def shown_named(look: Look) -> QWidget:
    """Return the page of a case that goes by name now."""
    model = Conversation(replace(consultation(has_name=True), is_without_names=False)).open()
    return desk_frame(look, ConsultationView(model, look), model)


def going_on() -> Consultation:
    """Return a case that goes by name while the conversation without names goes on."""
    found = consultation(has_name=True)
    meeting = Meeting(
        id=CONVERSATION,
        case_id=CASE,
        number=2,
        template="sspf_professionals",
        starts_at=NOW,
        minutes=45,
        state=MeetingState.RUNNING,
        pseudonym=found.pseudonym,
    )
    return replace(found, is_without_names=False, meeting=meeting, goes_on_from=CONVERSATION)


def shown_going_on(look: Look) -> QWidget:
    """Return the page of such a case."""
    model = Conversation(going_on()).open()
    return desk_frame(look, ConsultationView(model, look), model)


def shown_new(look: Look) -> QWidget:
    """Return the form for a case without a name."""
    model = open_new()
    model.form.type(NewField.ALIAS, ALIAS)
    model.form.choose_age_band(AgeBand.FROM_15)
    return desk_frame(look, NewConsultationView(model, look), model)


SCREENS: tuple[tuple[str, Callable[[Look], QWidget]], ...] = (
    ("consultation", shown),
    ("consultation-empty", shown_empty),
    ("consultation-gate", shown_gate),
    ("consultation-two-screens", shown_two_screens),
    ("consultation-asking", shown_asking),
    ("consultation-named", shown_named),
    ("consultation-going-on", shown_going_on),
    ("new-consultation", shown_new),
)
