"""State of the signatures on a paper: who has signed, what is recorded, and what comes back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Signal, Slot

from trygga_desktop.domain.drafts import DraftKind
from trygga_desktop.domain.errors import InvalidInputError
from trygga_desktop.domain.matching import Expected
from trygga_desktop.domain.signatures import PaperKind, Scan, SignerState
from trygga_desktop.i18n import STOCKHOLM
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.ui.draft_keeper import DraftKeeper, DraftUses, Place
from trygga_desktop.ui.problems import ProblemKind, Trouble, read_error
from trygga_desktop.ui.screens.signatures.reason import Ask, ReasonField, ReasonForm
from trygga_desktop.ui.screens.signatures.scan import Awaited, Brought, ScanModel
from trygga_desktop.ui.tasks import TaskRunner

if TYPE_CHECKING:
    from trygga_desktop.services.sealed_files import FoundProtocol
    from trygga_desktop.services.signatures import KeptScan, SignatureList
    from trygga_desktop.ui.case_uses import SignatureUses

MOST_BYTES_OF_FILE = 64 * 1024 * 1024
"""A signed file that is larger is not read."""

_WITH_FILES = frozenset({PaperKind.PROTOCOL, PaperKind.PLAN})


class SignaturesState(StrEnum):
    """What stands on the page."""

    LOADING = "loading"
    READY = "ready"
    FAILED = "failed"


class FileFlaw(StrEnum):
    """Why a signed file is not taken in. The first four are those of the use case."""

    ANOTHER = "another"
    UNSIGNED = "unsigned"
    CHANGED = "changed"
    TOO_COSTLY = "too_costly"
    TOO_LARGE = "too_large"
    UNREADABLE = "unreadable"


class News(StrEnum):
    """What was recorded last."""

    KEPT = "kept"
    DECLINED = "declined"
    TAKEN_BACK = "taken_back"
    SEEN = "seen"
    NAMED = "named"
    FILE_TAKEN = "file_taken"


class SignaturesViewModel(QObject):
    """One thing is recorded at a time; afterwards all of it is read again.

    A scan that was brought in is held in memory only, and goes with the page. `elsewhere` follows
    with the paper whose pages they are, and the files that may be brought in there.
    """

    changed = Signal()
    left = Signal()
    made = Signal(Changes)
    failed = Signal(Trouble)
    elsewhere = Signal(object, object)

    def __init__(  # noqa: PLR0913  what signing stands on
        self,
        paper_id: UUID,
        *,
        uses: SignatureUses,
        scan: ScanModel,
        drafts: DraftUses,
        may_record: bool,
        runner: TaskRunner,
        now: Callable[[], datetime],
        resume: bool = False,
        brought: Sequence[Brought] = (),
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.state = SignaturesState.LOADING
        self.stray: FoundProtocol | None = None
        self.told: SignatureList | None = None
        self.trouble: Trouble | None = None
        self.file_flaw: FileFlaw | None = None
        self.news: News | None = None
        self.asked: ReasonForm | None = None
        self.is_working = False
        self.may_record = may_record
        self.scan = scan
        self._paper_id = paper_id
        self._uses = uses
        self._drafts = drafts
        self._runner = runner
        self._now = now
        self._resume = resume
        self._brought = tuple(brought)
        self._asked_codes: tuple[str, ...] = ()
        self._stray_code = ""
        scan.setParent(self)
        scan.changed.connect(self._scan_changed)

    @property
    def signers(self) -> tuple[SignerState, ...]:
        """Return who signs, in the order of the paper."""
        return () if self.told is None else self.told.signers

    @property
    def waiting(self) -> tuple[SignerState, ...]:
        """Return whose signature may stand on the paper that comes back."""
        return tuple(one for one in self.signers if not one.is_signed) if self.may_mark else ()

    @property
    def may_mark(self) -> bool:
        """Return whether who signed is recorded here: an agreement has a page of its own for it."""
        is_agreement = self.told is not None and self.told.paper.kind is PaperKind.AGREEMENT
        return self.may_record and not is_agreement

    @property
    def takes_files(self) -> bool:
        """Return whether the paper can come back signed in the file itself: only sealed ones do."""
        is_sealed = self.told is not None and self.told.paper.kind in _WITH_FILES
        return self.may_record and is_sealed

    def who_kept(self, scan: Scan) -> str:
        """Return the name of whoever kept a scan."""
        return "" if self.told is None else self.told.names.get(scan.kept_by, "")

    @property
    def page_count(self) -> int:
        """Return of how many pages the scan that is read should be, 0 while that is not known."""
        found = self.scan.found
        if found is None:
            return 0
        pages = [one.page for one in found.pages if one.page is not None]
        return max((*pages, *found.missing), default=0)

    @Slot()
    def load(self) -> None:
        """Read who has signed."""
        read, paper_id = self._uses.read_signatures, self._paper_id
        self.state = SignaturesState.LOADING
        self.changed.emit()
        self._runner.run(self, lambda: read(paper_id), self._take, self._fail_to_load)

    def refresh(self, changes: Changes, source: object = None) -> None:
        """Read again what others changed."""
        if changes.meetings and source is not self:
            self.load()

    def leave(self) -> None:
        """Store what is being typed at once, and let go of the scan."""
        if self.asked is not None and self.asked.drafts is not None:
            self.asked.drafts.store_now()
        self.scan.stop()

    def go_back(self) -> None:
        """Go back to where the paper is listed."""
        self.left.emit()

    def ask(self, ask: Ask, signer: int, *, follows: bool = False) -> None:
        """Have a reason written of a signer; what was begun comes back.

        With `follows` it is of whomever that was begun of.
        """
        if not self.may_mark or self.is_working:
            return
        self.cancel_asking()
        last = self._now().astimezone(STOCKHOLM).date()
        first = last if self.told is None else self.told.paper.first
        form = ReasonForm(ask, signer, follows=follows, days=(first, last), parent=self)
        if self.told is not None:
            place = Place(
                kind=DraftKind.SIGNATURE,
                subject_id=self._paper_id,
                case_id=self.told.paper.case_id,
            )
            keeper = DraftKeeper(self._drafts, self._runner, place, now=self._now)
            keeper.failed.connect(self.failed)
            form.keep_with(keeper)
        self._forget()
        self.asked = form
        form.replaced.connect(self.changed)
        self.changed.emit()

    @Slot()
    def cancel_asking(self) -> None:
        """Record nothing. What was written stays as a draft."""
        if self.asked is None or self.is_working:
            return
        if self.asked.drafts is not None:
            self.asked.drafts.store_now()
        self.asked = None
        self.changed.emit()

    @Slot()
    def record_reason(self) -> None:
        """Record what was asked, with its reason."""
        asked = self.asked
        if asked is None or not asked.may_send or self.is_working:
            return
        # Imported here: the first window does not wait for the documents.
        from trygga_desktop.services.signatures import (  # noqa: PLC0415
            DeclineSignature,
            TakeBackSignature,
        )
        from trygga_desktop.services.signing import RecordOnPaper  # noqa: PLC0415  as above

        reason, uses, about = asked.tidy(ReasonField.REASON), self._uses, self._paper_id
        decline = DeclineSignature(paper_id=about, signer=asked.signer, reason=reason)
        back = TakeBackSignature(paper_id=about, signer=asked.signer, reason=reason)

        day = asked.day

        def work() -> Done[None]:
            if asked.ask is Ask.DECLINE:
                return uses.decline_signature(decline)
            if asked.ask is Ask.PAPER and isinstance(day, date):
                seen = RecordOnPaper(paper_id=about, signer=asked.signer, on=day, reason=reason)
                return uses.record_on_paper(seen)
            return uses.take_back_signature(back)

        news = {
            Ask.DECLINE: News.DECLINED,
            Ask.PAPER: News.SEEN,
            Ask.TAKE_BACK: News.TAKEN_BACK,
        }[asked.ask]
        asked.begin()
        self._begin()
        asked.put_to_use(
            self._runner, self, work, lambda done: self._recorded(done, news), self._fail
        )

    def name_signature(self, signer: SignerState) -> None:
        """Record that the signature that is shown in somebody's field of the file is theirs."""
        in_file = signer.in_file
        if in_file is None or not self.may_record or self.is_working:
            return
        from trygga_desktop.services.signing import NameSignature  # noqa: PLC0415  as above

        command = NameSignature(
            paper_id=self._paper_id, signer=signer.signer, fingerprint=in_file.fingerprint
        )
        name = self._uses.name_signature
        self._begin()
        self._runner.run(
            self, lambda: name(command), lambda done: self._recorded(done, News.NAMED), self._fail
        )

    @Slot()
    def keep_scan(self) -> None:
        """Keep the scan beside the paper, and mark those who were ticked."""
        scan, found = self.scan, self.scan.found
        if not scan.may_keep or found is None or self.is_working:
            return
        from trygga_desktop.services.signatures import (  # noqa: PLC0415  as above
            BroughtFile,
            KeepScan,
            SignedOnPaper,
        )

        command = KeepScan(
            paper_id=self._paper_id,
            files=tuple(BroughtFile(one.kind, one.data) for one in scan.files),
            found=found,
            signed=tuple(
                SignedOnPaper(signer=one, on=day)
                for one in sorted(scan.ticked)
                if isinstance(day := scan.day_of(one), date)
            ),
        )
        keep = self._uses.keep_scan
        self._begin()
        self._runner.run(
            self, lambda: keep(command), lambda done: self._recorded(done, News.KEPT), self._fail
        )

    def show_kept(self, kept: Scan) -> None:
        """Show a scan that is kept; the log says so first."""
        from trygga_desktop.services.signatures import ReadScan  # noqa: PLC0415  as above

        command = ReadScan(paper_id=self._paper_id, scan_id=kept.id)
        read = self._uses.read_scan

        def taken(done: Done[KeptScan]) -> None:
            self.is_working = False
            files = [Brought("", one.kind, one.data) for one in done.value.files]
            self.scan.take(files, is_kept=True)

        if not self.is_working:
            self._begin()
            self._runner.run(self, lambda: read(command), taken, self._fail)

    def take_file(self, path: Path) -> None:
        """Take in the protocol as a file that was signed elsewhere."""
        if self.is_working or not self.takes_files:
            return
        from trygga_desktop.services.sealed_files import AddSigned  # noqa: PLC0415  as above

        self._forget()
        try:
            with path.open("rb") as file:
                data = file.read(MOST_BYTES_OF_FILE + 1)
        except OSError:
            self._refuse_file(FileFlaw.UNREADABLE)
            return
        if len(data) > MOST_BYTES_OF_FILE:
            self._refuse_file(FileFlaw.TOO_LARGE)
            return
        command, add = AddSigned(protocol_id=self._paper_id, pdf=data), self._uses.add_signed
        self._begin()
        self._runner.run(
            self,
            lambda: add(command),
            lambda done: self._recorded(done, News.FILE_TAKEN),
            self._fail,
        )

    def _take(self, done: Done[SignatureList]) -> None:
        told = done.value
        self.told, self.state, self.trouble = told, SignaturesState.READY, None
        self.scan.wait_for(
            Awaited(
                prints=told.paper.prints,
                control_code=told.paper.control_code,
                expected=Expected(payload=told.paper.payload, looks=(), others=told.others),
                first=told.paper.first,
                last=self._now().astimezone(STOCKHOLM).date(),
            )
        )
        self.changed.emit()
        if self._resume:
            self._resume = False
            self._go_on()
        brought, self._brought = self._brought, ()
        if brought and self.may_record:
            self.scan.take(brought)

    def _go_on(self) -> None:
        """Go on with the reason that was begun."""
        if self.signers:
            self.ask(Ask.DECLINE, self.signers[0].signer, follows=True)

    def _fail_to_load(self, error: Exception) -> None:
        self.trouble = read_error(error)
        if self.trouble.kind is ProblemKind.NOT_CONFIRMED:
            self.failed.emit(self.trouble)
            return
        self.state = SignaturesState.FAILED
        self.changed.emit()

    def _begin(self) -> None:
        self._forget()
        self.is_working = True
        self.changed.emit()

    def _recorded(self, done: Done[UUID] | Done[None] | Done[int], news: News) -> None:
        self.is_working = False
        self.asked, self.news = None, news
        if news is News.KEPT:
            self.scan.cancel()
        self.made.emit(done.changes)
        self.load()

    def _fail(self, error: Exception) -> None:
        self.is_working = False
        is_input = isinstance(error, InvalidInputError)
        if isinstance(error, InvalidInputError) and error.field == "file":
            self._refuse_file(FileFlaw(error.flaw))
            return
        self.trouble = read_error(error)
        if self.trouble.kind is ProblemKind.NOT_CONFIRMED:
            self.failed.emit(self.trouble)
            return
        if self.asked is not None and is_input:
            self.trouble = None
            field = getattr(error, "field", "")
            is_known = field in set(ReasonField)
            self.asked.refuse(field if is_known else ReasonField.REASON, getattr(error, "flaw", ""))
        elif self.asked is not None:
            self.asked.fail(self.trouble)
        self.changed.emit()

    def _refuse_file(self, flaw: FileFlaw) -> None:
        self.file_flaw = flaw
        self.changed.emit()

    @Slot()
    def _scan_changed(self) -> None:
        if self.scan.is_open:
            self._forget()
        self._look_up(self.scan.stray_codes)
        self.changed.emit()

    def _look_up(self, codes: tuple[str, ...]) -> None:
        """Find out whose paper has come, where it is another one that opens to whoever asks."""
        if codes == self._asked_codes:
            return
        self._asked_codes, self._stray_code, self.stray = codes, "", None
        look = partial(_first_known, codes, self._uses.find_by_code)

        def found(answer: tuple[str, FoundProtocol | None]) -> None:
            if codes == self._asked_codes:
                self._stray_code, self.stray = answer
                self.changed.emit()
                if self.stray is not None:
                    self.scan.recognise(self.stray.protocol_id)

        def failed(error: Exception) -> None:
            trouble = read_error(error)
            if trouble.kind is ProblemKind.NOT_CONFIRMED:
                self.failed.emit(trouble)

        if codes:
            self._runner.run(self, look, found, failed)

    @property
    def is_all_stray(self) -> bool:
        """Return whether every page that is not empty is one of the other paper that has come."""
        return self.scan.is_all_of(self._stray_code)

    def go_elsewhere(self) -> None:
        """Lead on to the paper whose pages have come; all of the same one come along."""
        if self.stray is not None:
            files = self.scan.files if self.is_all_stray else ()
            self.elsewhere.emit(self.stray, files)

    def _forget(self) -> None:
        self.trouble = self.file_flaw = self.news = None


def _first_known(
    codes: Sequence[str], find: Callable[[str], Done[FoundProtocol | None]]
) -> tuple[str, FoundProtocol | None]:
    """Return the first of these codes that stands for a paper which opens to us, and that."""
    for code in codes:
        known = find(code).value
        if known is not None:
            return code, known
    return "", None
