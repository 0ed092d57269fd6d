"""The command `check` says in words whether a vault is sound, and by its exit code."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import PASSPHRASES, MadeVault
from tests.hostile import connect
from tests.insider import case_of, without_triggers
from trygga_desktop.__main__ import parse
from trygga_desktop.check import check
from trygga_desktop.i18n import load_language

ROOT = Path(__file__).parents[1]


def run(
    made: MadeVault,
    place: Path,
    *,
    passphrase: str = PASSPHRASES["ke"],
    language: str = "en",
    folder: Path | None = None,
) -> int:
    file = place / "passphrase.txt"
    file.write_text(f"{passphrase}\n", encoding="utf-8")
    return check(
        folder or made.folder,
        login="ke",
        passphrase_file=file,
        language=load_language(language),
        environment=made.environment,
    )


def test_what_is_no_vault_is_not_sound_and_nothing_is_made(
    made: MadeVault, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(made, tmp_path, folder=tmp_path / "nothing") == 1

    assert "E-47" in capsys.readouterr().err
    assert not (tmp_path / "nothing").exists()


def test_a_wrong_passphrase_is_told_as_that_and_not_as_damage(
    made: MadeVault, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(made, tmp_path, passphrase=PASSPHRASES["pn"]) == 1

    told = capsys.readouterr()
    assert "E-01" in told.err
    assert not told.out


def test_a_passphrase_file_that_cannot_be_read_is_told_in_words(
    made: MadeVault, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = check(
        made.folder,
        login="ke",
        passphrase_file=tmp_path / "missing.txt",
        language=load_language("sv"),
        environment=made.environment,
    )

    assert code == 1
    assert "Traceback" not in capsys.readouterr().err


def test_flaws_are_told_one_by_one_in_both_languages(
    made: MadeVault, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case_of(made)
    database = connect(made.folder / "vault.db", made.file_key)
    database.execute("UPDATE item SET ciphertext = zeroblob(80)")
    database.close()
    without_triggers(made)

    assert run(made, tmp_path) == 1
    assert "- 2 records are not what their authors left." in capsys.readouterr().out
    assert run(made, tmp_path, language="sv") == 1
    assert "- 2 " in capsys.readouterr().out


def test_a_sound_vault_ends_with_0(
    made: MadeVault, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(made, tmp_path) == 0

    told = capsys.readouterr()
    assert told.out.startswith("The vault is sound.")
    assert not told.err


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asks the kernel of Linux")
@pytest.mark.parametrize("command", ["check", "verify"])
def test_the_command_line_keeps_its_memory_and_files_to_itself(
    command: str, tmp_path: Path
) -> None:
    script = (
        "import ctypes, os, resource, sys\n"
        "from trygga_desktop.__main__ import main\n"
        f"main([{command!r}, {str(tmp_path / 'nothing')!r}])\n"
        "limits = resource.getrlimit(resource.RLIMIT_CORE)\n"
        "print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0), limits, oct(os.umask(0)))\n"
    )

    done = subprocess.run(  # noqa: S603  our own interpreter
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert done.stdout.splitlines()[-1] == "0 (0, 0) 0o77"


def test_the_command_line_takes_the_folder_the_file_and_the_language(tmp_path: Path) -> None:
    asked = parse(["check", str(tmp_path), "--passphrase-file", "p.txt", "--language", "en"])

    assert (asked.vault, asked.passphrase_file, asked.login) == (tmp_path, Path("p.txt"), None)
