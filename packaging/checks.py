"""Run every check of the repository, to the end, and count truthfully what passed and what failed.

A check that counts by itself (pytest, Vitest, Playwright) is asked for its figures in JUnit's
format; any other is one that passed or failed. The figures are the last line, and are written to
the file that VADO_TEST_SUMMARY names.
"""

# ruff: noqa: INP001, T201 (a script, whose job is to print)

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree as ET

ROOT = Path(__file__).resolve().parent.parent
PROGRAMS = ROOT / ".venv" / "bin"
WEB = ROOT / "web"
OLDER_SERVERS = (14, 15, 16, 17)
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


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
    folder: Path = ROOT
    report: Path | None = None
    variables: Mapping[str, str] = field(default_factory=dict)
    skipped_because: str | None = None


def main() -> int:
    """Run all checks; 0 when none failed."""
    total = Count()
    failed = []
    with tempfile.TemporaryDirectory() as reports:
        for check in checks(Path(reports), everything="--all" in sys.argv[1:]):
            count = run(check)
            total.add(count)
            if count.failed:
                failed.append(check.name)
    if failed:
        print(f"\nFAILED: {', '.join(failed)}")
    if summary := os.environ.get("VADO_TEST_SUMMARY"):
        Path(summary).write_text(f"{total}\n", encoding="utf-8")
    print(total, flush=True)
    return 1 if failed else 0


def checks(reports: Path, *, everything: bool) -> Iterator[Check]:
    """Give the checks in their order: quick ones first."""
    yield Check("format", program("ruff", "format", "--check"))
    yield Check("ruff", program("ruff", "check"))
    yield Check("types", program("mypy"))
    yield Check("rooms", program("lint-imports", "--no-logo"))
    yield Check("dependencies", program("deptry", "src"))
    yield Check("dead code", program("vulture"))
    yield Check("sql", program("sqlfluff", "lint", "--disable-progress-bar", "src"))
    if (WEB / "package.json").is_file():
        yield from web_checks(reports)
    marked = [] if everything else ["-m", "not matrix and not campaign"]
    yield pytest("tests", reports, [*marked, "tests"])
    if everything:
        for major in OLDER_SERVERS:
            yield pytest(
                f"tests on PostgreSQL {major}",
                reports,
                ["-m", "not matrix and not campaign", "tests/integration"],
                {"VADO_TEST_PG": str(major)},
            )


def program(name: str, *arguments: str) -> list[str]:
    """Return the command of a program of the virtual environment."""
    return [str(PROGRAMS / name), *arguments]


def pytest(
    name: str, reports: Path, arguments: list[str], variables: Mapping[str, str] | None = None
) -> Check:
    """Return a run of pytest on both cores."""
    report = reports / f"{name}.xml"
    options = ["-q", "-n", "2", "--dist", "worksteal", f"--junitxml={report}"]
    return Check(
        name, program("pytest", *options, *arguments), report=report, variables=variables or {}
    )


def web_checks(reports: Path) -> Iterator[Check]:
    """Give the checks of the page."""
    for name in ("lint", "typecheck", "types:check", "knip"):
        yield Check(f"web {name}", ["npm", "run", "--silent", name], WEB)
    unit, browser = reports / "vitest.xml", reports / "playwright.xml"
    reporters = ["--", "--reporter=default", "--reporter=junit", f"--outputFile.junit={unit}"]
    yield Check("web test", ["npm", "run", "--silent", "test", *reporters], WEB, unit)
    yield Check(
        "web e2e",
        ["npm", "run", "--silent", "e2e", "--", "--reporter=list,junit"],
        WEB,
        browser,
        {"PLAYWRIGHT_JUNIT_OUTPUT_FILE": str(browser)},
        skipped_because=None if any(map(shutil.which, BROWSERS)) else "there is no Chromium",
    )


def run(check: Check) -> Count:
    """Run one check and return its figures."""
    print(f"\n== {check.name}", flush=True)
    if check.skipped_because is not None:
        return without(check)
    began = time.monotonic()
    ended = subprocess.run(  # noqa: S603 (the commands stand above)
        check.command, cwd=check.folder, env=os.environ | check.variables, check=False
    )
    count = figures(check, ended.returncode)
    print(f"== {check.name}: {count} in {time.monotonic() - began:.1f} s", flush=True)
    return count


def without(check: Check) -> Count:
    """Say loudly that a check is not run; as root it could have been installed, so it fails."""
    is_root = os.geteuid() == 0
    print(f"!! {'FAILED' if is_root else 'SKIPPED'}: {check.name}, {check.skipped_because}")
    return Count(failed=1) if is_root else Count(skipped=1)


def figures(check: Check, code: int) -> Count:
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


if __name__ == "__main__":
    sys.exit(main())
