"""`vado serve`: the page in a browser."""

import os
import sys

from vado.cli.call import Call


def run(call: Call) -> int:
    """Serve until Ctrl+C, or until the window that started it is gone."""
    return serve_project(call)


def serve_project(call: Call) -> int:
    """Serve the project of *call*, and open the browser where there is one to be seen."""
    # Loaded here: `vado demo --once` never serves.
    from vado.api import ServeOptions, serve

    parent = bool(call.option("parent"))
    if not parent:
        # The address alone goes to the output, for programs.
        call.err.line(call.words("serve.how"))
        call.err.stream.flush()
    browser = not (parent or call.option("no_browser")) and display_available()
    options = ServeOptions(port=call.option("port") or 0, parent=parent, open_browser=browser)
    serve(call.settings, options)
    return 0


def display_available() -> bool:
    """Say whether a window could be seen; without one a browser would fill the terminal."""
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
