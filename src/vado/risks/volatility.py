"""Which defaults give each row a value of its own, so that adding the column rewrites the table."""

from vado.risks.known import Known
from vado.risks.names import pair
from vado.sql import Node

# The server's own volatile functions that make sense as a default, and those of the usual
# extensions. now() and current_timestamp are stable: they are evaluated once.
_VOLATILE = frozenset(
    {
        "clock_timestamp",
        "currval",
        "gen_random_bytes",
        "gen_random_uuid",
        "gen_salt",
        "lastval",
        "nextval",
        "random",
        "random_normal",
        "setval",
        "timeofday",
        "uuid_generate_v1",
        "uuid_generate_v1mc",
        "uuid_generate_v4",
        "uuidv4",
        "uuidv7",
    }
)


def is_volatile(expression: Node | None, known: Known) -> bool:
    """Say whether an expression calls a volatile function; an unknown user function counts."""
    if expression is None:
        return False
    return any(
        node.kind == "FuncCall" and _function_is_volatile(node.names("funcname"), known)
        for node in expression.walk()
    )


def _function_is_volatile(name: tuple[str, ...], known: Known) -> bool:
    schema, function = pair(name)
    if function in _VOLATILE:
        return True
    if schema == "pg_catalog":
        return False
    told = known.facts.volatility(function)
    if told is not None:
        return told == "volatile"
    return bool(schema) or known.created("OBJECT_FUNCTION", name)
