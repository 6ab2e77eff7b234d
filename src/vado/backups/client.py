"""Running pg_dump and pg_restore: listened to, ended as a group, judged by their exit code."""

import queue
import signal
import subprocess
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from vado.backups.tool_words import why_dump_failed
from vado.database import Target, launch, stop_group
from vado.errors import ToolFailed, ToolsMissing
from vado.logging import redact
from vado.operations import Job

_GRACE_S = 1.0
_LAST_LINES = 40
_LONGEST_LINE = 8192
_LONGEST_MESSAGE = 500
_NOT_MEANT_FOR_PEOPLE = ("WARNING: password file", "Command was:")
_WHY_KILLED = {
    signal.SIGXFSZ: "the file grew beyond the limit that is set for this process",
    signal.SIGKILL: "it was killed; the machine may be out of memory",
}


@dataclass(frozen=True, slots=True)
class Command:
    """One run of a client tool: nothing secret is ever among its arguments."""

    argv: Sequence[str | Path]
    env: dict[str, str]
    stdin: IO[bytes] | None = None
    pipes_output: bool = False

    @property
    def name(self) -> str:
        """The program's name."""
        return Path(self.argv[0]).name


def connecting(target: Target, passwords: Path | None, application: str) -> dict[str, str]:
    """Return the whole environment of a tool that connects; it speaks English."""
    return target.environment(passwords) | {"LC_ALL": "C", "PGAPPNAME": application}


@dataclass
class Run:
    """A client tool at work."""

    command: Command
    process: subprocess.Popen[bytes]
    _lines: "queue.SimpleQueue[str | None]" = field(default_factory=queue.SimpleQueue)
    _last: deque[str] = field(default_factory=lambda: deque(maxlen=_LAST_LINES))
    _reader: threading.Thread | None = None

    @property
    def output(self) -> IO[bytes]:
        """The standard output of a command that pipes it."""
        assert self.process.stdout is not None  # noqa: S101 (asked for when it was launched)
        return self.process.stdout

    def listen(self) -> None:
        """Begin to read what the tool says, so that it never waits for us."""
        self._reader = threading.Thread(target=self._read, name=self.command.name, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stderr is not None  # noqa: S101 (always piped)
        for line in iter(lambda: self.process.stderr.readline(_LONGEST_LINE), b""):  # type: ignore[union-attr]  # as above
            text = line.decode(errors="replace").rstrip()
            self._last.append(text)
            self._lines.put(text)
        self._lines.put(None)

    def lines(self, every_s: float) -> Iterator[str | None]:
        """Yield each line the tool says, and None whenever it was silent for *every_s* seconds."""
        while True:
            try:
                line = self._lines.get(timeout=every_s)
            except queue.Empty:
                yield None
                continue
            if line is None:
                return
            yield line

    def stop(self) -> None:
        """End the tool and whatever it started."""
        stop_group(self.process, _GRACE_S)

    def finish(self) -> None:
        """Wait for the end; ToolFailed unless the exit code is 0, whatever was said."""
        code = self.process.wait()
        if self._reader is not None:
            self._reader.join()
        if code != 0:
            raise self._failed(code)

    def _failed(self, code: int) -> ToolFailed:
        name, said = self.command.name, self._reason(code)
        why = why_dump_failed(said) if name == "pg_dump" else None
        return ToolFailed(
            f"{name} failed: {said}",
            hint=why.hint if why else None,
            details={
                "tool": name,
                "exit_code": code,
                "said": said,
                **({"reason": why.reason} if why else {}),
            },
        )

    def close(self) -> None:
        """Leave no process and no open file."""
        self.stop()
        if self._reader is not None:
            self._reader.join()
        for stream in (self.process.stdout, self.process.stderr):
            if stream is not None:
                stream.close()

    def _reason(self, code: int) -> str:
        said = [line for line in self._last if line and not line.startswith(_NOT_MEANT_FOR_PEOPLE)]
        errors = [line for line in said if "error: " in line]
        if errors:
            return redact(errors[-1].partition("error: ")[2])[:_LONGEST_MESSAGE]
        if code < 0:
            why = _WHY_KILLED.get(signal.Signals(-code))
            return f"it ended by {signal.Signals(-code).name}" + (f" ({why})" if why else "")
        return redact(said[-1])[:_LONGEST_MESSAGE] if said else f"it ended with code {code}"


@contextmanager
def running(command: Command, job: Job) -> Iterator[Run]:
    """Run a client tool for the length of the block; it ends with it, also by cancel.

    The block must read the tool's output to its end. Raises ToolFailed, ToolsMissing, Cancelled.
    """
    try:
        process = launch(
            command.argv,
            env=command.env,
            stdin=command.stdin or subprocess.DEVNULL,
            stdout=subprocess.PIPE if command.pipes_output else subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
    except OSError as error:
        raise ToolsMissing(
            f"cannot run {command.argv[0]}: {error.strerror}",
            hint="Run vado tools install to fetch PostgreSQL's client tools.",
        ) from error
    run = Run(command, process)
    run.listen()
    try:
        with job.on_cancel(run.stop):
            try:
                yield run
                run.finish()
            except ToolFailed:
                job.check()  # a tool that we ended did not fail
                raise
    finally:
        run.close()
