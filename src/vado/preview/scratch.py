"""A database of its own, beside another one, for as long as something is tried."""

import logging
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from vado.database import Identifier, Session, Target, connect, load_queries
from vado.errors import VadoError

log = logging.getLogger("vado.preview")

_QUERIES = load_queries("vado.preview")


@contextmanager
def scratch_beside(target: Target) -> Iterator[Session]:
    """Make an empty database on the server of *target* and drop it at the end.

    Raises what the server says when the role may not make databases.
    """
    name = f"vado_scratch_{int(time.time())}_{secrets.token_hex(4)}"
    with connect(target) as session:
        session.execute(_QUERIES["create_like_target"], identifiers={"database": Identifier(name)})
    try:
        with connect(target.with_database(name)) as session:
            try:
                yield session
            finally:
                _forget_subscriptions(session)
    finally:
        _drop(target, name)


def _forget_subscriptions(session: Session) -> None:
    """Drop them, without a word to the publisher: a database that has one cannot be dropped."""
    with suppress(VadoError):
        for row in session.rows(_QUERIES["own_subscriptions"]):
            names = {"name": Identifier(row["subname"])}
            for step in ("disable", "without_slot", "drop_subscription"):
                session.execute(_QUERIES[step], identifiers=names)


def _drop(target: Target, name: str) -> None:
    try:
        with connect(target) as session:
            session.execute(_QUERIES["drop_database"], identifiers={"database": Identifier(name)})
    except VadoError:
        log.exception("a scratch database was left behind", extra={"database": name})
