"""Every text of the program stands in the catalogue, in Swedish, whole and compiled."""

import ast
import io
import re

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from tests.house.source import ROOT, calls, modules

FOLDER = ROOT / "resources" / "i18n" / "sv" / "LC_MESSAGES"
KEYWORDS = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
}
PLACEHOLDER = re.compile(r"\{[^}]*\}")


def read_catalogue() -> Catalog:
    with (FOLDER / "trygga.po").open("rb") as file:
        return read_po(file, locale="sv")


def spoken(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


def texts(said: object) -> list[str]:
    # A text with plural forms is a row of texts.
    return [str(one) for one in said] if isinstance(said, list | tuple) else [str(said or "")]


def test_the_catalogue_holds_exactly_what_the_program_says() -> None:
    found = extract_from_dir(
        str(ROOT / "trygga_desktop"),
        method_map=[("**.py", "python")],
        keywords=KEYWORDS,
    )
    said = {(tuple(texts(message)), context) for _, _, message, _, context in found if message}
    known = {(tuple(texts(message.id)), message.context) for message in spoken(read_catalogue())}
    assert known - said == set()
    assert said - known == set()


def test_no_text_hides_inside_another_where_the_catalogue_cannot_find_it() -> None:
    hidden = [
        (path, name)
        for path, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
        for name in calls(node)
        if name in KEYWORDS
    ]
    assert hidden == []


def test_what_looks_up_a_text_has_no_name_that_the_catalogue_does_not_know() -> None:
    renamed = []
    for path, tree in modules():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Assign):
                continue
            names = [one for target in node.targets for one in parts_of(target)]
            for name, value in zip(names, parts_of(node.value), strict=False):
                if isinstance(value, ast.Attribute) and value.attr in KEYWORDS:
                    known = isinstance(name, ast.Name) and name.id in KEYWORDS
                    renamed += [] if known else [(path, node.lineno)]
    assert renamed == []


def parts_of(side: ast.expr) -> list[ast.expr]:
    return side.elts if isinstance(side, ast.Tuple) else [side]


def test_every_text_is_there_in_swedish() -> None:
    empty = [
        message.id
        for message in spoken(read_catalogue())
        if message.fuzzy or not all(texts(message.string))
    ]
    assert empty == []


def test_a_translation_fills_in_what_the_source_fills_in() -> None:
    differing = []
    for message in spoken(read_catalogue()):
        wanted = set(PLACEHOLDER.findall(" ".join(texts(message.id))))
        for text in texts(message.string):
            said = set(PLACEHOLDER.findall(text))
            # A singular may leave out the count.
            if said - wanted or (len(texts(message.id)) == 1 and said != wanted):
                differing.append(message.id)
    assert differing == []


def test_no_text_shouts() -> None:
    shouting = [
        message.id
        for message in spoken(read_catalogue())
        if any("!" in text for text in texts(message.string) + texts(message.id))
    ]
    assert shouting == []


def test_the_compiled_catalogue_is_that_of_the_texts() -> None:
    compiled = io.BytesIO()
    write_mo(compiled, read_catalogue())
    assert (FOLDER / "trygga.mo").read_bytes() == compiled.getvalue()
