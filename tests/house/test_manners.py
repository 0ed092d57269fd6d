"""Habits that keep text harmless, windows unblocked and the program off the network."""

import ast
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.house.source import PACKAGE, ROOT, calls, imports, modules

Rule = Callable[[str, ast.Module], bool]

# What would interpret markup in text from people, unless a widget of ours takes care.
_MARKUP = {"QLabel", "QMessageBox", "setHtml", "insertHtml"}
_HINTS = {"setToolTip", "setWhatsThis", "setStatusTip"}
_NETWORK = {"socket", "urllib.request", "http", "http.client", "ftplib", "smtplib", "ssl"}
_DANGEROUS = {"eval", "exec", "compile"}


def shows_markup(path: str, tree: ast.Module) -> bool:
    """Whether a screen bypasses the widgets that show text as it is."""
    if not path.startswith("ui/") or path.startswith("ui/widgets/"):
        return False
    return any(name in _MARKUP for name in calls(tree)) or any(
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in _HINTS
        # The name of a key is nobody's text.
        and not all(isinstance(argument, ast.Constant) for argument in node.args)
        for node in ast.walk(tree)
    )


def blocks_on_a_dialog(path: str, tree: ast.Module) -> bool:
    """Whether something waits for a dialog; only the application itself is executed."""
    return path not in {"app.py", "demo.py"} and "exec" in set(calls(tree))


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
    return path not in {"__main__.py", "demo.py"} and "print" in set(calls(tree))


RULES: dict[str, tuple[Rule, str, str]] = {
    "markup": (shows_markup, "ui/screens/home/view.py", "QLabel('x')"),
    "blocks": (blocks_on_a_dialog, "ui/screens/home/view.py", "dialog.exec()"),
    "network": (reaches_out, "services/a.py", "import socket"),
    "code": (runs_data, "services/a.py", "eval('1')"),
    "prints": (prints, "services/a.py", "print('x')"),
}


@pytest.mark.parametrize("name", RULES)
def test_an_offender_is_found(name: str, tmp_path: Path) -> None:
    rule, place, source = RULES[name]
    path = tmp_path / place
    path.parent.mkdir(parents=True)
    path.write_text(source, encoding="utf-8")
    assert [one for one, tree in modules(tmp_path) if rule(one, tree)] == [place]


@pytest.mark.parametrize("name", RULES)
def test_nobody_has_bad_manners(name: str) -> None:
    rule, _, _ = RULES[name]
    assert [one for one, tree in modules() if rule(one, tree)] == []


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
