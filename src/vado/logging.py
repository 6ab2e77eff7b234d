"""One JSON line an event, to a private file; secrets are taken out on the way."""

import json
import logging
import os
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

from vado.errors import StateUnavailable

_MASK = "***"
_MIN_SECRET = 4  # a shorter one would blank out half of every line
_SURELY_SECRET = 12  # from this length on nothing contains it by chance

_TELLING_NAME = r"[\w-]{0,40}(?:password|passwd|pwd|token|api_?key|secret)"
_TELLING = re.compile(_TELLING_NAME, re.IGNORECASE)

# Userinfo of a URL (to the last @ of the word, as passwords may hold one), key=value forms, SQL
# passwords, Neon's own kinds of token, and secret keys of age.
_PATTERNS = (
    re.compile(r"(?P<keep>\b[a-z][a-z0-9+.-]*://[^\s:/@]*:)\S+(?=@)", re.IGNORECASE),
    re.compile(
        rf"(?P<keep>\b{_TELLING_NAME}[\"']?\s*[=:]\s*)"
        r"(?:bearer\s+)?(?:'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"|[^\s,;&}\"']+)",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?P<keep>\bpassword\s+)"
        r"(?:E'(?:[^'\\]|\\.|'')*'|(?:U&)?'(?:[^']|'')*'|(?P<tag>\$\w*\$).*?(?P=tag))",
        re.IGNORECASE | re.DOTALL,
    ),
    re.compile(r"(?P<keep>\bbearer\s+)[\w.~+/=*-]+", re.IGNORECASE),
    re.compile(r"(?P<keep>)\b(?:npg|napi)_[\w*]+"),
    re.compile(r"(?P<keep>)\bAGE-SECRET-KEY-1\w+", re.IGNORECASE),
)
_secrets: set[str] = set()

_STANDARD = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName"}


def register_secret(text: str) -> None:
    """Have *text* blanked out of everything that is logged from now on."""
    if len(text) >= _MIN_SECRET:
        _secrets.add(text)


def redact(text: str) -> str:
    """Return *text* without registered secrets and what looks like one."""
    # Longest first, so that no secret survives because a part of it was blanked out before.
    for secret in sorted(_secrets, key=len, reverse=True):
        if secret in text:
            text = _occurrences(secret).sub(_MASK, text)
    for pattern in _PATTERNS:
        text = pattern.sub(lambda match: f"{match['keep']}{_MASK}", text)
    return text


@cache
def _occurrences(secret: str) -> re.Pattern[str]:
    """Return where *secret* stands: a short one only by itself.

    A password such as "file" or "postgres" is also a part of many words, of error codes and of
    paths, which must stay what they are.
    """
    whole = re.escape(secret)
    if len(secret) < _SURELY_SECRET:
        whole = rf"(?<!\w){whole}(?!\w)"
    return re.compile(whole)


class JsonFormatter(logging.Formatter):
    """Formats a record, with whatever was given as `extra`, as one JSON line."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; times are UTC."""
        extra = {k: v for k, v in record.__dict__.items() if k not in _STANDARD}
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
            **extra,
        }
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(redacted(line), ensure_ascii=False)


def redacted(value: object) -> object:
    """Return JSON data without secrets; redacting its text could swallow the JSON around one."""
    if isinstance(value, str):
        return redact(value)
    if isinstance(value, Mapping):
        return {
            str(k): _MASK if v and _TELLING.fullmatch(str(k)) else redacted(v)
            for k, v in value.items()
        }
    if isinstance(value, list | tuple):
        return [redacted(v) for v in value]
    if value is None or isinstance(value, bool | int | float):
        return value
    return redact(str(value))


class _PrivateFile(RotatingFileHandler):
    """Log files of mode 0600, the one that a rotation begins too."""

    def _open(self) -> TextIOWrapper:
        descriptor = os.open(self.baseFilename, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        # Half characters, from a name on disk for example, must not cost the line.
        file = os.fdopen(descriptor, "a", encoding="utf-8", errors="backslashreplace")
        Path(self.baseFilename).chmod(0o600)  # also one that was there before
        return file


def configure_logging(folder: Path, *, level: int = logging.INFO) -> None:
    """Write Vado's log to `vado.log` in *folder* (0600, three files of at most 5 MB)."""
    root = logging.getLogger("vado")
    if root.handlers:
        return
    path = folder / "vado.log"
    try:
        handler = _PrivateFile(path, maxBytes=5_000_000, backupCount=2)
    except OSError as error:
        raise StateUnavailable(
            f"cannot write the log {path}: {error.strerror}",
            hint="Give a folder that you may write to with VADO_STATE.",
        ) from error
    handler.setFormatter(JsonFormatter())
    root.setLevel(level)
    # The driver warns of sessions that break; nobody at a terminal can do anything with that.
    for logger in (root, logging.getLogger("psycopg")):
        logger.addHandler(handler)
        logger.propagate = False
