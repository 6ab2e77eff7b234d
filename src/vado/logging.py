"""One JSON line an event, to a private file; secrets are taken out on the way."""

import json
import logging
import re
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path

from vado.errors import StateUnavailable

_MASK = "***"
_MIN_SECRET = 4  # a shorter one would blank out half of every line

# Userinfo of a URL, key=value forms, SQL passwords, and Neon's own kinds of token.
_PATTERNS = (
    re.compile(r"(?P<keep>\b[a-z][a-z0-9+.-]*://[^\s:/@]*:)[^\s@]+(?=@)", re.IGNORECASE),
    re.compile(
        r"(?P<keep>\b(?:pg)?(?:password|passwd|pwd|token|api_?key|secret)\b\s*[=:]\s*)"
        r"(?:'[^']*'|\"[^\"]*\"|[^\s,;&}]+)",
        re.IGNORECASE,
    ),
    re.compile(r"(?P<keep>\bpassword\s+)(?:E?'(?:[^']|'')*'|\$\$.*?\$\$)", re.IGNORECASE),
    re.compile(r"(?P<keep>\bbearer\s+)[\w.~+/=-]+", re.IGNORECASE),
    re.compile(r"(?P<keep>)\b(?:npg|napi)_\w+"),
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
        text = text.replace(secret, _MASK)
    for pattern in _PATTERNS:
        text = pattern.sub(lambda match: f"{match['keep']}{_MASK}", text)
    return text


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
        # Redacted value by value, so that a match can never swallow the JSON around it.
        return json.dumps({k: _redacted(v) for k, v in line.items()}, ensure_ascii=False)


def _redacted(value: object) -> object:
    if isinstance(value, str):
        return redact(value)
    if isinstance(value, dict):
        return {str(k): _redacted(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_redacted(v) for v in value]
    if value is None or isinstance(value, bool | int | float):
        return value
    return redact(str(value))


def configure_logging(folder: Path, *, level: int = logging.INFO) -> None:
    """Write Vado's log to `vado.log` in *folder* (0600, three files of at most 5 MB)."""
    root = logging.getLogger("vado")
    if root.handlers:
        return
    path = folder / "vado.log"
    try:
        path.touch(mode=0o600)
        handler = RotatingFileHandler(path, maxBytes=5_000_000, backupCount=2, encoding="utf-8")
    except OSError as error:
        raise StateUnavailable(
            f"cannot write the log {path}: {error.strerror}",
            hint="Give a folder that you may write to with VADO_STATE.",
        ) from error
    handler.setFormatter(JsonFormatter())
    root.addHandler(handler)
    root.setLevel(level)
    root.propagate = False
