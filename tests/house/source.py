"""The program's source as syntax trees, for rules that no linter knows."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "trygga_desktop"


def modules(package: Path = PACKAGE) -> Iterator[tuple[str, ast.Module]]:
    """Yield every module's path below the package and its tree."""
    for path in sorted(package.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        yield path.relative_to(package).as_posix(), tree


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


def calls(tree: ast.Module) -> Iterator[str]:
    """Yield the last name of everything that is called: `b` for `a.b()`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name):
                yield node.func.id
            elif isinstance(node.func, ast.Attribute):
                yield node.func.attr
