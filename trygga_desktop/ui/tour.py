"""Goes through the screens of the real window as its user would, and takes a picture of each."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn
from uuid import UUID

from PySide6.QtCore import QDeadlineTimer, QEvent, QEventLoop, QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtPdf import QPdfPageRenderer
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QApplication, QWidget

from trygga_desktop.domain.audit import ActionKind
from trygga_desktop.domain.errors import (
    DamagedLogError,
    DamagedVaultError,
    MixedPagesError,
    OlderThanConfirmedError,
    WrongPassphraseError,
)
from trygga_desktop.domain.excerpts import Preset
from trygga_desktop.domain.people import Protection
from trygga_desktop.domain.plan import LineKind
from trygga_desktop.ui.application import Appearance
from trygga_desktop.ui.desk_rooms import DeskRooms
from trygga_desktop.ui.main_window import MainWindow
from trygga_desktop.ui.person_typing.form import FormField
from trygga_desktop.ui.screen_question import ScreenQuestion
from trygga_desktop.ui.screens.agreement.view_model import AgreementViewModel
from trygga_desktop.ui.screens.answers.view_model import AnswersViewModel
from trygga_desktop.ui.screens.case.view_model import CaseViewModel
from trygga_desktop.ui.screens.consent_form.view_model import STEPS, ConsentFormViewModel
from trygga_desktop.ui.screens.consents.view_model import ConsentsViewModel
from trygga_desktop.ui.screens.consultation.form import Field
from trygga_desktop.ui.screens.consultation.view_model import ConsultationViewModel
from trygga_desktop.ui.screens.create_vault.view_model import CreateVaultViewModel
from trygga_desktop.ui.screens.details.view_model import DetailsViewModel
from trygga_desktop.ui.screens.excerpts.view_model import ExcerptsViewModel
from trygga_desktop.ui.screens.ground_texts.view_model import GroundTextsViewModel
from trygga_desktop.ui.screens.grounds.form import TextField
from trygga_desktop.ui.screens.grounds.view_model import GroundsViewModel
from trygga_desktop.ui.screens.kept.view_model import KeptViewModel
from trygga_desktop.ui.screens.log.view_model import LogViewModel
from trygga_desktop.ui.screens.meeting.audience_view import AudienceView
from trygga_desktop.ui.screens.meeting.view_model import MeetingViewModel
from trygga_desktop.ui.screens.new_case.view_model import NewCaseViewModel
from trygga_desktop.ui.screens.packet_in.view_model import PacketInViewModel
from trygga_desktop.ui.screens.papers.view_model import Kind, PapersViewModel
from trygga_desktop.ui.screens.papers.view_model import Target as PaperTarget
from trygga_desktop.ui.screens.people.view_model import PeopleViewModel
from trygga_desktop.ui.screens.plan.view_model import PlanViewModel
from trygga_desktop.ui.screens.protocol.sealing import AddendumField
from trygga_desktop.ui.screens.protocol.view_model import Audience, ProtocolViewModel, Target
from trygga_desktop.ui.screens.question.view_model import QuestionViewModel
from trygga_desktop.ui.screens.signatures.view_model import SignaturesViewModel
from trygga_desktop.ui.screens.unlock.view_model import UnlockViewModel
from trygga_desktop.ui.screens.verify.view_model import VerifyViewModel
from trygga_desktop.ui.tasks import InlineRunner
from trygga_desktop.ui.theme.theme import ThemeName
from trygga_desktop.ui.use_cases import Services
from trygga_desktop.ui.widgets.case_tabs import CaseTab

if TYPE_CHECKING:
    from trygga_desktop.services.questions import AskedItem
    from trygga_desktop.services.vault import OpenVault

_SIZES = (QSize(1366, 768), QSize(1920, 1080))
_THEMES = (ThemeName.LIGHT, ThemeName.DARK)
_LARGE = 1.5
_HALF_WRITTEN = (
    "Ringde Sara om tiden på torsdag. Hon kommer, och Johan också om han hinner från jobbet.",
    "Ringde Sara om tiden på torsdag. Hon kommer.",
)
_TELLS_TOO_MUCH = (
    "Kille i övre tonåren. Frånvaron har ökat sedan i höstas. Umgås med äldre. Hittades med kniv "
    "vid ett tillfälle. Går på Exempelgymnasiet och spelar i laget."
)
_ROUNDS_TO_SETTLE = 5
# In milliseconds: how long a page may take to be drawn, and how long one look at it takes.
_PATIENCE = 20_000
_A_WHILE = 20
_WHOLE = Qt.AspectRatioMode.KeepAspectRatio


@dataclass(frozen=True, slots=True)
class Picture:
    """How a round of pictures looks, and what its files are called after."""

    size: QSize
    theme: ThemeName
    scale: float = 1.0

    @property
    def suffix(self) -> str:
        """Return the end of the files' names: SIZE-THEME."""
        size = f"{self.size.width()}x{self.size.height()}"
        theme = "hc" if self.theme is ThemeName.HIGH_CONTRAST else self.theme.value
        return f"{size}-{theme}" + (f"-text{round(self.scale * 100)}" if self.scale > 1 else "")


ROUNDS = (
    *(Picture(size, theme) for size in _SIZES for theme in _THEMES),
    Picture(_SIZES[0], ThemeName.HIGH_CONTRAST),
    Picture(_SIZES[0], ThemeName.LIGHT, _LARGE),
)


class Part(Enum):
    """A part of the day of the demonstration, of which pictures are taken together."""

    BEFORE_A_VAULT = auto()
    MORNING = auto()
    MEETING = auto()
    AFTERWARDS = auto()
    SEALED = auto()


class Tour:
    """Walks through one demonstration vault; nothing it does is stored but the log of reading."""

    def __init__(  # noqa: PLR0913  what pictures are taken of
        self,
        application: QApplication,
        appearance: Appearance,
        services: Services,
        *,
        folder: Path,
        unlock: Callable[[], "OpenVault"],
        sealed_file: Path,
        packet_file: Path,
        case_id: UUID,
        meeting_id: UUID,
        withdrawn_id: UUID,
        agreed_id: UUID,
        rounds: Sequence[Picture],
    ) -> None:
        self._application = application
        self._appearance = appearance
        self._services = services
        self._folder = folder
        self._unlock = unlock
        self._sealed_file = sealed_file
        self._packet_file = packet_file
        self._case_id = case_id
        self._meeting_id = meeting_id
        self._withdrawn_id = withdrawn_id
        self._agreed_id = agreed_id
        self._rounds = rounds
        # The case and the meeting of a consultation without names, once there is one.
        self.consulted: tuple[UUID, UUID] | None = None
        application.setCursorFlashTime(0)

    def take(self, out: Path, part: Part) -> list[Path]:
        """Leave NAME-SIZE-THEME.png of every screen of one part, and return the files."""
        out.mkdir(parents=True, exist_ok=True)
        taken = []
        for picture in self._rounds:
            self._appearance.choose_theme(picture.theme)
            self._appearance.choose_text_scale(picture.scale)
            for name, window in self._stops(part, picture.size):
                path = out / f"{name}-{picture.suffix}.png"
                self._grab(window, path)
                taken.append(path)
        return taken

    def _grab(self, window: QWidget, path: Path) -> None:
        # A wrapped line that comes makes its page lay itself out once more, in three rounds.
        for _ in range(_ROUNDS_TO_SETTLE):
            self._application.processEvents()
        self._application.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        for view in window.findChildren(QPdfView):
            # One that is hidden may have no document yet.
            if view.isVisible():
                self._wait_for_pages(view)
        window.grab().save(str(path))

    def _wait_for_pages(self, view: QPdfView) -> None:
        """Let the pages that are looked at be drawn, which happens beside the window.

        They come in the order in which they were asked for, so the last page is asked for behind
        them: as large as the view, in case it is looked at too.
        """
        renderer, pages = view.findChild(QPdfPageRenderer), view.document()
        if renderer is None or not pages.pageCount():
            return
        drawn: list[int] = []

        def note(_page: int, _size: QSize, _picture: QImage, _how: object, request: int) -> None:
            drawn.append(request)

        renderer.pageRendered.connect(note)
        page = pages.pageCount() - 1
        width = view.viewport().width()
        size = pages.pagePointSize(page).scaled(width, 2 * width, _WHOLE).toSize()
        last = renderer.requestPage(page, size)
        patience = QDeadlineTimer(_PATIENCE)
        while last and last not in drawn and not patience.hasExpired():
            self._application.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, _A_WHILE)
        renderer.pageRendered.disconnect(note)
        self._application.processEvents()

    def _stops(self, part: Part, size: QSize) -> Iterator[tuple[str, QWidget]]:
        match part:
            case Part.BEFORE_A_VAULT:
                yield from self._before_a_vault(size)
                yield from self._with_trouble(size)
            case Part.MORNING:
                yield from self._at_the_desk(size, self._morning)
            case Part.MEETING:
                yield from self._at_the_desk(size, self._meeting)
                yield from self._on_the_second_screen(size)
            case Part.AFTERWARDS:
                yield from self._at_the_desk(size, self._afterwards)
            case Part.SEALED:
                yield from self._at_the_desk(size, self._sealed)

    def _window(self, size: QSize, services: Services) -> MainWindow:
        window = MainWindow(services, self._appearance, InlineRunner())
        # One that only were closed would be built anew at each change of look after it.
        window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        window.resize(size)
        window.show()
        return window

    def _before_a_vault(self, size: QSize) -> Iterator[tuple[str, MainWindow]]:
        window = self._window(size, self._services)
        rooms = window.vault_rooms
        yield "start", window
        rooms.go_to_create()
        yield "vault-place", window
        for name, model in self._making(rooms.current):
            model.changed.emit()
            yield name, window
        rooms.go_to_unlock(self._folder)
        yield "unlock", window
        rooms.go_to_recover(self._folder)
        yield "recover", window
        rooms.go_to_verify(rooms.go_to_start)
        yield "verify-before", window
        window.close()

    def _making(self, model: object) -> Iterator[tuple[str, CreateVaultViewModel]]:
        """Go through the steps that make a vault, and stop before the last."""
        if not isinstance(model, CreateVaultViewModel):
            return
        model.go_on()
        model.set_municipality("Exempelstad")
        model.set_name("Karin Ek")
        # The fields hold what was typed into them; this was not.
        model.step_changed.emit()
        yield "vault-you", model
        model.go_on()
        model.new_passphrase.say_alone()
        model.new_passphrase.begin()
        yield "vault-passphrase", model
        model.new_passphrase.type(" ".join(model.new_passphrase.words))
        model.go_on()
        yield "vault-recovery-sheet", model
        model.sheet.write_by_hand()
        yield "vault-by-hand", model
        model.go_on()
        yield "vault-read-back", model

    def _with_trouble(self, size: QSize) -> Iterator[tuple[str, MainWindow]]:
        troubles: dict[str, Exception] = {
            "unlock-wrong": WrongPassphraseError(4),
            "error-older": OlderThanConfirmedError(3),
            "error-damaged": DamagedVaultError(2),
            "error-log": DamagedLogError(3),
            "error-pages": MixedPagesError(),
        }
        for name, error in troubles.items():
            window = self._window(size, replace(self._services, unlock=_raising(error)))
            window.vault_rooms.go_to_unlock(self._folder)
            model = window.vault_rooms.current
            if isinstance(model, UnlockViewModel):
                model.submit("fel")
            yield name, window
            window.close()

    def _at_the_desk(
        self, size: QSize, stops: Callable[[MainWindow, DeskRooms], Iterator[str]]
    ) -> Iterator[tuple[str, MainWindow]]:
        vault = self._unlock()
        window = self._window(size, self._services)
        window.enter_desk(vault)
        rooms = window.desk_rooms
        if rooms is None:
            raise RuntimeError("no desk")
        for name in stops(window, rooms):
            yield name, window
        window.close()
        vault.close()

    def _on_the_second_screen(self, size: QSize) -> Iterator[tuple[str, QWidget]]:
        """Yield what the room sees on a screen of its own, and what is asked when that comes."""
        vault = self._unlock()
        window = self._window(size, self._services)
        window.enter_desk(vault)
        rooms, look = window.desk_rooms, self._appearance.look
        if rooms is None:
            raise RuntimeError("no desk")
        rooms.meetings.go_to_meeting(self._case_id, self._meeting_id)
        views: dict[str, QWidget] = {
            "meeting-audience": AudienceView(rooms.audience.model, look),
            "screen-added": ScreenQuestion(look, "PROJEKTOR", has_meeting=True),
        }
        for name, view in views.items():
            view.resize(size)
            view.show()
            yield name, view
            view.close()
        window.close()
        vault.close()

    def _morning(self, _: MainWindow, rooms: DeskRooms) -> Iterator[str]:
        yield "home"
        yield from self._case(rooms)
        rooms.cases.go_to_withdrawal(self._withdrawn_id)
        yield "withdrawal"
        yield from self._endings(rooms)
        yield from self._half_written(rooms)
        rooms.go_to_new_case()
        yield "new-case"
        model = rooms.current
        if isinstance(model, NewCaseViewModel):
            _fill(model)
            yield "new-case-filled"
            # What a picture needed is no draft.
            model.drafts.discard()
        rooms.go_to_directory()
        yield "directory"
        rooms.go_to_settings()
        yield "settings"
        rooms.go_to_partners()
        yield "packets-keys"
        rooms.go_to_ground_texts()
        yield "ground-texts"
        texts = rooms.current
        if isinstance(texts, GroundTextsViewModel):
            texts.open("harm_test")
            yield "ground-texts-confirm"

    def _case(self, rooms: DeskRooms) -> Iterator[str]:
        case_id, meeting_id = self._case_id, self._meeting_id
        for tab in CaseTab:
            rooms.cases.go_to_tab(case_id, tab)
            yield "case" if tab is CaseTab.OVERVIEW else f"case-{tab}"
            consents = rooms.current
            if isinstance(consents, PlanViewModel):
                yield from self._plan(rooms, consents)
            if isinstance(consents, ConsentsViewModel):
                consents.begin_exception()
                yield "case-consents-exception"
                consents.cancel()
        yield from self._details(rooms)
        rooms.cases.go_to_consent_form(case_id)
        yield "consent-form"
        form = rooms.current
        if isinstance(form, ConsentFormViewModel):
            form.all_said_yes()
            for step in STEPS[1:]:
                form.go_on()
                yield f"consent-form-{step}"
            form.drafts.discard()
        rooms.cases.go_to_question(case_id)
        question = rooms.current
        if isinstance(question, QuestionViewModel):
            for name, is_allowed in (("ask-yes", True), ("ask-no", False)):
                _ask(question, is_allowed=is_allowed)
                yield name
        rooms.cases.go_to_log(case_id)
        yield "case-log"
        log = rooms.current
        if isinstance(log, LogViewModel):
            log.choose_kind(ActionKind.WRITTEN)
            yield "case-log-written"
        rooms.cases.go_to_new_meeting(case_id)
        yield "new-meeting"
        yield from self._papers(rooms)
        yield from self._prepare(rooms, case_id, meeting_id)
        rooms.meetings.go_to_meeting(case_id, meeting_id)
        yield "meeting-opening"

    def _details(self, rooms: DeskRooms) -> Iterator[str]:
        """Yield who a young person is, protection that is being given, and one who has it."""
        for case_id, name in (
            (self._case_id, "person-form"),
            (self._agreed_id, "person-protected"),
        ):
            rooms.cases.go_to_tab(case_id, CaseTab.PEOPLE)
            people = rooms.current
            if not isinstance(people, PeopleViewModel) or people.people is None:
                continue
            rooms.cases.go_to_details(case_id, people.people.subject_id)
            yield name
            details = rooms.current
            if isinstance(details, DetailsViewModel) and not details.is_protected:
                details.protect(Protection.SECRECY_MARKING)
                yield f"{name}-protecting"
                details.drafts.discard()

    def _prepare(self, rooms: DeskRooms, case_id: UUID, meeting_id: UUID) -> Iterator[str]:
        """Yield the pages on which a meeting is prepared, here and elsewhere."""
        rooms.meetings.go_to_voice(case_id, meeting_id)
        yield "meeting-preparation"
        rooms.meetings.go_to_answers(case_id, meeting_id)
        answers = rooms.current
        if isinstance(answers, AnswersViewModel) and answers.found is not None:
            answers.choose(answers.found.sheets[-1].organisation_id)
            yield "sheets-typed-in"
        rooms.meetings.go_to_packet_out(case_id, meeting_id)
        yield "packet-out"
        rooms.meetings.go_to_packet_in(case_id)
        packet = rooms.current
        if isinstance(packet, PacketInViewModel):
            packet.choose(self._packet_file)
            yield "packet-in"

    def _plan(self, rooms: DeskRooms, plan: PlanViewModel) -> Iterator[str]:
        """Yield the plan with an action chosen, and the pages that lead on from it."""
        for place, row in enumerate(plan.rows):
            line = row.line
            shown = None if line is None else plan.shown.get(line.id)
            is_proposed = shown is not None and shown.progress is None
            if line is not None and line.kind is LineKind.ACTION and is_proposed:
                plan.choose_row(place)
                break
        plan.chosen.emit(False)
        yield "case-plan-action"
        rooms.cases.go_to_plan_compare(self._case_id)
        yield "plan-compare"
        rooms.cases.go_to_plan_progress(self._case_id)
        yield "plan-progress"
        rooms.cases.go_to_plan_papers(self._case_id)
        yield "plan-mine"
        rooms.go_to_follow_up()
        yield "follow-up"

    def _endings(self, rooms: DeskRooms) -> Iterator[str]:
        """Show how the work of a case ends, one that was closed, and an agreement with its page."""
        endings = rooms.cases.endings
        endings.go_to_closing(self._case_id)
        yield "case-closing"
        endings.go_to_closing(self._withdrawn_id)
        yield "case-closed"
        endings.go_to_agreement(self._agreed_id)
        yield "agreement"
        agreement = rooms.current
        if isinstance(agreement, AgreementViewModel):
            agreement.want_papers()
            yield "agreement-pages"

    def _grounds(self, rooms: DeskRooms) -> Iterator[str]:
        """Show what was told without consent, and the form filled in."""
        rooms.cases.go_to_grounds(self._case_id)
        yield "legal-grounds"
        model = rooms.current
        if isinstance(model, GroundsViewModel):
            _fill_ground(model)
            yield "legal-ground"
            # What a picture needed is no draft.
            model.discard()

    def _half_written(self, rooms: DeskRooms) -> Iterator[str]:
        """Leave a note half written, and throw another away."""
        rooms.cases.go_to_case(self._case_id)
        model = rooms.current
        if not isinstance(model, CaseViewModel):
            return
        for text in _HALF_WRITTEN:
            model.type_note(text)
            model.leave()
        rooms.go_home()
        yield "home-recovered-text"
        rooms.drafts.go_to_kept()
        kept = rooms.current
        if isinstance(kept, KeptViewModel) and kept.unrecorded:
            note = kept.unrecorded[0]
            kept.show_text(note.id)
            yield "kept"
            kept.throw_away(note)
            yield "kept-thrown"
            kept.empty_bin()
            rooms.drafts.forget_thrown()

    def _papers(self, rooms: DeskRooms) -> Iterator[str]:
        """Show a summons to an agency, and the sheet that it fills in."""
        rooms.meetings.go_to_papers(self._case_id, self._meeting_id)
        papers = rooms.current
        if not isinstance(papers, PapersViewModel):
            return
        sheets = [one for one in papers.targets if one.kind is Kind.SHEET]
        for target in sheets[-1:]:
            papers.choose(PaperTarget(Kind.SUMMONS, target.participant_id))
            yield "summons"
            papers.choose(target)
            yield "preparation-sheet"

    def _meeting(self, _: MainWindow, rooms: DeskRooms) -> Iterator[str]:
        rooms.meetings.go_to_meeting(self._case_id, self._meeting_id)
        yield "meeting"
        model = rooms.current
        if isinstance(model, MeetingViewModel):
            model.toggle_curtain()
            yield "meeting-curtain"
            model.toggle_curtain()
            model.take_a_break()
            yield "meeting-break"
            model.take_a_break()
            model.review()
            yield "meeting-review"
        rooms.meetings.go_to_hidden(self._case_id, self._meeting_id)
        yield "meeting-operator"

    def _consultation(self, rooms: DeskRooms) -> Iterator[str]:
        """Show a case without a name: the form, its meeting, its leader's page, and the gate."""
        rooms.go_to_new_consultation()
        yield "new-consultation"
        if self.consulted is None:
            return
        case_id, meeting_id = self.consulted
        rooms.meetings.go_to_meeting(case_id, meeting_id)
        yield "meeting-without-names"
        rooms.meetings.go_to_consultation(case_id, meeting_id)
        model = rooms.current
        if isinstance(model, ConsultationViewModel) and model.telling is not None:
            model.telling.type(Field.TEXT, _TELLS_TOO_MUCH)
            model.telling.replaced.emit()
            yield "consultation"
            if model.telling.drafts is not None:
                # What a picture needed is no draft.
                model.telling.drafts.discard()
            model.go_by_consent()
            yield "consultation-gate"
            if model.gate is not None and model.gate.drafts is not None:
                model.gate.drafts.discard()
        rooms.go_to_case(case_id)
        yield "case-without-names"

    def _afterwards(self, _: MainWindow, rooms: DeskRooms) -> Iterator[str]:
        yield from self._consultation(rooms)
        rooms.cases.go_to_meetings(self._case_id)
        yield "case-meetings-held"
        rooms.meetings.go_to_papers(self._case_id, self._meeting_id)
        papers = rooms.current
        if isinstance(papers, PapersViewModel):
            yield "actions-choose"
            for target in papers.targets[:1]:
                papers.choose(target)
                yield "actions"
        rooms.meetings.go_to_protocol(self._case_id, self._meeting_id)
        yield "protocol"
        protocol = rooms.current
        if isinstance(protocol, ProtocolViewModel):
            protocol.seal.begin_seal()
            yield "protocol-seal"
            protocol.seal.cancel()
        yield from self._grounds(rooms)
        rooms.go_to_verify()
        yield "verify-empty"

    def _verified(self, rooms: DeskRooms) -> Iterator[str]:
        """Have the sealed file verified by a process of its own, as anybody would."""
        rooms.go_to_verify()
        model = rooms.current
        if isinstance(model, VerifyViewModel):
            model.choose(self._sealed_file)
            patience = QDeadlineTimer(_PATIENCE)
            while model.is_working and not patience.hasExpired():
                self._application.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, _A_WHILE)
            yield "verify"

    def _sealed(self, _: MainWindow, rooms: DeskRooms) -> Iterator[str]:
        yield from self._verified(rooms)
        rooms.cases.go_to_meetings(self._case_id)
        yield "case-meetings-sealed"
        rooms.meetings.go_to_meeting(self._case_id, self._meeting_id)
        yield "meeting-sealed"
        rooms.meetings.go_to_protocol(self._case_id, self._meeting_id)
        yield "protocol-sealed"
        model = rooms.current
        if not isinstance(model, ProtocolViewModel):
            return
        model.begin_addendum()
        if model.seal.form is not None:
            text = "Jonas Ek gick kl. 15.40 och var inte med hela mötet."
            model.seal.form.type(AddendumField.CONCERNS, "Jonas Ek, polisen")
            model.seal.form.type(AddendumField.TEXT, text)
            model.seal.form.replaced.emit()
        yield "protocol-addendum-form"
        if model.seal.form is not None and model.seal.form.drafts is not None:
            # What a picture needed is no draft.
            model.seal.form.drafts.discard()
        model.seal.cancel()
        for one in model.addenda[:1]:
            model.choose(Target(Audience.ADDENDUM, one.protocol.id))
            yield "protocol-addendum"
        yield from self._excerpts(rooms)
        rooms.meetings.go_to_protocol(self._case_id, self._meeting_id)
        model = rooms.current
        if isinstance(model, ProtocolViewModel):
            model.choose(Target(Audience.ROOM))
            model.open_signatures()
        yield from self._signed(rooms)
        yield from self._sealed_plan(rooms)

    def _sealed_plan(self, rooms: DeskRooms) -> Iterator[str]:
        """Show the plan that the meeting agreed on, sealed, and who is to sign it."""
        rooms.meetings.go_to_protocol(self._case_id, self._meeting_id)
        model = rooms.current
        if not isinstance(model, ProtocolViewModel) or not model.offers_plan:
            return
        model.choose(Target(Audience.PLAN))
        yield "plan-sealed"
        model.open_signatures()
        yield "plan-signatures"

    def _excerpts(self, rooms: DeskRooms) -> Iterator[str]:
        """Show an excerpt from which much is left out, one in plain words, and who has what."""
        rooms.meetings.go_to_excerpts(self._case_id, self._meeting_id)
        model = rooms.current
        if not isinstance(model, ExcerptsViewModel):
            return
        for preset, name in (
            (Preset.POLICE, "excerpts"),
            (Preset.YOUNG_PERSON, "excerpts-plain"),
        ):
            for one in model.recipients:
                if one.preset is preset:
                    model.choose(one.id)
                    yield name
        model.show_list()
        yield "excerpts-list"

    def _signed(self, rooms: DeskRooms) -> Iterator[str]:
        """Have the paper read by a process of its own, as a scanner would hand it in."""
        model = rooms.current
        if not isinstance(model, SignaturesViewModel):
            return
        yield "signatures"
        model.scan.bring([self._sealed_file])
        patience = QDeadlineTimer(_PATIENCE)
        while model.scan.found is None and model.scan.flaw is None and not patience.hasExpired():
            self._application.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, _A_WHILE)
        for signer in model.waiting[:1]:
            model.scan.tick(signer.signer, is_ticked=True)
        yield "signatures-scan"
        model.scan.cancel()


def _fill(model: NewCaseViewModel) -> None:
    """Type a person whose number is nearly right, and leave that field."""
    for field, text in (
        (FormField.GIVEN_NAME, "Noor"),
        (FormField.FAMILY_NAME, "Exempelsson"),
        (FormField.NUMBER, "20120903-2381"),
    ):
        model.type(field, text)
        model.leave_field(field)
    model.form_replaced.emit()


def _ask(model: QuestionViewModel, *, is_allowed: bool) -> None:
    """Ask about something that everybody chosen may know, or that the fewest may not."""
    # Imported here: the first window does not wait for the database.
    from trygga_desktop.services.questions import answer_together  # noqa: PLC0415

    found = model.found
    if found is None:
        return
    fitting = [
        one
        for one in found.items
        if answer_together(one, model.hearing, found, chosen=model.chosen).allowed is is_allowed
    ]
    if fitting:
        model.ask_about(min(fitting, key=_refusals).item.id)


def _refusals(asked: "AskedItem") -> int:
    return sum(not decision.allowed for each in asked.decisions for decision in each)


def _fill_ground(model: GroundsViewModel) -> None:
    """Choose something that the board may tell about the family, and fill in the rest."""
    model.begin()
    found = model.found
    if found is None:
        return
    kinds = found.directory.kinds(found.catalogue.agencies)
    ids = {kind.code: one for one, kind in kinds.items() if one in model.organisations}
    model.choose_giver(ids["social_services"])
    model.choose_category("family")
    for entry in model.to_tell[:1]:
        model.tick_item(entry.item.id, is_told=True)
    model.tick_recipient(ids["child_psychiatry"], is_told=True)
    model.choose_ground("care_and_social_under_18")
    for condition in () if model.ground is None else model.ground.conditions[1:]:
        model.answer_in_words(condition, "BUP planerar samtal med familjen i december.")
    model.type(TextField.MOTIVE, "Utan uppgiften blir stödet hemma inte det som familjen bad om.")
    model.type(TextField.DECIDED_BY, "Ylva Sandh, enhetschef")
    model.type(TextField.UNTIL, "2026-12-31")
    model.replaced.emit()


def _raising(error: Exception) -> Callable[..., NoReturn]:
    def refuse(*_: object) -> NoReturn:
        raise error

    return refuse
