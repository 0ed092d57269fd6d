"""The program's source as syntax trees and as what it makes public, for rules no linter knows."""

import ast
import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "trygga_desktop"

AnyFunction = ast.FunctionDef | ast.AsyncFunctionDef


def modules(package: Path = PACKAGE) -> Iterator[tuple[str, ast.Module]]:
    """Yield every module's path below the package and its tree."""
    for path in sorted(package.rglob("*.py")):
        yield path.relative_to(package).as_posix(), _parsed(path.read_text(encoding="utf-8"))


# Many rules look at the same modules; none of them changes a tree.
@cache
def _parsed(text: str) -> ast.Module:
    return ast.parse(text)


def imports(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Yield module and name of everything that is imported; the name is empty for a module.

    `from a.b import c` may bring a name of `a.b` or the module `a.b.c`, so both are yielded.
    """
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            # The program has no relative imports (ruff, TID252).
            module = node.module or ""
            for alias in node.names:
                yield module, alias.name
                yield f"{module}.{alias.name}", ""


def calls(tree: ast.AST) -> Iterator[str]:
    """Yield the last name of everything that is called: `b` for `a.b()`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name):
                yield node.func.id
            elif isinstance(node.func, ast.Attribute):
                yield node.func.attr


def attributes(tree: ast.AST) -> Iterator[str]:
    """Yield the name of everything that is reached for: `b` for `a.b`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            yield node.attr


def pieces(tree: ast.Module) -> Iterator[tuple[str, ast.AST]]:
    """Yield every function with its name, every method as `Class.name`, and the rest as `""`.

    A function within a function is a part of it.
    """
    for node in tree.body:
        if isinstance(node, AnyFunction):
            yield node.name, node
        elif isinstance(node, ast.ClassDef):
            for part in node.body:
                if isinstance(part, AnyFunction):
                    yield f"{node.name}.{part.name}", part
                else:
                    yield "", part
        else:
            yield "", node


@dataclass(frozen=True, slots=True, kw_only=True)
class Public:
    """A function anyone may call, or a method (a property too) of a class anyone may name.

    `name` is `function` or `Class.method`; `owner` is the method's class.
    """

    module: str
    name: str
    function: Callable[..., Any]
    owner: type | None = None

    @property
    def full_name(self) -> str:
        """Return the name with its module's own."""
        return f"{self.module.rpartition('.')[2]}.{self.name}"


def public(package: ModuleType) -> Iterator[Public]:
    """Yield everything public of a package and of the packages below it."""
    for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        module = importlib.import_module(info.name)
        for name, found in vars(module).items():
            if name.startswith("_") or getattr(found, "__module__", "") != module.__name__:
                continue
            if inspect.isfunction(found):
                yield Public(module=info.name, name=name, function=found)
            elif inspect.isclass(found):
                for method, function in methods(found):
                    yield Public(
                        module=info.name, name=f"{name}.{method}", function=function, owner=found
                    )


def methods(owner: type) -> Iterator[tuple[str, Callable[..., Any]]]:
    """Yield what a class makes public of its own; `__call__` is as public as a name."""
    for name, found in vars(owner).items():
        if name.startswith("_") and name != "__call__":
            continue
        if isinstance(found, property):
            function = found.fget
        elif isinstance(found, classmethod | staticmethod):
            function = found.__func__
        else:
            function = found
        if inspect.isfunction(function):
            yield name, function
