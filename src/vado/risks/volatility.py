"""Which defaults give each row a value of its own, so that adding the column rewrites the table."""

from functools import cache
from importlib.resources import files

from vado.risks.known import Known
from vado.risks.names import pair
from vado.sql import Node


@cache
def _stable_functions() -> frozenset[str]:
    """Return the server's own that are no more than stable, of PostgreSQL 14 to 18."""
    source = files("vado.risks").joinpath("stable_functions.txt")
    # AT TIME ZONE is volatile for a time of day only, and there before 18 only.
    return frozenset(source.read_text(encoding="utf-8").split()) | {"timezone"}


def is_volatile(expression: Node | None, known: Known) -> bool:
    """Say whether an expression calls a volatile function; an unknown function counts."""
    if expression is None:
        return False
    return any(
        node.kind == "FuncCall" and _function_is_volatile(node.names("funcname"), known)
        for node in expression.walk()
    )


def _function_is_volatile(name: tuple[str, ...], known: Known) -> bool:
    schema, function = pair(name)
    if schema in {"", "pg_catalog"} and function in _stable_functions():
        return False
    told = known.facts.volatility(function)
    # What neither the server nor the database tells belongs to an extension, or is not known.
    return told is None or told == "volatile"
