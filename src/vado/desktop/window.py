"""The Tauri window through PyTauri: one page, one engine behind it, an orderly end."""

import ctypes
import hashlib
import json
import logging
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import ParamSpec, TypeVar

from platformdirs import user_cache_path
from pytauri import AppHandle, RunEvent, RunEventType, WindowEvent
from pytauri.webview import WebviewWindow, WebviewWindowBuilder
from pytauri_plugins import clipboard_manager, dialog, notification, opener, single_instance
from pytauri_wheel.lib import builder_factory, context_factory

from vado.desktop.engine import Engine
from vado.errors import EngineFailed

_ROOM = Path(__file__).resolve().parent
_WORDING: dict[str, dict[str, str]] = json.loads((_ROOM / "wording.json").read_text("utf-8"))
_P = ParamSpec("_P")
_R = TypeVar("_R")


def never_raise(callback: Callable[_P, _R]) -> Callable[_P, _R | None]:
    """Log what *callback* raises and return None: raised into Tauri, it would abort the process."""

    def safe(*args: _P.args, **kwargs: _P.kwargs) -> _R | None:
        try:
            return callback(*args, **kwargs)
        except BaseException:  # panics of the extension derive from BaseException
            logging.getLogger("vado.desktop").exception("a callback of the window failed")
            return None

    return safe


class Window:
    """The window of one project, from opening to the end of its engine."""

    _handle: AppHandle
    _window: WebviewWindow
    _engine: Engine | None = None
    _failure: BaseException | None = None

    def __init__(self, options: Sequence[str]) -> None:
        self._options = options
        self._closing = threading.Lock()  # taken once, by the first who wants the end
        self._asking = threading.Lock()

    def run(self) -> None:
        """Open it and wait until it is closed; raise EngineFailed when the engine broke down."""
        config = {"identifier": f"dev.vado.desktop.{project_key(self._options)}"}
        context = context_factory(_ROOM, tauri_config=config)
        # First the single instance: a second start ends inside build(), before it has an engine.
        _exit_at_once()
        plugins = [single_instance.init(self._come_forward), dialog.init(), notification.init()]
        plugins += [opener.init(), clipboard_manager.init()]
        build = builder_factory().build
        # No invoke handler: the page cannot call Python.
        app = build(context, invoke_handler=None, setup=self._open, plugins=plugins)
        self._handle = app.handle()
        self._obey_signals()
        app.run_return(self._on_event)
        if self._engine:
            self._engine.stop()
        if self._failure:
            raise self._failure

    def _open(self, handle: AppHandle) -> None:
        try:
            self._engine = engine = Engine(self._options)
            self._show(handle, engine)
            threading.Thread(target=self._watch, args=[engine], daemon=True).start()
        except BaseException as error:  # noqa: BLE001 (run() raises it; without a window we idled)
            self._failure = error
            handle.exit(1)

    def _show(self, handle: AppHandle, engine: Engine) -> None:
        value = f"{{value: Object.freeze({json.dumps({'token': engine.token})})}}"
        self._window = WebviewWindowBuilder.from_config(
            handle,
            {**handle.config()["app"]["windows"][0], "url": engine.base + "/"},
            # One for all: the port is another each time, so nothing kept would be found again.
            data_directory=user_cache_path("vado", appauthor=False) / "window",
            initialization_script=f"if (location.origin === '{engine.base}')"  # and to no other
            f" Object.defineProperty(window, '__VADO__', {value});",
            on_navigation=lambda url: url.startswith(engine.base + "/"),
            on_document_title_changed=never_raise(WebviewWindow.set_title),
        )

    @never_raise
    def _come_forward(self, _handle: AppHandle, _args: list[str], _folder: str) -> None:
        self._window.unminimize()
        self._window.set_focus()

    @never_raise
    def _on_event(self, _handle: AppHandle, event: RunEventType) -> None:
        happened = event.event if isinstance(event, RunEvent.WindowEvent) else None
        if isinstance(happened, WindowEvent.CloseRequested):
            happened.api.prevent_close()
            # Asking the engine and the user takes time, and this thread paints the window.
            if self._engine is not None and not self._asking.locked():
                threading.Thread(target=self._close, args=[self._engine], daemon=True).start()

    @never_raise
    def _close(self, engine: Engine) -> None:
        with self._asking:
            running = engine.ask(
                "/api/operations?state=queued,running,cancelling&own=true&limit=1", "total"
            )
            words = wording(engine.ask("/api/preferences", "language"))
            buttons = dialog.MessageDialogButtons.OkCancelCustom(words["cancel"], words["keep"])
            question = words["running"].format("?" if running is None else running)
            if running == 0 or self._say(question, buttons):
                self._quit()

    def _say(self, text: str, buttons: dialog.MessageDialogButtonsType) -> bool:
        message = dialog.DialogExt.message(self._handle, text)
        kind = dialog.MessageDialogKind.Warning
        return message.blocking_show(title="Vado", kind=kind, buttons=buttons, parent=self._window)

    @never_raise
    def _watch(self, engine: Engine) -> None:
        code = engine.child.wait()
        if not self._closing.locked():
            self._failure = EngineFailed(
                f"the engine ended with exit code {code} while the window was open",
                hint="The log, vado.log in the state folder, says more.",
                details={"exit_code": 1},
            )
            self._say(wording(None)["gone"], dialog.MessageDialogButtons.Ok())
            self._quit()

    @never_raise
    def _quit(self) -> None:
        if self._closing.acquire(blocking=False):
            if self._engine:
                self._engine.stop()
            self._handle.exit(0)

    def _obey_signals(self) -> None:
        # A Python handler runs only when the loop of the window happens to call Python, which may
        # be minutes away; the wake-up descriptor is written to at once.
        signals, self._wakeup = socket.socketpair()
        self._wakeup.setblocking(False)  # noqa: FBT003 (takes no keyword)
        signal.set_wakeup_fd(self._wakeup.fileno(), warn_on_full_buffer=False)
        for number in (signal.SIGTERM, signal.SIGINT, getattr(signal, "SIGHUP", signal.SIGINT)):
            signal.signal(number, lambda *_: None)
        threading.Thread(target=lambda: signals.recv(1) and self._quit(), daemon=True).start()


def _exit_at_once() -> None:
    """Let exit() end the process without the handlers of the libraries.

    Tauri ends a second start by exit() while threads of GTK run; their clean-up crashes
    now and then. Nothing of ours is left to be done there.
    """
    library = ctypes.CDLL(None) if sys.platform == "linux" else None
    if on_exit := getattr(library, "on_exit", None):
        on_exit(getattr(library, "_exit"), None)  # noqa: B009 (the name is C's, not a private one)


def project_key(options: Sequence[str]) -> str:
    """Return a name for what a start with *options* shows; equal starts share one window."""
    ours = ("PG", "DATABASE_URL", "VADO_")
    variables = sorted(item for item in os.environ.items() if item[0].startswith(ours))
    shown = json.dumps([str(Path.cwd()), *options, *variables]).encode()
    return "p" + hashlib.blake2b(shown, digest_size=8).hexdigest()


def wording(language: str | None) -> dict[str, str]:
    """Return the sentences in *language*, or in that of the system."""
    locale = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    return _WORDING["es" if (language or locale).startswith("es") else "en"]
