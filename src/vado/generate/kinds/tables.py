"""Tables and foreign tables: what ALTER TABLE can change of the table itself."""

from collections.abc import Iterator

from vado.generate.kinds.options import foreign_options, set_and_reset
from vado.generate.model import REBUILD, Alteration, Pair, alter_noun
from vado.schema import CatalogueObject


def table(pair: Pair) -> Alteration:
    """Alter a table; its rows stay whatever differs. How it is partitioned takes a new one."""
    if "server" in pair.details:
        return REBUILD  # a foreign table has no rows of its own
    alter = f"ALTER {alter_noun(pair.after)} {pair.identity}"
    return Alteration(main=tuple(f"{alter} {clause};" for clause in _clauses(pair)))


def _clauses(pair: Pair) -> Iterator[str]:
    after, details = pair.after, pair.details
    yield from _place(pair)
    if "options" in details:
        yield from set_and_reset(pair.before.texts("options"), after.texts("options"))
    if "foreign_options" in details:
        old, new = pair.before.texts("foreign_options"), after.texts("foreign_options")
        yield foreign_options(old, new) or ""
    if "replica_identity" in details and (clause := _replica_identity(after)):
        yield clause
    for name in ("row_security", "force_row_security"):
        if name in details:
            yield f"{_SECURITY[name][after.flag(name)]} ROW LEVEL SECURITY"


_SECURITY = {
    "row_security": ("DISABLE", "ENABLE"),
    "force_row_security": ("NO FORCE", "FORCE"),
}


def _place(pair: Pair) -> Iterator[str]:
    after, details = pair.after, pair.details
    if "unlogged" in details:
        yield "SET UNLOGGED" if after.flag("unlogged") else "SET LOGGED"
    if "access_method" in details:
        yield f"SET ACCESS METHOD {after.text('access_method') or 'heap'}"
    if "tablespace" in details:
        yield f"SET TABLESPACE {after.text('tablespace') or 'pg_default'}"
    if "of_type" in details:
        kind = after.text("of_type")
        yield f"OF {kind}" if kind else "NOT OF"


def _replica_identity(table: CatalogueObject) -> str | None:
    kind = table.text("replica_identity")
    # Of an index: the index says so itself.
    return None if kind == "index" else f"REPLICA IDENTITY {(kind or 'default').upper()}"


def attachment(_pair: Pair) -> Alteration:
    """Detach a partition and attach it with its new bound; its rows stay in it."""
    return REBUILD


def attach(item: CatalogueObject) -> str:
    """Make a table a partition."""
    return f"ALTER TABLE {item.text('of')} ATTACH PARTITION {item.parent} {item.definition};"


def detach(item: CatalogueObject) -> str:
    """Make a partition a table of its own."""
    return f"ALTER TABLE {item.text('of')} DETACH PARTITION {item.parent};"


def inherit(item: CatalogueObject) -> str:
    """Give a table a parent."""
    return f"ALTER TABLE {item.parent} INHERIT {item.text('of')};"


def disinherit(item: CatalogueObject) -> str:
    """Take a parent from a table."""
    return f"ALTER TABLE {item.parent} NO INHERIT {item.text('of')};"
