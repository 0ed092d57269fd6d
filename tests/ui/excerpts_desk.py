"""The excerpts of a meeting on the desk, without a vault."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from tests.documents.papers import FULL, SWEDISH
from tests.ui.consents_desk import catalogue
from tests.ui.desk_screens import desk_frame
from tests.ui.plain import NOW, REASONS, DraftBox
from tests.ui.protocol_desk import told_protocol
from trygga_desktop.documents.composition import compose
from trygga_desktop.documents.excerpt import Excerpt, Promise
from trygga_desktop.documents.pdf.render import Paper, render
from trygga_desktop.documents.protocol import ProtocolContent
from trygga_desktop.domain.errors import SealedFileChangedError
from trygga_desktop.domain.excerpts import (
    Copy,
    CopyState,
    GivenExcerpt,
    LeftOut,
    Preset,
    Way,
)
from trygga_desktop.domain.reasons import Reason
from trygga_desktop.domain.sealing import ProtocolKind
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.distribution import (
    AskBack,
    Distribution,
    ListedCopy,
    RecordCopy,
    TakeBack,
)
from trygga_desktop.services.excerpts import (
    ComposedExcerpt,
    ComposeExcerpt,
    ExcerptDesk,
    ExcerptFile,
    ExportExcerpts,
    GiveExcerpt,
    SourcePages,
)
from trygga_desktop.services.reduction import ExcerptRecipient
from trygga_desktop.ui.case_uses import ExcerptUses
from trygga_desktop.ui.draft_keeper import DraftUses
from trygga_desktop.ui.platform.spooling import Spooling
from trygga_desktop.ui.screens.excerpts.chosen_copy import Listing
from trygga_desktop.ui.screens.excerpts.view import ExcerptsView
from trygga_desktop.ui.screens.excerpts.view_model import ExcerptsViewModel
from trygga_desktop.ui.tasks import InlineRunner, TaskRunner
from trygga_desktop.ui.theme.look import Look

CASE, MEETING = UUID(int=501), UUID(int=500)
AT = datetime(2026, 11, 26, 15, 30, tzinfo=UTC)
SCHOOL, POLICE, LEISURE, SARA, JOHAN, ELIAS = (UUID(int=number) for number in range(701, 707))
RECIPIENTS = (
    ExcerptRecipient(
        id=SCHOOL, preset=Preset.SCHOOL, name="Exempelgymnasiet", addressee="Henrik Alm"
    ),
    ExcerptRecipient(
        id=POLICE, preset=Preset.POLICE, name="Lokalpolisområde Norr", addressee="Jonas Ek"
    ),
    ExcerptRecipient(
        id=LEISURE,
        preset=Preset.LEISURE,
        name="Fritidsgården Kajutan",
        addressee="Ali Prov",
        has_confirmed=False,
    ),
    ExcerptRecipient(id=SARA, preset=Preset.GUARDIAN, name="Sara Demosson"),
    ExcerptRecipient(id=JOHAN, preset=Preset.GUARDIAN, name="Johan Demosson", is_barred=True),
    ExcerptRecipient(id=ELIAS, preset=Preset.YOUNG_PERSON, name="Elias Demosson"),
)
LEFT_OUT = (
    LeftOut(category="family", reason=Reason.SECOND_PERSON, count=1),
    LeftOut(category="health", reason=Reason.GIVER_NOT_COVERED, count=2),
    LeftOut(category="schooling", reason=Reason.CATEGORY_NOT_COVERED, count=1),
)


def left_out(one: ExcerptRecipient, asked: ComposeExcerpt) -> tuple[LeftOut, ...]:
    """Return what an excerpt does not say."""
    if one.is_barred:
        return (LeftOut(category="plan", reason=Reason.GUARDIAN_BARRED, count=7),)
    if not one.has_confirmed and not asked.is_reminded:
        return (LeftOut(category="plan", reason=Reason.NOT_ACKNOWLEDGED, count=7),)
    return LEFT_OUT if one.id == POLICE else ()


def printed(content: ProtocolContent) -> bytes:
    """Return the pages of a content."""
    paper = Paper(title=content.meeting_title, language=SWEDISH, made_at=AT)
    return render(compose(content, SWEDISH), paper)


class Clerk:
    """Stands for the vault and the printer: notes in what order things happened."""

    def __init__(self, *, is_protected: bool = False, is_whole: bool = True) -> None:
        self.happened: list[str] = []
        self.resting = 0
        self.asked: list[ComposeExcerpt] = []
        self.given: list[GiveExcerpt] = []
        self.exported: list[ExportExcerpts] = []
        self.failure: Exception | None = None
        self.list_failure: Exception | None = None
        self.give_failure: Exception | None = None
        self.printer_failure: Exception | None = None
        self.queue: list[str] | None = None
        self.record_failure: Exception | None = None
        self.recorded: list[RecordCopy] = []
        self.copies: list[ListedCopy] = []
        self.protocols = (
            told_protocol(1, ProtocolKind.FULL).protocol,
            told_protocol(2, ProtocolKind.ROOM).protocol,
        )
        self.is_whole = is_whole
        self.desk = ExcerptDesk(
            case_id=CASE,
            case_number="DEMO-2026-001",
            meeting_number=5,
            source_id=UUID(int=900),
            source=SourcePages(pdf=printed(FULL), file_name="K4TM-9PXW-2R7D"),
            recipients=RECIPIENTS,
            is_protected=is_protected,
            called="NORD-7" if is_protected else "Elias Demosson",
            categories=catalogue().categories,
        )

    def read(self, _: UUID) -> Done[ExcerptDesk]:
        """Return whom excerpts are for, or fail."""
        if self.failure is not None:
            raise self.failure
        return Done(self.desk)

    def compose(self, command: ComposeExcerpt) -> Done[ComposedExcerpt]:
        """Return the excerpt, or fail."""
        self.asked.append(command)
        if self.failure is not None:
            raise self.failure
        one = next(one for one in RECIPIENTS if one.id == command.recipient_id)
        copy = 1 + sum(each.copy.to == one.name for each in self.copies)
        is_for_them = not one.is_barred and (one.has_confirmed or command.is_reminded)
        return Done(
            ComposedExcerpt(
                recipient=one,
                pdf=printed(excerpt_for(one, copy)) if is_for_them else b"",
                file_name="utdrag.pdf",
                basis=f"{one.id}{command.is_reminded}{copy}",
                copy=copy,
                left_out=left_out(one, command),
                resting=self.resting,
                is_for_them=is_for_them,
            )
        )

    def give(self, command: GiveExcerpt) -> Done[ExcerptFile]:
        """Seal, store and log it, or fail."""
        self.given.append(command)
        if self.give_failure is not None:
            raise self.give_failure
        self.happened.append("give")
        one = next(one for one in RECIPIENTS if one.id == command.recipient_id)
        number = len(self.copies) + 1
        self.copies.append(listed(number, one.name, command.way, addressee=one.addressee))
        excerpt = GivenExcerpt(
            id=UUID(int=1000 + number),
            case_id=CASE,
            meeting_id=MEETING,
            source_id=UUID(int=900),
            sequence=number,
            preset=one.preset,
            recipient_id=one.id,
            recipient=one.name,
            addressee=one.addressee,
            copy=1,
            way=command.way,
            language="sv",
            content=command.basis,
            control_code="",
            record_hash="",
            digest="",
            seal="",
            given_by=UUID(int=1),
            given_at=AT,
        )
        pdf = printed(excerpt_for(one, 1))
        return Done(
            ExcerptFile(excerpt=excerpt, pdf=pdf, file_name="utdrag-1.pdf"),
            Changes(meetings=True),
        )

    def read_given(self, excerpt_id: UUID) -> Done[ExcerptFile]:
        """Return what was given, or fail."""
        if self.give_failure is not None:
            raise self.give_failure
        self.happened.append("read")
        (line,) = [one for one in self.copies if one.copy.excerpt_id == excerpt_id]
        one = next(one for one in RECIPIENTS if one.name == line.copy.to)
        excerpt = GivenExcerpt(
            id=excerpt_id,
            case_id=CASE,
            meeting_id=MEETING,
            source_id=UUID(int=900),
            sequence=1,
            preset=one.preset,
            recipient_id=one.id,
            recipient=one.name,
            addressee=one.addressee,
            copy=1,
            way=line.copy.way,
            language="sv",
            content="",
            control_code="",
            record_hash="",
            digest="",
            seal="",
            given_by=UUID(int=1),
            given_at=AT,
            left_out=LEFT_OUT,
        )
        pdf = printed(excerpt_for(one, 1))
        return Done(ExcerptFile(excerpt=excerpt, pdf=pdf, file_name="utdrag-1.pdf"))

    def export(self, command: ExportExcerpts) -> Done[tuple[tuple[str, bytes], ...]]:
        """Return files, or fail."""
        if self.give_failure is not None:
            raise self.give_failure
        self.exported.append(command)
        return Done((("utdrag-1.pdf", b"x"), ("SHA256SUMS.txt", b"y")))

    def read_list(self, _: UUID) -> Done[Distribution]:
        """Return who has what, or fail."""
        if self.list_failure is not None:
            raise self.list_failure
        return Done(
            Distribution(
                case_id=CASE,
                case_number="DEMO-2026-001",
                copies=tuple(self.copies),
                protocols=self.protocols,
                is_whole=self.is_whole,
                is_protected=self.desk.is_protected,
                called=self.desk.called,
            )
        )

    def record_copy(self, command: RecordCopy) -> Done[UUID]:
        """Note who was given what, or fail."""
        if self.record_failure is not None:
            raise self.record_failure
        self.recorded.append(command)
        number = len(self.copies) + 1
        line = listed(number, command.to, command.way)
        protocol = next(one for one in self.protocols if one.id == command.protocol_id)
        copy = replace(line.copy, excerpt_id=None, number=command.number, code="")
        self.copies.append(replace(line, copy=copy, protocol=protocol))
        return Done(copy.id, Changes(meetings=True))

    def report_spoilt(self, _: UUID, copy_id: UUID) -> Done[None]:
        """Note that a copy is spoilt."""
        self.happened.append("spoilt")
        self._become(copy_id, CopyState.SPOILT)
        return Done(None)

    def ask_back(self, command: AskBack) -> Done[None]:
        """Note that a copy was asked back."""
        self._become(command.copy_id, CopyState.ASKED_BACK)
        return Done(None)

    def take_back(self, command: TakeBack) -> Done[None]:
        """Note that a copy came back."""
        state = CopyState.DESTROYED if command.is_destroyed else CopyState.RETURNED
        self._become(command.copy_id, state)
        return Done(None)

    def correct(self, _: UUID, copy_id: UUID) -> Done[None]:
        """Note that what was noted last of a copy was wrong."""
        self.happened.append("corrected")
        self._become(copy_id, CopyState.OUT)
        return Done(None)

    def print_pdf(self, pdf: bytes, _: QPrinter) -> Spooling | None:
        """Take the pages, or fail; with a queue they are sent to that."""
        if self.printer_failure is not None:
            raise self.printer_failure
        self.happened.append("print")
        return None if self.queue is None else Spooling(self.queue, pdf)

    def open(
        self,
        runner: TaskRunner | None = None,
        *,
        drafts: DraftUses | None = None,
        may_give: bool = True,
    ) -> ExcerptsViewModel:
        """Return the screen's model, loaded."""
        model = ExcerptsViewModel(
            CASE,
            MEETING,
            uses=ExcerptUses(
                read_excerpts=self.read,
                compose_excerpt=self.compose,
                give_excerpt=self.give,
                read_excerpt=self.read_given,
                export_excerpts=self.export,
                read_distribution=self.read_list,
                record_copy=self.record_copy,
                report_spoilt=self.report_spoilt,
                ask_back=self.ask_back,
                take_back=self.take_back,
                correct_copy=self.correct,
            ),
            drafts=drafts or DraftBox().uses,
            reasons_toml=REASONS,
            may_give=may_give,
            print_pdf=self.print_pdf,
            runner=runner or InlineRunner(),
            now=lambda: NOW,
        )
        model.load()
        return model

    def _become(self, copy_id: UUID, state: CopyState) -> None:
        self.copies = [
            replace(one, copy=replace(one.copy, state=state)) if one.copy.id == copy_id else one
            for one in self.copies
        ]


def listed(  # noqa: PLR0913  what a line is made of
    number: int,
    to: str,
    way: Way,
    *,
    addressee: str = "",
    is_current: bool = True,
    signer: str = "",
) -> ListedCopy:
    """Return a line of the distribution list."""
    copy = Copy(
        id=UUID(int=1000 + number),
        meeting_id=MEETING,
        to=to,
        addressee=addressee,
        way=way,
        given_at=AT,
        by=UUID(int=1),
        number=1,
        excerpt_id=UUID(int=1000 + number),
        code="K4TM-9PXW-2R7D",
        signer=signer,
    )
    return ListedCopy(copy=copy, meeting_number=5, given_by="Karin Ek", is_current=is_current)


def excerpt_for(one: ExcerptRecipient, copy: int) -> ProtocolContent:
    """Return what an excerpt says."""
    promise = Promise(text="Ringa Elias före besöket", person=one.addressee or one.name)
    return replace(
        FULL,
        meeting_title="Möte 5",
        items=FULL.items[:1],
        excerpt=Excerpt(
            recipient=one.addressee or one.name,
            host="Socialförvaltningen",
            copy=copy,
            is_plain=one.preset is Preset.YOUNG_PERSON,
            promises=(promise,),
        ),
    )


def shown(look: Look) -> QWidget:
    """Return the frame of the desk around the excerpt for the police."""
    model = Clerk().open()
    model.choose(POLICE)
    return desk_frame(look, ExcerptsView(model, look), model)


def shown_barred(look: Look) -> QWidget:
    """Return the same for a guardian who is told nothing."""
    model = Clerk().open()
    model.choose(JOHAN)
    return desk_frame(look, ExcerptsView(model, look), model)


def shown_reminding(look: Look) -> QWidget:
    """Return the same for an agency that was not there."""
    model = Clerk().open()
    model.choose(LEISURE)
    return desk_frame(look, ExcerptsView(model, look), model)


def shown_protected(look: Look) -> QWidget:
    """Return the question that is asked once more where somebody is protected."""
    model = Clerk(is_protected=True).open()
    view = ExcerptsView(model, look)
    model.print_on(QPrinter())
    return desk_frame(look, view, model)


def shown_list(look: Look) -> QWidget:
    """Return who has what, after a consent was taken back."""
    clerk = Clerk()
    clerk.copies = [
        listed(1, "Exempelgymnasiet", Way.BY_HAND, addressee="Henrik Alm", is_current=False),
        listed(2, "Lokalpolisområde Norr", Way.BY_POST, addressee="Jonas Ek"),
        listed(3, "Sara Demosson", Way.AS_FILE),
    ]
    clerk.report_spoilt(CASE, UUID(int=1002))
    model = clerk.open()
    model.show_list()
    return desk_frame(look, ExcerptsView(model, look), model)


def shown_due(look: Look) -> QWidget:
    """Return what should come back, and nothing else."""
    clerk = Clerk()
    clerk.copies = [
        listed(1, "Exempelgymnasiet", Way.BY_HAND, addressee="Henrik Alm", is_current=False),
        listed(2, "Lokalpolisområde Norr", Way.BY_POST, addressee="Jonas Ek"),
    ]
    model = clerk.open()
    model.show_list()
    model.choose_listing(Listing.DUE)
    return desk_frame(look, ExcerptsView(model, look), model)


def shown_unread(look: Look) -> QWidget:
    """Return who has what of a protocol that something else has changed."""
    clerk = Clerk()
    clerk.copies = [listed(1, "Exempelgymnasiet", Way.BY_HAND, is_current=False)]
    clerk.failure = SealedFileChangedError()
    model = clerk.open()
    model.show_list()
    return desk_frame(look, ExcerptsView(model, look), model)


def shown_given(look: Look) -> QWidget:
    """Return an excerpt as it was given, in place of the list."""
    clerk = Clerk()
    clerk.copies = [listed(1, "Lokalpolisområde Norr", Way.BY_POST, addressee="Jonas Ek")]
    model = clerk.open()
    model.show_list()
    view = ExcerptsView(model, look)
    model.see_given()
    return desk_frame(look, view, model)


def shown_empty_list(look: Look) -> QWidget:
    """Return the list before anything was given, in a vault where something is not whole."""
    model = Clerk(is_whole=False).open()
    model.show_list()
    return desk_frame(look, ExcerptsView(model, look), model)


def shown_giving(look: Look) -> QWidget:
    """Return the list with a copy that is being written down beside it."""
    clerk = Clerk()
    clerk.copies = [
        listed(1, "Exempelgymnasiet", Way.BY_HAND),
        listed(2, "Sara Demosson", Way.AS_FILE, is_current=False),
    ]
    model = clerk.open()
    view = ExcerptsView(model, look)
    model.begin_giving()
    return desk_frame(look, view, model)


SCREENS: tuple[tuple[str, Callable[[Look], QWidget]], ...] = (
    ("excerpts", shown),
    ("excerpts-barred", shown_barred),
    ("excerpts-reminding", shown_reminding),
    ("excerpts-protected", shown_protected),
    ("excerpts-list", shown_list),
    ("excerpts-list-empty", shown_empty_list),
    ("excerpts-list-due", shown_due),
    ("excerpts-list-unread", shown_unread),
    ("excerpts-given", shown_given),
    ("excerpts-giving", shown_giving),
)
