"""The composition root: builds everything, wires it, and owns its life and its end."""

import os
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from socket import gethostname
from typing import TYPE_CHECKING, NoReturn

from platformdirs import (
    user_config_path,
    user_documents_path,
    user_log_path,
    user_state_path,
)
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from trygga_desktop import __version__
from trygga_desktop.hardening import harden
from trygga_desktop.paths import program_folder, shipped
from trygga_desktop.ui.application import Appearance, build_application
from trygga_desktop.ui.event_log import Event, EventLog
from trygga_desktop.ui.last_resort import LastResort
from trygga_desktop.ui.lock_times import LockTimes, read_policy
from trygga_desktop.ui.main_window import MainWindow
from trygga_desktop.ui.platform.job_object import windows
from trygga_desktop.ui.platform.rubbish import Rubbish
from trygga_desktop.ui.platform.scanning import ProcessScanner, Scanner
from trygga_desktop.ui.platform.sending import has_let_go_of_printers
from trygga_desktop.ui.platform.session import watch_session
from trygga_desktop.ui.platform.verifying import ProcessVerifier, Verifier
from trygga_desktop.ui.problems import ProblemKind
from trygga_desktop.ui.settings import SettingsFile
from trygga_desktop.ui.tasks import LONGEST_WAIT, ThreadRunner
from trygga_desktop.ui.use_cases import Desk, Services

if TYPE_CHECKING:
    from subprocess import Popen

    from trygga_desktop.crypto.kdf import KdfParameters
    from trygga_desktop.documents.verdict import Verdict
    from trygga_desktop.services.access import Unlock, VaultSeen
    from trygga_desktop.services.founding import CreateVault, PreparedVault
    from trygga_desktop.services.recovery import Recover
    from trygga_desktop.services.recovery_sheets import ComposeSheet
    from trygga_desktop.services.vault import Environment, OpenVault

_SECONDS_PER_PASSPHRASE = 1.0
# An office computer of 8 GB spares this much; a smaller one an eighth of what it has.
_MOST_MEMORY_KIB = 512 * 1024
_NAME = "Trygga"
_VIEW = "view.ini"
_POLICY = "policy.ini"
_LOG = "events.log"
_RUN = ("run",)
_FOLDERS = r"SOFTWARE\Microsoft\Windows\CurrentVersion\Explorer\Shell Folders"


def seconds_asleep_or_awake() -> float:
    """Return a count of seconds that nobody can set back, those of the computer's sleep too."""
    of_boot = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if of_boot is None else time.clock_gettime(of_boot)


def usual_now() -> datetime:
    """Return the time of this computer, aware and in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What this run of the program is given; a demonstration gives it another clock and place."""

    now: Callable[[], datetime]
    state_folder: Path
    settings_folder: Path
    suggested_folder: Path
    policy_file: Path | None = None
    log_file: Path | None = None


def usual_surroundings() -> Surroundings:
    """Return the surroundings of an ordinary run on this computer.

    Nothing lies in a roaming profile: a vault's marks belong to one machine.
    """
    return Surroundings(
        now=usual_now,
        state_folder=user_state_path(_NAME, appauthor=False, roaming=False) / "marks",
        settings_folder=user_config_path(_NAME, appauthor=False, roaming=False),
        suggested_folder=user_documents_path(),
        policy_file=policy_folder() / _POLICY,
        log_file=user_log_path(_NAME, appauthor=False) / _LOG,
    )


def policy_folder() -> Path:
    """Return where only the administrator of this computer can lay a policy.

    Nothing of it follows an environment variable, which the user sets.
    """
    if sys.platform == "win32":
        import winreg

        with suppress(OSError), winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, _FOLDERS) as key:
            return Path(winreg.QueryValueEx(key, "Common AppData")[0]) / _NAME
        return Path("C:/ProgramData") / _NAME
    if sys.platform == "darwin":
        return Path("/Library/Application Support") / _NAME
    return Path("/etc/xdg") / _NAME


def start_process(command: list[str]) -> "Popen[bytes]":
    """Start a program that goes on when this one has ended, in the program's own folder."""
    import subprocess

    return subprocess.Popen(command, cwd=program_folder())  # noqa: S603  ourselves


def end_process(start_next: Callable[[], object]) -> NoReturn:
    """Start what comes next, and end this process whatever happens: only that clears its memory.

    Not even work that hangs, or a next process that cannot be started, may keep it alive.
    """
    code = 1
    try:
        start_next()
        code = 0
    finally:
        os._exit(code)


class Access:
    """The use cases before a vault is open, imported when the first of them is asked for."""

    def __init__(self, surroundings: Surroundings) -> None:
        self._surroundings = surroundings

    def environment(self) -> "Environment":
        """Return what a vault needs to know of this computer."""
        from trygga_desktop.crypto.kdf import POLICY
        from trygga_desktop.crypto.seals import make_seal
        from trygga_desktop.services.vault import Environment

        return Environment(
            kdf=POLICY,
            cost=_dearest_cost,
            now=self._surroundings.now,
            machine=gethostname(),
            state_folder=self._surroundings.state_folder,
            scripts=shipped("migrations"),
            catalogue=shipped("resources") / "catalogue",
            draw=os.urandom,
            new_seal=make_seal,
            verify=verify_signed,
        )

    def look(self, folder: Path) -> "VaultSeen":
        """See `services.access.look`."""
        from trygga_desktop.services import access

        return access.look(folder)

    def is_there(self, folder: Path) -> bool:
        """Return whether there is a folder in this place; what cannot be asked may be there."""
        try:
            return folder.is_dir()
        except OSError:
            # Opening it tells what is wrong.
            return True

    def check_place(self, folder: Path) -> None:
        """See `services.founding.check_place`."""
        from trygga_desktop.services import founding

        founding.check_place(folder)

    def prepare_vault(self, owner: str) -> "PreparedVault":
        """See `services.founding.prepare_vault`."""
        from trygga_desktop.crypto.seals import make_seal
        from trygga_desktop.services import founding

        return founding.prepare_vault(owner, new_seal=make_seal, now=self._surroundings.now())

    def compose_sheet(self, command: "ComposeSheet") -> bytes:
        """See `services.recovery_sheets.compose_recovery_sheet`."""
        from trygga_desktop.services import recovery_sheets

        return recovery_sheets.compose_recovery_sheet(command, now=self._surroundings.now())

    def create_vault(self, command: "CreateVault") -> None:
        """See `services.founding.create_vault`."""
        from trygga_desktop.services import founding

        founding.create_vault(command, environment=self.environment())

    def unlock(self, command: "Unlock", tell: Callable[[], None]) -> "OpenVault":
        """See `services.access.unlock`."""
        from trygga_desktop.services import access

        return access.unlock(command, environment=self.environment(), tell=tell)

    def check_recovery_code(self, folder: Path, code: str) -> None:
        """See `services.recovery.check_recovery_code`."""
        from trygga_desktop.services import recovery

        recovery.check_recovery_code(folder, code, now=self._surroundings.now())

    def recover(self, command: "Recover") -> int:
        """See `services.recovery.recover`."""
        from trygga_desktop.services import recovery

        return recovery.recover(command, environment=self.environment())


def open_desk(vault: "OpenVault") -> Desk:
    """Return the use cases of one open vault."""
    from trygga_desktop.binding import bind_desk

    return bind_desk(vault)


def make_window(
    given: Surroundings,
    *,
    vault: Path | None,
    restart: Callable[[Path | None], None] | None = None,
    patience: int = LONGEST_WAIT,
) -> tuple[QApplication, MainWindow, ThreadRunner]:
    """Return the application, its window, not yet shown, and the runner of vault work.

    `vault` is the folder whose unlock screen comes first, `patience` how many milliseconds a lock
    waits for work that hangs.
    """
    resources = shipped("resources")
    application = build_application([_NAME], resources)
    appearance = Appearance(
        application, SettingsFile(given.settings_folder / _VIEW), resources / "icons"
    )
    Rubbish(application)
    runner = ThreadRunner(application)
    services = bind_services(given, restart or _stay)
    services.note(Event.STARTED, None)
    window = MainWindow(services, appearance, runner, vault=vault, patience=patience)
    return application, window, runner


def run(  # noqa: PLR0913  all have a default
    vault: Path | None = None,
    *,
    given: Surroundings | None = None,
    opened: Callable[[], "OpenVault"] | None = None,
    again: Sequence[str] = _RUN,
    start: Callable[[list[str]], object] = start_process,
    patience: int = LONGEST_WAIT,
) -> int:
    """Show the program until it is quit; return the exit code.

    `vault` is the folder whose unlock screen comes first; `opened` unlocks one without asking, as
    a demonstration does. A lock ends this process, and has `start` start the next one with the
    arguments `again`. Neither a lock nor a closed window waits longer than `patience` milliseconds
    for work that hangs.
    """
    harden()

    def restart(folder: Path | None) -> NoReturn:
        end_process(lambda: start(restart_command(again, folder)))

    application, window, runner = make_window(
        given or usual_surroundings(), vault=vault, restart=restart, patience=patience
    )
    LastResort(window.tell_unforeseen).take_over()
    window.show_within(window.screen().availableSize())
    if opened is not None:
        window.enter_desk(opened())
    code = application.exec()
    has_stopped = runner.shut_down(patience / 1000)
    if not has_stopped or not has_let_go_of_printers(patience / 1000):
        end_process(_start_nothing)
    return code


def bind_services(given: Surroundings, restart: Callable[[Path | None], None]) -> Services:
    """Return the use cases before a vault is open, bound to these surroundings."""
    access = Access(given)
    log = given.log_file
    return Services(
        is_there=access.is_there,
        look=access.look,
        check_place=access.check_place,
        prepare_vault=access.prepare_vault,
        compose_sheet=access.compose_sheet,
        create_vault=access.create_vault,
        unlock=access.unlock,
        check_recovery_code=access.check_recovery_code,
        recover=access.recover,
        verifier=make_verifier,
        scanner=make_scanner,
        desk=open_desk,
        words=passphrase_words,
        test_numbers=_test_numbers,
        reasons=_reasons,
        choose=_choose,
        screen_count=_screen_count,
        now=given.now,
        restart=restart,
        watch_session=cache(watch_session),
        clock=seconds_asleep_or_awake,
        note=_note_nothing if log is None else EventLog(log, given.now).note,
        lock_times=LockTimes() if given.policy_file is None else read_policy(given.policy_file),
        suggested_folder=given.suggested_folder,
        version=__version__,
    )


def restart_command(again: Sequence[str], vault: Path | None) -> list[str]:
    """Return the command that starts this program anew, frozen or not, at the unlock screen.

    It is for `start_process`: another folder to work in may hold somebody else's code.
    """
    folder = [] if vault is None else ["--vault", str(vault.absolute())]
    return [*_program(), *again, *folder]


def make_verifier() -> Verifier:
    """Return what has a file verified by this program, in a process of its own."""
    return ProcessVerifier([*_program(), "verify", "--for-screen"], folder=program_folder())


def verify_signed(pdf: bytes, seal: str) -> "Verdict":
    """Return whether a protocol that came back signed is unchanged since this seal.

    This program reads it in a process of its own.
    """
    from trygga_desktop.documents.apart import verify_apart

    command = [*_program(), "verify", "--for-screen"]
    return verify_apart(pdf, seal, command=command, folder=program_folder())


def make_scanner() -> Scanner:
    """Return what has a scan read by this program, in a process of its own."""
    return ProcessScanner([*_program(), "read-scan"], folder=program_folder(), kernel=windows())


def _program() -> list[str]:
    frozen = getattr(sys, "frozen", False)
    return [sys.executable] if frozen else [sys.executable, "-m", "trygga_desktop"]


def _dearest_cost() -> "KdfParameters":
    from trygga_desktop.crypto.kdf import POLICY, calibrate

    return calibrate(
        POLICY,
        at_most_kib=min(_MOST_MEMORY_KIB, _memory_kib() // 8),
        seconds=_SECONDS_PER_PASSPHRASE,
        clock=time.perf_counter,
    )


def _memory_kib() -> int:
    """Return this computer's memory, or enough for the dearest cost where it cannot be asked."""
    if sys.platform == "win32":
        return 8 * _MOST_MEMORY_KIB
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 1024


def passphrase_words() -> tuple[str, ...]:
    """Return the list that passphrases are drawn from."""
    from trygga_desktop.domain.passphrase import read_words

    return read_words(
        (shipped("resources") / "passphrase" / "words-sv.txt").read_text(encoding="utf-8")
    )


def _test_numbers() -> frozenset[str]:
    folder = shipped("resources") / "demo"
    lists = (folder / "test-personnummer.txt", folder / "test-samordningsnummer.txt")
    return frozenset(number for one in lists for number in one.read_text("ascii").split())


def _reasons() -> str:
    return (shipped("resources") / "catalogue" / "reasons.toml").read_text(encoding="utf-8")


def _choose(below: int) -> int:
    import secrets

    return secrets.randbelow(below)


def _screen_count() -> int:
    return len(QGuiApplication.screens())


def _note_nothing(_event: Event, _code: ProblemKind | None) -> None:
    """Write nothing down: a demonstration leaves nothing on the computer."""


def _start_nothing() -> None:
    """End without a next process."""


def _stay(_: Path | None) -> None:
    """Restart nothing: this window is only looked at."""
