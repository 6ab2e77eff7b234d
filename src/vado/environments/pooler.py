"""Finding out that a transaction pooler stands in the way."""

import secrets

from vado.database import Session, Target, connect, load_queries
from vado.errors import PooledConnection

_QUERIES = load_queries("vado.environments")


def refuse_pooler(target: Target, session: Session) -> None:
    """Refuse a connection whose server session is not its own.

    A setting made by one connection and seen by a second means that both were given the same
    server session, in which no lock and no setting is safe.
    """
    mark = secrets.token_hex(8)
    session.execute(_QUERIES["set_marker"], mark=mark)
    with connect(target) as other:
        shared = other.value(_QUERIES["read_marker"]) == mark
    kept = session.value(_QUERIES["read_marker"]) == mark
    if shared or not kept:
        raise PooledConnection(
            f"{target.display} is reached through a transaction pooler",
            hint="Use the direct connection string of the database.",
        )
