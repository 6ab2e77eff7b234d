"""What networks that can be made bad have in common."""

import contextlib
import socket


def end(*wires: socket.socket) -> None:
    """Close sockets, also those that somebody waits on in another thread."""
    for wire in wires:
        with contextlib.suppress(OSError):
            wire.shutdown(socket.SHUT_RDWR)
        wire.close()
