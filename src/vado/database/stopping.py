"""Stopping a connection from another thread: politely, by force, or without the server."""

import os
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from selectors import EVENT_READ, DefaultSelector
from typing import Any

import psycopg
from psycopg.pq import TransactionStatus

from vado.database.url import Target

Connection = psycopg.Connection[Any]

_CANCEL_TRIES = 12
_CANCEL_INTERVAL_S = 0.15
_CANCEL_TIMEOUT_S = 2.0


def cancel(
    connection: Connection, target: Target, backend_pid: int, busy: Callable[[], bool]
) -> None:
    """Ask the server to stop what it does for *connection*, again and again while that goes on.

    A request may arrive between two statements. A server that does not answer to any is asked to
    end the session.
    """
    for _ in range(_CANCEL_TRIES):
        if not is_active(connection) and not busy():
            return
        with suppress(psycopg.Error):
            connection.cancel_safe(timeout=_CANCEL_TIMEOUT_S)
        time.sleep(_CANCEL_INTERVAL_S)
    with suppress(psycopg.Error):
        _terminate(target, backend_pid)


def _terminate(target: Target, backend_pid: int) -> None:
    keywords = {**target.keywords(), "application_name": "vado cancel"}
    with psycopg.connect("", autocommit=True, **keywords) as other:  # type: ignore[arg-type]  # the stubs also name non-text options
        other.execute("select pg_terminate_backend(%s)", [backend_pid])


def abandon(connection: Connection) -> None:
    """Break the connection on this side: whoever waits for its answer gets an error."""
    with suppress(psycopg.Error, OSError):
        handle = os.dup(connection.fileno())
        with socket.socket(fileno=handle) as wire:
            wire.shutdown(socket.SHUT_RDWR)


def is_active(connection: Connection) -> bool:
    """Say whether the server has been asked something and has not answered all of it."""
    return connection.info.transaction_status == TransactionStatus.ACTIVE


def is_quiet(connection: Connection) -> bool:
    """Say whether nothing was asked, no transaction is open, and nothing has come unasked."""
    if connection.closed or connection.info.transaction_status != TransactionStatus.IDLE:
        return False
    with DefaultSelector() as selector:
        selector.register(connection.fileno(), EVENT_READ)
        return not selector.select(0)
