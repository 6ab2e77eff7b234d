"""A proxy that does to a connection what bad networks do: swallow, cut, or go silent."""

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from tests.wires import end
from vado.database import Target

Fate = Literal["pass", "cut", "cut_after_answer", "silence"]
Rule = Callable[["Wire", bytes], Fate]


@dataclass
class Wire:
    """One connection: who opened it, and all that the client has sent so far."""

    application: str = ""
    sent: bytearray = field(default_factory=bytearray)
    fate: Fate = "pass"
    turns: int = 0  # how often the client spoke after it had heard something
    heard: bool = True


class ChaosProxy:
    """Listens on 127.0.0.1 and forwards to a server's socket, as long as *rule* lets it."""

    def __init__(self, target: Target) -> None:
        self._path = f"{target.host}/.s.PGSQL.{target.port}"
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self.rule: Rule = lambda _wire, _data: "pass"
        self._open: list[socket.socket] = []
        self.wires: list[Wire] = []

    def serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                server = socket.socket(socket.AF_UNIX)
                server.connect(self._path)
                self._open += [client, server]
                wire = Wire()
                self.wires.append(wire)
                for work in (self._to_server, self._to_client):
                    threading.Thread(target=work, args=(wire, client, server), daemon=True).start()

    def _to_server(self, wire: Wire, client: socket.socket, server: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := client.recv(65536):
                if not wire.application and b"application_name\0" in data:
                    wire.application = data.split(b"application_name\0")[1].split(b"\0")[0].decode()
                wire.sent += data
                wire.turns += wire.heard
                wire.heard = False
                if wire.fate == "pass":
                    wire.fate = self.rule(wire, data)
                if wire.fate in {"pass", "cut_after_answer"}:
                    server.sendall(data)
                if wire.fate == "cut":
                    break
        if wire.fate != "silence":
            end(client, server)

    def _to_client(self, wire: Wire, client: socket.socket, server: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := server.recv(65536):
                if wire.fate == "cut_after_answer":
                    break
                if wire.fate == "pass":
                    wire.heard = True
                    client.sendall(data)
        if wire.fate != "silence":
            end(client, server)

    def close(self) -> None:
        end(self._listener, *self._open)


@contextlib.contextmanager
def chaos(target: Target) -> Iterator[ChaosProxy]:
    """A proxy before *target* for the time of the block."""
    proxy = ChaosProxy(target)
    threading.Thread(target=proxy.serve, daemon=True).start()
    try:
        yield proxy
    finally:
        proxy.close()
