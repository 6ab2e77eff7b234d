"""The Tauri window through PyTauri: one page, one engine behind it, an orderly end."""

import functools
import hashlib
import json
import logging
import os
import signal
import socket
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import ParamSpec, TypeVar

from platformdirs import user_cache_path
from pytauri import AppHandle, Manager, RunEvent, RunEventType, WindowEvent
from pytauri.webview import WebviewWindow, WebviewWindowBuilder
from pytauri_plugins import clipboard_manager, dialog, notification, opener, single_instance
from pytauri_wheel.lib import builder_factory, context_factory

from vado.desktop.engine import Engine
from vado.errors import EngineFailed

log = logging.getLogger("vado.desktop")

_ROOM = Path(__file__).resolve().parent
_WORDING: dict[str, dict[str, str]] = json.loads((_ROOM / "wording.json").read_text("utf-8"))
_P = ParamSpec("_P")
_R = TypeVar("_R")


def never_raise(callback: Callable[_P, _R]) -> Callable[_P, _R | None]:
    """Log what *callback* raises and return None: raised into Tauri, it would abort the process."""

    @functools.wraps(callback)
    def safe(*args: _P.args, **kwargs: _P.kwargs) -> _R | None:
        try:
            return callback(*args, **kwargs)
        except BaseException:  # panics of the extension derive from BaseException
            log.exception("a callback of the window failed")
            return None

    return safe


class Window:
    """The window of one project, from opening to the end of its engine."""

    _handle: AppHandle
    _engine: Engine | None = None
    _failure: BaseException | None = None

    def __init__(self, options: Sequence[str]) -> None:
        self._options = options
        self._closing = threading.Lock()  # taken once, by the first who wants the end
        self._asking = threading.Lock()
        self._signals, self._wakeup = socket.socketpair()

    def run(self) -> None:
        """Open it and wait until it is closed; raise EngineFailed when the engine broke down."""
        config = {"identifier": f"dev.vado.desktop.{project_key(self._options)}"}
        # First the single instance: a second start ends inside build(), before it has an engine.
        plugins = [single_instance.init(self._come_forward), dialog.init(), notification.init()]
        plugins += [opener.init(), clipboard_manager.init()]
        app = builder_factory().build(
            context_factory(_ROOM, tauri_config=config),
            invoke_handler=None,  # the page cannot call Python
            setup=self._open,
            plugins=plugins,
        )
        self._handle = app.handle()
        self._obey_signals()
        app.run_return(self._on_event)
        if self._engine is not None:
            self._engine.stop()
        if self._failure is not None:
            raise self._failure

    def _open(self, handle: AppHandle) -> None:
        try:
            self._engine = engine = Engine(self._options)
            threading.Thread(target=self._watch, args=[engine], daemon=True).start()
            self._show(handle, engine)
        except BaseException as error:  # noqa: BLE001 (run() raises it; without a window we idled)
            self._failure = error
            handle.exit(1)

    def _show(self, handle: AppHandle, engine: Engine) -> None:
        WebviewWindowBuilder.from_config(
            handle,
            {**handle.config()["app"]["windows"][0], "url": engine.base + "/"},
            # One for all: the port is another each time, so nothing kept would be found again.
            data_directory=user_cache_path("vado", appauthor=False) / "window",
            initialization_script=_hand_over(engine),
            on_navigation=lambda url: url.startswith(engine.base + "/"),
            on_document_title_changed=never_raise(WebviewWindow.set_title),
        )

    @never_raise
    def _come_forward(self, handle: AppHandle, _args: list[str], _folder: str) -> None:
        if window := Manager.get_webview_window(handle, "main"):
            window.unminimize()
            window.set_focus()

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
            if self._may_close(engine):
                self._quit()

    def _may_close(self, engine: Engine) -> bool:
        running = engine.unfinished_operations()
        if running == 0:
            return True
        words = wording(engine.language())
        buttons = dialog.MessageDialogButtons.OkCancelCustom(words["cancel"], words["keep"])
        return self._say(words["running"].format("?" if running is None else running), buttons)

    def _say(self, text: str, buttons: dialog.MessageDialogButtonsType) -> bool:
        window = Manager.get_webview_window(self._handle, "main")
        assert window is not None  # noqa: S101 (it exists until the loop ends)
        message = dialog.DialogExt.message(self._handle, text)
        kind = dialog.MessageDialogKind.Warning
        return message.blocking_show(title="Vado", kind=kind, buttons=buttons, parent=window)

    @never_raise
    def _watch(self, engine: Engine) -> None:
        code = engine.wait()
        if not self._closing.locked():
            self._failure = EngineFailed(
                f"the engine ended with exit code {code} while the window was open",
                hint="The log, vado.log in the state folder, says more.",
                details={"exit_code": 1},
            )
            self._say(wording("")["gone"], dialog.MessageDialogButtons.Ok())
            self._quit()

    @never_raise
    def _quit(self) -> None:
        if self._closing.acquire(blocking=False):
            if self._engine is not None:
                self._engine.stop()
            self._handle.exit(0)

    def _obey_signals(self) -> None:
        # A Python handler runs only when the loop of the window happens to call Python, which may
        # be minutes away; the wake-up descriptor is written to at once.
        self._wakeup.setblocking(False)  # noqa: FBT003 (takes no keyword)
        signal.set_wakeup_fd(self._wakeup.fileno(), warn_on_full_buffer=False)
        for name in ("SIGTERM", "SIGINT", "SIGHUP"):  # by name: Windows has no SIGHUP
            if number := getattr(signal, name, None):
                signal.signal(number, lambda *_: None)
        wait = self._signals.recv
        threading.Thread(target=lambda: wait(1) and self._quit(), daemon=True).start()


def project_key(options: Sequence[str]) -> str:
    """Return a name for what a start with *options* shows; equal starts share one window."""
    ours = ("PG", "DATABASE_URL", "VADO_")
    variables = sorted(item for item in os.environ.items() if item[0].startswith(ours))
    text = json.dumps([str(Path.cwd()), list(options), variables])
    return "p" + hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


def wording(language: str) -> dict[str, str]:
    """Return the sentences in *language*, or in that of the system when it is empty."""
    locale = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    return _WORDING["es" if (language or locale).startswith("es") else "en"]


def _hand_over(engine: Engine) -> str:
    """Return the script that gives the token to our own page and to no other."""
    ours = f"location.origin === {json.dumps(engine.base)}"
    value = f"{{value: Object.freeze({json.dumps({'token': engine.token})})}}"
    return f"if ({ours}) Object.defineProperty(window, '__VADO__', {value});"
