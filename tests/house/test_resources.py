"""What the program ships is there, is used, and may be shipped."""

import ast
import re
from collections.abc import Iterable, Iterator

from tests.domain.catalogue_tables import CATALOGUE
from tests.house.source import PACKAGE, ROOT, modules
from trygga_desktop.domain.catalogue import Catalogue

RESOURCES = ROOT / "resources"
ICON = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
# What is called with an icon, and in which place.
ICON_PLACES = {
    "IconMark": 1,
    "PillValue": 2,
    "RailItem": 1,
    "_menu": 1,
    "icon": 0,
    "paint_icon": 1,
    "show_icon": 0,
}
# Beside what others made lies the licence that allows it, or where it comes from.
LICENCES = {
    "fonts": "Inter-OFL.txt",
    "icons": "LICENSE",
    "passphrase": "LICENSE.md",
    "demo": "README.md",
    "catalogue": "README.md",
    "colour": "README.md",
    "phrases": "README.md",
}


def test_every_folder_has_its_licence_or_says_where_it_comes_from() -> None:
    folders = {path.name for path in RESOURCES.iterdir() if path.is_dir()}
    assert folders - {"i18n"} == set(LICENCES)
    for folder, licence in LICENCES.items():
        assert (RESOURCES / folder / licence).stat().st_size > 100


def test_the_icons_that_are_shipped_are_those_that_are_named() -> None:
    named = {icon for _, tree in modules(PACKAGE / "ui") for icon in icons_in(tree)}
    named |= icons_of(CATALOGUE)
    shipped = {path.stem for path in (RESOURCES / "icons").glob("*.svg")}

    assert named - shipped == set()
    # An icon may come to its place through a table or a function of the screen's own.
    said = {text for _, tree in modules(PACKAGE / "ui") for text in texts_in(tree)}
    assert shipped - named - said == set()


def texts_in(tree: ast.Module) -> set[str]:
    """Return every text that stands in a module."""
    found = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return {text for text in found if isinstance(text, str)}


def icons_of(catalogue: Catalogue) -> set[str]:
    """Return the icons that the catalogue names; a screen shows whichever stands there."""
    tables = (
        [one.icon for one in catalogue.agencies],
        [one.icon for one in catalogue.programmes],
        [one.icon for one in catalogue.life_areas],
        [one.icon for one in catalogue.statuses],
    )
    return {icon for table in tables for icon in table}


def icons_in(tree: ast.Module) -> Iterator[str]:
    """Yield every name of an icon, known by the place where it stands."""
    for node in ast.walk(tree):
        match node:
            case ast.Call():
                yield from names_in(icon_arguments(node))
            case ast.Tuple(elts=parts) if any(map(is_text, parts)):
                # A row of a list: an icon beside its words.
                yield from names_in(parts)
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if "icon" in name.lower():
                yield from names_in(value.values if isinstance(value, ast.Dict) else [value])
            case ast.Assign(targets=[ast.Tuple(elts=targets)], value=ast.Tuple(elts=values)):
                for target, value in zip(targets, values, strict=True):
                    if ast.unparse(target) in {"icon", "mark"}:
                        yield from names_in([value])
            case _:
                pass


def icon_arguments(call: ast.Call) -> Iterator[ast.expr]:
    """Yield what is given to a call as an icon."""
    yield from (one.value for one in call.keywords if (one.arg or "").endswith("icon"))
    place = ICON_PLACES.get(ast.unparse(call.func).split(".")[-1])
    if place is not None and place < len(call.args):
        yield call.args[place]


def names_in(nodes: Iterable[ast.expr]) -> Iterator[str]:
    """Yield every string in these that could name an icon."""
    for node in nodes:
        for part in ast.walk(node):
            text = part.value if isinstance(part, ast.Constant) else None
            if isinstance(text, str) and ICON.fullmatch(text):
                yield text


def is_text(node: ast.expr) -> bool:
    """Return whether this is a text of the program, such as `_("Close")`."""
    return isinstance(node, ast.Call) and ast.unparse(node.func) == "_"


def test_the_licence_of_the_program_is_whole() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert text.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    assert "All other changes or additions to this Appendix" in text
