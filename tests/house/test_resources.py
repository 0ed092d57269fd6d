"""What the program ships is there, is used, and may be shipped."""

import re

from tests.house.source import PACKAGE, ROOT

RESOURCES = ROOT / "resources"
# Beside what others made lies the licence that allows it, or where it comes from.
LICENCES = {
    "fonts": "Inter-OFL.txt",
    "icons": "LICENSE",
    "passphrase": "LICENSE.md",
    "demo": "README.md",
    "catalogue": "README.md",
}


def test_every_folder_has_its_licence_or_says_where_it_comes_from() -> None:
    folders = {path.name for path in RESOURCES.iterdir() if path.is_dir()}
    assert folders - {"i18n"} == set(LICENCES)
    for folder, licence in LICENCES.items():
        assert (RESOURCES / folder / licence).stat().st_size > 100


def test_every_icon_that_is_shipped_is_named_somewhere() -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
    named = set(re.findall(r'"([a-z0-9-]+)"', source))
    icons = {path.stem for path in (RESOURCES / "icons").glob("*.svg")}
    assert icons - named == set()


def test_the_licence_of_the_program_is_whole() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert text.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    assert "All other changes or additions to this Appendix" in text
