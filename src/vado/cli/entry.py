"""From the command line to the exit code: the one place where errors end."""

import importlib
import logging
import os
import signal
import sys
from argparse import Namespace
from collections.abc import Sequence
from types import FrameType

from vado.cli.arguments import parse
from vado.cli.call import Call
from vado.cli.failures import show_error
from vado.errors import Cancelled, VadoError

_FAILED = 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    typed = list(sys.argv[1:] if arguments is None else arguments)
    _prepare()
    # Known before the command line is understood, since that may fail as well.
    call = Call(Namespace(json="--json" in typed, no_color="--no-color" in typed))
    try:
        code = _guarded(call, typed)
        sys.stdout.flush()
    except BrokenPipeError:
        # Who read our output has seen enough; the interpreter must not complain at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _FAILED
    return code


def _prepare() -> None:
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")
    # Ended by a service manager or a closed terminal is cancelled as by Ctrl+C: in order.
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), _interrupt)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _guarded(call: Call, typed: list[str]) -> int:
    try:
        return _run(call, typed)
    except SystemExit as done:  # argparse has shown help or version
        return int(done.code or 0)
    except VadoError as error:
        show_error(call, error.to_json())
        return error.exit_code
    except KeyboardInterrupt:
        show_error(call, Cancelled(call.words("cancelled.before")).to_json())
        return Cancelled.exit_code
    except BrokenPipeError:
        raise
    except Exception as error:  # noqa: BLE001 (the edge: nobody is to read a traceback)
        return _unexpected(call, error)
    finally:
        call.close()


def _run(call: Call, typed: list[str]) -> int:
    call.arguments = parse(typed, call.words)
    does: str | None = call.arguments.does
    if does is None:
        call.out.stream.write(call.arguments.overview)
        return 0
    module, _, function = does.rpartition(".")
    command = getattr(importlib.import_module(f"vado.cli.{module}"), function)
    code: int = command(call)
    return code


def _unexpected(call: Call, error: Exception) -> int:
    try:
        folder = call.settings.state_folder
        logging.getLogger("vado.cli").error("unexpected error", exc_info=error)
        hint = call.words("unexpected.hint", path=folder / "vado.log")
    except VadoError:
        hint = call.words("unexpected.no_log")
    show_error(
        call,
        {
            "code": "internal_error",
            "message": call.words("unexpected", kind=type(error).__name__),
            "hint": hint,
            "details": {},
        },
    )
    return _FAILED
