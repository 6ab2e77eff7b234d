"""The API over HTTP: who asks, what for, whether it fits the description, and what goes wrong."""

import json
import socket
import sys
import threading
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tests.neon_stub import calls, computes, restores
from tests.neon_stub.front import Front
from tests.neon_stub.project import Project
from tests.neon_stub.records import Refused
from tests.neon_stub.registry import CALLS, Request
from tests.neon_stub.specification import Operation, specification

BASE = "/api/v2"
assert calls, computes  # these are imported for the calls that they register
assert restores


@dataclass(frozen=True)
class Asked:
    """A request as it came, for tests to look at."""

    operation: str
    method: str
    path: str
    query: dict[str, str]
    body: Any
    headers: dict[str, str]
    status: int | None


@dataclass
class Cloud:
    """All projects there are, the way in to them, and all that did not fit the description."""

    front: Front
    projects: dict[str, Project] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    unfit: list[str] = field(default_factory=list)


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a client that went away: it may have been killed."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class Service:
    """Serves a cloud on a port of its own."""

    def __init__(self, cloud: Cloud) -> None:
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.cloud = cloud  # type: ignore[attr-defined]  # what a handler can reach
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}{BASE}"
        threading.Thread(
            target=self._server.serve_forever, args=(0.02,), name="neon", daemon=True
        ).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (its name in the base)
        """Write nothing."""

    def _handle(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        raw = self.rfile.read(length)
        self._request_id = self.headers.get("X-Request-ID") or str(uuid.uuid4())
        parts = urlsplit(self.path)
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        found = specification().find(self.command, parts.path.removeprefix(BASE))
        if not parts.path.startswith(BASE) or found is None:
            self._answer(404, _envelope("not found", self._request_id))
            return
        operation, path = found
        try:
            body = json.loads(raw) if raw else None
        except ValueError:
            self._answer(400, _envelope("request body has an error: not JSON", self._request_id))
            return
        self._operation(operation, path, query, body)

    do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = _handle  # noqa: N815 (names of the base)

    @property
    def _cloud(self) -> Cloud:
        return self.server.cloud  # type: ignore[attr-defined,no-any-return]  # see Service

    def _operation(
        self, operation: Operation, path: dict[str, str], query: dict[str, str], body: Any
    ) -> None:
        unfit = list(specification().request_faults(operation, path, query, body))
        project = self._project(path)
        fault = project.faults.take_http(operation.id) if project else None
        headers: Mapping[str, str] = {}
        if fault and fault.kind == "status":
            status, headers = fault.status, fault.headers
            answer: Any = _envelope("scripted by the test", self._request_id)
        elif fault and fault.kind == "lose_request":
            status, answer = None, None
        else:
            status, answer = self._performed(operation, project, path, query, body, unfit)
            if fault and fault.kind == "done_but":
                status, answer = fault.status, _envelope("scripted by the test", self._request_id)
            elif fault and fault.change:
                answer = fault.change(answer)
            elif fault:
                status = None
        if status is not None and not (fault and fault.change):
            # What the test makes it say is to be something that Neon could say.
            self._cloud.unfit.extend(specification().response_faults(operation, status, answer))
        self._cloud.asked.append(
            Asked(operation.id, self.command, self.path, query, body, dict(self.headers), status)
        )
        if status is None:
            self._hang_up()
        else:
            self._answer(status, answer, headers)

    def _project(self, path: dict[str, str]) -> Project | None:
        if "project_id" in path:
            return self._cloud.projects.get(path["project_id"])
        keys = {p.api_key: p for p in self._cloud.projects.values()}
        return keys.get(self._key())

    def _key(self) -> str:
        return (self.headers.get("Authorization") or "").removeprefix("Bearer ")

    def _performed(
        self,
        operation: Operation,
        project: Project | None,
        path: dict[str, str],
        query: dict[str, str],
        body: Any,
        unfit: list[str],
    ) -> tuple[int, Any]:
        if self._key() not in {p.api_key for p in self._cloud.projects.values()}:
            return 401, _envelope("supplied credentials do not pass authentication")
        if project is None or project.api_key != self._key():
            return 404, _envelope("project not found", self._request_id)
        if unfit:
            self._cloud.unfit.extend(unfit)
            return 400, _envelope(f"request has an error: {unfit[0]}", self._request_id)
        if operation.id not in CALLS:
            self._cloud.unfit.append(f"{operation.id} is not modelled")
            return 404, _envelope("not modelled", self._request_id)
        request = Request(path, query, body or {}, self._cloud.front.address)
        try:
            with project.lock:
                project.catch_up()
                status, answer = CALLS[operation.id](project, request)
        except Refused as refused:
            status = refused.status
            answer = _envelope(refused.message, self._request_id, refused.code)
        except Exception as error:
            self._cloud.unfit.append(f"{operation.id} broke: {error!r}")
            raise
        return status, answer

    def _answer(self, status: int, body: Any, headers: Mapping[str, str] | None = None) -> None:
        self.send_response(status)
        text = b"" if body is None else json.dumps(body).encode()
        if text:
            self.send_header("Content-Type", "application/json")
        if status != 204:
            self.send_header("Content-Length", str(len(text)))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(text)

    def _hang_up(self) -> None:
        """End the connection without a word."""
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)


def _envelope(message: str, request_id: str | None = None, code: str = "") -> dict[str, str]:
    known = {"code": code, "message": message}
    return known | ({"request_id": request_id} if request_id else {})
