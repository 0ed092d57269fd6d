"""Bring a protocol from draft to distributed by keys alone, under a real window manager.

    python -m tests.endurance.paper_path --out DIR [--only NAME ...]

Today's meeting of the demonstration was held. Somebody remarks on its draft, is answered, the draft
is approved and sealed, printed, signed with a pen, scanned askew and taken back in; somebody does
not sign. Excerpts are printed and saved, a copy that was handed over is noted, asked back and comes
back. Nothing but keys is pressed, and a picture is left after each step. It needs what `keyboard`
needs.
"""

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from PIL import ImageDraw

from tests.endurance.keyboard import NEEDED, SIGHTS, Hand, Sight, program, screen, set_view
from tests.endurance.paper import Sheet, as_pdf, draw, scan
from trygga_desktop.demo import Demo, make_demo

ENGLISH = (
    Sight(name="1366-en", size=(1366, 768), language="en"),
    Sight(name="1920-en-dark", size=(1920, 1080), theme="dark", language="en"),
)

_HELD = ("A", "A5")
_EVENING = int(9.75 * 3_600)
"""Seconds from the morning of the demonstration to some time after its meeting."""

# The sheet that says which copy it is comes out before the protocol.
_PRINTED = "printed-2.pdf"
_SCANNED = "scan.pdf"
_EXCERPT = "printed-3.pdf"
_FOLDER = "folder"
_FILES = 2
"""The excerpt that was saved as a file, and the list of checksums."""

_SIGNED = (0.135, 0.22)
"""Where on the last page whoever led the meeting and whoever verifies it sign, as shares of it."""

_PRINTING = 240.0
_RESTING = 6.0

Step = tuple[str, Sequence[str]]

# What is pressed, and what the picture after it is called. A wait is for what a vault does.
TO_THE_PAPER: tuple[Step, ...] = (
    ("filter", ("key ctrl+f", "type Elias")),
    ("case", ("key Tab", "key Tab", "key Tab", "key Tab", "key Return", "wait 2")),
    ("meetings", ("key ctrl+Prior", "wait 2")),
    ("draft", ("key Return", "wait 4")),
    ("left-to-settle", ("key ctrl+shift+l",)),
    ("question", ("key shift+Tab", "key space", "wait 3")),
    ("answered", ("key F3", "wait 2")),
    ("back", ("key alt+Left", "wait 3")),
    ("asked-who-looks-on", ("key Return", "wait 1")),
    ("draft-again", ("key Tab", "key space", "wait 4")),
    ("remarks", ("key ctrl+shift+r",)),
    ("remark-written", ("type Jonas Ek", "key Tab", "type Det var en torsdag.")),
    ("remark-added", ("key Tab", "key Tab", "key space", "wait 2")),
    ("answering", ("key shift+Tab", "key space")),
    ("remark-answered", ("type Dagen är rättad.", "key Tab", "key Tab", "key space", "wait 2")),
    ("chair-approved", (*["key shift+Tab"] * 4, "key space", "wait 3")),
    ("verifier-approved", (*["key shift+Tab"] * 3, "key space", "wait 3")),
    ("approved", ("key Tab", "key Tab", "key space")),
    ("sealing", ("key ctrl+shift+l",)),
    ("sealed", ("key space", "wait 25")),
    ("printing", ("key ctrl+p", "wait 3")),
    ("to-the-printer", ("key Return",)),
)


TO_THE_SIGNERS: tuple[Step, ...] = (
    ("printed", ()),
    ("signatures", ("key ctrl+shift+i", "wait 5")),
    ("choosing-the-scan", ("key ctrl+o", "wait 3")),
    ("scan", ("type {scan}", "key Return", "wait 30")),
    ("ticked", ("key Tab", "key Tab", "key space", "key Tab", "key space")),
    ("signed", ("key ctrl+s", "wait 4")),
    ("declining", (*["key Tab"] * 5, "key space")),
    ("reason", ("type Vill läsa det hemma först.",)),
    ("declined", ("key Tab", "key Tab", "key space")),
    ("signed-protocol", ("key alt+Left", "wait 20")),
    ("excerpts", ("key ctrl+shift+e", "wait 20")),
    ("excerpt-printing", ("key ctrl+p", "wait 3")),
    ("excerpt-to-the-printer", ("key Return",)),
)

TO_EVERYONE: tuple[Step, ...] = (
    ("excerpt-printed", ()),
    ("guardian", (*["key Right"] * 4, "wait 20")),
    ("saving", ("key ctrl+s", "wait 3")),
    ("saved", ("type {file}", "key Return", "wait 20")),
    ("list", ("key ctrl+shift+e", "wait 2")),
    ("noting", ("key ctrl+shift+n", "wait 1")),
    ("written-down", ("type Henrik Alm", "key Tab", "key Tab", "type 1", "key Tab", "key Tab")),
    ("noted", ("key Tab", "key Tab", "key space", "wait 4")),
    ("asked-back", ("key Tab", "key Tab", "key space")),
    ("came-back", ("key space",)),
    ("choosing-a-folder", ("key ctrl+shift+s", "wait 3")),
    ("distributed", ("type {folder}", "key Return", "wait 6")),
)


def main() -> int:
    """Go the way once for each way of looking at it; return 0 when all of them are done."""
    parser = argparse.ArgumentParser(prog="tests.endurance.paper_path", description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--only", nargs="+", help="ways of looking, by their names")
    asked = parser.parse_args()
    missing = [one for one in NEEDED if shutil.which(one) is None]
    if missing:
        print(f"missing: {', '.join(missing)}")
        return 2
    asked.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "made"
        made.mkdir()
        demo = make_demo(made, made / "state")
        hold_the_meeting(demo)
        for sight in (*SIGHTS, *ENGLISH):
            if asked.only is None or sight.name in asked.only:
                place = Path(folder) / sight.name
                shutil.copytree(made, place)
                go(place, demo.passphrase, asked.out, sight)
                print(f"{sight.name}: distributed", flush=True)
    return 0


def hold_the_meeting(demo: Demo) -> None:
    """Hold the meeting of the day, up to its draft."""
    vault = demo.open()
    story = demo.story(vault)
    story.begin(*_HELD)
    story.speak(*_HELD)
    story.end(*_HELD)
    vault.close()


def go(place: Path, passphrase: str, out: Path, sight: Sight) -> None:
    """Go the way of paper on a screen of its own."""
    set_view(place, sight)
    printed = place / "printed"
    printed.mkdir()
    (place / _FOLDER).mkdir()
    os.environ["PRINTED_TO"] = str(printed)
    with (
        screen(place, sight) as display,
        program(
            place, sight, display, after=_EVENING, module="tests.endurance.paper_program"
        ) as process,
    ):
        hand = Hand(out, sight, display, process=process)
        hand.unlock(passphrase)
        take(hand, TO_THE_PAPER, place)
        wait_for(printed / _PRINTED)
        bring_back(printed / _PRINTED, place / _SCANNED)
        take(hand, TO_THE_SIGNERS, place)
        wait_for(printed / _EXCERPT)
        take(hand, TO_EVERYONE, place)
    files = sorted(one.name for one in (place / _FOLDER).rglob("*") if one.is_file())
    if len(files) != _FILES:
        raise RuntimeError(f"in the folder lie {files}")


def take(hand: Hand, steps: Sequence[Step], place: Path) -> None:
    """Press what each step presses, and keep how it looks after that."""
    named = {
        "scan": place / _SCANNED,
        "file": place / "utdrag.pdf",
        "folder": place / _FOLDER,
    }
    for name, keys in steps:
        for one in keys:
            hand.press(one.format(**named))
        hand.look(name, patience=_RESTING)


def wait_for(printed: Path) -> None:
    """Wait until the printer has put down what it prints, whole."""
    until = time.monotonic() + _PRINTING
    size = -1
    while time.monotonic() < until:
        time.sleep(1)
        before, size = size, printed.stat().st_size if printed.exists() else 0
        if 0 < size == before:
            # The window tells a moment later that the printer has it.
            time.sleep(3)
            return
    raise TimeoutError("nothing came out of the printer")


def bring_back(printed: Path, scanned: Path) -> None:
    """Sign what came out of the printer, and put it askew onto the glass of a scanner."""
    papers = []
    pages = list(draw(printed.read_bytes()))
    for line in _SIGNED:
        left, top = 0.16 * pages[-1].width, line * pages[-1].height
        wave = [(left + 12 * at, top + (at % 7) * 9 - at) for at in range(60)]
        ImageDraw.Draw(pages[-1]).line(wave, fill=40, width=5, joint="curve")
    for place, page in enumerate(pages):
        sheet = Sheet(
            dots=200,
            degrees=1.3 if place % 2 else -0.8,
            is_upside_down=False,
            stretch=1.002,
            noise=6,
            grey=240,
        )
        papers.append(scan(page, sheet))
    scanned.write_bytes(as_pdf(papers))


if __name__ == "__main__":
    sys.exit(main())
