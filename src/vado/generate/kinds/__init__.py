"""How an object of each kind is altered; what has no entry here is dropped and made again."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from vado.generate.kinds import columns, constraints, others, relations, routines, tables, types
from vado.generate.kinds.access import COMMON, access
from vado.generate.kinds.columns import Retype
from vado.generate.kinds.types import by_attributes, by_names, list_by_names, without_default
from vado.generate.model import REBUILD, Alteration, Pair

__all__ = ["Retype", "alteration", "by_attributes", "by_names", "list_by_names", "without_default"]

_Alter = Callable[[Pair], Alteration]

_KINDS: Mapping[str, _Alter] = {
    "schema": lambda _pair: Alteration(),
    "extension": types.extension,
    "enum": types.enum,
    "domain": types.domain,
    "composite": types.composite,
    "range": types.range_type,
    "sequence": relations.sequence,
    "ownership": relations.ownership,
    "table": tables.table,
    "foreign_table": tables.table,
    "attachment": tables.attachment,
    "default": columns.default,
    "constraint": constraints.constraint,
    "index": constraints.index,
    "view": relations.view,
    "materialized_view": relations.materialized_view,
    "function": routines.routine,
    "procedure": routines.routine,
    "trigger": routines.switched,
    "rule": routines.switched,
    "policy": routines.policy,
    "event_trigger": routines.event_trigger,
    **others.KINDS,
}


_NOTHING_BUT_GRANTS = frozenset({"default_privileges", "privileges"})


def alteration(pair: Pair, *, retype: Retype = None) -> Alteration:
    """Return how the object is altered; *retype* takes a column to a new type of the same name."""
    if pair.after.kind in _NOTHING_BUT_GRANTS:
        return REBUILD
    own = {name: detail for name, detail in pair.details.items() if name not in COMMON}
    if not own and not retype:
        return Alteration(main=tuple(access(pair)))
    found = _own(replace(pair, details=own), retype=retype)
    if found.rebuild:
        return found
    return replace(found, main=(*found.main, *access(pair)))


def _own(pair: Pair, *, retype: Retype) -> Alteration:
    if pair.after.kind == "column":
        return columns.column(pair, retype=retype)
    alter = _KINDS.get(pair.after.kind)
    return REBUILD if alter is None else alter(pair)
