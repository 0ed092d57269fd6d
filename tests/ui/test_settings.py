"""View settings survive, and nothing in their file stops the program."""

from pathlib import Path

import pytest

from trygga_desktop.ui.settings import SettingsFile, ViewSettings
from trygga_desktop.ui.theme.theme import ThemeName

CHOSEN = ViewSettings(
    language="en",
    theme=ThemeName.HIGH_CONTRAST,
    text_scale=1.5,
    vaults=(Path("/home/ke/Trygga unga.trygga"), Path("/home/ke/100 %=[x]\nåäö.trygga")),
)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\x00",
        b"no section",
        b"[view]\nlanguage = xx\ntheme = pink\ntext_scale = large\nvaults = {",
        b"[view]\ntext_scale = nan\nvaults = [1, 2]",
        b"[view]\ntext_scale = inf\nvaults = 7",
        b"[view]\ntext_scale = 1e300\nvaults = " + b"[" * 10_000,
        b"[view]\nlanguage = en\n[view]\nlanguage = sv",
        b"[view]\nlanguage = en\n" + b"#" * 100_000,
    ],
)
def test_a_damaged_file_gives_the_defaults(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "view.ini").write_bytes(content)

    assert SettingsFile(tmp_path / "view.ini").load() == ViewSettings()


def test_a_folder_that_cannot_be_made_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    file = SettingsFile(tmp_path / "file" / "view.ini")

    file.store(CHOSEN)

    assert file.load() == ViewSettings()


def test_a_directory_in_place_of_the_file_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "view.ini").mkdir()
    file = SettingsFile(tmp_path / "view.ini")

    file.store(CHOSEN)

    assert file.load() == ViewSettings()


def test_what_was_chosen_is_there_again(tmp_path: Path) -> None:
    SettingsFile(tmp_path / "new" / "view.ini").store(CHOSEN)

    assert SettingsFile(tmp_path / "new" / "view.ini").load() == CHOSEN


def test_one_unusable_value_spoils_no_other(tmp_path: Path) -> None:
    (tmp_path / "view.ini").write_text("[view]\nlanguage = en\ntheme = pink\n")

    assert SettingsFile(tmp_path / "view.ini").load() == ViewSettings(language="en")


def test_text_sizes_are_kept_within_what_is_offered(tmp_path: Path) -> None:
    (tmp_path / "view.ini").write_text("[view]\ntext_scale = 3\n")

    assert SettingsFile(tmp_path / "view.ini").load().text_scale == 2.0


def test_the_latest_vault_comes_first_and_only_once() -> None:
    one, two = Path("/one.trygga"), Path("/two.trygga")

    settings = ViewSettings().with_vault(one).with_vault(two).with_vault(one)

    assert settings.vaults == (one, two)
    assert settings.without_vault(one).vaults == (two,)


def test_only_a_few_vaults_are_remembered() -> None:
    settings = ViewSettings()
    for number in range(20):
        settings = settings.with_vault(Path(f"/{number}.trygga"))

    assert len(settings.vaults) == 6
