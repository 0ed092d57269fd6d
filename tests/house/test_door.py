"""What people see of an item comes from one module, and these tests fail on any other way."""

import ast
import dataclasses
import importlib
import inspect
import pkgutil
import typing
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import trygga_desktop.services
from tests.house.source import calls, imports, modules
from trygga_desktop.domain.items import Item
from trygga_desktop.services.audience import Shown, ShownItem
from trygga_desktop.services.case_files import CaseFile

DOOR = "services/audience.py"
DECIDING = {"decide", "decide_for_room"}
SHOWN = {"ShownItem", "HiddenItem"}
# Qt and pages get what was decided, and never what may still have to be hidden.
OUTSIDE = ("ui/", "documents/", "app.py", "demo.py", "__main__.py")

Rule = Callable[[str, ast.Module], bool]


def decides_elsewhere(path: str, tree: ast.Module) -> bool:
    """Whether a module asks for a decision though it is neither the door nor the rule."""
    if path == DOOR or path.startswith("domain/"):
        return False
    return any(
        module.endswith("domain.sharing") and (name in DECIDING or not name)
        for module, name in imports(tree)
    )


def makes_shown_items_elsewhere(path: str, tree: ast.Module) -> bool:
    """Whether a module makes out that an item was decided, under any name."""
    if path == DOOR:
        return False
    renamed = any(
        alias.name in SHOWN and alias.asname
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    )
    return renamed or any(name in SHOWN for name in calls(tree))


def reaches_into_a_vault(path: str, tree: ast.Module) -> bool:
    """Whether a module outside goes past the use cases, to rows or keys."""
    private = {"work", "keyring", "file_key", "engine", "trust"}
    return path.startswith(OUTSIDE) and any(
        isinstance(node, ast.Attribute) and node.attr in private for node in ast.walk(tree)
    )


def takes_undecided_items(path: str, tree: ast.Module) -> bool:
    """Whether a module outside can lay hands on items that were not decided."""
    return path.startswith(OUTSIDE) and any(
        (module.endswith("domain.items") and name in {"Item", "", "from_plain"})
        or module.endswith("stores.items")
        for module, name in imports(tree)
    )


RULES: dict[str, Rule] = {
    "decides": decides_elsewhere,
    "makes": makes_shown_items_elsewhere,
    "takes": takes_undecided_items,
    "reaches": reaches_into_a_vault,
}
OFFENDERS = [
    ("decides", "services/prints.py", "from trygga_desktop.domain.sharing import decide"),
    ("decides", "services/prints.py", "from trygga_desktop.domain import sharing"),
    ("decides", "ui/prints.py", "import trygga_desktop.domain.sharing as rules"),
    ("makes", "services/prints.py", "shown = ShownItem(id=1)"),
    ("makes", "ui/prints.py", "audience.ShownItem(id=1)"),
    ("makes", "ui/prints.py", "from trygga_desktop.services.audience import ShownItem as Row"),
    ("takes", "ui/prints.py", "from trygga_desktop.domain.items import Item"),
    ("takes", "documents/prints.py", "from trygga_desktop.domain import items"),
    ("reaches", "ui/prints.py", "with vault.work() as work: pass"),
    ("reaches", "documents/prints.py", "vault.keyring"),
]


@pytest.mark.parametrize(("rule", "name", "source"), OFFENDERS)
def test_an_offender_is_found(rule: str, name: str, source: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.parent.mkdir(parents=True)
    path.write_text(source, encoding="utf-8")
    assert [name for name, tree in modules(tmp_path) if RULES[rule](name, tree)] == [name]


@pytest.mark.parametrize("rule", RULES)
def test_nobody_goes_around_the_door(rule: str) -> None:
    assert [name for name, tree in modules() if RULES[rule](name, tree)] == []


def answers() -> Iterator[tuple[str, object]]:
    """Yield what every public function of the services but the door answers."""
    for info in pkgutil.iter_modules(trygga_desktop.services.__path__):
        module = importlib.import_module(f"trygga_desktop.services.{info.name}")
        if info.name == "audience":
            continue
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ == module.__name__ and not name.startswith("_"):
                yield f"{info.name}.{name}", typing.get_type_hints(function).get("return")


def holds(kind: object, wanted: type, seen: set[object] | None = None) -> bool:
    """Return whether a value of this type can hold one of the wanted type, at any depth."""
    seen = set() if seen is None else seen
    if kind is wanted:
        return True
    if isinstance(kind, list):
        # What a callable takes.
        return any(holds(part, wanted, seen) for part in kind)
    if kind in seen:
        return False
    seen.add(kind)
    parts = list(typing.get_args(kind))
    if dataclasses.is_dataclass(kind):
        parts += typing.get_type_hints(kind).values()
    return any(holds(part, wanted, seen) for part in parts)


def test_the_search_through_answers_finds_what_is_there() -> None:
    @dataclasses.dataclass
    class Leak:
        rows: tuple[Item, ...]

    assert holds(Leak, Item)
    assert holds(CaseFile, ShownItem)
    assert holds(CaseFile, Shown)
    assert len(list(answers())) > 10


def test_no_use_case_hands_out_items_that_were_not_decided() -> None:
    assert [name for name, answer in answers() if holds(answer, Item)] == []
