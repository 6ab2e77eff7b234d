"""`vado app`: the window; where none can be opened, the browser."""

import subprocess
import sys

from vado.cli.call import Call

NO_WINDOW = 3


def run(call: Call) -> int:
    """Open the window and wait for its end; without one, go on as `vado serve`."""
    code = open_window(project_options(call))
    if code != NO_WINDOW:
        return code
    # Loaded here: the window has an engine of its own.
    from vado.cli.serve import serve_project

    return serve_project(call)


def open_window(options: list[str]) -> int:
    """Start the window as a process of its own and return how it ended."""
    # -P: a module of the user's project folder must not pass for one of ours.
    argv = [sys.executable, "-P", "-m", "vado.desktop", *options]
    window = subprocess.Popen(argv)  # noqa: S603 (our own program, no shell)
    while True:
        try:
            return window.wait()
        except KeyboardInterrupt:
            # The terminal has sent it to the window as well, which rolls back what runs and ends.
            window.terminate()


def project_options(call: Call) -> list[str]:
    """Return the options that say which project and database this is."""
    names = {
        "url": "--url",
        "environment": "--environment",
        "environment_class": "--class",
        "project": "--project",
        "migrations": "--migrations",
    }
    given = {flag: call.option(name) for name, flag in names.items()}
    return [part for flag, value in given.items() if value for part in (flag, value)]
