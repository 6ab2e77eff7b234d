"""Neon's proxy: TLS, passwords, the way to the compute of an endpoint, and its own errors."""

import contextlib
import select
import socket
import ssl
import struct
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.neon_stub.scram import Scram, WrongPassword
from tests.neon_stub.storage import Timeline
from tests.neon_stub.wire import (
    CANCEL_REQUEST,
    GSS_REQUEST,
    SSL_REQUEST,
    fatal,
    message,
    read_exactly,
    read_message,
    startup_packet,
)

INSECURE = "connection is insecure (try using `sslmode=require`)"
NO_ENDPOINT = (
    "Endpoint ID is not specified. Either please upgrade the postgres client library (libpq) for "
    "SNI support or pass the endpoint ID (first part of the domain name) as a parameter: "
    "'?options=endpoint%3D<endpoint-id>'."
)
INCONSISTENT = (
    "Inconsistent project name inferred from SNI ('{sni}') and project option ('{option}')."
)
_BUFFER = 1 << 16
_POLL_S = 0.1


class Unwilling(Exception):
    """Why the proxy lets nobody in."""


@dataclass(frozen=True)
class Way:
    """Where an endpoint leads."""

    timeline: Timeline
    pooled: bool


@dataclass(frozen=True)
class Arrival:
    """How somebody tried to connect."""

    tls: bool
    sni: str | None
    endpoint: str | None
    channel_binding: bool
    let_in: bool


@dataclass
class Front:
    """Listens for PostgreSQL clients; *route* finds an endpoint's compute or raises Unwilling."""

    certificate: Path
    key: Path
    fingerprint: bytes
    route: Callable[[str], Way]
    refusal: Callable[[str | None], str | None]
    arrivals: list[Arrival] = field(default_factory=list)
    _cancels: dict[bytes, Timeline] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._closing = threading.Event()
        threading.Thread(target=self._listen, name="neon front", daemon=True).start()

    @property
    def address(self) -> tuple[str, int]:
        host, port = self._socket.getsockname()
        return host, port

    def close(self) -> None:
        self._closing.set()
        self._socket.close()

    def _listen(self) -> None:
        while not self._closing.is_set():
            try:
                client, _ = self._socket.accept()
            except OSError:
                return
            client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        visit = _Visit(self, client)
        # A client may leave whenever it likes.
        with contextlib.suppress(OSError, EOFError):
            try:
                visit.welcome()
            except Unwilling as why:
                visit.client.sendall(fatal(str(why)))
        visit.client.close()

    def remember(self, key: bytes, timeline: Timeline) -> None:
        self._cancels[key] = timeline

    def cancel(self, key: bytes) -> None:
        timeline = self._cancels.get(key)
        if timeline is not None and timeline.running:
            with socket.socket(socket.AF_UNIX) as server:
                server.connect(timeline.socket)
                server.sendall(struct.pack("!II", 8 + len(key), CANCEL_REQUEST) + key)


class _Visit:
    """One connection, from its first byte to its last."""

    def __init__(self, front: Front, client: socket.socket) -> None:
        self._front = front
        self.client: socket.socket | ssl.SSLSocket = client
        self._sni: str | None = None
        self._endpoint: str | None = None
        self._bound = False

    def welcome(self) -> None:
        parameters = self._startup()
        if parameters is None:
            return
        try:
            way, server = self._let_in(parameters)
        except Exception:
            self._note(let_in=False)
            raise
        self._note(let_in=True)
        with server:
            self._pass_on(server, way.timeline)

    def _note(self, *, let_in: bool) -> None:
        tls = isinstance(self.client, ssl.SSLSocket)
        self._front.arrivals.append(Arrival(tls, self._sni, self._endpoint, self._bound, let_in))

    def _startup(self) -> dict[str, str] | None:
        while True:
            (length,) = struct.unpack("!I", read_exactly(self.client, 4))
            packet = read_exactly(self.client, length - 4)
            (code,) = struct.unpack("!I", packet[:4])
            if code == SSL_REQUEST:
                self.client.sendall(b"S")
                self._to_tls()
            elif code == GSS_REQUEST:
                self.client.sendall(b"N")
            elif code == CANCEL_REQUEST:
                self._front.cancel(packet[4:])
                return None
            else:
                words = packet[4:].rstrip(b"\0").decode().split("\0")
                return dict(zip(words[::2], words[1::2], strict=False))

    def _to_tls(self) -> None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self._front.certificate, self._front.key)

        def note(_socket: object, name: str | None, _context: object) -> None:
            self._sni = name

        context.sni_callback = note
        self.client = context.wrap_socket(self.client, server_side=True)

    def _let_in(self, parameters: dict[str, str]) -> tuple[Way, socket.socket]:
        if not isinstance(self.client, ssl.SSLSocket):
            raise Unwilling(INSECURE)
        self._endpoint, others = self._named(parameters)
        refusal = self._front.refusal(self._endpoint)
        if refusal is not None:
            raise Unwilling(refusal)
        way = self._front.route(self._endpoint)
        if way.pooled and others:
            raise Unwilling("unsupported startup parameter: options")
        user = parameters.get("user", "")
        self._authenticate(way.timeline, user)
        wanted = {k: v for k, v in parameters.items() if k not in {"options", "user"}}
        server = socket.socket(socket.AF_UNIX)
        server.connect(way.timeline.socket)
        options = {"options": " ".join(others)} if others else {}
        server.sendall(startup_packet({"user": user, **wanted, **options}))
        return way, server

    def _named(self, parameters: dict[str, str]) -> tuple[str, list[str]]:
        """Return the endpoint that is meant, and the options that are not about that."""
        words = parameters.get("options", "").replace("-c ", "").split()
        named = [word.partition("=")[2] for word in words if word.startswith("endpoint=")]
        others = [word for word in words if not word.startswith("endpoint=")]
        label = (self._sni or "").partition(".")[0]
        by_sni = label if label.startswith("ep-") else None
        option = named[0] if named else None
        if option and by_sni and option != by_sni:
            raise Unwilling(INCONSISTENT.format(sni=by_sni, option=option))
        found = option or by_sni
        if found is None:
            raise Unwilling(NO_ENDPOINT)
        return found, others

    def _authenticate(self, timeline: Timeline, user: str) -> None:
        verifier = timeline.verifier(user)
        scram = Scram(verifier, self._front.fingerprint)
        self.client.sendall(message(b"R", struct.pack("!I", 10) + scram.mechanisms))
        try:
            _, first = read_message(self.client)
            answer = scram.challenge(first)
            self.client.sendall(message(b"R", struct.pack("!I", 11) + answer))
            _, last = read_message(self.client)
            self.client.sendall(message(b"R", struct.pack("!I", 12) + scram.proof(last)))
        except WrongPassword as error:
            self.client.sendall(fatal(f"password authentication failed for user '{user}'", "28P01"))
            raise EOFError from error
        self._bound = scram.bound

    def _pass_on(self, server: socket.socket, timeline: Timeline) -> None:
        self._pass_greeting(server, timeline)
        pair = {self.client: server, server: self.client}
        while True:
            pending = isinstance(self.client, ssl.SSLSocket) and self.client.pending()
            ready = [self.client] if pending else select.select(list(pair), [], [], _POLL_S)[0]
            for source in ready:
                data = source.recv(_BUFFER)
                if not data:
                    return
                pair[source].sendall(data)
            if self._front._closing.is_set():
                return

    def _pass_greeting(self, server: socket.socket, timeline: Timeline) -> None:
        """Pass on what the server says until it is ready, and remember the key for a cancel."""
        while True:
            kind, body = read_message(server)
            if kind == b"K":
                self._front.remember(body, timeline)
            self.client.sendall(message(kind, body))
            if kind in {b"Z", b"E"}:
                return
