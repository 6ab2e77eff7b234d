"""The engine behind the window: `vado serve` as a child process, and the little asked of it."""

import http.client
import json
import re
import secrets
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import closing, suppress
from typing import Any

from vado.errors import EngineFailed

START_TIMEOUT_S = 60
STOP_GRACE_S = 25  # five more than `vado serve` gives its operations to roll back
_ANSWER = re.compile(rb'\{"base": ?"http://(127\.0\.0\.1:\d{1,5})"\}\s*')


class Engine:
    """A `vado serve` that ends, in order, when its standard input does: also when we are killed."""

    def __init__(self, options: Sequence[str]) -> None:
        """Start it and learn its address; raise EngineFailed when it gives none in time."""
        # -P: a module of the user's project folder must not pass for one of ours.
        argv = [sys.executable, "-P", "-m", "vado", "serve", "--parent", *options]
        # A session of its own: Ctrl+C in the terminal is for the window, which ends it in order.
        self._child = subprocess.Popen(  # noqa: S603 (our own program, no shell)
            argv,
            bufsize=0,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )
        self.token = secrets.token_urlsafe(32)
        answer = _ANSWER.fullmatch(self._introduce())
        if answer is None:
            self.stop()
            raise EngineFailed(
                f"the engine did not start (exit code {self._child.returncode})",
                hint="Run vado serve with the same options to see why.",
                details={"exit_code": max(self._child.returncode, 1)},
            )
        self._address = answer[1].decode()
        self.base = f"http://{self._address}"

    def _introduce(self) -> bytes:
        child, lines = self._child, list[bytes]()
        assert child.stdin and child.stdout  # noqa: S101, PT018 (both are pipes)
        with suppress(BrokenPipeError):
            # Here and nowhere else: arguments and environments of a process can be read by others.
            child.stdin.write(self.token.encode() + b"\n")
        # A thread, because not every system can wait for a pipe with a deadline.
        read = child.stdout.readline
        reader = threading.Thread(target=lambda: lines.append(read()), daemon=True)
        reader.start()
        reader.join(START_TIMEOUT_S)
        return lines[0] if lines else b""

    def unfinished_operations(self) -> int | None:
        """Return how many operations have not ended yet; None when the engine does not say."""
        if self._child.poll() is not None:
            return 0
        answer = self._get("/api/operations?state=queued,running,cancelling&limit=1")
        return answer.get("total")

    def language(self) -> str:
        """Return the language chosen in the page, empty when none was."""
        return str(self._get("/api/preferences").get("language") or "")

    def _get(self, path: str) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {self.token}"}
        # Not urllib, which would hand the token to the proxy that the environment names.
        with (
            suppress(OSError, http.client.HTTPException, ValueError),
            closing(http.client.HTTPConnection(self._address, timeout=5)) as connection,
        ):
            connection.request("GET", path, headers=headers)
            response = connection.getresponse()
            if response.status == http.HTTPStatus.OK:
                return dict(json.load(response))
        return {}

    def wait(self) -> int:
        """Wait until it ends, however that comes; return its exit code."""
        return self._child.wait()

    def stop(self) -> None:
        """Have it cancel and roll back what runs, then end; kill it after STOP_GRACE_S."""
        if self._child.stdin:
            self._child.stdin.close()
        try:
            self._child.wait(STOP_GRACE_S)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()
