"""What an expression of a rule might have been instead, if somebody had made a slip."""

import ast
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

_COMPARISONS: Mapping[type[ast.cmpop], Sequence[type[ast.cmpop]]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
_ORDERED = (ast.Lt, ast.LtE, ast.Gt, ast.GtE)
_OPERATORS: Mapping[type[ast.operator], type[ast.operator]] = {
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
    ast.Sub: ast.Add,
    ast.Add: ast.Sub,
    ast.Mult: ast.Add,
}
_OPPOSITES = {
    "any": "all",
    "all": "any",
    "min": "max",
    "max": "min",
    "intersection": "union",
    "sorted": "list",
}
_EMPTY = {"set": "set()", "frozenset": "frozenset()", "tuple": "()", "list": "[]", "Iterable": "()"}

Alternative = ast.expr | str
"""Another expression, or its text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What must be known of the whole package.

    `members` are those of each enum, `optional` the arguments that each class can be made without,
    `days` what arguments and fields that hold a day are called.
    """

    members: Mapping[str, Sequence[str]]
    optional: Mapping[str, Collection[str]]
    days: Collection[str]


def read_names(codes: Iterable[str]) -> Names:
    """Return what the modules of a package define."""
    members: dict[str, Sequence[str]] = {}
    optional: dict[str, Collection[str]] = {}
    days: set[str] = set()
    for node in (node for code in codes for node in ast.walk(ast.parse(code))):
        match node:
            case ast.ClassDef() if is_enum(node):
                assigned = [one for one in node.body if isinstance(one, ast.Assign)]
                members[node.name] = [ast.unparse(one.targets[0]) for one in assigned]
            case ast.ClassDef():
                fields = [one for one in node.body if isinstance(one, ast.AnnAssign)]
                optional[node.name] = {ast.unparse(one.target) for one in fields if one.value}
                days |= {ast.unparse(one.target) for one in fields if _is_day(one.annotation)}
            case ast.arg(annotation=ast.expr() as annotation) if _is_day(annotation):
                days.add(node.arg)
            case _:
                pass
    return Names(members=members, optional=optional, days=days)


def is_enum(node: ast.ClassDef) -> bool:
    """Tell whether a class is an enum."""
    return any(isinstance(base, ast.Name) and base.id.endswith("Enum") for base in node.bases)


def _is_day(annotation: ast.expr) -> bool:
    return ast.unparse(annotation) in {"date", "date | None"}


def find_alternatives(node: ast.expr, names: Names) -> Iterator[Alternative]:
    """Yield what could stand in place of an expression."""
    match node:
        case ast.Compare():
            yield from _comparisons(node, names)
        case ast.BoolOp(op=op, values=values):
            yield ast.BoolOp(ast.Or() if isinstance(op, ast.And) else ast.And(), values)
            for left_out in values:
                kept = [one for one in values if one is not left_out]
                yield kept[0] if len(kept) == 1 else ast.BoolOp(op, kept)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield operand
        case ast.BinOp(left=left, op=op, right=right):
            yield ast.BinOp(left, _OPERATORS[type(op)](), right)
            yield from (left, right) if isinstance(op, ast.BitOr | ast.BitAnd) else (left,)
        case ast.Constant(value=value):
            yield from _constants(value)
        case ast.Attribute(value=ast.Name(id=name), attr=attr):
            members = names.members.get(name, ())
            if attr in members:
                yield f"{name}.{members[(members.index(attr) + 1) % len(members)]}"
        case ast.Call():
            yield from _calls(node)
        case _:
            pass


def find_conditions(test: ast.expr) -> Iterator[Alternative]:
    """Yield what could stand in place of a condition, besides what could of an expression."""
    yield from ("True", "False")
    if not isinstance(test, ast.Compare | ast.BoolOp | ast.UnaryOp):
        yield ast.UnaryOp(ast.Not(), test)


def find_returns(annotation: ast.expr) -> Iterator[Alternative]:
    """Yield what a function that is annotated so might return instead."""
    told = ast.unparse(annotation)
    if told == "bool":
        yield from ("True", "False")
    if told.endswith("| None"):
        yield "None"
    kind = told.partition("[")[0]
    if kind in _EMPTY:
        yield _EMPTY[kind]


def days_beside(node: ast.expr) -> Iterator[ast.expr]:
    """Yield the day after and the day before a day."""
    for sign in "+-":
        text = f"date.fromordinal(({ast.unparse(node)}).toordinal() {sign} 1)"
        yield ast.parse(text, mode="eval").body


def last_name(function: ast.expr) -> str:
    """Return the name of what is called, without what it belongs to."""
    return ast.unparse(function).rpartition(".")[2]


def _constants(value: object) -> Iterator[ast.expr]:
    match value:
        case bool():
            yield ast.Constant(not value)
        case int():
            yield ast.Constant(value + 1)
            yield ast.Constant(value - 1)
        case str():
            yield ast.Constant("" if value else "mutated")
        case _:
            pass


def _comparisons(node: ast.Compare, names: Names) -> Iterator[ast.expr]:
    sides = [node.left, *node.comparators]
    for place, op in enumerate(node.ops):
        for other in _COMPARISONS[type(op)]:
            ops = [*node.ops[:place], other(), *node.ops[place + 1 :]]
            yield ast.Compare(node.left, ops, node.comparators)
        if isinstance(op, _ORDERED) and last_name(sides[place]) in names.days:
            for moved in days_beside(sides[place]):
                changed = [*sides[:place], moved, *sides[place + 1 :]]
                yield ast.Compare(changed[0], node.ops, changed[1:])
    if len(node.ops) > 1:
        yield ast.Compare(node.left, node.ops[:-1], node.comparators[:-1])
        yield ast.Compare(node.comparators[0], node.ops[1:], node.comparators[1:])
    one, other_side = node.left, node.comparators[0]
    if isinstance(one, ast.Tuple) and isinstance(other_side, ast.Tuple):
        for place in range(len(one.elts)):
            yield ast.Compare(_without(one, place), node.ops, [_without(other_side, place)])


def _without(node: ast.Tuple, place: int) -> ast.expr:
    return ast.Tuple([*node.elts[:place], *node.elts[place + 1 :]], ast.Load())


def _calls(node: ast.Call) -> Iterator[ast.expr]:
    name = last_name(node.func)
    if name in _OPPOSITES:
        text = ast.unparse(node.func).removesuffix(name) + _OPPOSITES[name]
        keywords = [] if name == "sorted" else node.keywords
        yield ast.Call(ast.parse(text, mode="eval").body, node.args, keywords)
    if name in {"min", "max"} and len(node.args) > 1:
        yield from node.args
    if name == "replace":
        yield node.args[0]
    if name == "strip" and isinstance(node.func, ast.Attribute):
        yield node.func.value
    if name in {"get", "next"} and len(node.args) > 1:
        yield ast.Call(node.func, node.args[:1], node.keywords)
