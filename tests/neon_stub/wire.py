"""The little of PostgreSQL's protocol that a proxy has to understand."""

import socket
import struct
from collections.abc import Mapping

SSL_REQUEST = 80877103
GSS_REQUEST = 80877104
CANCEL_REQUEST = 80877102
_VERSION_3 = 196608


def read_exactly(source: socket.socket, count: int) -> bytes:
    """Read so many bytes; EOFError when there are no more."""
    parts = []
    while count > 0:
        part = source.recv(count)
        if not part:
            raise EOFError
        parts.append(part)
        count -= len(part)
    return b"".join(parts)


def read_message(source: socket.socket) -> tuple[bytes, bytes]:
    kind = read_exactly(source, 1)
    (length,) = struct.unpack("!I", read_exactly(source, 4))
    return kind, read_exactly(source, length - 4)


def message(kind: bytes, body: bytes) -> bytes:
    return kind + struct.pack("!I", len(body) + 4) + body


def startup_packet(parameters: Mapping[str, str]) -> bytes:
    words = [word for pair in parameters.items() for word in pair]
    body = struct.pack("!I", _VERSION_3) + b"".join(w.encode() + b"\0" for w in words) + b"\0"
    return struct.pack("!I", len(body) + 4) + body


def fatal(text: str, sqlstate: str = "08006") -> bytes:
    fields = {"S": "FATAL", "V": "FATAL", "C": sqlstate, "M": text}
    return message(b"E", b"".join(f"{k}{v}".encode() + b"\0" for k, v in fields.items()) + b"\0")
