"""A database for the length of a block, made like another one of the same server."""

import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager

from vado.backups.successor import drop, maintenance
from vado.database import Target, load_queries

_QUERIES = load_queries("vado.backups")


@contextmanager
def scratch_beside(target: Target) -> Iterator[Target]:
    """Make an empty database with the encoding and locale of *target*, and drop it with the block.

    They decide what fits into a column and how it is sorted. Raises what the server says when the
    role may not make databases.
    """
    name = f"vado_scratch_{int(time.time())}_{secrets.token_hex(4)}"
    with maintenance(target) as server:
        statement = _QUERIES["create_like"]
        server.run(server.value(statement, old=target.dbname, new=name, as_owner=False))
        try:
            yield target.with_database(name)
        finally:
            # On a session of its own: this one may be gone by now.
            with maintenance(target) as fresh:
                drop(fresh, name)
