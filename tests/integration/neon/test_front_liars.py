"""Whoever stands between Vado and Neon learns no password and is not believed."""

import contextlib
import select
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from tests.neon_stub.fixtures import Neon, self_signed
from tests.neon_stub.wire import SSL_REQUEST, read_exactly

from vado.database import Target, connect
from vado.errors import ConnectionFailed

ASK_FOR_TLS = b"\0\0\0\x08" + SSL_REQUEST.to_bytes(4, "big")


@dataclass
class Liar:
    """Listens in Neon's place."""

    port: int
    heard: list[bytes] = field(default_factory=list)

    def instead_of(self, target: Target, **options: str) -> Target:
        return replace(
            target, host="127.0.0.1", port=self.port, options={**target.options, **options}
        )


@contextlib.contextmanager
def listening(lie: Callable[[Liar, socket.socket], None]) -> Iterator[Liar]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        liar = Liar(server.getsockname()[1])

        def serve() -> None:
            with contextlib.suppress(OSError):
                while True:
                    client, _ = server.accept()
                    with client, contextlib.suppress(OSError, EOFError):
                        lie(liar, client)

        threading.Thread(target=serve, daemon=True).start()
        yield liar


def refused(target: Target) -> str:
    with pytest.raises(ConnectionFailed) as caught, connect(target):
        pass
    return str(caught.value)


def test_a_server_that_says_it_has_no_tls_hears_nothing(neon: Neon):
    def lie(liar: Liar, client: socket.socket) -> None:
        read_exactly(client, len(ASK_FOR_TLS))
        client.sendall(b"N")
        liar.heard.append(client.recv(1000))

    with listening(lie) as liar:
        assert "SSL" in refused(liar.instead_of(neon.target()))
    assert b"".join(liar.heard) == b""


def test_a_proof_cannot_be_passed_on_over_another_channel(neon: Neon, tmp_path: Path):
    certificate, key, _ = self_signed(tmp_path)
    target = neon.target()

    def lie(_: Liar, client: socket.socket) -> None:
        read_exactly(client, len(ASK_FOR_TLS))
        client.sendall(b"S")
        inside = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        inside.load_cert_chain(certificate, key)
        outside = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        outside.check_hostname = False
        outside.verify_mode = ssl.CERT_NONE
        with (
            inside.wrap_socket(client, server_side=True) as victim,
            socket.create_connection((target.host, target.port)) as plain,
        ):
            plain.sendall(ASK_FOR_TLS)
            assert plain.recv(1) == b"S"
            with outside.wrap_socket(plain) as real:
                _pass_on(victim, real)

    with listening(lie) as liar:
        assert "password authentication failed" in refused(liar.instead_of(target))
        assert not any(arrival.let_in for arrival in neon.arrivals)
        # Without the binding nobody would notice: this is what it is for.
        with connect(liar.instead_of(target, channel_binding="disable")) as session:
            assert session.value("select 1") == 1


def _pass_on(one: ssl.SSLSocket, other: ssl.SSLSocket) -> None:
    pair = {one: other, other: one}
    while True:
        ready = [s for s in pair if s.pending()] or select.select(list(pair), [], [], 10)[0]
        for source in ready:
            data = source.recv(1 << 16)
            if not data:
                return
            pair[source].sendall(data)
