"""Mix rules: conditions on the stages of themes and groups (method.md section 7).

The language: names are theme codes or `theme.group`; numbers; comparison, also chained; and, or,
not; min, max and spread (highest minus lowest). It is read with `ast` against a whitelist and
never handed to Python to run.
"""

import ast
import operator
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from diagnostics.scoring.instrument import MixRule

LONGEST_RULE = 500
LARGEST_NUMBER = 1000

COMPARISONS: dict[type[ast.cmpop], Callable[[float, float], bool]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}
FUNCTIONS: dict[str, Callable[[list[float]], float]] = {
    "min": min,
    "max": max,
    "spread": lambda values: max(values) - min(values),
}


@dataclass(frozen=True, slots=True)
class Unjudged:
    """A rule that reads a theme or group without a stage, with the names it lacks."""

    rule: MixRule
    names: tuple[str, ...]


def parse(text: str) -> ast.expr:
    """Read and check a condition. Raises ValueError with one sentence that says what is wrong."""
    if len(text) > LONGEST_RULE:
        raise ValueError(f"A condition has at most {LONGEST_RULE} characters, not {len(text)}.")
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise ValueError(
            f'"{text}" cannot be read; write a condition such as "finance >= 3 and bds <= 2".'
        ) from None
    _check_truth(tree, text)
    return tree


def names(text: str) -> tuple[str, ...]:
    """Return the themes and groups a condition reads, in order of first mention."""
    found: dict[str, None] = {}
    _collect(parse(text), found)
    return tuple(found)


def evaluate(text: str, stages: Mapping[str, int]) -> bool:
    """Tell whether a condition holds; `stages` has a stage for each of its names."""
    return _truth(parse(text), stages)


def judge(
    rules: Iterable[MixRule], stages: Mapping[str, int | None]
) -> tuple[list[MixRule], list[Unjudged]]:
    """Return the rules that fire, and those that read a null stage and so cannot be judged.

    `stages` has every theme (`finance`) and group (`finance.institutions`) of the instrument.
    Raises ValueError for a rule that cannot be read or names anything else.
    """
    firing: list[MixRule] = []
    unjudged: list[Unjudged] = []
    known = {name: stage for name, stage in stages.items() if stage is not None}
    for rule in rules:
        lacking = tuple(name for name in names(rule.when) if name not in known)
        for name in lacking:
            if name not in stages:
                raise ValueError(
                    f'The mix rule {rule.code} reads "{name}", '
                    "which is no theme or group of the instrument."
                )
        if lacking:
            unjudged.append(Unjudged(rule, lacking))
        elif evaluate(rule.when, known):
            firing.append(rule)
    return firing, unjudged


def _check_truth(node: ast.expr, text: str) -> None:
    match node:
        case ast.BoolOp(values=parts):
            for part in parts:
                _check_truth(part, text)
        case ast.UnaryOp(op=ast.Not(), operand=part):
            _check_truth(part, text)
        case ast.Compare(left=left, ops=ops, comparators=others):
            for op in ops:
                if type(op) not in COMPARISONS:
                    raise ValueError(f'"{text}" may compare with <, <=, >, >=, == and != only.')
            for part in (left, *others):
                _check_number(part, text)
        case _:
            raise ValueError(f'"{_words(node)}" in "{text}" is no comparison, so it cannot hold.')


def _check_number(node: ast.expr, text: str) -> None:
    match node:
        case ast.Constant(value=bool()):
            pass
        case ast.Constant(value=int() | float() as value) if value <= LARGEST_NUMBER:
            return
        case ast.Name(id=name) if name not in FUNCTIONS:
            return
        case ast.Attribute(value=ast.Name()):
            return
        case ast.Call(func=ast.Name(id=function), args=parts, keywords=[]) if (
            function in FUNCTIONS and parts
        ):
            for part in parts:
                _check_number(part, text)
            return
    raise ValueError(
        f'"{_words(node)}" in "{text}" is not allowed; use numbers, themes, theme.group, '
        "min(...), max(...) and spread(...)."
    )


def _words(node: ast.expr) -> str:
    return ast.unparse(node)


def _collect(node: ast.expr, found: dict[str, None]) -> None:
    match node:
        case ast.BoolOp(values=parts) | ast.Call(args=parts):
            for part in parts:
                _collect(part, found)
        case ast.UnaryOp(operand=part):
            _collect(part, found)
        case ast.Compare(left=left, comparators=others):
            for part in (left, *others):
                _collect(part, found)
        case ast.Name() | ast.Attribute():
            found[_words(node)] = None


def _truth(node: ast.expr, stages: Mapping[str, int]) -> bool:
    match node:
        case ast.BoolOp(op=ast.And(), values=parts):
            return all(_truth(part, stages) for part in parts)
        case ast.BoolOp(values=parts):
            return any(_truth(part, stages) for part in parts)
        case ast.UnaryOp(operand=part):
            return not _truth(part, stages)
        case ast.Compare(left=left, ops=ops, comparators=others):
            values = [_number(part, stages) for part in (left, *others)]
            return all(
                COMPARISONS[type(op)](before, after)
                for op, before, after in zip(ops, values, values[1:], strict=False)
            )
    raise AssertionError("parse lets nothing else through")


def _number(node: ast.expr, stages: Mapping[str, int]) -> float:
    match node:
        case ast.Constant(value=int() | float() as value):
            return value
        case ast.Call(func=ast.Name(id=function), args=parts):
            return FUNCTIONS[function]([_number(part, stages) for part in parts])
    return stages[_words(node)]
