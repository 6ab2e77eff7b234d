"""What every request must pass: the right host, no foreign page, the token, sane size and rate.

A server on loopback is reachable by every page in the user's browser; none of the checks alone
stops all of them.
"""

import secrets
import time
from collections.abc import Mapping

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from vado.api.problems import problem
from vado.settings import Secret

MAX_BODY_BYTES = 12_000_000
_RATE_PER_S = 60.0
_BURST = 240.0
_API = "/api"

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self'; connect-src 'self' ipc: http://ipc.localhost; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)
_HEADERS: Mapping[str, str] = {
    "content-security-policy": CSP,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-frame-options": "DENY",
}

Refusal = tuple[int, str, str, str]


class Guard:
    """Middleware in front of everything."""

    def __init__(self, app: ASGIApp, *, token: Secret, port: int) -> None:
        self._app = app
        self._token = f"Bearer {token.reveal()}".encode()
        self._hosts = frozenset({f"127.0.0.1:{port}", f"localhost:{port}"})
        self._bucket = _Bucket()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request through, or answer it with the reason why not."""
        if scope["type"] != "http":
            # Nothing here speaks WebSocket; lifespan has no headers to check.
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        refused = self._refusal(scope)
        if refused is not None:
            await problem(*refused)(scope, receive, _with_headers(send))
            return
        body = await _read_body(receive)
        if body is None:
            too_large = problem(
                413, "too_large", "the request is too large", f"At most {MAX_BODY_BYTES} bytes."
            )
            await too_large(scope, receive, _with_headers(send))
            return
        await self._app(scope, _replay(body, receive), _with_headers(send))

    def _refusal(self, scope: Scope) -> Refusal | None:
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if host not in self._hosts:
            return 421, "wrong_host", "this is not the host of Vado", "Use the printed address."
        if _foreign(headers, host):
            return 403, "foreign_origin", "another page may not use Vado", "Open Vado itself."
        if not scope["path"].startswith(_API):
            return None
        if not self._bucket.take():
            return 429, "too_many_requests", "too many requests", "Wait a second."
        given = headers.get("authorization", "").encode()
        if not secrets.compare_digest(given, self._token):
            return 401, "unauthorized", "the token is missing or wrong", "Open Vado again."
        return None


def _foreign(headers: Headers, host: str) -> bool:
    origin = headers.get("origin")
    if origin is not None and origin != f"http://{host}":
        return True
    return headers.get("sec-fetch-site", "none") not in {"same-origin", "none"}


class _Bucket:
    """A token bucket: short bursts pass, a loop gone wild does not."""

    def __init__(self) -> None:
        self._level = _BURST
        self._at = time.monotonic()

    def take(self) -> bool:
        now = time.monotonic()
        self._level = min(_BURST, self._level + (now - self._at) * _RATE_PER_S)
        self._at = now
        if self._level < 1:
            return False
        self._level -= 1
        return True


async def _read_body(receive: Receive) -> bytes | None:
    """Return the whole body, None when it is larger than allowed."""
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        part: bytes = message.get("body", b"")
        size += len(part)
        if size > MAX_BODY_BYTES:
            return None
        parts.append(part)
        if not message.get("more_body", False):
            return b"".join(parts)


def _replay(body: bytes, receive: Receive) -> Receive:
    """Hand on a body that was read already, then whatever comes (a disconnect)."""
    waiting = [{"type": "http.request", "body": body, "more_body": False}]

    async def replayed() -> Message:
        return waiting.pop() if waiting else await receive()

    return replayed


def _with_headers(send: Send) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            known = {name.lower() for name, _ in message["headers"]}
            message["headers"] = [
                *message["headers"],
                *(
                    (name.encode(), value.encode())
                    for name, value in _HEADERS.items()
                    if name.encode() not in known
                ),
            ]
            if b"cache-control" not in known:
                message["headers"].append((b"cache-control", b"no-store"))
        await send(message)

    return sent
