"""Renames that somebody vouches for: a difference by name never says so itself."""

import re

from vado.errors import UsageError
from vado.generate.model import Written
from vado.generate.names import noun
from vado.schema import before_arguments, name_parts

_ASKED = re.compile(r"(?P<kind>[a-z_]+):(?P<old>.+?)=(?P<new>.+)", re.DOTALL)
_HINT = "Write --rename table:public.old=public.new, or column:public.t.old=new."
_BELOW_TABLES = frozenset({"column", "constraint", "trigger", "policy", "rule"})


def rename(text: str) -> Written:
    """Return the statement for `kind:identity=new name`; UsageError where there is none."""
    found = _ASKED.fullmatch(text)
    if found is None:
        raise UsageError(f"{text!r} names no rename", hint=_HINT)
    kind, old = found["kind"], found["old"]
    new = name_parts(found["new"])[-1]
    return Written(kind, old, "alter", _statement(kind, old, new))


def _statement(kind: str, old: str, new: str) -> str:
    if kind not in _BELOW_TABLES:
        return f"ALTER {noun(kind)} {old} RENAME TO {new};"
    *table, name = name_parts(before_arguments(old))
    place = ".".join(table)
    if kind in {"column", "constraint"}:
        return f"ALTER TABLE {place} RENAME {kind.upper()} {name} TO {new};"
    return f"ALTER {kind.upper()} {name} ON {place} RENAME TO {new};"
