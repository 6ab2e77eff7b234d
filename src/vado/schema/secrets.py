"""Options that may hold a password: kept as marks, so that a change shows and the value does not.

A mark is a digest with a key that this process has made up: two values of one process compare, and
what is written down tells nobody anything.
"""

import hashlib
import hmac
import os
import re
from collections.abc import Iterable

_KEY = os.urandom(32)
_SECRET = re.compile(r"pass|secret|token|credential|private|api_?key|sslkey", re.IGNORECASE)
_PAIR = re.compile(r"(\w+)\s*=\s*('(?:[^'\\]|\\.)*'|(?:[^\s'\\]|\\.)*)")
_URL = re.compile(r"(postgres(?:ql)?://[^:@/?]*):([^@/?]*)@")
_PARAMETER = re.compile(r"([?&])(\w+)=([^&]*)")

Texts = tuple[str, ...]


def split_options(options: Iterable[str] | None) -> tuple[Texts, Texts]:
    """Part `name=value` texts into those that may be shown and the marks of the others."""
    shown, hidden = [], []
    for option in sorted(options or ()):
        name, _, value = option.partition("=")
        if _SECRET.search(name):
            hidden.append(f"{name}={_mark(value)}")
        else:
            shown.append(option)
    return tuple(shown), tuple(hidden)


def split_connection(text: str) -> tuple[str, Texts]:
    """Return a connection string without its secrets, and the marks of these."""
    hidden: list[str] = []

    def hide(name: str, value: str) -> str:
        hidden.append(f"{name}={_mark(value)}")
        return "***"

    def parameter(found: re.Match[str]) -> str:
        secret = _SECRET.search(found[2])
        return f"{found[1]}{found[2]}={hide(found[2], found[3]) if secret else found[3]}"

    def pair(found: re.Match[str]) -> str:
        secret = _SECRET.search(found[1])
        return f"{found[1]}={hide(found[1], found[2]) if secret else found[2]}"

    if text.lstrip().startswith(("postgres://", "postgresql://")):
        shown = _URL.sub(lambda found: f"{found[1]}:{hide('password', found[2])}@", text)
        return _PARAMETER.sub(parameter, shown), tuple(hidden)
    return _PAIR.sub(pair, text), tuple(hidden)


def _mark(value: str) -> str:
    return "hidden:" + hmac.new(_KEY, value.encode(), hashlib.sha256).hexdigest()[:12]
