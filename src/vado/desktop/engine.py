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
_ANSWER = re.compile(rb'\{"base": ?"(http://127\.0\.0\.1:\d{1,5})"\}\s*')


class Engine:
    """A `vado serve` that ends, in order, when its standard input does: also when we are killed."""

    def __init__(self, options: Sequence[str]) -> None:
        """Start it and learn its address; raise EngineFailed when it gives none in time."""
        self.token = secrets.token_urlsafe(32)
        # -P: a module of the user's project folder must not pass for one of ours.
        # A session of its own: Ctrl+C in the terminal is for the window, which ends it in order.
        self.child = subprocess.Popen(  # noqa: S603 (our own program, no shell)
            [sys.executable, "-P", "-m", "vado", "serve", "--parent", *options],
            bufsize=0,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )
        answer = _ANSWER.fullmatch(self._introduce())
        if answer is None:
            code = self.stop()
            raise EngineFailed(
                f"the engine did not start (exit code {code})",
                hint="Run vado serve with the same options to see why.",
                details={"exit_code": max(code, 1)},
            )
        self.base = answer[1].decode()

    def _introduce(self) -> bytes:
        assert self.child.stdin and self.child.stdout  # noqa: S101, PT018 (both are pipes)
        with suppress(BrokenPipeError):
            # Here and nowhere else: arguments and environments of a process can be read by others.
            self.child.stdin.write(self.token.encode() + b"\n")
        deadline = threading.Timer(START_TIMEOUT_S, self.child.kill)
        deadline.start()
        answer = self.child.stdout.readline()
        deadline.cancel()
        return answer

    def ask(self, path: str, field: str) -> Any:  # noqa: ANN401 (whatever the field holds)
        """Return *field* of what the API answers at *path*; None when it does not answer."""
        address = self.base.removeprefix("http://")
        # Not urllib, which would hand the token to the proxy that the environment names.
        with (
            suppress(OSError, http.client.HTTPException, ValueError),
            closing(http.client.HTTPConnection(address, timeout=5)) as connection,
        ):
            connection.request("GET", path, headers={"Authorization": f"Bearer {self.token}"})
            return json.load(connection.getresponse()).get(field)
        return None

    def stop(self) -> int:
        """Have it cancel and roll back what runs, then end; kill it after STOP_GRACE_S."""
        if self.child.stdin:
            self.child.stdin.close()
        try:
            return self.child.wait(STOP_GRACE_S)
        except subprocess.TimeoutExpired:
            self.child.kill()
            return self.child.wait()
