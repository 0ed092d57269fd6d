"""Looks at every screen in every way that somebody may have set up the program."""

import os
import subprocess
import sys

from tests.house.source import ROOT

EVERYTHING = "TRYGGA_EVERY_SIGHT"
"""The variable that has the tests of all screens look at each in each way."""

_TESTS = ("tests/ui/test_accessibility.py", "tests/ui/test_coming_to_rest.py")


def look_at_everything() -> int:
    """Run those tests with nothing left out; return 0 if nobody stumbles anywhere."""
    command = (sys.executable, "-m", "pytest", "-q", "-n", "auto", *_TESTS)
    surroundings = {**os.environ, EVERYTHING: "1"}
    ran = subprocess.run(command, cwd=ROOT, env=surroundings, check=False)  # noqa: S603  our own
    return ran.returncode
