"""Imports point down, as the contracts in pyproject.toml say."""

import subprocess
import sys

from tests.house.source import ROOT


def test_every_contract_between_layers_is_kept() -> None:
    command = "from importlinter.cli import lint_imports; raise SystemExit(lint_imports())"
    done = subprocess.run(  # noqa: S603  our own interpreter
        [sys.executable, "-c", command],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert "0 broken" in done.stdout
