"""The statements that take the rows of a table to the one that is made in its place.

They wait in a table beside it: all that depends on the old one can go before the new one comes.
"""

# ruff: noqa: S608 (all names come quoted from the server)

from collections.abc import Iterator

from vado.generate.families import Carried
from vado.generate.fates import Fates
from vado.generate.kinds.casts import conversion
from vado.generate.kinds.identities import continue_counting, sequence_of
from vado.generate.model import Key
from vado.generate.names import beside, own_name
from vado.generate.sides import Side
from vado.schema import CatalogueObject

_ROWS, _COUNTER = "__rows", "__counter"
_TYPES = frozenset({"enum", "domain", "composite", "range", "base_type", "collation"})


class Carrier:
    """Writes how rows leave and arrive."""

    def __init__(self, before: Side, after: Side, fates: Fates) -> None:
        self._before = before
        self._after = after
        self._fates = fates

    def save(self, carried: Carried) -> str:
        """Return the statements that keep the rows of a table, and where its identities are."""
        return "\n".join(self._save(carried))

    def fill(self, carried: Carried) -> str:
        """Return the statements that put the rows into what was made, and prove that all came."""
        return "\n".join(self._fill(carried))

    def _save(self, carried: Carried) -> Iterator[str]:
        table = self._before.objects["table", carried.source]
        columns = [self._kept(old) for old, _ in self._shared(carried)]
        yield (
            f"-- {_line(carried.source)} is made again with its rows:"
            " until that is done, nobody else can use it."
        )
        if self._after.objects["table", carried.target].text("partition_by"):
            yield "-- A row that fits none of its partitions then stops the migration."
        # Or rows that others write until the table is dropped would be in neither. LOCK by itself
        # is refused outside of a transaction, where the script may be run as well.
        yield _block(f"    LOCK TABLE {carried.source} IN ACCESS EXCLUSIVE MODE;")
        if table.flag("force_row_security"):
            yield f"ALTER TABLE {carried.source} NO FORCE ROW LEVEL SECURITY;"
        only = "" if table.text("partition_by") else "ONLY "
        yield (
            f"CREATE TABLE {_rows(carried)} AS"
            f" SELECT {', '.join(columns)} FROM {only}{carried.source};"
        )
        for number, (old, _) in enumerate(self._counting(carried)):
            yield (
                f"CREATE TABLE {_counter(carried, number)} AS"
                f" SELECT last_value, is_called FROM {sequence_of(old)};"
            )

    def _fill(self, carried: Carried) -> Iterator[str]:
        table = self._after.objects["table", carried.target]
        forced = table.flag("force_row_security")
        alter = f"ALTER TABLE {carried.target}"
        if forced:
            yield f"{alter} NO FORCE ROW LEVEL SECURITY;"
        yield from self._insert(carried)
        yield from self._count_on(carried)
        yield f"DROP TABLE {_rows(carried)};"
        if forced:
            yield f"{alter} FORCE ROW LEVEL SECURITY;"

    def _insert(self, carried: Carried) -> Iterator[str]:
        pairs = list(self._shared(carried))
        names = ", ".join(own_name(new) for _, new in pairs)
        values = ", ".join(self._value(old, new) for old, new in pairs)
        identity = any(new.text("identity_kind") for _, new in pairs)
        overriding = " OVERRIDING SYSTEM VALUE" if identity else ""
        rows = _rows(carried)
        yield f"INSERT INTO {carried.target} ({names}){overriding} SELECT {values} FROM {rows};"
        yield _block(
            f"    IF (SELECT count(*) FROM {carried.target}) < (SELECT count(*) FROM {rows}) THEN\n"
            "        RAISE EXCEPTION 'rows were lost on the way';\n"
            "    END IF;"
        )

    def _count_on(self, carried: Carried) -> Iterator[str]:
        if carried.source != carried.target:
            return
        known = {old.identity: n for n, (old, _) in enumerate(self._counting(carried))}
        for old, new in self._shared(carried):
            if new.text("identity_kind") is None:
                continue
            if (number := known.get(old.identity)) is None:
                yield continue_counting(new)
                continue
            counter, sequence = _counter(carried, number), _literal(sequence_of(new))
            yield f"SELECT setval({sequence}, last_value, is_called) FROM {counter};"
            yield f"DROP TABLE {counter};"

    def _counting(self, carried: Carried) -> list[tuple[CatalogueObject, CatalogueObject]]:
        """Return the columns that are identities before and after."""
        if carried.source != carried.target:
            return []
        return [
            (old, new)
            for old, new in self._shared(carried)
            if old.text("identity_kind") and new.text("identity_kind")
        ]

    def _shared(self, carried: Carried) -> Iterator[tuple[CatalogueObject, CatalogueObject]]:
        """Yield the columns whose values stay, before and after."""
        for key in self._before.belongings.get(("table", carried.source), ()):
            old = self._before.objects[key]
            new = self._after.objects.get(("column", f"{carried.target}.{own_name(old)}"))
            if key[0] == "column" and new is not None and new.text("generated") is None:
                yield old, new

    def _kept(self, column: CatalogueObject) -> str:
        name = own_name(column)
        return f"{name}::{_text(column)} AS {name}" if self._loses_type(column) else name

    def _value(self, old: CatalogueObject, new: CatalogueObject) -> str:
        name, type_ = own_name(old), new.text("type") or ""
        known = _text(old) if self._loses_type(old) else old.text("type") or ""
        return conversion(name, known, type_) or name

    def _loses_type(self, column: CatalogueObject) -> bool:
        used: frozenset[Key] = self._before.uses.get((column.kind, column.identity), frozenset())
        return any(key[0] in _TYPES and self._fates.gone(key) for key in used)


def _text(column: CatalogueObject) -> str:
    return "text[]" if (column.text("type") or "").endswith("[]") else "text"


def _block(body: str) -> str:
    """Return a DO block; a name in the body may hold what would end it."""
    tag = "$vado$"
    while tag in body:
        tag = f"{tag[:-1]}_$"
    return f"DO {tag} BEGIN\n{body}\nEND {tag};"


def _rows(carried: Carried) -> str:
    return beside(carried.source, _ROWS)


def _counter(carried: Carried, number: int) -> str:
    return beside(carried.source, f"{_COUNTER}{number or ''}")


def _line(name: str) -> str:
    return " ".join(name.splitlines())


def _literal(name: str) -> str:
    return "'" + name.replace("'", "''") + "'"
