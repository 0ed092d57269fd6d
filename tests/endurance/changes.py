"""Make a module that is loaded behave as if it had the code of a mutant.

A function gets another code, a class other defaults, a table another value. What was made of them
before stays as it was.
"""

import ast
import gc
import sys
from collections.abc import Iterator, Sequence
from functools import cached_property
from types import FunctionType, ModuleType

from tests.endurance.mutations import Mutant


def change(module: ModuleType, mutant: Mutant) -> str:
    """Let the module be the mutant; return the function, class or table that differs."""
    before, after = ast.parse(mutant.original), ast.parse(mutant.code)
    (changed,) = (
        new
        for old, new in zip(before.body, after.body, strict=True)
        if ast.dump(old) != ast.dump(new)
    )
    if isinstance(changed, ast.FunctionDef | ast.ClassDef):
        made = dict(functions_of(changed.name, _run([changed], module)[changed.name]))
        for place, function in functions_of(changed.name, getattr(module, changed.name)):
            _give(function, made[place])
    # Some tables are made by calling functions.
    tables = [one for one in after.body if isinstance(one, ast.Assign | ast.AnnAssign)]
    for name, value in _run(tables, module).items():
        old_value = getattr(module, name, None)
        if old_value is not value:
            _rebind(name, old_value, value)
    return _name_of(changed)


def functions_of(name: str, one: object) -> Iterator[tuple[str, FunctionType]]:
    """Yield a function, or the methods and properties of a class, with their places."""
    if isinstance(one, FunctionType):
        yield name, one
    elif isinstance(one, type):
        for member, found in vars(one).items():
            function = _behind(found)
            if isinstance(function, FunctionType):
                yield f"{name}.{member}", function


def _behind(member: object) -> object:
    if isinstance(member, cached_property):
        return member.func
    return member.fget if isinstance(member, property) else member


class Kept:
    """What values of a package found out about themselves and keep, to have it found anew.

    Only those are known that are there when this is made, as the constants of tests are.
    """

    def __init__(self, package: str) -> None:
        names = {
            one: [
                name
                for base in one.__mro__
                for name, found in vars(base).items()
                if isinstance(found, cached_property)
            ]
            for place, module in list(sys.modules.items())
            if place.startswith(package)
            for one in vars(module).values()
            if isinstance(one, type)
        }
        self._values = [
            (vars(one), names[type(one)]) for one in gc.get_objects() if names.get(type(one))
        ]

    def forget(self) -> None:
        """Have all of it found anew."""
        for kept, names in self._values:
            for name in names:
                kept.pop(name, None)


def _name_of(statement: ast.stmt) -> str:
    match statement:
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            return name
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
            return name
        case _:
            raise ValueError("What differs has no name.")


def _run(statements: Sequence[ast.stmt], module: ModuleType) -> dict[str, object]:
    """Return the names of a module after these statements, of which it does not notice anything."""
    names = dict(vars(module))
    code = compile(ast.Module(list(statements), []), str(module.__file__), "exec")
    exec(code, names)  # noqa: S102  our own code, with one change
    return names


def _give(function: FunctionType, other: FunctionType) -> None:
    function.__defaults__ = other.__defaults__
    function.__kwdefaults__ = other.__kwdefaults__
    if function.__name__ != "__init__":
        function.__code__ = other.__code__


def _rebind(name: str, old: object, new: object) -> None:
    """Give a name another value in each of our modules that has imported it."""
    for place, module in list(sys.modules.items()):
        is_ours = place.startswith(("trygga_desktop.", "tests."))
        if is_ours and hasattr(module, name) and getattr(module, name) is old:
            setattr(module, name, new)
