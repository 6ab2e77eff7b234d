"""A real S3 server on this machine (moto's), and a network before it that can be made bad."""

import contextlib
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import boto3.session

from tests.wires import end

_WITHIN_S = 60
_ERROR = "<?xml version='1.0'?><Error><Code>{code}</Code><Message>canary-message</Message></Error>"


@contextlib.contextmanager
def s3_server(folder: Path) -> Iterator[str]:
    """The address of a server that ends with the block."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with (folder / "moto.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)],
            stdout=log,
            stderr=log,
            env={"PATH": os.defpath, "HOME": str(folder), "AWS_EC2_METADATA_DISABLED": "true"},
        )
        try:
            deadline = time.monotonic() + _WITHIN_S
            while not _listens(port):
                assert process.poll() is None, (folder / "moto.log").read_text()
                assert time.monotonic() < deadline, "the S3 server did not start"
                time.sleep(0.05)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.kill()
            process.wait()


def _listens(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


@dataclass
class Network:
    """Forwards to a server, as well as it is told to.

    `cut_sent_at` and `cut_got_at` break one connection once so many bytes went through in all;
    `answers` are codes of errors that the next requests get instead of an answer, `always` is one
    for all of them; `silent` lets nothing through any more, `gone` ends whatever comes;
    `requests` are the first lines seen.
    """

    server_port: int
    cut_sent_at: int | None = None
    cut_got_at: int | None = None
    answers: list[tuple[int, str]] = field(default_factory=list)
    always: tuple[int, str] | None = None
    silent: bool = False
    gone: bool = False
    requests: list[str] = field(default_factory=list)
    sent: int = 0
    got: int = 0
    cuts: int = 0

    def __post_init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._open: list[socket.socket] = []

    def serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                server = socket.create_connection(("127.0.0.1", self.server_port))
                self._open += [client, server]
                for work in (self._to_server, self._to_client):
                    threading.Thread(target=work, args=(client, server), daemon=True).start()

    def _to_server(self, client: socket.socket, server: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := client.recv(65536):
                if self.silent:
                    continue
                if self.gone:
                    break
                if data.split(b" ", 1)[0] in {b"GET", b"PUT", b"POST", b"HEAD", b"DELETE"}:
                    self.requests.append(data.split(b"\r\n", 1)[0].decode())
                    if self._answered(client):
                        break
                self.sent += len(data)
                if self.cut_sent_at is not None and self.sent >= self.cut_sent_at:
                    self.cut_sent_at = None
                    self.cuts += 1
                    break
                server.sendall(data)
        end(client, server)

    def _answered(self, client: socket.socket) -> bool:
        answer = self.answers.pop(0) if self.answers else self.always
        if answer is None:
            return False
        status, code = answer
        body = _ERROR.format(code=code).encode()
        head = f"HTTP/1.1 {status} x\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        client.sendall(head.encode() + body)
        return True

    def _to_client(self, client: socket.socket, server: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := server.recv(65536):
                self.got += len(data)
                if self.cut_got_at is not None and self.got >= self.cut_got_at:
                    self.cut_got_at = None
                    self.cuts += 1
                    break
                if not self.silent:
                    client.sendall(data)
        end(client, server)

    def close(self) -> None:
        end(self._listener, *self._open)


@contextlib.contextmanager
def network(address: str) -> Iterator[Network]:
    """A network before the server at *address* for the time of the block."""
    made = Network(int(address.rpartition(":")[2]))
    threading.Thread(target=made.serve, daemon=True).start()
    try:
        yield made
    finally:
        made.close()


def client_of(address: str) -> Any:
    """Somebody else's view of the server."""
    return boto3.session.Session().client("s3", endpoint_url=address, region_name="us-east-1")
