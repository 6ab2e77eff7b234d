"""Who is at work: the operating system's user and this machine's name."""

import getpass
import socket
from functools import cache


@cache
def os_user() -> str:
    """Return the name of the operating system's user."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"


@cache
def actor() -> str:
    """Return `user@host`."""
    return f"{os_user()}@{socket.gethostname()}"
