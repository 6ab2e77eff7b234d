"""The rows of the sample shop."""

from collections.abc import Mapping

from vado.database import Identifier, Session, load_queries

_TABLES = (
    "customers",
    "addresses",
    "categories",
    "products",
    "inventory",
    "orders",
    "order_items",
    "payments",
    "reviews",
)


def load_sample_rows(session: Session) -> Mapping[str, int]:
    """Fill the shop, all or nothing, and return how many rows each table was given.

    The migrations through APPLIED_THROUGH must have been applied, and the tables be empty.
    """
    queries = load_queries("vado.demo", "sample.sql")
    with session.transaction():
        session.execute(queries["pick"])
        rows = {}
        for table in _TABLES:
            rows[table] = session.execute(queries[table])
            # What follows joins this table, and needs to know how large it has become.
            session.execute(queries["analyze"], identifiers={"table": Identifier(table)})
        session.rows(queries["continue_numbering"])
        session.execute(queries["refresh_reports"])
    return rows
