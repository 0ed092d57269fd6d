"""The laws of consent, sharing and plans, tried on many more histories than the tests take."""

import os
import subprocess
import sys

from tests.house.source import ROOT

LAWS = (
    "tests/domain/test_sharing_laws.py",
    "tests/domain/test_consent_laws.py",
    "tests/services/test_plan_laws.py",
)


def try_laws(*, count: int, seed: int) -> int:
    """Try each law on so many histories; return the exit code of the tests.

    What breaks one is printed with the history that does.
    """
    command = (
        sys.executable,
        *("-m", "pytest", "-q", "-n", "2", "--timeout=0", "--durations=8", *LAWS),
        "--hypothesis-profile=endurance",
        f"--hypothesis-seed={seed}",
    )
    surroundings = {**os.environ, "TRYGGA_EXAMPLES": str(count)}
    ran = subprocess.run(command, cwd=ROOT, env=surroundings, check=False)  # noqa: S603  our own
    return ran.returncode
