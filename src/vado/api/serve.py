"""Running the API on loopback until it is told to stop, and stopping it in order."""

import asyncio
import contextlib
import json
import secrets
import signal
import socket
import sys
import threading
import webbrowser
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from vado.api.app import create_app
from vado.application import Schedule, Vado
from vado.errors import UsageError
from vado.settings import Secret, Settings

_GRACE_S = 20.0


@dataclass(frozen=True, slots=True)
class ServeOptions:
    """How to serve.

    `port` 0 takes a free one. `parent`: the token is the first line of standard input, the address
    goes to standard output as one JSON line, and the end of standard input is the order to stop.
    """

    port: int = 0
    parent: bool = False
    open_browser: bool = False


def serve(settings: Settings, options: ServeOptions) -> None:
    """Serve until Ctrl+C, SIGTERM, or the parent is gone; running operations are rolled back."""
    token = Secret(_parent_token() if options.parent else secrets.token_urlsafe(32))
    with _listening(options.port) as listener:
        vado = Vado(settings)
        # Beside the start: a server that does not answer must not hold up the page.
        threading.Thread(target=vado.settle_leftovers, daemon=True).start()
        schedule = Schedule(vado)
        schedule.start()
        try:
            asyncio.run(_Server(vado, token, listener, options).run())
        finally:
            schedule.stop()
            vado.close()


def _parent_token() -> str:
    token = sys.stdin.buffer.readline().decode().strip()
    if not token:
        raise UsageError(
            "no token came on standard input", hint="--parent is for the window of Vado."
        )
    return token


def _listening(port: int) -> socket.socket:
    """Bind before anything is said, so that the printed port is surely ours."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", port))
        listener.listen(128)
    except OSError as error:
        listener.close()
        raise UsageError(
            f"port {port} is taken: {error.strerror}", hint="Choose another with --port."
        ) from error
    return listener


class _Uvicorn(uvicorn.Server):
    """Leaves signals to us: first the operations end, then the connections."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class _Server:
    """One run of the server."""

    def __init__(
        self, vado: Vado, token: Secret, listener: socket.socket, options: ServeOptions
    ) -> None:
        self._vado = vado
        self._token = token
        self._listener = listener
        self._options = options
        self._port: int = listener.getsockname()[1]

    async def run(self) -> None:
        app = create_app(self._vado, token=self._token, port=self._port)
        config = uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=3)
        server = _Uvicorn(config)
        stop = asyncio.create_task(self._stop_event().wait())
        serving = asyncio.create_task(server.serve([self._listener]))
        # The socket listens already: who comes before the server is ready waits a moment.
        opened = self._announce()
        try:
            await asyncio.wait({stop, serving}, return_when=asyncio.FIRST_COMPLETED)
            await asyncio.to_thread(self._vado.jobs.close, _GRACE_S)
        finally:
            server.should_exit = True
            await serving
            opened()

    def _stop_event(self) -> asyncio.Event:
        loop, stop = asyncio.get_running_loop(), asyncio.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            # Where signals have no place in the loop (Windows), Ctrl+C still ends the process.
            with contextlib.suppress(NotImplementedError):
                loop.add_signal_handler(number, stop.set)
        if self._options.parent:

            def watch() -> None:
                sys.stdin.buffer.read()
                loop.call_soon_threadsafe(stop.set)

            threading.Thread(target=watch, daemon=True).start()
        return stop

    def _announce(self) -> Callable[[], None]:
        base = f"http://127.0.0.1:{self._port}"
        if self._options.parent:
            sys.stdout.write(json.dumps({"base": base}) + "\n")
            sys.stdout.flush()
            return _nothing
        address = f"{base}/#token={self._token.reveal()}"
        sys.stdout.write(address + "\n")
        sys.stdout.flush()
        if self._options.open_browser:
            return _open(address, self._vado.settings.state_folder)
        return _nothing


def _nothing() -> None:
    """Clean up after nothing."""


def _open(address: str, folder: Path) -> Callable[[], None]:
    """Open the browser by a private file: an address in its arguments could be read by others."""
    path = folder / f"open-{secrets.token_hex(8)}.html"
    path.touch(mode=0o600)
    path.write_text(
        f'<!doctype html><meta http-equiv="refresh" content="0;url={address}">', encoding="utf-8"
    )
    threading.Thread(target=webbrowser.open, args=(path.as_uri(),), daemon=True).start()
    return lambda: path.unlink(missing_ok=True)
