"""What a table has by the statements of another: those of its parents, or of its type."""

from collections.abc import Mapping

from vado.generate.fates import differing
from vado.generate.kinds.identities import IDENTITY
from vado.generate.model import Key
from vado.generate.sides import Side
from vado.schema import Detail, name_parts

# What ALTER TABLE does to a parent it does to its children.
_PASSED_ON = {
    "column": frozenset({"type", "collation", "nullable", "generated", "expression",
                         "identity_kind", "identity_options", "not_null_name",
                         "not_null_not_valid"}),
    "constraint": frozenset({"definition", "not_valid"}),
}  # fmt: skip
# A partition has the identity of its whole, for as long as it is one.
_BY_ATTACHING = IDENTITY | {"identity_comment", "identity_grants"}


def typed(before: Side, after: Side, key: Key) -> bool:
    """Say whether a column comes and goes with the type that its table is of."""
    if key[0] != "column":
        return False
    for side in (before, after):
        table = side.objects.get(("table", key[1].removesuffix(f".{name_parts(key[1])[-1]}")))
        if table is None or table.text("of_type") is None:
            return False
    return True


def told_above(before: Side, after: Side, key: Key, details: Mapping[str, Detail]) -> set[str]:
    """Return what the parent of a table passes on to it, as its own statements say."""
    told: set[str] = {"type", "collation"} if typed(before, after, key) else set()
    joins = ("attachment", before.objects[key].parent or "")
    if key[0] == "column" and (joins in before.objects) != (joins in after.objects):
        told |= _BY_ATTACHING
    for above in before.above(key) if key[0] in _PASSED_ON else ():
        old, new = before.objects.get(above), after.objects.get(above)
        if old is None or new is None or above not in after.above(key):
            continue
        passed = differing(old, new)
        if "not_null_no_inherit" in passed and not new.flag("not_null_no_inherit"):
            told |= {"nullable", "not_null_name"}  # its parent's now holds for it, too
        told |= {n for n in _PASSED_ON[key[0]] if n in details and n in passed}
    return told
