"""A proxy that says "not yet" as Neon's does, with a real server behind it."""

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace

import pytest

from vado.database import Target, connect, told_while_waking, waking
from vado.errors import Cancelled, ConnectionFailed

_SSL_REQUEST = 80877103
_ASLEEP = "Couldn't connect to compute node"


@contextmanager
def proxy(behind: Target, says: str, refusals: int) -> Iterator[tuple[Target, list[int]]]:
    """Refuse so many connections with a sentence, then pass everything on."""
    seen: list[int] = []
    with closing(socket.create_server(("127.0.0.1", 0))) as server:

        def serve() -> None:
            with suppress(OSError):
                while True:
                    client, _ = server.accept()
                    seen.append(1)
                    answer = _refuse if len(seen) <= refusals else _pass_on
                    threading.Thread(
                        target=answer, args=(client, behind, says), daemon=True
                    ).start()

        threading.Thread(target=serve, daemon=True).start()
        port = server.getsockname()[1]
        yield replace(behind, host="127.0.0.1", port=port, options={"sslmode": "disable"}), seen


def _refuse(client: socket.socket, _: Target, says: str) -> None:
    with client:
        client.recv(8192)
        fields = b"SERROR\0VERROR\0C08006\0M" + says.encode() + b"\0\0"
        client.sendall(b"E" + struct.pack("!i", len(fields) + 4) + fields)


def _pass_on(client: socket.socket, behind: Target, _: str) -> None:
    server = socket.socket(socket.AF_UNIX)
    server.connect(f"{behind.host}/.s.PGSQL.{behind.port}")

    def pump(source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                sink.sendall(data)
        with suppress(OSError):
            sink.shutdown(socket.SHUT_WR)

    back = threading.Thread(target=pump, args=(server, client), daemon=True)
    back.start()
    pump(client, server)
    back.join()
    client.close()
    server.close()


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waking, "_FIRST_PAUSE_S", 0.01)


def test_a_sleeping_database_is_waited_for_and_it_is_said(database: Target) -> None:
    told: list[int] = []

    with (
        proxy(database, _ASLEEP, 2) as (target, _),
        told_while_waking(told.append),
        connect(target) as session,
    ):
        assert session.value("select 1") == 1

    assert told == [1, 2]


def test_one_that_does_not_wake_up_is_given_up_with_a_hint(database: Target) -> None:
    with proxy(database, _ASLEEP, 99) as (target, seen):
        with pytest.raises(ConnectionFailed, match="compute node") as caught, connect(target):
            pass

        assert len(seen) == waking.TRIES
    assert "starting" in str(caught.value.hint)


def test_a_disabled_one_is_asked_once(database: Target) -> None:
    with proxy(database, "The endpoint is disabled", 99) as (target, seen):
        with pytest.raises(ConnectionFailed, match="disabled"), connect(target):
            pass

        assert len(seen) == 1


def test_whoever_cancels_is_not_kept_waiting(database: Target) -> None:
    def cancelled(_: int) -> None:
        raise Cancelled("the operation was cancelled")

    with proxy(database, _ASLEEP, 99) as (target, seen):
        with pytest.raises(Cancelled), told_while_waking(cancelled), connect(target):
            pass

        assert len(seen) == 1
