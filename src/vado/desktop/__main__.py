"""Open the window: `python -P -m vado.desktop [OPTIONS]`, with the project options of `vado serve`.

How this process ends is a contract with `vado app`, which starts it:

* 0  closed, or ended by SIGTERM, SIGINT or SIGHUP: what ran was cancelled and rolled back;
     also when a window of the same project was open already, which then came to the front
* 3  no window is possible here (no display, WebKit or PyTauri): one line on standard error says
     why and what to do; nothing was started, so go on with `vado serve`
* else `vado serve` did not start or broke down: its exit code (2: a wrong option) or 1
"""

import ctypes
import importlib
import os
import sys

from vado.errors import EngineFailed, WindowUnavailable


def main() -> int:
    """Open the window, wait for its end, and return the exit code of the contract above."""
    try:
        _prepare()
        from vado.desktop.window import Window  # noqa: PLC0415 (loads WebKit, see _prepare)

        Window(sys.argv[1:]).run()
    except (WindowUnavailable, EngineFailed) as error:
        sys.stderr.write(f"vado: {error.message}. {error.hint}\n")
        return int(error.details.get("exit_code", 3))
    return 0


def _prepare() -> None:
    """Set what WebKit reads at its start, load it, and raise WindowUnavailable if that fails."""
    # WebKit's DMA-BUF renderer leaves the window blank on NVIDIA and on some Wayland desktops.
    os.environ.setdefault("WEBKIT_DISABLE_DMABUF_RENDERER", "1")
    # Or our page, with its token, would go to a proxy that the environment names.
    direct = os.environ.get("no_proxy") or os.environ.get("NO_PROXY")
    os.environ["no_proxy"] = f"{direct},127.0.0.1" if direct else "127.0.0.1"
    hint = "Start it in a graphical session, or use the browser: vado serve."
    if sys.platform == "linux" and not {"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys():
        raise WindowUnavailable("no window: there is no display (DISPLAY is unset)", hint=hint)
    try:
        importlib.import_module("pytauri_wheel.lib")
    except ImportError as error:
        webkit = "webkit" in str(error)
        remedy = "apt install libwebkit2gtk-4.1-0" if webkit else "pip install 'vado[desktop]'"
        raise WindowUnavailable(f"no window: {error}", hint=f"Try: {remedy}.") from error
    # Asked before Tauri, which without a display ends in a panic and a page of backtrace.
    if sys.platform == "linux" and not ctypes.CDLL("libgtk-3.so.0").gtk_init_check(None, None):
        raise WindowUnavailable("no window: the display does not answer", hint=hint)


if __name__ == "__main__":
    # Not sys.exit(): threads may still be inside Tauri, and Python's end under them would abort.
    os._exit(main())
