"""Finding another tool's ledger in the database by what its columns are called."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, LiteralString

from vado.database import Identifier, Session, load_queries

QUERIES = load_queries("vado.migrations.adopt")


@dataclass(frozen=True, slots=True)
class LedgerTable:
    """A table that looks like the ledger of a tool; identities as PostgreSQL quotes them."""

    schema: str
    name: str
    identity: str
    schema_identity: str

    def rows(self, session: Session, query: str) -> list[dict[str, Any]]:
        """Run one of the named queries on it."""
        text: LiteralString = QUERIES[query]
        return session.rows(text, identifiers={"ledger": Identifier(self.schema, self.name)})

    @property
    def belongings(self) -> tuple[str, ...]:
        """What to leave out of a comparison when the schema is the tool's own."""
        return (self.schema_identity,) if self.schema != "public" else (self.identity,)


def ledger_table(
    session: Session, name: str, columns: Sequence[str], *, exact: bool = False
) -> LedgerTable | None:
    """Return the table with these columns, the one called *name* first; None when there is none.

    *exact*: no further columns, and where there is only one column the name has to be right too.
    """
    found = session.row(QUERIES["ledger_tables"], name=name, columns=sorted(columns), exact=exact)
    return LedgerTable(**found) if found else None


def in_utc(moment: datetime | None) -> datetime | None:
    """Return a time with its zone; tools that keep none write the server's, usually UTC."""
    if moment is None or moment.tzinfo is not None:
        return moment
    return moment.replace(tzinfo=UTC)
