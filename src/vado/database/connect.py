"""The one place that opens connections."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import psycopg
from psycopg.rows import dict_row

from vado.database.failures import lost
from vado.database.session import Session
from vado.database.url import Target

# Set by SQL, not as start-up options: poolers and Neon's proxy refuse those.
# The server itself must notice a dead client, or a killed Vado would hold its lock for hours.
# For a role that is called vado, "$user" would make Vado's own schema the place of new tables.
_SAFETY = b"""select
    set_config('client_connection_check_interval', '500ms', false),
    set_config('idle_in_transaction_session_timeout', '5min', false),
    set_config('lock_timeout', '10s', false),
    set_config('statement_timeout', '0', false),
    set_config('TimeZone', 'UTC', false),
    set_config('client_min_messages', 'notice', false),
    set_config('standard_conforming_strings', 'on', false),
    set_config('search_path', case
        when current_user in ('vado', 'vado_control')
        then regexp_replace(current_setting('search_path'), '"\\$user"\\s*,?\\s*', '')
        else current_setting('search_path')
    end, false)"""


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
    keywords: dict[str, str] = {"application_name": application_name, **target.keywords()}
    try:
        connection = psycopg.Connection[dict[str, Any]].connect(
            "",  # everything is said by keyword, so that no name is ever read as a conninfo
            autocommit=True,
            row_factory=dict_row,
            prepare_threshold=None,
            **keywords,  # type: ignore[arg-type]  # the stubs also name non-text options
        )
        with connection.pipeline():
            connection.execute(_SAFETY)
            if read_only:
                connection.execute(b"set default_transaction_read_only = on")
    except psycopg.Error as error:
        raise lost(error, target) from error
    return Session(connection, target)
