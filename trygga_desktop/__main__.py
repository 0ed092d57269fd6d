"""The command line: run and demo."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from trygga_desktop import __version__


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line asks for; return the exit code."""
    asked = _parser().parse_args(arguments)
    if asked.command == "demo":
        from trygga_desktop.demo import show_demo, write_demo

        if asked.out is None:
            return show_demo()
        return write_demo(asked.out, only_screens=asked.only == "screens")
    from trygga_desktop.app import run

    return run(asked.vault if asked.command == "run" else None)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="trygga-desktop", description=__doc__)
    parser.add_argument("--version", action="version", version=f"Trygga {__version__}")
    commands = parser.add_subparsers(dest="command")
    run = commands.add_parser("run", help="start the program")
    run.add_argument("--vault", type=Path, help="the vault whose unlock screen comes first")
    demo = commands.add_parser("demo", help="show the program with invented cases")
    demo.add_argument("--out", type=Path, help="write vault and pictures here instead")
    demo.add_argument("--only", choices=["screens"], help="leave only this behind")
    return parser


if __name__ == "__main__":
    sys.exit(main())
