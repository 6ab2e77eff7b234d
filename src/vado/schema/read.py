"""Reads the catalogue of a database: about one query per kind, all seeing the same moment."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from vado.database import Session
from vado.schema.assembly import ATTACHED, RELATIONS, Assembly
from vado.schema.model import Catalogue, TableSize

_PRINTING = {
    "search_path": "",
    "quote_all": "off",
    "dates": "ISO, YMD",
    "intervals": "postgres",
    "zone": "UTC",
    "bytes": "hex",
    "digits": "1",
}


def read_catalogue(session: Session) -> Catalogue:
    """Read everything that belongs to users, in one read-only transaction.

    Left out: what is the system's, temporary, Vado's own, or owned by an extension. Inside a
    transaction of the caller's its isolation level holds, and its settings are put back.
    """
    with _one_moment(session):
        return Assembly(session).catalogue()


def read_sizes(session: Session) -> Mapping[str, TableSize]:
    """Return estimated rows and bytes of tables and materialised views, by identity."""
    return {
        row["identity"]: TableSize(row["rows"], row["bytes"])
        for row in session.rows(RELATIONS["sizes"])
    }


@contextmanager
def _one_moment(session: Session) -> Iterator[None]:
    before = session.row(ATTACHED["current_settings"]) or {}
    nested = before.pop("in_transaction")
    with session.transaction():
        if not nested:
            session.execute("set transaction isolation level repeatable read, read only")
        _print_with(session, _PRINTING)
        yield
        if nested:
            # They would hold until the end of the caller's transaction.
            _print_with(session, before)


def _print_with(session: Session, settings: Mapping[str, str]) -> None:
    session.rows(ATTACHED["set_settings"], identifiers=None, **settings)
