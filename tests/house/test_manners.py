"""Habits that keep text harmless, windows unblocked and the program off the network."""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.house.source import PACKAGE, ROOT, calls, imports, modules

Rule = Callable[[str, ast.Module], bool]

# What would interpret markup in text from people. Labels are for the widgets of ours to make.
_MARKUP = {"setHtml", "insertHtml", "setMarkdown", "insertMarkdown"}
_INTERPRETERS = {"QMessageBox", "QErrorMessage", "QTextBrowser", "QToolTip", "QWhatsThis"}
_HINTS = {"setToolTip", "setWhatsThis", "setStatusTip"}
_NETWORK = {"socket", "urllib.request", "http", "http.client", "ftplib", "smtplib", "ssl"}
_DANGEROUS = {"eval", "exec", "compile"}


def shows_markup(path: str, tree: ast.Module) -> bool:
    """Whether the windows bypass the widgets that show text as it is."""
    if not path.startswith("ui/"):
        return False
    if _MARKUP & set(calls(tree)) or _INTERPRETERS & set(names(tree)):
        return True
    # Our widgets make labels of their own, and know whose text their hints are.
    return not path.startswith("ui/widgets/") and (
        "QLabel" in set(calls(tree)) or hints_at_a_text(tree)
    )


def hints_at_a_text(tree: ast.Module) -> bool:
    """Whether a hint shows anything but words of ours, such as the name of a key."""
    return any(
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in _HINTS
        and not all(isinstance(argument, ast.Constant) for argument in node.args)
        for node in ast.walk(tree)
    )


def blocks_on_a_dialog(path: str, tree: ast.Module) -> bool:
    """Whether something waits for a dialog; only the application itself is executed.

    What Qt offers as one call, such as `QFileDialog.getOpenFileName`, waits as well.
    """
    runs = path not in {"app.py", "demo.py"} and "exec" in set(calls(tree))
    return (
        runs
        or "QInputDialog" in set(names(tree))
        or any(
            isinstance(node, ast.Attribute)
            and node.attr.startswith("get")
            and isinstance(node.value, ast.Name)
            and node.value.id in {"QFileDialog", "QColorDialog", "QFontDialog"}
            for node in ast.walk(tree)
        )
    )


def names(tree: ast.Module) -> Iterator[str]:
    """Yield every name that is used or brought in."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
    yield from (name for _, name in imports(tree))


def reaches_out(_: str, tree: ast.Module) -> bool:
    """Whether anything could talk to a network."""
    return any(
        module in _NETWORK and (module != "socket" or name != "gethostname")
        for module, name in imports(tree)
    ) or any("QtNetwork" in module or "QtWebEngine" in module for module, _ in imports(tree))


def runs_data(_: str, tree: ast.Module) -> bool:
    """Whether data could become code."""
    loads = any(module in {"pickle", "marshal", "shelve"} for module, _ in imports(tree))
    return loads or any(
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in _DANGEROUS
        for node in ast.walk(tree)
    )


def prints(path: str, tree: ast.Module) -> bool:
    """Whether something other than the command line writes to the terminal."""
    return path not in {"__main__.py", "check.py", "demo.py"} and "print" in set(calls(tree))


RULES: dict[str, Rule] = {
    "markup": shows_markup,
    "blocks": blocks_on_a_dialog,
    "network": reaches_out,
    "code": runs_data,
    "prints": prints,
}

_SCREEN, _WIDGET, _SERVICE = "ui/screens/home/view.py", "ui/widgets/a.py", "services/a.py"

OFFENDERS = (
    ("markup", _SCREEN, "QLabel('x')"),
    ("markup", _SCREEN, "field.setToolTip(name)"),
    ("markup", _SCREEN, "QMessageBox.information(self, 'x', name)"),
    ("markup", _WIDGET, "QMessageBox(self).open()"),
    ("markup", _WIDGET, "self.text.setHtml(name)"),
    ("markup", _WIDGET, "self.text.setMarkdown(name)"),
    ("markup", _WIDGET, "from PySide6.QtWidgets import QTextBrowser"),
    ("markup", _WIDGET, "QToolTip.showText(point, name)"),
    ("blocks", _SCREEN, "dialog.exec()"),
    ("blocks", _SCREEN, "QFileDialog.getExistingDirectory(self)"),
    ("blocks", _WIDGET, "from PySide6.QtWidgets import QInputDialog"),
    ("network", _SERVICE, "import socket"),
    ("code", _SERVICE, "eval('1')"),
    ("prints", _SERVICE, "print('x')"),
)


@pytest.mark.parametrize(("name", "place", "source"), OFFENDERS)
def test_an_offender_is_found(name: str, place: str, source: str, tmp_path: Path) -> None:
    path = tmp_path / place
    path.parent.mkdir(parents=True)
    path.write_text(source, encoding="utf-8")
    assert [one for one, tree in modules(tmp_path) if RULES[name](one, tree)] == [place]


def test_every_rule_has_an_offender() -> None:
    assert {name for name, _, _ in OFFENDERS} == set(RULES)


@pytest.mark.parametrize("name", RULES)
def test_nobody_has_bad_manners(name: str) -> None:
    assert [one for one, tree in modules() if RULES[name](one, tree)] == []


def test_no_module_is_named_so_that_anything_fits_in() -> None:
    vague = {"utils", "util", "helpers", "manager", "common", "misc"}
    assert [path for path in PACKAGE.rglob("*.py") if path.stem in vague] == []


def test_every_screen_has_a_view_and_a_view_model() -> None:
    for folder in (PACKAGE / "ui" / "screens").iterdir():
        if folder.is_dir() and folder.name != "__pycache__":
            assert {"view.py", "view_model.py"} <= {path.name for path in folder.iterdir()}


def test_every_module_says_what_it_is_for() -> None:
    assert [name for name, tree in modules() if not ast.get_docstring(tree)] == []


def test_nothing_names_a_machine_s_folder_or_an_address_of_packages() -> None:
    private = re.compile(r"/(?:root|work)/|file:///opt|https?://[^ ]*(?:pypi|simple/)")
    kinds = {".py", ".toml", ".txt", ".md", ".po", ".mako", ".yml", ""}
    hidden = {".git", ".venv", "__pycache__", "out"}
    offenders = []
    for path in ROOT.rglob("*"):
        inside = path.relative_to(ROOT).parts
        if hidden & set(inside) or any(part.startswith(".") and part != ".ci" for part in inside):
            continue
        if path.is_file() and path.suffix in kinds and path != Path(__file__):
            text = path.read_text(encoding="utf-8", errors="replace")
            if private.search(text):
                offenders.append(path.relative_to(ROOT).as_posix())
    assert offenders == []
