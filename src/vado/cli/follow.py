"""Watching an operation to its end: a bar for people, lines in a pipe, and Ctrl+C cancels."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any, Protocol

from vado.cli.call import Call
from vado.cli.screen import Screen, clean, dim
from vado.cli.words import Words
from vado.operations import Operation

_POLL_S = 0.1
_CANCELLED = 130

Progress = Mapping[str, Any]


class _Display(Protocol):
    def show(self, progress: Progress) -> None: ...

    def say(self, text: str) -> None: ...

    def stop(self) -> None: ...


def follow(call: Call, operation: Operation) -> Operation:
    """Show how *operation* goes on, and return it when it has ended, however that was.

    The first Ctrl+C cancels it and waits for its roll-back; the second ends Vado at once, and the
    server rolls back what was not committed.
    """
    jobs = call.vado.jobs
    cancelling = False
    with _display(call) as display:
        while not operation.ended:
            try:
                operation = jobs.wait(operation.id, _POLL_S)
                if operation.progress is not None:
                    display.show(operation.progress)
            except KeyboardInterrupt:
                if cancelling:
                    display.stop()
                    _end_at_once(call)
                cancelling = True
                display.say(call.words("cancelling"))
                jobs.cancel(operation.id)
    return operation


def _end_at_once(call: Call) -> None:
    with suppress(OSError):
        call.err.line(call.words("ended_at_once"))
        call.err.stream.flush()
    # Not sys.exit, which would wait for the operation's thread.
    os._exit(_CANCELLED)


@contextmanager
def _display(call: Call) -> Iterator[_Display]:
    display: _Display
    if call.err.stream.isatty():
        display = _Bar(call.words, colour=call.err.colour)
    else:
        # A program that reads the document may have joined both streams.
        display = _Lines(call.words, None if call.json else call.err)
    try:
        yield display
    finally:
        display.stop()


def step_text(words: Words, step: Mapping[str, Any]) -> str:
    """Return a step of an operation in words."""
    key = f"step.{step['code']}"
    if not words.has(key):
        return str(step["code"]).replace("_", " ")
    text = words(key, **step["params"])
    # Who is in the way is worth more than how far it would be.
    pid = step["params"].get("blocked_by")
    if pid is None:
        return text
    # As a text: a process id has no thousands.
    return f"{text}: {words('step.blocked', **{**step['params'], 'blocked_by': str(pid)})}"


def _short_text(words: Words, step: Mapping[str, Any]) -> str:
    """Return a step as it fits into one line beside a bar."""
    params = step["params"]
    if params.get("waking"):
        return words("step.waking")
    if params.get("blocked_by") is not None:
        return words("step.waits", pid=str(params["blocked_by"]))
    if params.get("tries"):
        return words("step.retried", count=params["tries"], seconds=params["seconds_left"])
    return step_text(words, step)


class _Lines:
    """A line for each step."""

    def __init__(self, words: Words, screen: Screen | None) -> None:
        self._words = words
        self._screen = screen
        self._last = ""

    def show(self, progress: Progress) -> None:
        step = progress["step"]
        text = step_text(self._words, step) if step is not None else self._last
        if text != self._last:
            self._last = text
            self.say(text)

    def say(self, text: str) -> None:
        if self._screen is not None:
            # Nobody reads any more: that must not end what is running.
            with suppress(OSError):
                self._screen.line(dim(f"  {text} …"))
                self._screen.stream.flush()

    def stop(self) -> None:
        pass


class _Bar:
    """One moving line that is gone at the end."""

    def __init__(self, words: Words, *, colour: bool) -> None:
        # Loaded here: it takes longer than many a command.
        from rich.console import Console
        from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        self._words = words
        self._told: tuple[object, object] = (None, None)
        self._progress = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}", markup=False),
            BarColumn(bar_width=16),
            TextColumn("{task.fields[amount]}", markup=False),
            TimeElapsedColumn(),
            console=Console(stderr=True, no_color=not colour, highlight=False),
            transient=True,
        )
        self._task = self._progress.add_task("…", total=None, amount="")
        self._progress.start()

    def show(self, progress: Progress) -> None:
        step = progress["step"]
        self._tell_who(step)
        total, done = progress["steps_total"], progress["steps_done"]
        part = _part(progress)
        text = _short_text(self._words, step) if step else "…"
        self._progress.update(
            self._task,
            description=text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…",
            completed=min(done + part, total) if total else progress["done"] or 0,
            total=total or progress["total"],
            amount=self._amount(progress),
        )

    def _tell_who(self, step: Mapping[str, Any] | None) -> None:
        """Write down who is in the way: the moving line is too short for it."""
        params = step["params"] if step else {}
        pid = params.get("blocked_by")
        known = (pid, params.get("queue"))
        if pid is None or known == self._told:
            return
        new, self._told = self._told[0] != pid, known
        text = self._words("step.in_the_way", pid=str(pid), blocker=params["blocker"])
        if queue := params.get("queue"):
            text += self._words("step.in_the_way.queue", count=queue)
        self.say(text)
        query = " ".join(clean(params.get("blocker_query") or "").split())
        if new and query:
            self.say(f"  {self._words('step.in_the_way.query', query=query)}")

    def _amount(self, progress: Progress) -> str:
        done, total, unit = progress["done"], progress["total"], progress["unit"]
        if done is None:
            return ""
        show = self._words.size if unit == "bytes" else self._words.number
        text = f"{show(done)}/{show(total)}" if total else show(done)
        text = text if unit in {None, "bytes"} else f"{text} {self._words.named('unit', unit)}"
        if progress.get("eta_s") is not None:
            left = self._words.duration(max(progress["eta_s"], 1) * 1000)
            return f"{text}, {self._words('progress.left', time=left)}"
        return f"{text}, {self._words.size(progress['bytes'])}" if progress.get("bytes") else text

    def say(self, text: str) -> None:
        self._progress.console.print(text, markup=False)

    def stop(self) -> None:
        self._progress.stop()


_LONGEST = 40


def _part(progress: Progress) -> float:
    """Return how much of the present step is done."""
    total = progress["total"]
    return min(1.0, (progress["done"] or 0) / total) if total else 0.0
