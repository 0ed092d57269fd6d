"""A protocol on the desk, without a vault: pages that reportlab draws in a moment."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from tests.ui.desk_screens import desk_frame
from tests.ui.overviews import make_overview
from tests.ui.plain import NOW, DraftBox
from trygga_desktop.domain.approval import (
    ApprovalState,
    Approved,
    ApprovedOn,
    Approver,
    ToldRemark,
)
from trygga_desktop.domain.audit import Printed
from trygga_desktop.domain.drafts import DraftKind
from trygga_desktop.domain.errors import DraftChangedError
from trygga_desktop.domain.items import Lack
from trygga_desktop.domain.sealing import Gap, GapKind, ProtocolKind, SealedProtocol
from trygga_desktop.domain.signatures import SigningState
from trygga_desktop.services.addenda import AddAddendum
from trygga_desktop.services.approvals import (
    AnswerRemark,
    ApproveDraft,
    ReopenDraft,
    WriteRemark,
)
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.plan_sealing import SealPlan
from trygga_desktop.services.protocols import (
    ComposedProtocol,
    ComposeProtocol,
    ProtocolRecipient,
)
from trygga_desktop.services.sealed_copies import OwnCopy
from trygga_desktop.services.sealed_files import SealedFile
from trygga_desktop.services.sealing import (
    PlanToSeal,
    SealingState,
    SealProtocol,
    ToldEntry,
    ToldProtocol,
)
from trygga_desktop.services.seals import SealOfVault
from trygga_desktop.services.unfinished import CompleteAction, Unfinished, UnfinishedAction
from trygga_desktop.ui.case_uses import ApprovalUses, SealUses
from trygga_desktop.ui.draft_keeper import DraftUses
from trygga_desktop.ui.platform.printing import print_pdf
from trygga_desktop.ui.platform.sending import Sending
from trygga_desktop.ui.platform.spooling import Spooling
from trygga_desktop.ui.screens.protocol.sealing import SealingModel
from trygga_desktop.ui.screens.protocol.view import ProtocolView
from trygga_desktop.ui.screens.protocol.view_model import (
    Audience,
    ProtocolViewModel,
    Target,
    Way,
)
from trygga_desktop.ui.tasks import InlineRunner, TaskRunner
from trygga_desktop.ui.theme.look import Look

MEETING = UUID(int=500)
FILE_NAME = "protokoll-2026-11-26-mote-5.pdf"
PEOPLE = (
    ("Elias Demosson", ""),
    ("Sara Demosson", ""),
    ("Henrik Alm", "Tallbackaskolan"),
    ("Dalia Karim", "Fritidsgården Kajutan"),
    ("Jonas Ek", "Polisen"),
)
RECIPIENTS = tuple(
    ProtocolRecipient(
        id=UUID(int=600 + place),
        name=name,
        organisation=organisation,
        excerpt_id=UUID(int=800 + place),
    )
    for place, (name, organisation) in enumerate(PEOPLE)
)


WORDS = "kastanj vinge torsdag glänta paraply måne"
SEALED_NAME = "protokoll-2026-11-26-mote-5.pdf"


def pdf_of(*pages: Sequence[str]) -> bytes:
    """Return a PDF with these lines on its pages, the same bytes for the same lines."""
    written = BytesIO()
    canvas = Canvas(written, pagesize=A4, invariant=True)
    for lines in pages:
        for place, line in enumerate(lines):
            canvas.setFont("Helvetica-Bold" if place == 0 else "Helvetica", 22 if not place else 11)
            canvas.drawString(64, A4[1] - 90 - 22 * place, line)
        canvas.showPage()
    canvas.save()
    return written.getvalue()


PAGES = tuple(
    (
        f"Samverkansmote 5, sida {page}",
        "Samverkan kring Elias Demosson",
        *(f"{page}.{line} Elias leder en egen grupp pa onsdagar." for line in range(1, 24)),
    )
    for page in range(1, 4)
)


SEALED_PDF = pdf_of(("Forseglat", "Det som forseglades."))


def composed(
    pdf: bytes | None = None,
    *,
    command: ComposeProtocol | None = None,
    recipients: Sequence[ProtocolRecipient] = RECIPIENTS,
) -> ComposedProtocol:
    """Return a protocol as the use case hands it out."""
    asked = command or ComposeProtocol(meeting_id=MEETING)
    return ComposedProtocol(
        pdf=pdf_of(*PAGES) if pdf is None else pdf,
        file_name=FILE_NAME,
        audience=asked.audience,
        recipient_id=asked.recipient_id,
        recipients=tuple(recipients),
        case_number="DEMO-2026-001",
        meeting_number=5,
    )


class Press:
    """Stands for the vault and the printer: notes in what order things happened."""

    def __init__(self, recipients: Sequence[ProtocolRecipient] = RECIPIENTS) -> None:
        self.happened: list[str] = []
        self.commands: list[ComposeProtocol] = []
        self.printed: list[bytes] = []
        self.copies = 0
        self.owners: list[UUID] = []
        self.failed: list[int] = []
        self.is_protected = False
        self.fails_after = 0
        self.pdf = pdf_of(*PAGES)
        self.failure: Exception | None = None
        self.log_failure: Exception | None = None
        self.printer_failure: Exception | None = None
        self.missed: list[tuple[Printed, UUID]] = []
        self.queue: list[str] | None = None
        self.draws = False
        self.entries: tuple[ToldEntry, ...] = ()
        self.recipients = recipients
        self.watched: Path | None = None
        self.gaps: tuple[Gap, ...] = ()
        self.has_seal = True
        self.is_seal_changed = False
        self.protocols: tuple[ToldProtocol, ...] = ()
        self.seal_failure: Exception | None = None
        self.addenda: list[AddAddendum] = []
        self.approval = ApprovalState()
        self.said: list[object] = []
        self.sealings: list[SealProtocol] = []
        self.basis = "draft 1"
        self.approval_failure: Exception | None = None
        self.unfinished = Unfinished()
        self.completed: list[CompleteAction] = []
        self.complete_failure: Exception | None = None
        self.plan: PlanToSeal | None = None
        self.plan_basis = "plan 1"
        self.plans: list[SealPlan] = []
        self.composed_plans: list[ComposeProtocol] = []

    def compose(self, command: ComposeProtocol) -> Done[ComposedProtocol]:
        """Return the pages, or fail."""
        self.commands.append(command)
        if self.failure is not None:
            raise self.failure
        return Done(composed(self.pdf, command=command, recipients=self.recipients))

    def read_sealing(self, _: UUID) -> Done[SealingState]:
        """Return how far the protocol has come."""
        return Done(
            SealingState(
                meeting_id=MEETING,
                case_id=UUID(int=501),
                basis=self.basis,
                case_number="DEMO-2026-001",
                meeting_number=5,
                recipients=tuple(self.recipients),
                protocols=self.protocols,
                gaps=self.gaps,
                has_seal=self.has_seal,
                is_seal_changed=self.is_seal_changed,
                is_protected=self.is_protected,
                called="NORD-7" if self.is_protected else "Elias Demosson",
                words=WORDS if self.has_seal else "",
                approval=self.approval,
                unfinished=self.unfinished,
                entries=self.entries,
                plan=self.plan,
            )
        )

    def compose_plan(self, command: ComposeProtocol) -> Done[ComposedProtocol]:
        """Return the pages of the agreed plan, or fail."""
        self.composed_plans.append(command)
        pages = composed(self.pdf, command=command, recipients=self.recipients)
        return Done(replace(pages, basis=self.plan_basis))

    def seal_plan(self, command: SealPlan) -> Done[UUID]:
        """Seal the plan as it is now, or fail."""
        if self.plan is None or command.basis != self.plan_basis:
            raise DraftChangedError
        self.plans.append(command)
        self.happened.append(f"seal {command.kind}")
        told = told_protocol(len(self.protocols) + 1, command.kind, number=self.plan.version)
        self.protocols = (*self.protocols, told)
        return Done(told.protocol.id, Changes(meetings=True))

    def complete(self, command: CompleteAction) -> Done[None]:
        """Complete an action, or fail."""
        if self.complete_failure is not None:
            raise self.complete_failure
        self.completed.append(command)
        left = tuple(one for one in self.unfinished.actions if one.id != command.item_id)
        self.unfinished = replace(self.unfinished, actions=left)
        self.gaps = tuple(one for one in self.gaps if one.item_id != command.item_id)
        return Done(None, Changes(items=True, meetings=True))

    def seal(self, command: SealProtocol) -> Done[UUID]:
        """Seal the pages as they are now, or fail."""
        if self.seal_failure is not None:
            raise self.seal_failure
        if command.basis != self.basis:
            raise DraftChangedError
        self.sealings.append(command)
        self.happened.append(f"seal {command.kind}")
        told = told_protocol(len(self.protocols) + 1, command.kind)
        self.protocols = (*self.protocols, told)
        return Done(told.protocol.id, Changes(meetings=True))

    def add_addendum(self, command: AddAddendum) -> Done[UUID]:
        """Seal an addendum, or fail."""
        if self.seal_failure is not None:
            raise self.seal_failure
        self.addenda.append(command)
        told = told_protocol(len(self.protocols) + 1, ProtocolKind.ADDENDUM, number=1)
        self.protocols = (*self.protocols, told)
        return Done(told.protocol.id, Changes(meetings=True))

    def read_sealed(self, protocol_id: UUID) -> Done[SealedFile]:
        """Return what was sealed, byte for byte."""
        if self.failure is not None:
            raise self.failure
        self.happened.append("read sealed")
        told = next(one.protocol for one in self.protocols if one.protocol.id == protocol_id)
        return Done(SealedFile(protocol=told, revision=1, pdf=SEALED_PDF, file_name=SEALED_NAME))

    def write_remark(self, command: WriteRemark) -> Done[UUID]:
        """Store a remark, or fail."""
        self._say(command)
        number = UUID(int=950 + len(self.approval.remarks))
        remark = ToldRemark(id=number, who=command.who, text=command.text, at=NOW)
        self.approval = replace(self.approval, remarks=(*self.approval.remarks, remark))
        return Done(number, Changes(meetings=True))

    def answer_remark(self, command: AnswerRemark) -> Done[None]:
        """Store what became of a remark, or fail."""
        self._say(command)
        remarks = tuple(
            replace(one, answer=command.text) if one.id == command.remark_id else one
            for one in self.approval.remarks
        )
        self.approval = replace(self.approval, remarks=remarks)
        return Done(None, Changes(meetings=True))

    def approve_draft(self, command: ApproveDraft) -> Done[None]:
        """Store an approval, or fail."""
        if command.basis != self.basis:
            raise DraftChangedError
        self._say(command)
        approved = Approved(
            role=command.role, who="Karin Ek", how=command.how, on=command.on, content=""
        )
        self.approval = replace(
            self.approval,
            approvals=(*self.approval.approvals, approved),
            wanted=tuple(one for one in self.approval.wanted if one is not command.role),
        )
        return Done(None, Changes(meetings=True))

    def reopen_draft(self, command: ReopenDraft) -> Done[None]:
        """Open it again, or fail."""
        self._say(command)
        self.approval = replace(
            self.approval, approvals=(), wanted=tuple(Approver), reopenings=(command.why,)
        )
        return Done(None, Changes(meetings=True))

    def _say(self, command: object) -> None:
        if self.approval_failure is not None:
            raise self.approval_failure
        self.said.append(command)

    def make_seal(self) -> Done[SealOfVault]:
        """Make a seal."""
        self.has_seal = True
        return Done(SealOfVault(fingerprint="0" * 64, words=WORDS, number=1))

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

    def log_sealed_print(self, _: UUID) -> Done[int]:
        """Note that the log says so, and return which copy it is, or fail."""
        self._log("log sealed print")
        self.copies += 1
        return Done(self.copies)

    def log_own_print(self, command: OwnCopy) -> Done[int]:
        """Note whose copy it is, and return which one, or fail."""
        self._log("log own print")
        self.copies += 1
        self.owners.append(command.recipient_id)
        return Done(self.copies, Changes(meetings=True))

    def log_own_save(self, command: OwnCopy) -> Done[None]:
        """Note whose copy it is, or fail."""
        self._log("log own save")
        self.owners.append(command.recipient_id)
        return Done(None, Changes(meetings=True))

    def log_print_failed(self, _: UUID, *, number: int) -> Done[None]:
        """Note which copy did not come out, or fail."""
        self._log("log print failed")
        self.failed.append(number)
        return Done(None)

    def print_pdf(self, pdf: bytes, printer: QPrinter) -> Sending | None:
        """Take the pages, or fail; with a queue, or where it draws, they are sent as well."""
        if self.printer_failure is not None and len(self.printed) >= self.fails_after:
            raise self.printer_failure
        self.happened.append("print")
        self.printed.append(pdf)
        if self.draws:
            return print_pdf(pdf, printer)
        return None if self.queue is None else Spooling(self.queue, pdf)

    def sealing(
        self,
        runner: TaskRunner,
        *,
        drafts: DraftUses | None = None,
        may_seal: bool = True,
        may_make_seal: bool = True,
    ) -> tuple[SealingModel, SealUses]:
        """Return what seals, and what it is done with."""
        uses = SealUses(
            read_sealing=self.read_sealing,
            seal_protocol=self.seal,
            compose_plan=self.compose_plan,
            seal_plan=self.seal_plan,
            read_sealed=self.read_sealed,
            add_addendum=self.add_addendum,
            log_printed=self.log_sealed_print,
            log_copy_printed=self.log_own_print,
            log_print_failed=self.log_print_failed,
            log_saved=lambda _: self._log("log sealed save"),
            log_copy_saved=self.log_own_save,
            log_confirmed=lambda _: self._log("log confirmed"),
            make_seal=self.make_seal,
            complete_action=self.complete,
            find_by_code=lambda _: Done(None),
            approval=ApprovalUses(
                write_remark=self.write_remark,
                answer_remark=self.answer_remark,
                approve_draft=self.approve_draft,
                reopen_draft=self.reopen_draft,
            ),
        )
        model = SealingModel(
            MEETING,
            case_id=UUID(int=1),
            uses=uses,
            drafts=drafts or DraftBox().uses,
            may_seal=may_seal,
            may_make_seal=may_make_seal,
            runner=runner,
            now=lambda: NOW,
        )
        return model, uses

    def open(
        self,
        runner: TaskRunner | None = None,
        *,
        drafts: DraftUses | None = None,
        may_seal: bool = True,
        may_make_seal: bool = True,
        goes_on: DraftKind | None = None,
        **others: Any,
    ) -> ProtocolViewModel:
        """Return the screen's model, loaded; `others` stand in the place of what it has here."""
        runner = runner or InlineRunner()
        sealing, uses = self.sealing(
            runner, drafts=drafts, may_seal=may_seal, may_make_seal=may_make_seal
        )
        model = ProtocolViewModel(
            MEETING,
            sealing=sealing,
            uses=uses,
            compose_protocol=self.compose,
            runner=runner,
            now=lambda: NOW,
            goes_on=goes_on,
            **{
                "log_print": self.log_print,
                "log_missed": self.log_missed,
                "log_save": self.log_save,
                "print_pdf": self.print_pdf,
                **others,
            },
        )
        model.load()
        return model

    def _log(self, word: str) -> Done[None]:
        if self.log_failure is not None:
            raise self.log_failure
        self.happened.append(word)
        if self.watched is not None and self.watched.exists():
            self.happened.append("the file is there already")
        return Done(None)


def told_protocol(sequence: int, kind: ProtocolKind, *, number: int = 0) -> ToldProtocol:
    """Return a sealed protocol as the screen is told of it."""
    return ToldProtocol(
        protocol=SealedProtocol(
            id=UUID(int=700 + sequence),
            case_id=UUID(int=501),
            meeting_id=MEETING,
            sequence=sequence,
            kind=kind,
            control_code="T9VZ-BQFY-H206",
            record_hash="1" * 64,
            digest="2" * 64,
            seal="3" * 64,
            sealed_by=UUID(int=5),
            sealed_at=NOW,
            language="sv",
            meeting_number=5,
            addendum_number=number,
        ),
        sealed_by="Karin Ek",
        words=WORDS,
        revisions=1,
    )


def shown_sealing(look: Look) -> QWidget:
    """Return a protocol that is about to be sealed, with something of each kind left to settle."""
    press = Press()
    press.gaps = tuple(Gap(kind=kind) for kind in GapKind)
    return shown(look, lambda model: model.seal.begin_seal(), press=press)


def shown_ready(look: Look) -> QWidget:
    """Return a protocol that can be sealed."""
    return shown(look, lambda model: model.seal.begin_seal())


def shown_without_a_seal(look: Look) -> QWidget:
    """Return a protocol in a vault that has no seal yet."""
    press = Press()
    press.has_seal = False
    return shown(look, lambda model: model.seal.begin_seal(), press=press)


def shown_with_a_changed_seal(look: Look) -> QWidget:
    """Return a protocol in a vault whose seal something else has changed."""
    press = Press()
    press.has_seal, press.is_seal_changed = False, True
    return shown(look, lambda model: model.seal.begin_seal(), press=press)


def shown_sealed(look: Look) -> QWidget:
    """Return a sealed protocol with an addendum to it."""
    press = Press()
    press.protocols = (
        replace(
            told_protocol(1, ProtocolKind.ROOM), signing=SigningState.PARTLY, is_distributed=True
        ),
        told_protocol(2, ProtocolKind.ADDENDUM, number=1),
    )
    return shown(look, press=press)


def shown_plan(look: Look) -> QWidget:
    """Return an agreed plan that is about to be sealed, with its protocol sealed already."""
    press = Press()
    press.plan = PlanToSeal(version=4)
    press.protocols = (told_protocol(1, ProtocolKind.ROOM),)

    def begin(model: ProtocolViewModel) -> None:
        model.choose(Target(Audience.PLAN))
        model.seal.begin_seal()

    return shown(look, begin, press=press)


def shown_outdated(look: Look) -> QWidget:
    """Return a sealed protocol that is about to be printed though its readers may not have it."""
    press = Press()
    press.protocols = (replace(told_protocol(1, ProtocolKind.ROOM), is_current=False),)

    def ask(model: ProtocolViewModel) -> None:
        model.must_confirm(Way.PRINT)

    return shown(look, ask, press=press)


def shown_protected(look: Look) -> QWidget:
    """Return a sealed protocol of a protected case that is about to be printed."""
    press = Press()
    press.is_protected = True
    press.protocols = (told_protocol(1, ProtocolKind.ROOM),)

    def ask(model: ProtocolViewModel) -> None:
        model.must_confirm(Way.PRINT)

    return shown(look, ask, press=press)


def shown_correcting(look: Look) -> QWidget:
    """Return a sealed protocol to which an addendum is being written."""
    press = Press()
    press.protocols = (told_protocol(1, ProtocolKind.ROOM),)
    return shown(look, lambda model: model.begin_addendum(), press=press)


def shown(
    look: Look,
    tell: Callable[[ProtocolViewModel], None] | None = None,
    *,
    press: Press | None = None,
) -> QWidget:
    """Return the frame of the desk around a protocol that has been composed."""
    model = (press or Press()).open()
    view = ProtocolView(model, look)
    if tell is not None:
        tell(model)
    return desk_frame(look, view, model)


def with_unfinished() -> Press:
    """Return what stands behind a draft with two actions that lack something."""
    press = Press()
    ids = (UUID(int=701), UUID(int=702))
    press.gaps = (
        Gap(kind=GapKind.NO_RESPONSIBLE, item_id=ids[0]),
        Gap(kind=GapKind.NO_DAY, item_id=ids[1]),
    )
    press.unfinished = Unfinished(
        actions=(
            UnfinishedAction(
                id=ids[0], words="Boka tid hos BUP", lack=Lack.RESPONSIBLE, due="2026-12-11"
            ),
            UnfinishedAction(
                id=ids[1], words="Ringa hem varje vecka", lack=Lack.DAY, responsible="Dalia Karim"
            ),
        ),
        people=make_overview().people,
    )
    return press


def shown_completing(look: Look) -> QWidget:
    """Return a draft while an action that nobody does gets who does it."""
    model = with_unfinished().open()
    model.seal.begin_completing()
    return desk_frame(look, ProtocolView(model, look), model)


def shown_approving(look: Look) -> QWidget:
    """Return the draft with two remarks, one of them answered, and one approval."""
    press = Press()
    press.approval = ApprovalState(
        remarks=(
            ToldRemark(
                id=UUID(int=951),
                who="Henrik Alm",
                text="Mötet började fem minuter senare.",
                at=NOW,
                answer="Rättat till 15.05.",
            ),
            ToldRemark(
                id=UUID(int=952),
                who="Jonas Ek",
                text="Det var tisdagar, inte onsdagar.",
                at=NOW,
            ),
        ),
        approvals=(
            Approved(
                role=Approver.CHAIR,
                who="Karin Ek",
                how=ApprovedOn.SCREEN,
                on=NOW.date(),
                content="",
            ),
        ),
        wanted=(Approver.VERIFIER,),
    )
    model = press.open()
    model.seal.begin_approval()
    return desk_frame(look, ProtocolView(model, look), model)
