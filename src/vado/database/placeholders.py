"""What may stand in a query of Vado's where PostgreSQL takes no bound value."""

from collections.abc import Mapping
from typing import LiteralString

from psycopg import sql


class Identifier:
    """A name for a query's `{placeholder}`; the driver quotes each part."""

    def __init__(self, *parts: str) -> None:
        self.parts = parts

    def composed(self) -> sql.Identifier:
        """Return the driver's form."""
        # The driver looks for `%` in the composed query, names included.
        return sql.Identifier(*(part.replace("%", "%%") for part in self.parts))


class QuotedText:
    """A text for a query's `{placeholder}` where PostgreSQL takes no bound value (in DDL)."""

    def __init__(self, text: str) -> None:
        self._text = text

    def composed(self) -> sql.Literal:
        """Return the driver's form."""
        return sql.Literal(self._text.replace("%", "%%"))


class PrintedExpression:
    """An expression for a query's `{placeholder}`, as PostgreSQL printed it or as we composed it.

    It goes into the query as it is: only for read-only sessions, and never for what a user typed.
    """

    def __init__(self, text: str) -> None:
        self._text = text

    def composed(self) -> sql.SQL:
        """Return the driver's form."""
        return sql.SQL(self._text.replace("%", "%%"))


Placeholders = Mapping[str, Identifier | QuotedText | PrintedExpression]


def composed(query: LiteralString, identifiers: Placeholders | None) -> sql.SQL | sql.Composed:
    """Return the query with its `{placeholders}` filled in."""
    if not identifiers:
        return sql.SQL(query)
    return sql.SQL(query).format(**{k: v.composed() for k, v in identifiers.items()})
