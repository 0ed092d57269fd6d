"""What is made to keep us busy is answered in words, within the time and memory of a protocol."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.documents.sealed import SealedFile
from trygga_desktop.documents.apart import verify_apart
from trygga_desktop.documents.fingerprint import fingerprint_of
from trygga_desktop.documents.pdf.verify import verify
from trygga_desktop.documents.verdict import Outcome, Reason
from trygga_desktop.paths import program_folder

COMMAND = (sys.executable, "-m", "trygga_desktop", "verify", "--for-screen")
TOO_COSTLY = "Att läsa filen skulle ta mer tid eller minne än något protokoll gör."


def of_objects(*objects: bytes, more: int = 0) -> bytes:
    """Return a file of one revision with these objects, and `more` entries of none."""
    data = b"%PDF-1.7\n"
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1 + more)
    for number, one in enumerate(objects, start=1):
        table += b"%010d 00000 n \n" % len(data)
        data += b"%d 0 obj\n%b\nendobj\n" % (number, one)
    table += b"0000000009 00000 n \n" * more
    size = len(objects) + 1 + more
    trailer = b"trailer\n<</Size %d /Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, len(data))
    return data + table + trailer


def of_fields(fields: bytes, *objects: bytes) -> bytes:
    """Return a file whose form has these fields; objects are numbered from 3."""
    return of_objects(b"<</Type /Catalog /AcroForm 2 0 R>>", b"<</Fields [%b]>>" % fields, *objects)


FIELD = b"<</FT /Tx /T (a)>>"
# Each is below what is counted, and would be gone through without end.
NESTED = [b"<</FT /Tx /T (a) /Kids [%b]>>" % (b"%d 0 R " % (n + 1) * 50) for n in range(3, 12)]


@pytest.mark.timeout(30)
@pytest.mark.parametrize(
    "data",
    [
        of_fields(b"3 0 R " * 8_000_000, FIELD),
        of_fields(b"3 0 R " * 300_000, FIELD),
        of_fields(b"3 0 R ", *NESTED, FIELD),
        of_fields(b"3 0 R 3 0 R", FIELD),
        of_objects(b"<</Type /Catalog>>", more=2_900_000),
        of_objects(b"<</Type /Catalog>>", more=250_000),
    ],
    ids=["field often", "field less often", "in each other", "twice", "entries", "fewer entries"],
)
def test_a_file_of_more_than_any_protocol_has_is_answered_soon(data: bytes) -> None:
    began = time.process_time()
    assert verify(data).outcome is Outcome.CHANGED
    assert time.process_time() - began < 10


def bounded(place: Path, bounds: str) -> tuple[int, str, str]:
    """Run the command under bounds of its own, once all that it needs is there."""
    script = (
        "import sys, time, resource\n"
        "import trygga_desktop.documents.pdf.verify\n"
        "from trygga_desktop.__main__ import bound_effort, main\n"
        "used = int(time.process_time())\n"
        "held = int(open('/proc/self/statm').read().split()[0]) * resource.getpagesize()\n"
        f"bound_effort({bounds})\n"
        f"sys.exit(main(['verify', {str(place)!r}]))\n"
    )
    done = subprocess.run(  # noqa: S603  our own interpreter
        [sys.executable, "-c", script],
        cwd=program_folder(),
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads how much memory is held")
@pytest.mark.parametrize("bounds", ["seconds=used + 1", "memory=held + 24 * 1024**2"])
def test_what_takes_too_long_or_too_much_is_told_in_words(tmp_path: Path, bounds: str) -> None:
    place = tmp_path / "busy.pdf"
    place.write_bytes(of_fields(b"3 0 R " * 399_000, FIELD))

    code, said, wrong = bounded(place, bounds)

    assert (code, wrong) == (2, "")
    assert said.startswith(TOO_COSTLY)


@pytest.mark.skipif(sys.platform == "win32", reason="it knows no such bound")
def test_the_command_itself_is_bounded() -> None:
    script = (
        "import resource, sys\n"
        "from trygga_desktop.__main__ import main\n"
        "sys.argv = ['trygga-desktop', 'verify', 'nowhere.pdf']\n"
        "main()\n"
        "print(resource.getrlimit(resource.RLIMIT_CPU)[0])\n"
        "print(resource.getrlimit(resource.RLIMIT_AS)[0])\n"
    )
    done = subprocess.run(  # noqa: S603  our own interpreter
        [sys.executable, "-c", script],
        cwd=program_folder(),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split()[-2:] == ["60", str(2 * 1024**3)]


def test_bytes_are_verified_in_a_process_of_its_own(file: SealedFile) -> None:
    seal = fingerprint_of(file.key.certificate)

    def apart(data: bytes, asked: str = seal) -> tuple[Outcome, Reason | None]:
        verdict = verify_apart(data, asked, command=COMMAND, folder=program_folder())
        return verdict.outcome, verdict.reason

    assert apart(file.signed) == (Outcome.UNCHANGED, None)
    assert apart(file.signed, "0" * 64) == (Outcome.CHANGED, Reason.NOT_THIS_SEAL)
    assert apart(file.signed + b" ")[0] is Outcome.CHANGED
    assert apart(b"") == (Outcome.UNREADABLE, Reason.NO_PDF)


@pytest.mark.parametrize(
    "program", ["import time; time.sleep(600)", "import os; os.abort()", "print('{}')"]
)
def test_a_process_that_hangs_or_breaks_is_told_as_a_file_that_could_not_be_read(
    program: str,
) -> None:
    command = (sys.executable, "-c", program)
    verdict = verify_apart(b"%PDF-", "", command=command, folder=program_folder(), longest=3)
    assert (verdict.outcome, verdict.reason) == (Outcome.UNREADABLE, Reason.TOO_COSTLY)


def test_no_program_at_all_is_told_likewise() -> None:
    verdict = verify_apart(b"%PDF-", "", command=("/nowhere",), folder=program_folder())
    assert verdict.reason is Reason.TOO_COSTLY
