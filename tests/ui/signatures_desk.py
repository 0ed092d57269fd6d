"""The signatures on a protocol, without a vault: a scanner that says what it is told to say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from PySide6.QtWidgets import QWidget

from tests.ui.desk_screens import desk_frame
from tests.ui.plain import NOW, DraftBox, HeldScanner
from tests.ui.protocol_desk import told_protocol
from tests.ui.screens import Screen
from trygga_desktop.domain.scanning import (
    COLUMNS,
    ROWS,
    PageLook,
    Payload,
    ScanKind,
    ScannedPage,
)
from trygga_desktop.domain.sealing import ProtocolKind
from trygga_desktop.domain.signatures import (
    FileSignature,
    PaperKind,
    Scan,
    ScanFile,
    SignerState,
    SignerStatus,
)
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.sealed_files import AddSigned, FoundProtocol
from trygga_desktop.services.signatures import (
    BroughtFile,
    DeclineSignature,
    KeepScan,
    KeptScan,
    ReadScan,
    SignatureList,
    TakeBackSignature,
)
from trygga_desktop.services.signed_papers import SignedPaper
from trygga_desktop.services.signing import NameSignature, RecordOnPaper
from trygga_desktop.ui.case_uses import SignatureUses
from trygga_desktop.ui.draft_keeper import DraftUses
from trygga_desktop.ui.platform.scan_lines import ReadPage, pack
from trygga_desktop.ui.screens.signatures.reason import Ask
from trygga_desktop.ui.screens.signatures.scan import Brought, ScanModel
from trygga_desktop.ui.screens.signatures.view import SignaturesView
from trygga_desktop.ui.screens.signatures.view_model import FileFlaw, SignaturesViewModel
from trygga_desktop.ui.tasks import InlineRunner, TaskRunner
from trygga_desktop.ui.theme.look import Look

PROTOCOL = told_protocol(1, ProtocolKind.ROOM).protocol
CODE = PROTOCOL.control_code
OTHER, KEPT_BY = UUID(int=850), UUID(int=5)
PAYLOAD = Payload(PROTOCOL.id, PROTOCOL.record_hash)
HELD_ON = date(2026, 11, 26)
SCAN = Scan(
    id=UUID(int=860),
    paper_id=PROTOCOL.id,
    sequence=1,
    files=(ScanFile(ScanKind.PDF, "4" * 64),),
    page_count=3,
    kept_by=KEPT_BY,
    kept_at=NOW,
)
IN_FILE = FileSignature(
    name="Petra Nyman", fingerprint="7" * 64, words="kastanj vinge torsdag", on=HELD_ON
)
SIGNERS = (
    SignerState(
        signer=1,
        role="Ordförande",
        name="Ylva Sandh",
        status=SignerStatus.ON_PAPER,
        signed_on=HELD_ON,
        scan_id=SCAN.id,
    ),
    SignerState(
        signer=2,
        role="Sekreterare",
        name="Petra Nyman",
        status=SignerStatus.ELECTRONIC,
        signed_on=HELD_ON,
        in_file=IN_FILE,
    ),
    SignerState(signer=3, role="Granskare", name="Henrik Alm"),
    SignerState(
        signer=4,
        role="Den unge",
        name="Elias Demosson",
        status=SignerStatus.DECLINED,
        reason="Inte med om decemberkursen.",
    ),
    SignerState(signer=5, role="Vårdnadshavare", name="Sara Demosson"),
    SignerState(signer=6, role="Vårdnadshavare", name="Johan Demosson"),
)
PAPER = SignedPaper(
    kind=PaperKind.PROTOCOL,
    id=PROTOCOL.id,
    case_id=PROTOCOL.case_id,
    number=PROTOCOL.meeting_number,
    first=HELD_ON,
    control_code=CODE,
    payload=PAYLOAD,
    seal=PROTOCOL.seal,
    prints=(b"%PDF-1.4 sealed",),
    newest=b"%PDF-1.4 sealed",
)
EXCERPT = replace(PAPER, kind=PaperKind.EXCERPT, recipient="Björkskolan")
AGREEMENT = replace(
    PAPER, kind=PaperKind.AGREEMENT, number=2, prints=(b"%PDF-1.4 sv", b"%PDF-1.4 en")
)
EXCERPT_FOUND = FoundProtocol(
    protocol_id=OTHER,
    case_id=PROTOCOL.case_id,
    meeting_id=PROTOCOL.meeting_id,
    case_number="DEMO-2026-001",
    meeting_number=5,
    kind=None,
    sealed_at=NOW,
    is_same=True,
    seal_words="kastanj vinge torsdag",
    recipient="Björkskolan",
    copy=1,
)
FILES = (Brought("skannat.pdf", ScanKind.PDF, b"%PDF-1.4 scan"),)


def look_of(page: int) -> PageLook:
    """Return how a page looks, unlike any other."""
    rows = bytearray()
    for row in range(ROWS):
        is_text = (row * (page + 3) // 7) % 3 == 0
        rows += bytes(120 if is_text and at < 4 + (row * page) % 17 else 0 for at in range(COLUMNS))
    return PageLook(bytes(rows))


LOOKS = tuple(look_of(page) for page in (1, 2, 3))
LATER = tuple(look_of(page) for page in (5, 6, 7))


def read_page(place: int, look: PageLook, *payloads: Payload) -> ReadPage:
    """Return a page as the scanner tells of it: its picture shows its lines."""
    wide = 10
    rows = (look.ink[at : at + COLUMNS] for at in range(0, len(look.ink), COLUMNS))
    points = b"".join(bytes(255 - one for one in row for _ in range(wide)) for row in rows)
    page = ScannedPage(place=place, payloads=payloads, looks=(look,))
    return ReadPage(page, pack(COLUMNS * wide, ROWS, points), 3)


GOOD = tuple(read_page(at, look, PAYLOAD) for at, look in enumerate(LOOKS, start=1))
STAINED = (GOOD[0], read_page(2, LOOKS[1]), GOOD[2])
STRAY = Payload(OTHER, "a" * 64)
THIRD = Payload(UUID(int=851), "b" * 64)
FOREIGN = (GOOD[0], read_page(2, LOOKS[1], STRAY), GOOD[2])
EMPTY = replace(GOOD[1], page=ScannedPage(place=2, payloads=(), looks=(), is_blank=True))
SWAPPED = (GOOD[0], read_page(2, look_of(9), PAYLOAD), GOOD[2])


class Cabinet:
    """Stands for the vault: notes what is recorded, and answers with its signers."""

    def __init__(
        self,
        signers: Sequence[SignerState] = SIGNERS,
        scans: Sequence[Scan] = (SCAN,),
        *,
        paper: SignedPaper = PAPER,
    ) -> None:
        self.paper = paper
        self.asked: list[str] = []
        self.known: FoundProtocol | None = EXCERPT_FOUND
        self.others = frozenset({OTHER})
        self.signers = tuple(signers)
        self.scans = tuple(scans)
        self.failure: Exception | None = None
        self.read_failure: Exception | None = None
        self.kept: list[KeepScan] = []
        self.declined: list[DeclineSignature] = []
        self.taken_back: list[TakeBackSignature] = []
        self.seen: list[RecordOnPaper] = []
        self.named: list[NameSignature] = []
        self.files: list[AddSigned] = []
        self.shown: list[ReadScan] = []
        self.scanner = HeldScanner()

    def read(self, _: UUID) -> Done[SignatureList]:
        """Return who has signed, or fail."""
        if self.read_failure is not None:
            raise self.read_failure
        return Done(
            SignatureList(
                paper=self.paper,
                case_number="DEMO-2026-001",
                signers=self.signers,
                scans=self.scans,
                names={KEPT_BY: "Karin Ek"},
                others=self.others,
            )
        )

    def keep(self, command: KeepScan) -> Done[UUID]:
        """Keep a scan, or fail."""
        self._fail()
        self.kept.append(command)
        return Done(SCAN.id, Changes(meetings=True))

    def decline(self, command: DeclineSignature) -> Done[None]:
        """Record that somebody does not sign, or fail."""
        self._fail()
        self.declined.append(command)
        return Done(None, Changes(meetings=True))

    def take_back(self, command: TakeBackSignature) -> Done[None]:
        """Record that something was wrong, or fail."""
        self._fail()
        self.taken_back.append(command)
        return Done(None, Changes(meetings=True))

    def see(self, command: RecordOnPaper) -> Done[None]:
        """Record paper that is not scanned, or fail."""
        self._fail()
        self.seen.append(command)
        return Done(None, Changes(meetings=True))

    def name(self, command: NameSignature) -> Done[None]:
        """Record whose a signature in the file is, or fail."""
        self._fail()
        self.named.append(command)
        return Done(None, Changes(meetings=True))

    def show(self, command: ReadScan) -> Done[KeptScan]:
        """Return a scan that is kept, or fail."""
        self._fail()
        self.shown.append(command)
        return Done(KeptScan(scan=SCAN, files=(BroughtFile(ScanKind.PDF, b"%PDF-1.4 scan"),)))

    def add(self, command: AddSigned) -> Done[int]:
        """Take in a signed file, or fail."""
        self._fail()
        self.files.append(command)
        return Done(2, Changes(meetings=True))

    def find(self, typed: str) -> Done[FoundProtocol | None]:
        """Return whose paper has a control code."""
        self.asked.append(typed)
        return Done(self.known)

    def uses(self) -> SignatureUses:
        """Return what the screen may ask for."""
        return SignatureUses(
            read_signatures=self.read,
            keep_scan=self.keep,
            read_scan=self.show,
            decline_signature=self.decline,
            take_back_signature=self.take_back,
            record_on_paper=self.see,
            name_signature=self.name,
            add_signed=self.add,
            find_by_code=self.find,
        )

    def open(  # noqa: PLR0913  all have a default
        self,
        *,
        runner: TaskRunner | None = None,
        drafts: DraftUses | None = None,
        may_record: bool = True,
        resume: bool = False,
        now: datetime = NOW,
        brought: Sequence[Brought] = (),
        uses: SignatureUses | None = None,
        paper_id: UUID | None = None,
        find: Callable[[str], Done[FoundProtocol | None]] | None = None,
    ) -> SignaturesViewModel:
        """Return the screen's model, loaded."""
        runner = runner or InlineRunner()
        model = SignaturesViewModel(
            paper_id or self.paper.id,
            uses=uses or replace(self.uses(), find_by_code=find or self.find),
            scan=ScanModel(
                scanner=lambda: self.scanner,
                looks_of=lambda pdf: LATER if pdf.endswith(b"en") else LOOKS,
                runner=runner,
            ),
            drafts=drafts or DraftBox().uses,
            may_record=may_record,
            runner=runner,
            now=lambda: now,
            resume=resume,
            brought=brought,
        )
        model.load()
        return model

    def read_scan(self, model: SignaturesViewModel, pages: Sequence[ReadPage] = GOOD) -> None:
        """Bring a scan in, and have the scanner read these pages of it."""
        model.scan.take(FILES)
        for one in pages:
            self.scanner.page(one)
        self.scanner.done()

    def _fail(self) -> None:
        if self.failure is not None:
            raise self.failure


def shown(
    look: Look,
    tell: Callable[[SignaturesViewModel, Cabinet], None] | None = None,
    *,
    cabinet: Cabinet | None = None,
) -> QWidget:
    """Return the frame of the desk around the signatures."""
    cabinet = cabinet or Cabinet()
    model = cabinet.open()
    if tell is not None:
        tell(model, cabinet)
    return desk_frame(look, SignaturesView(model, look), model)


def _reading(model: SignaturesViewModel, cabinet: Cabinet) -> None:
    model.scan.take(FILES)
    cabinet.scanner.page(GOOD[0])


def _ticked(model: SignaturesViewModel, cabinet: Cabinet) -> None:
    cabinet.read_scan(model)
    model.scan.tick(5, is_ticked=True)


def _missing(model: SignaturesViewModel, cabinet: Cabinet) -> None:
    cabinet.read_scan(model, GOOD[:2])


def _stained(model: SignaturesViewModel, cabinet: Cabinet) -> None:
    cabinet.read_scan(model, STAINED)


def _swapped(model: SignaturesViewModel, cabinet: Cabinet) -> None:
    cabinet.read_scan(model, SWAPPED)


def _foreign(model: SignaturesViewModel, cabinet: Cabinet) -> None:
    cabinet.read_scan(model, FOREIGN)


def _all_foreign(model: SignaturesViewModel, cabinet: Cabinet) -> None:
    cabinet.read_scan(model, [read_page(at, look, STRAY) for at, look in enumerate(LOOKS, 1)])


def _kept(model: SignaturesViewModel, cabinet: Cabinet) -> None:
    model.show_kept(SCAN)
    for one in GOOD:
        cabinet.scanner.page(one)
    cabinet.scanner.done()


def _failed(model: SignaturesViewModel, _: Cabinet) -> None:
    model.scan.take(FILES)
    model.scan.bring([Path("/nothing/here.pdf")])


def _declining(model: SignaturesViewModel, _: Cabinet) -> None:
    model.ask(Ask.DECLINE, 3)


def _wrong_file(model: SignaturesViewModel, _: Cabinet) -> None:
    model.file_flaw = FileFlaw.ANOTHER
    model.changed.emit()


def _seeing(model: SignaturesViewModel, _: Cabinet) -> None:
    model.ask(Ask.PAPER, 3)


def _unnamed(look: Look) -> QWidget:
    ahead = replace(IN_FILE, name="Exempelstad", is_ahead=True)
    seal = replace(IN_FILE, name="Exempelstads kommun", is_seal=True)
    states = (
        replace(SIGNERS[0], status=SignerStatus.UNNAMED, in_file=ahead),
        replace(SIGNERS[2], status=SignerStatus.UNNAMED, in_file=seal),
        SIGNERS[1],
    )
    return shown(look, cabinet=Cabinet(states, ()))


def _of_excerpt(look: Look) -> QWidget:
    signer = SignerState(signer=1, role="Skola", name="Maria Lind")
    return shown(look, cabinet=Cabinet((signer,), (), paper=EXCERPT))


def _of_agreement(look: Look) -> QWidget:
    signers = (
        SignerState(signer=1, role="person", name="", status=SignerStatus.ON_PAPER),
        SignerState(signer=2, role="programme", name=""),
    )
    cabinet = Cabinet(signers, (), paper=AGREEMENT)
    return shown(look, lambda model, cabinet: cabinet.read_scan(model), cabinet=cabinet)


def _new(look: Look) -> QWidget:
    waiting = [replace(one, status=SignerStatus.WAITING, reason="") for one in SIGNERS]
    return shown(look, cabinet=Cabinet(waiting, ()))


SCREENS = (
    Screen("signatures", shown),
    Screen("signatures-new", _new),
    Screen("signatures-reading", lambda look: shown(look, _reading)),
    Screen("signatures-read", lambda look: shown(look, _ticked)),
    Screen("signatures-missing", lambda look: shown(look, _missing)),
    Screen("signatures-stained", lambda look: shown(look, _stained)),
    Screen("signatures-swapped", lambda look: shown(look, _swapped)),
    Screen("signatures-foreign", lambda look: shown(look, _foreign)),
    Screen("signatures-elsewhere", lambda look: shown(look, _all_foreign)),
    Screen("signatures-excerpt", _of_excerpt),
    Screen("signatures-agreement", _of_agreement),
    Screen("signatures-kept", lambda look: shown(look, _kept)),
    Screen("signatures-failed", lambda look: shown(look, _failed)),
    Screen("signatures-declining", lambda look: shown(look, _declining)),
    Screen("signatures-seeing", lambda look: shown(look, _seeing)),
    Screen("signatures-unnamed", _unnamed),
    Screen("signatures-wrong-file", lambda look: shown(look, _wrong_file)),
)
