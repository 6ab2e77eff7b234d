"""The server's side of SCRAM-SHA-256 (RFC 5802, 7677), from what PostgreSQL keeps of a password."""

import base64
import hashlib
import hmac
import re
import secrets

_VERIFIER = re.compile(r"SCRAM-SHA-256\$(\d+):([^$]+)\$([^:]+):(.+)")
_PLAIN, _PLUS = b"SCRAM-SHA-256", b"SCRAM-SHA-256-PLUS"


class WrongPassword(Exception):
    """The client does not know the password, or says it is bound to another channel."""


class Scram:
    """One authentication; *binding* is the hash of the certificate that the client saw."""

    mechanisms = _PLUS + b"\0" + _PLAIN + b"\0\0"

    def __init__(self, verifier: str | None, binding: bytes) -> None:
        found = _VERIFIER.fullmatch(verifier or "")
        # Whoever does not exist is asked all the same, and fails at the end.
        self._rounds, self._salt = (found[1], found[2]) if found else ("4096", "c2FsdHNhbHRzYWx0")
        self._stored = base64.b64decode(found[3]) if found else secrets.token_bytes(32)
        self._server = base64.b64decode(found[4]) if found else b""
        self._binding = binding
        self.bound = False

    def challenge(self, answer: bytes) -> bytes:
        """Return the server's first message for a SASLInitialResponse."""
        mechanism, _, rest = answer.partition(b"\0")
        self.bound = mechanism == _PLUS
        first = rest[4:].decode()
        self._header = first[: first.index(",", first.index(",") + 1) + 1]
        self._first = first.removeprefix(self._header)
        nonce = re.search(r"(?:^|,)r=([^,]+)", self._first)
        assert nonce, first
        self._nonce = nonce[1] + secrets.token_urlsafe(18)
        self._challenge = f"r={self._nonce},s={self._salt},i={self._rounds}"
        return self._challenge.encode()

    def proof(self, answer: bytes) -> bytes:
        """Return the server's last message for the client's last; WrongPassword."""
        text = answer.decode()
        bare, _, proof = text.rpartition(",p=")
        parts = dict(part.split("=", 1) for part in bare.split(","))
        expected = self._header.encode() + (self._binding if self.bound else b"")
        if base64.b64decode(parts["c"]) != expected or parts["r"] != self._nonce:
            raise WrongPassword
        told = f"{self._first},{self._challenge},{bare}".encode()
        signature = hmac.digest(self._stored, told, "sha256")
        key = bytes(a ^ b for a, b in zip(base64.b64decode(proof), signature, strict=True))
        if hashlib.sha256(key).digest() != self._stored:
            raise WrongPassword
        return b"v=" + base64.b64encode(hmac.digest(self._server, told, "sha256"))
