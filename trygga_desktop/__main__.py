"""The command line: run and demo."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from trygga_desktop import __version__


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line asks for; return the exit code."""
    asked = parse(arguments)
    if asked.command == "demo":
        from trygga_desktop.demo import go_on_with_demo, show_demo, write_demo

        if asked.place is not None:
            return go_on_with_demo(asked.place, began=asked.began, vault=asked.vault)
        if asked.out is None:
            return show_demo()
        return write_demo(asked.out, only_screens=asked.only == "screens")
    from trygga_desktop.app import run

    return run(asked.vault if asked.command == "run" else None)


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
    # How a demonstration that was locked starts itself again.
    demo.add_argument("--place", type=Path, help=argparse.SUPPRESS)
    demo.add_argument("--began", type=float, default=0.0, help=argparse.SUPPRESS)
    demo.add_argument("--vault", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
