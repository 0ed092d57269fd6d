"""The command line: run, demo, decide, verify, archive, check, and what the window has read."""

import argparse
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from trygga_desktop import __version__

if TYPE_CHECKING:
    from trygga_desktop.documents.verdict import Verdict

# Six times what the longest protocol takes, and ten times the memory that it needs.
_MOST_SECONDS = 60
_MOST_MEMORY = 2 * 1024**3
# So much longer a step may take that hears of no bound: then the system ends the process.
_GRACE_SECONDS = 15


class EffortSpentError(BaseException):
    """The process has computed for longer than anything that it is asked for takes.

    Whoever reads a broken file takes no error for an answer, and would take this one for one.
    """


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line asks for; return the exit code."""
    asked = parse(arguments)
    commands = {
        "demo": demonstrate,
        "decide": decide_case,
        "verify": verify_protocol,
        "archive": archive_protocol,
        "check": check_vault,
        "read-scan": read_scan,
    }
    if asked.command in commands:
        return commands[asked.command](asked)
    from trygga_desktop.app import run

    return run(asked.vault if asked.command == "run" else None)


def demonstrate(asked: argparse.Namespace) -> int:
    """Show the demonstration, go on with one, or write it to a folder."""
    from trygga_desktop.demo import go_on_with_demo, show_demo, write_demo

    if asked.place is not None:
        return go_on_with_demo(asked.place, began=asked.began, vault=asked.vault)
    if asked.out is None:
        return show_demo()
    return write_demo(asked.out, only_screens=asked.only == "screens", is_brief=asked.brief)


def decide_case(asked: argparse.Namespace) -> int:
    """Print what is decided in an invented case, and why; return 2 for a wrong question."""
    from trygga_desktop.story.decisions import WrongQuestionError, tell_decisions

    try:
        told = tell_decisions(asked.case, asked.on, asked.room, asked.language)
    except WrongQuestionError as error:
        print(error, file=sys.stderr)
        return 2
    try:
        print(told, flush=True)
    except BrokenPipeError:
        # Whoever pages through it has read enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def check_vault(asked: argparse.Namespace) -> int:
    """Look through a whole vault; return 0 if it is sound, otherwise 1."""
    from trygga_desktop.check import check, usual_environment
    from trygga_desktop.hardening import harden
    from trygga_desktop.i18n import load_language

    harden()

    return check(
        asked.vault,
        login=asked.login,
        passphrase_file=asked.passphrase_file,
        language=load_language(asked.language),
        environment=usual_environment(),
    )


def verify_protocol(asked: argparse.Namespace) -> int:
    """Print whether a protocol is unchanged since it was sealed; return 0, 1 or 2 for it."""
    if asked.is_bounded:
        bound_effort()
    from trygga_desktop.documents.telling import tell
    from trygga_desktop.documents.verdict import write_verdict
    from trygga_desktop.hardening import harden
    from trygga_desktop.i18n import load_language

    harden()
    verdict = _verdict_of(asked)
    if asked.for_screen:
        print(write_verdict(verdict), flush=True)
        return 0
    print("\n".join(tell(verdict, load_language(asked.language))), flush=True)
    return int(verdict.outcome)


def archive_protocol(asked: argparse.Namespace) -> int:
    """Write the archive variant of a sealed protocol, and its record; return 0, 1 or 2 for it."""
    if asked.is_bounded:
        bound_effort()
    from trygga_desktop.documents.issue import issue
    from trygga_desktop.documents.pdf.standards import Standard
    from trygga_desktop.documents.record import write_record
    from trygga_desktop.documents.telling import tell, tell_archived, tell_not_archived
    from trygga_desktop.documents.verdict import Outcome, Reason, Verdict
    from trygga_desktop.hardening import harden
    from trygga_desktop.i18n import load_language

    harden()
    verdict = _verdict_of(asked)
    language = load_language(asked.language)
    if verdict.outcome or verdict.record is None:
        print("\n".join(tell(verdict, language)), flush=True)
        return int(verdict.outcome) or 1
    try:
        files = (issue(verdict.record, Standard.ARCHIVE), write_record(verdict.record))
    except (EffortSpentError, MemoryError):
        verdict = Verdict(outcome=Outcome.UNREADABLE, reason=Reason.TOO_COSTLY)
        print("\n".join(tell(verdict, language)), flush=True)
        return int(verdict.outcome)
    record = asked.out.parent / f"{asked.out.stem}.json"
    if not _write_both((asked.out, record), files):
        print(tell_not_archived(language), flush=True)
        return 2
    print(tell_archived(asked.out.name, record.name, language), flush=True)
    return 0


def _write_both(places: Sequence[Path], files: Sequence[bytes]) -> bool:
    """Write files for their owner alone; return whether all are there, or else none."""
    from trygga_desktop.ui.platform.saving import NotSavedError, save_durably

    written: list[Path] = []
    try:
        for place, data in zip(places, files, strict=True):
            save_durably(place, data)
            written.append(place)
    except (NotSavedError, ValueError):
        # A place without a name, like a folder, is none for a file.
        for one in written:
            with suppress(OSError):
                one.unlink()
        return False
    return True


def _verdict_of(asked: argparse.Namespace) -> "Verdict":
    from trygga_desktop.documents.pdf.container import MOST_BYTES
    from trygga_desktop.documents.pdf.verify import verify, verify_file
    from trygga_desktop.documents.verdict import Outcome, Reason, Verdict

    try:
        if asked.for_screen and str(asked.file) == "-":
            # It lies nowhere, and is handed over by the program itself.
            data = sys.stdin.buffer.read(MOST_BYTES + 1)
            return verify(data, asked=asked.seal, compares=asked.compares)
        return verify_file(asked.file, asked=asked.seal)
    except (EffortSpentError, MemoryError):
        return Verdict(outcome=Outcome.UNREADABLE, reason=Reason.TOO_COSTLY)


def read_scan(asked: argparse.Namespace) -> int:
    """Say what is seen on the pages of a scan, in a process that can do nothing else."""
    from trygga_desktop.domain.scanning import ScanKind
    from trygga_desktop.ui.platform.confinement import confine
    from trygga_desktop.ui.platform.scan_reader import read_scan as read

    confine()
    read(sys.stdin.buffer, ScanKind(asked.kind), sys.stdout.buffer)
    return 0


def bound_effort(seconds: int = _MOST_SECONDS, memory: int = _MOST_MEMORY) -> None:
    """Have this process take no more time or memory than any protocol.

    Then EffortSpentError or MemoryError is raised; what hears neither is ended by the system.
    Where the system knows no such bound, whoever started the process ends it after a while.
    """
    if sys.platform == "win32":
        from trygga_desktop.ui.platform.job_object import bound_itself, windows

        kernel = windows()
        if kernel is not None:
            bound_itself(kernel, seconds=_MOST_SECONDS, memory=_MOST_MEMORY)
    else:
        import resource

        signal.signal(signal.SIGXCPU, _give_up)
        for kind, most, at_last in (
            (resource.RLIMIT_CPU, seconds, seconds + _GRACE_SECONDS),
            (resource.RLIMIT_AS, memory, memory),
        ):
            with suppress(OSError, ValueError):
                resource.setrlimit(kind, (most, at_last))


def _give_up(*_: object) -> NoReturn:
    # It comes again each second, and would interrupt the answer.
    signal.signal(signal.SIGXCPU, signal.SIG_IGN)
    raise EffortSpentError


def parse(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """Return the command and its options; without arguments, those of this process."""
    parser = argparse.ArgumentParser(prog="trygga-desktop", description=__doc__)
    parser.add_argument("--version", action="version", version=f"Trygga {__version__}")
    commands = parser.add_subparsers(dest="command")
    run = commands.add_parser("run", help="start the program")
    run.add_argument("--vault", type=Path, help="the vault whose unlock screen comes first")
    demo = commands.add_parser("demo", help="show the program with invented cases")
    demo.add_argument("--out", type=Path, help="write vault and pictures here instead")
    demo.add_argument("--only", choices=["screens"], help="leave only this behind")
    demo.add_argument("--brief", action="store_true", help="pictures in one size and theme only")
    # How a demonstration that was locked starts itself again.
    demo.add_argument("--place", type=Path, help=argparse.SUPPRESS)
    demo.add_argument("--began", type=float, default=0.0, help=argparse.SUPPRESS)
    demo.add_argument("--vault", type=Path, help=argparse.SUPPRESS)
    verify = commands.add_parser(
        "verify",
        help="tell whether a protocol is unchanged since it was sealed",
        description="0: unchanged since it was sealed. 1: changed, not sealed, or sealed by"
        " another seal than asked for. 2: cannot be read.",
    )
    verify.add_argument("file", type=Path, metavar="FILE.pdf")
    verify.add_argument(
        "--seal", default="", metavar="FINGERPRINT", help="by which seal, in digits or words"
    )
    verify.add_argument("--language", choices=["sv", "en"], default="sv")
    archive = commands.add_parser(
        "archive",
        help="write a sealed protocol as PDF/A-2a, with its record beside it",
        description="Verifies FILE.pdf first. 0: both were written. 1: changed or not sealed."
        " 2: cannot be read, or nothing was written: what is there already is kept.",
    )
    archive.add_argument("file", type=Path, metavar="FILE.pdf")
    archive.add_argument("--out", type=Path, required=True, metavar="ARCHIVE.pdf")
    archive.add_argument("--language", choices=["sv", "en"], default="sv")
    archive.set_defaults(is_bounded=arguments is None, for_screen=False, seal="", compares=True)
    # How the program has a file looked at, in a process of its own; "-" is what it hands over.
    verify.add_argument("--for-screen", action="store_true", help=argparse.SUPPRESS)
    verify.add_argument("--no-pages", dest="compares", action="store_false", help=argparse.SUPPRESS)
    # Whoever calls us in a process of theirs keeps it as it is.
    verify.set_defaults(is_bounded=arguments is None)
    # How the screen has a scan looked at, likewise.
    scan = commands.add_parser("read-scan")
    scan.add_argument("kind", choices=["pdf", "jpeg", "png"])
    decide = commands.add_parser(
        "decide", help="print what is decided in an invented case, and why"
    )
    decide.add_argument("--case", required=True, help="its code")
    decide.add_argument("--on", required=True, metavar="DAY", help="as 2026-09-17")
    decide.add_argument("--room", metavar="NAMES", help="who is asked about, with commas between")
    decide.add_argument("--language", choices=["sv", "en"], default="sv")
    check = commands.add_parser("check", help="look through a whole vault: 0 sound, 1 not")
    check.add_argument("vault", type=Path, help="its folder")
    check.add_argument("--login", help="the sign-in name; asked for where there are several")
    check.add_argument(
        "--passphrase-file", type=Path, help="whose first line is the passphrase; else it is asked"
    )
    check.add_argument("--language", choices=["sv", "en"], default="sv")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
