"""Databases that stand beside others for the length of a block, and are dropped with it."""

import logging
import re
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from vado.backups.successor import drop
from vado.database import Session, Target, connect, load_queries
from vado.errors import VadoError

log = logging.getLogger("vado.backups")

_QUERIES = load_queries("vado.backups")
_PREVIEW = load_queries("vado.backups", "preview.sql")
_ABANDONED_AFTER_S = 3600
_MADE = re.compile(r"vado_[a-z]+_(\d+)_")


@contextmanager
def scratch_beside(target: Target) -> Iterator[Target]:
    """Make an empty database with the encoding and locale of *target*, on its server.

    They decide what fits into a column and how it is sorted. Raises what the server says when the
    role may not make databases.
    """

    def make(session: Session, name: str) -> None:
        statement = _QUERIES["create_like"]
        session.run(session.value(statement, old=target.dbname, new=name, as_owner=False))

    with scratch_database(target, make) as scratch:
        yield scratch


@contextmanager
def scratch_database(server: Target, make: Callable[[Session, str], object]) -> Iterator[Target]:
    """Have *make* create a database by the name that it is given, in a session on *server*."""
    name = f"vado_scratch_{int(time.time())}_{secrets.token_hex(4)}"
    with connect(server, application_name="vado scratch") as session:
        sweep_scratch(session)
        make(session, name)
    try:
        yield server.with_database(name)
    finally:
        _drop(server, name)


def sweep_scratch(session: Session, what: str = "scratch") -> None:
    """Drop what a Vado that was killed left behind an hour ago or more."""
    for row in session.rows(_PREVIEW["idle_databases"], pattern=f"vado\\_{what}\\_%"):
        made = _MADE.match(row["name"])
        if made and time.time() - int(made[1]) > _ABANDONED_AFTER_S:
            with suppress(VadoError):
                drop(session, row["name"])


def _drop(server: Target, name: str) -> None:
    try:
        # On a session of its own: the one that made it may be gone by now.
        with connect(server, application_name="vado scratch") as session:
            drop(session, name)
    except VadoError:
        log.exception("a scratch database was left behind", extra={"database": name})
