"""The one place that opens connections."""

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import psycopg
from psycopg.rows import dict_row

from vado.database.failures import lost
from vado.database.safety import READ_ONLY, SAFETY
from vado.database.session import Session
from vado.database.url import Target
from vado.database.waking import pause_before_next_s, tell, told_when_slow

# A peer that is gone is noticed within half a minute, and not after the two hours of most systems;
# on a Unix socket libpq passes over them.
_SIGNS_OF_LIFE = {
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "4",
    "tcp_user_timeout": "30000",
}
# libpq takes from the environment whatever no keyword says; these would lead to another server, or
# to other settings, than the target that is shown.
_NOT_FROM_THE_ENVIRONMENT = {"hostaddr": "", "options": "", "target_session_attrs": "any"}


@contextmanager
def connect(
    target: Target, *, application_name: str = "vado", read_only: bool = False
) -> Iterator[Session]:
    """Open a session in autocommit with Vado's safety settings; it ends with the block."""
    session = open_session(target, application_name=application_name, read_only=read_only)
    try:
        yield session
    finally:
        with suppress(psycopg.Error):
            session.close()


def open_session(
    target: Target, *, application_name: str = "vado", read_only: bool = False
) -> Session:
    """Open a session that the caller closes."""
    keywords: dict[str, str] = {
        "application_name": application_name,
        **_NOT_FROM_THE_ENVIRONMENT,
        **_SIGNS_OF_LIFE,
        **target.keywords(),
    }
    connection = _connected(target, keywords)
    try:
        with connection.pipeline():
            connection.execute(SAFETY.encode())
            if read_only:
                connection.execute(READ_ONLY.encode())
    except psycopg.Error as error:
        connection.close()
        raise lost(error, target) from error
    return Session(connection, target)


def _connected(target: Target, keywords: dict[str, str]) -> psycopg.Connection[dict[str, Any]]:
    """Connect, more than once to a server that is being woken up by it."""
    tries = 0
    while True:
        tries += 1
        try:
            with told_when_slow(target):
                return psycopg.Connection[dict[str, Any]].connect(
                    "",  # all is said by keyword, so that no name is ever read as a conninfo
                    autocommit=True,
                    row_factory=dict_row,
                    prepare_threshold=None,
                    **keywords,  # type: ignore[arg-type]  # the stubs also name non-text options
                )
        except psycopg.Error as error:
            pause_s = pause_before_next_s(tries, str(error), target)
            if pause_s is None:
                raise lost(error, target) from error
        tell(tries)
        time.sleep(pause_s)
