"""Small changes to the code of a rule, each of which a test should notice.

Left alone are annotations, decorators, imports, what is told in errors, and the words under which
members of an enum are stored.
"""

import ast
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from textwrap import dedent

from tests.endurance.alternatives import (
    Alternative,
    Names,
    days_beside,
    find_alternatives,
    find_conditions,
    find_returns,
    is_enum,
    last_name,
)

_ATOMS = (ast.Constant, ast.Name, ast.Attribute, ast.Call, ast.Tuple, ast.Set, ast.Subscript)
# In these an expression stands without brackets around it.
_LOOSE = (ast.stmt, ast.keyword, ast.Call, ast.comprehension, ast.Tuple, ast.Lambda)
_OPTIONAL_OF_PYTHON = frozenset({"default", "key", "default_factory"})

Name = tuple[str, str, str, str]
"""File, function or class, lines before, lines after."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """One changed place of a file. `before` and `after` are the lines that differ.

    `inside` is the function or class, empty at the top of the module; `original` and `code` are
    all of the file before and after.
    """

    file: str
    inside: str
    before: str
    after: str
    original: str
    code: str

    @property
    def name(self) -> Name:
        """What it is called in the list of survivors."""
        return self.file, self.inside, self.before, self.after


def mutate(file: str, code: str, names: Names) -> list[Mutant]:
    """Return every mutant of a file."""
    found: dict[str, Mutant] = {}
    for edit in _Edits(code, names).of(ast.parse(code), ()):
        mutant = edit.apply(file, code)
        if mutant.code != code:
            found.setdefault(mutant.code, mutant)
    return list(found.values())


_Located = ast.expr | ast.stmt | ast.keyword | ast.pattern
_Around = tuple[ast.AST, ...]
"""What a node stands in, the nearest last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Edit:
    """Another text between two places of the code."""

    start: int
    end: int
    text: str
    inside: str

    def apply(self, file: str, code: str) -> Mutant:
        begin, end = code.rfind("\n", 0, self.start) + 1, code.find("\n", self.end)
        after = dedent(code[begin : self.start] + self.text + code[self.end : end])
        return Mutant(
            file=file,
            inside=self.inside,
            before=dedent(code[begin:end]).strip(),
            after="\n".join(line.rstrip() for line in after.splitlines() if line.strip()).strip(),
            original=code,
            code=code[: self.start] + self.text + code[self.end :],
        )


class _Edits:
    """Finds the edits of one file."""

    def __init__(self, code: str, names: Names) -> None:
        self._code = code
        self._names = names
        self._in_order = set(_taken_in_order(ast.parse(code)))
        self._lines = [0]
        for line in code.splitlines(keepends=True):
            self._lines.append(self._lines[-1] + len(line))

    def of(self, node: ast.AST, around: _Around) -> Iterator[_Edit]:
        """Yield the edits of a node and of all that it consists of."""
        match node:
            case ast.expr():
                yield from self._put(node, find_alternatives(node, self._names), around)
                yield from self._of_parts(node, around)
            case ast.stmt():
                yield from self._of_statement(node, around)
            case ast.comprehension(ifs=tests):
                for test in tests:
                    yield from self._put(test, find_conditions(test), (*around, node))
            case ast.keyword(arg=name, value=value) if name in self._names.days:
                yield from self._put(value, days_beside(value), (*around, node))
            case ast.MatchOr(patterns=patterns):
                yield from self._without_each(patterns, around)
            case _:
                pass
        for child in _children(node):
            yield from self.of(child, (*around, node))

    def _of_statement(self, node: ast.stmt, around: _Around) -> Iterator[_Edit]:
        here = (*around, node)
        match node:
            case ast.If(test=test):
                yield from self._put(test, find_conditions(test), here)
            case ast.For(iter=over):
                yield from self._put(over, ["()"], here)
            case ast.Return(value=ast.expr() as value):
                function = _function_of(around)
                if function is not None and function.returns is not None:
                    yield from self._put(value, find_returns(function.returns), here)
            case ast.Raise() | ast.AugAssign() | ast.Expr():
                yield from self._put(node, ["pass"], around)
            case ast.Assign(targets=[ast.Name(id=name)]) if _is_set_again(name, around):
                yield from self._put(node, ["pass"], around)
            case _:
                pass

    def _of_parts(self, node: ast.expr, around: _Around) -> Iterator[_Edit]:
        match node:
            case ast.IfExp(test=test):
                yield from self._put(test, find_conditions(test), (*around, node))
            case ast.Call():
                yield from self._without_arguments(node, around)
            case ast.Dict(keys=keys, values=values):
                for key, value in zip(keys, values, strict=True):
                    if key is not None:
                        end = self._span(value)[1]
                        has_comma = self._code[end : end + 1] == ","
                        yield self._cut(self._span(key)[0], end + has_comma, around)
            case ast.Tuple() if _is_taken_apart(around[-1]):
                pass
            case ast.Tuple(elts=[first, second]):
                alone = [ast.Tuple([one], ast.Load()) for one in (first, second)]
                yield from self._put(node, alone, around)
            case ast.Tuple(elts=parts) | ast.Set(elts=parts) | ast.List(elts=parts):
                yield from self._without_each(parts, around)
            case _:
                pass
        if isinstance(node, ast.Tuple) and _name_of(around[-1]) in self._in_order:
            yield from self._in_other_order(node.elts, around)

    def _without_arguments(self, node: ast.Call, around: _Around) -> Iterator[_Edit]:
        """Leave out each argument that can be."""
        name = last_name(node.func)
        optional = _OPTIONAL_OF_PYTHON.union(self._names.optional.get(name, ()))
        if name == "replace":
            optional = optional.union(one.arg for one in node.keywords if one.arg)
        arguments: list[_Located] = [*node.args, *node.keywords]
        edits = self._without_each(arguments, around)
        for argument, edit in zip(arguments, edits, strict=len(arguments) > 1):
            if isinstance(argument, ast.keyword) and argument.arg in optional:
                yield edit

    def _without_each(self, parts: Sequence[_Located], around: _Around) -> Iterator[_Edit]:
        """Leave out each of several, with what stands between it and its neighbour."""
        spans = [self._span(part) for part in parts]
        for (start, _), (following, _) in pairwise(spans):
            yield self._cut(start, following, around)
        if len(spans) > 1:
            yield self._cut(spans[-2][1], spans[-1][1], around)

    def _in_other_order(self, parts: Sequence[ast.expr], around: _Around) -> Iterator[_Edit]:
        """Let two neighbours change places."""
        for one, other in pairwise(parts):
            (start, middle), (rest, end) = self._span(one), self._span(other)
            text = self._code[rest:end] + self._code[middle:rest] + self._code[start:middle]
            yield _Edit(start=start, end=end, text=text, inside=_inside(around))

    def _put(
        self, old: _Located, alternatives: Iterable[Alternative], around: _Around
    ) -> Iterator[_Edit]:
        start, end = self._span(old)
        for new in alternatives:
            text = new if isinstance(new, str) else ast.unparse(new)
            if not isinstance(new, (str, *_ATOMS)) and not isinstance(around[-1], _LOOSE):
                text = f"({text})"
            yield _Edit(start=start, end=end, text=text, inside=_inside(around))

    def _cut(self, start: int, end: int, around: _Around) -> _Edit:
        return _Edit(start=start, end=end, text="", inside=_inside(around))

    def _span(self, node: _Located) -> tuple[int, int]:
        end_line, end_column = node.end_lineno, node.end_col_offset
        assert end_line is not None
        assert end_column is not None
        return self._offset(node.lineno, node.col_offset), self._offset(end_line, end_column)

    def _offset(self, line: int, column: int) -> int:
        # Python counts the columns in bytes.
        text = self._code[self._lines[line - 1] : self._lines[line]]
        return self._lines[line - 1] + len(text.encode()[:column].decode())


def _taken_in_order(tree: ast.Module) -> Iterator[str]:
    """Yield the names of the tables of which the first row that fits is taken."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id="next"), args=[ast.GeneratorExp() as rows, *_]):
                yield ast.unparse(rows.generators[0].iter)
            case _:
                pass


def _name_of(node: ast.AST) -> str:
    match node:
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
            return name
        case _:
            return ""


def _inside(around: _Around) -> str:
    scopes = (ast.FunctionDef, ast.ClassDef)
    return ".".join(one.name for one in around if isinstance(one, scopes))


def _function_of(around: _Around) -> ast.FunctionDef | None:
    return next((one for one in reversed(around) if isinstance(one, ast.FunctionDef)), None)


def _children(node: ast.AST) -> Iterator[ast.AST]:
    for name, value in ast.iter_fields(node):
        if name not in {"annotation", "returns", "decorator_list", "exc"}:
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ast.AST) and not _is_left_alone(child, node):
                    yield child


def _is_left_alone(node: ast.AST, parent: ast.AST) -> bool:
    match node:
        case ast.Import() | ast.ImportFrom() | ast.Expr(value=ast.Constant()):
            return True
        case ast.ClassDef():
            return is_enum(node)
        case ast.Assign(value=ast.BinOp(op=ast.BitOr()) | ast.Subscript()):
            # Another name for a type.
            return isinstance(parent, ast.Module)
        case _:
            return False


def _is_taken_apart(parent: ast.AST) -> bool:
    """Tell whether a tuple in it has as many parts as it must have."""
    match parent:
        case ast.Compare() | ast.Subscript() | ast.For() | ast.comprehension():
            return True
        case ast.Assign(targets=[ast.Tuple()]):
            return True
        case _:
            return False


def _is_set_again(name: str, around: _Around) -> bool:
    """Tell whether a function has more than one place that gives the name a value."""
    function = _function_of(around)
    if function is None:
        return False
    stored = [
        node
        for node in ast.walk(function)
        if (isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and node.id == name)
        or (isinstance(node, ast.arg) and node.arg == name)
    ]
    return len(stored) > 1
