"""Reads the catalogue of a database: about one query per kind, all seeing the same moment."""

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from vado.database import Inquiry, Question, Session, ask
from vado.schema.assembly import ATTACHED, RELATIONS, assemble
from vado.schema.model import Catalogue, TableSize

_SET = {
    # Without a search path names are printed qualified; constants are printed in one way, too.
    "search_path": "",
    "quote_all_identifiers": "off",
    "DateStyle": "ISO, YMD",
    "IntervalStyle": "postgres",
    "TimeZone": "UTC",
    "bytea_output": "hex",
    "extra_float_digits": "1",
    # A fresh database has no statistics of its catalogue, and nested loops over it take minutes.
    # Each query reads whole catalogues, so hashing them is right whatever the planner believes.
    "enable_nestloop": "off",
    "enable_mergejoin": "off",
    # Joined in the order that is written; to look for a better one takes a sixth of the server's
    # time on a small database, and finds none on a large one.
    "join_collapse_limit": "1",
    "from_collapse_limit": "1",
    "jit": "off",
}
_SETTINGS = Question(ATTACHED["set_settings"], {"names": list(_SET), "values": list(_SET.values())})


def read_catalogue(session: Session) -> Catalogue:
    """Read everything that belongs to users, in one read-only transaction and one round trip.

    Left out: what is the system's, temporary, Vado's own, or owned by an extension. Inside a
    transaction of the caller's its isolation level holds, and its settings are put back.
    """
    with _without_collecting():
        return assemble(session, _SETTINGS)


def read_sizes(session: Session) -> Mapping[str, TableSize]:
    """Return estimated rows and bytes of tables and materialised views, by identity."""
    return ask(session, sizes_asked())


def sizes_asked() -> Inquiry[dict[str, TableSize]]:
    """Find out what `read_sizes` returns."""
    answers = yield [Question(RELATIONS["sizes"])]
    rows = next(answers).rows()
    return {row["identity"]: TableSize(row["rows"], row["bytes"]) for row in rows}


@contextmanager
def _without_collecting() -> Iterator[None]:
    # A hundred thousand objects are made and none is dropped: looking for garbage among them,
    # again and again, takes a quarter of the time of a reading.
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
