"""How a check is run: alone or beside others, within a time, and with nothing left behind."""

# ruff: noqa: INP001, T201 (part of a script, whose job is to print)

import os
import subprocess
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from xml.etree import ElementTree as ET

_printing = threading.Lock()


@dataclass
class Count:
    """How many passed, failed and were skipped."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def add(self, other: "Count") -> None:
        """Count *other* in."""
        self.passed += other.passed
        self.failed += other.failed
        self.skipped += other.skipped

    def __str__(self) -> str:
        tail = f", {self.skipped} skipped" if self.skipped else ""
        return f"{self.passed} passed, {self.failed} failed{tail}"


@dataclass(frozen=True)
class Check:
    """A command to run; *report* is where it writes its own figures, if it counts."""

    name: str
    command: list[str]
    folder: Path
    report: Path | None = None
    variables: Mapping[str, str] = field(default_factory=dict)
    skipped_because: str | None = None
    limit_s: float = 1800.0


Lane = Sequence[Check]


def run_stage(lanes: Sequence[Lane]) -> list[tuple[Check, Count]]:
    """Run the lanes side by side, the checks of a lane one after another."""
    beside = len(lanes) > 1

    def run_lane(lane: Lane) -> list[tuple[Check, Count]]:
        return [(check, _run(check, beside=beside)) for check in lane]

    with ThreadPoolExecutor(len(lanes)) as pool:
        return [one for done in pool.map(run_lane, lanes) for one in done]


def _run(check: Check, *, beside: bool) -> Count:
    """Run one check; beside others, what it prints is kept together until its end."""
    if check.skipped_because is not None:
        return _without(check)
    began = time.monotonic()
    if beside:
        with _printing:
            print(f"== {check.name}: started", flush=True)
        with tempfile.TemporaryFile() as kept:
            code = _ended(check, kept)
            count = _figures(check, code)
            kept.seek(0)
            text = kept.read().decode(errors="replace")
    else:
        print(f"\n== {check.name}", flush=True)
        text = ""
        count = _figures(check, _ended(check, None))
    with _printing:
        if beside:
            print(f"\n== {check.name}\n{text}", end="")
        print(f"== {check.name}: {count} in {time.monotonic() - began:.1f} s", flush=True)
    return count


def _ended(check: Check, output: IO[bytes] | None) -> int:
    """Run the command and return its code, 1 when it takes too long."""
    # With byte code kept, the many programs that tests start are quicker.
    kept = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    try:
        return subprocess.run(  # noqa: S603 (the commands stand in checks.py)
            check.command,
            cwd=check.folder,
            env={**kept, **check.variables},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=None if output is None else subprocess.STDOUT,
            timeout=check.limit_s,
            check=False,
        ).returncode
    except subprocess.TimeoutExpired:
        print(f"!! {check.name}: not ended after {check.limit_s:.0f} s", flush=True)
        return 1


def _without(check: Check) -> Count:
    """Say loudly that a check is not run; as root it could have been installed, so it fails."""
    is_root = os.geteuid() == 0
    print(f"\n!! {'FAILED' if is_root else 'SKIPPED'}: {check.name}, {check.skipped_because}")
    return Count(failed=1) if is_root else Count(skipped=1)


def _figures(check: Check, code: int) -> Count:
    """Read what a check counted; a failure that it did not count is one more."""
    if check.report is None:
        return Count(passed=1) if code == 0 else Count(failed=1)
    count = Count()
    if check.report.is_file():
        for test in ET.parse(check.report).iter("testcase"):  # noqa: S314 (made just now)
            outcomes = {child.tag for child in test}
            if outcomes & {"failure", "error"}:
                count.failed += 1
            elif "skipped" in outcomes:
                count.skipped += 1
            else:
                count.passed += 1
    if code != 0 and not count.failed:
        count.failed = 1
    return count
