"""Plain values and functions in place of what the program is bound to: no vault, no waiting."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any, NoReturn, TypeVar
from uuid import UUID

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from tests.costs import prepared_seal
from trygga_desktop.documents.verdict import Verdict
from trygga_desktop.domain.drafts import Draft, UsedDraft
from trygga_desktop.domain.scanning import ScanFlaw, ScanKind
from trygga_desktop.i18n import load_language
from trygga_desktop.paths import shipped
from trygga_desktop.services.access import VaultSeen
from trygga_desktop.services.changes import Changes, Done
from trygga_desktop.services.drafts import StoreDraft
from trygga_desktop.services.founding import PreparedVault
from trygga_desktop.ui.draft_keeper import DraftUses
from trygga_desktop.ui.lock_times import LockTimes
from trygga_desktop.ui.platform.scan_lines import ReadPage
from trygga_desktop.ui.platform.verifying import VerifyFlaw
from trygga_desktop.ui.theme.fonts import TextStyle
from trygga_desktop.ui.theme.icons import IconStore
from trygga_desktop.ui.theme.look import Look
from trygga_desktop.ui.theme.style import palette_of, sheet_of
from trygga_desktop.ui.theme.theme import TOKENS, Theme, ThemeName
from trygga_desktop.ui.typed import readable
from trygga_desktop.ui.use_cases import Services

T = TypeVar("T")

WORDS = ("kastanj", "vinge", "torsdag", "glänta", "paraply", "måne")
PASSPHRASE = " ".join(WORDS)
REASONS = (shipped("resources") / "catalogue" / "reasons.toml").read_text(encoding="utf-8")
GROUPS = (
    *("7F3K", "20QM", "H7QV", "2MWK", "X9TA", "4CDE"),
    *("PR61", "08ZN", "JW5S", "Q3BH", "M1VT", "6YK9"),
)
FOLDER = Path("/home/ke/Trygga unga.trygga")
NOW = datetime(2026, 11, 26, 6, 51, tzinfo=UTC)


def make_look(
    application: QApplication,
    *,
    theme: ThemeName = ThemeName.LIGHT,
    language: str = "sv",
    scale: float = 1.0,
) -> Look:
    """Return a look, and have the application drawn in it."""
    made = Theme(TOKENS[theme], IconStore(shipped("resources") / "icons"), scale)
    application.setPalette(palette_of(made.tokens))
    application.setFont(made.font(TextStyle.BODY))
    application.setStyleSheet(sheet_of(made))
    return Look(made, load_language(language))


class DraftBox:
    """Keeps drafts in memory, as a vault does on the disk, with the bin beside them.

    Each of `failures` is raised once, at the next store. `discarded` are those put to use.
    """

    def __init__(self, drafts: Iterable[Draft] = (), *failures: Exception) -> None:
        self.drafts = {one.id: one for one in drafts}
        self.failures = list(failures)
        self.discarded: list[UUID] = []
        self.uses = DraftUses(
            store=self.store,
            read=lambda: Done(tuple(self.drafts.values())),
            discard=self.discard,
            use=self.use,
            throw=lambda one: self._mark(one, thrown=True),
            bring_back=lambda one: self._mark(one, thrown=False),
            empty_bin=self.empty,
        )

    @property
    def texts(self) -> list[str]:
        """Return the words of what is not thrown away, as a person would read them."""
        kept = (one for one in self.drafts.values() if one.thrown_at is None)
        return [readable(one.kind, one.text) for one in kept]

    def store(self, command: StoreDraft) -> Done[None]:
        """Keep a draft: it is the newest now."""
        if self.failures:
            raise self.failures.pop(0)
        draft = Draft(
            id=command.id,
            kind=command.kind,
            text=command.text,
            stored_at=NOW,
            subject_id=command.subject_id,
            case_id=command.case_id,
        )
        now = draft.after(self.drafts.pop(command.id, None), keeps_before=command.keeps_before)
        if now.text:
            self.drafts = {now.id: now, **self.drafts}
        return Done(None, Changes(drafts=True))

    def discard(self, draft_id: UUID) -> Done[None]:
        """Delete a draft."""
        self.discarded.append(draft_id)
        self.drafts.pop(draft_id, None)
        return Done(None, Changes(drafts=True))

    def use(self, used: UsedDraft, record: Callable[[], T], /) -> T:
        """Delete what of a draft is recorded, once it is."""
        answer = record()
        before = self.drafts.get(used.id)
        if before is not None and used.rest:
            self.drafts[used.id] = replace(before, text=used.rest)
        else:
            self.discard(used.id)
        return answer

    def empty(self) -> Done[None]:
        """Delete what lies in the bin."""
        self.drafts = {key: one for key, one in self.drafts.items() if one.thrown_at is None}
        return Done(None, Changes(drafts=True))

    def _mark(self, draft_id: UUID, *, thrown: bool) -> Done[None]:
        if draft_id in self.drafts:
            one = self.drafts[draft_id]
            self.drafts[draft_id] = replace(one, thrown_at=NOW if thrown else None)
        return Done(None, Changes(drafts=True))


def in_bin(box: DraftBox) -> list[str]:
    """Return the words that lie in the bin."""
    return [one.text for one in box.drafts.values() if one.thrown_at is not None]


def draft_uses(**changes: Any) -> DraftUses:
    """Return use cases for drafts that keep them in memory, with these in their place."""
    discard = changes.get("discard")
    if discard is not None and "use" not in changes:

        def use(used: UsedDraft, record: Callable[[], T], /) -> T:
            answer = record()
            discard(used.id)
            return answer

        changes["use"] = use
    return replace(DraftBox().uses, **changes)


class HeldRunner:
    """Keeps the work until it is told to do it, as a slow disk would."""

    def __init__(self) -> None:
        self.waiting: list[Callable[[], None]] = []

    def run(
        self,
        owner: QObject,
        work: Callable[[], Any],
        done: Callable[[Any], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Note the work."""

        def do() -> None:
            try:
                result = work()
            except Exception as error:
                if isValid(owner):
                    failed(error)
            else:
                if isValid(owner):
                    done(result)

        self.waiting.append(do)

    def work_off(self) -> None:
        """Do everything that waits, and what comes of it."""
        while self.waiting:
            self.waiting.pop(0)()


class HeldVerifier:
    """Takes a file and answers nothing until it is told what."""

    def __init__(self) -> None:
        self.file: Path | None = None
        self.answer: Callable[[Verdict], None] = nothing
        self.refuse: Callable[[VerifyFlaw], None] = nothing

    def start(
        self, file: Path, done: Callable[[Verdict], None], failed: Callable[[VerifyFlaw], None]
    ) -> None:
        """Note the file."""
        self.file, self.answer, self.refuse = file, done, failed

    def stop(self) -> None:
        """Forget it."""
        self.file, self.answer, self.refuse = None, nothing, nothing


class HeldScanner:
    """Takes a scan and reads nothing of it until it is told what."""

    def __init__(self) -> None:
        self.page: Callable[[ReadPage], None] = nothing
        self.done: Callable[[], None] = nothing
        self.failed: Callable[[ScanFlaw], None] = nothing
        self.data = b""

    def start(
        self,
        data: bytes,
        kind: ScanKind,  # noqa: ARG002  the real one needs it
        *,
        page: Callable[[ReadPage], None],
        done: Callable[[], None],
        failed: Callable[[ScanFlaw], None],
    ) -> None:
        """Note the scan."""
        self.data, self.page, self.done, self.failed = data, page, done, failed

    def stop(self) -> None:
        """Forget it."""
        self.data, self.page, self.done, self.failed = b"", nothing, nothing, nothing


def raising(error: Exception) -> Callable[..., NoReturn]:
    """Return a use case that fails in this way."""

    def fail(*_: object) -> NoReturn:
        raise error

    return fail


def nothing(*_: object) -> None:
    """Succeed, and answer nothing."""


def seen(folder: Path) -> VaultSeen:
    """Return a vault with two users."""
    return VaultSeen(folder=folder, name="Trygga unga", logins=("ke", "pn"))


def prepared_with(code: str) -> PreparedVault:
    """Return a vault in the making with this recovery code."""
    return PreparedVault(
        vault_id=bytes(16), recovery_code=code, seal=prepared_seal("Exempelstad", NOW)
    )


def make_services(**changes: Any) -> Services:
    """Return use cases that succeed, with these in their place."""
    numbers = count()
    services = Services(
        look=seen,
        check_place=nothing,
        is_there=lambda _: True,
        prepare_vault=lambda _: prepared_with("-".join(GROUPS)),
        compose_sheet=lambda _: b"%PDF-",
        create_vault=nothing,
        unlock=raising(AssertionError("no vault is opened in this test")),
        check_recovery_code=nothing,
        recover=lambda _: 0,
        verifier=HeldVerifier,
        scanner=HeldScanner,
        desk=raising(AssertionError("no desk is shown in this test")),
        words=lambda: WORDS,
        test_numbers=frozenset,
        reasons=lambda: REASONS,
        choose=lambda below: next(numbers) % below,
        screen_count=lambda: 1,
        now=lambda: NOW,
        restart=nothing,
        watch_session=lambda: None,
        clock=lambda: 0.0,
        note=lambda _event, _code: None,
        lock_times=LockTimes(),
        suggested_folder=Path("/home/ke"),
        version="0.1",
    )
    return replace(services, **changes)
