"""Run every check of the repository, to the end, and count truthfully what passed and what failed.

A check that counts by itself (pytest, Vitest, Playwright) is asked for its figures in JUnit's
format; any other is one that passed or failed. The figures are the last line, and are written to
the file that VADO_TEST_SUMMARY names.
"""

# ruff: noqa: INP001, T201 (a script, whose job is to print)

import os
import shutil
import socket
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from leftovers import alone
from running import Check, Count, Lane, run_stage

ROOT = Path(__file__).resolve().parent.parent
PROGRAMS = ROOT / ".venv" / "bin"
WEB = ROOT / "web"
OLDER_SERVERS = (14, 15, 16, 17)
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
QUICK = "not matrix and not campaign"
CASES = "2000"


def main() -> int:
    """Run all checks; 0 when none failed."""
    total = Count()
    failed = []
    with tempfile.TemporaryDirectory() as reports:
        for stage in stages(Path(reports), everything="--all" in sys.argv[1:]):
            for check, count in run_stage(stage):
                total.add(count)
                if count.failed:
                    failed.append(check.name)
    if failed:
        print(f"\nFAILED: {', '.join(failed)}")
    if summary := os.environ.get("VADO_TEST_SUMMARY"):
        Path(summary).write_text(f"{total}\n", encoding="utf-8")
    print(total, flush=True)
    return 1 if failed else 0


def stages(reports: Path, *, everything: bool) -> Iterator[list[Lane]]:
    """Give what runs one after another; the lanes of a stage run side by side."""
    # The browser tests wait for a page, most of the time, and nothing in them is about time.
    # Both take about as long.
    first = "look|shell|backups"
    look = browser_check("web look", f"e2e/({first})", reports)
    acts = browser_check("web acts", f"e2e/(?!{first})", reports)
    yield [[look], [acts], [*source_checks(), *page_checks(reports)]]
    if not everything:
        # Fault tests wait more than they work: beside the others they use what those leave.
        faults = [faults_on(major, reports) for major in OLDER_SERVERS]
        yield [[pytest("tests", reports, ["-m", QUICK, "tests"])], faults[::2], faults[1::2]]
        return
    yield [[pytest("tests and campaigns", reports, ["tests"], {"VADO_CASES": CASES})]]
    for major in OLDER_SERVERS:
        variables = {"VADO_TEST_PG": str(major)}
        chosen = ["-m", QUICK, "tests/integration", "tests/cases", "tests/adoption"]
        yield [[pytest(f"tests on PostgreSQL {major}", reports, chosen, variables)]]
        chosen = ["-m", "campaign", "-k", "not way_back", "tests/cases"]
        yield [[pytest(f"pairs on PostgreSQL {major}", reports, chosen, variables)]]


def source_checks() -> Iterator[Check]:
    """Give the checks of the Python sources that start nothing."""
    yield Check("format", program("ruff", "format", "--check"), ROOT)
    yield Check("ruff", program("ruff", "check"), ROOT)
    yield Check("types", program("mypy"), ROOT)
    yield Check("rooms", program("lint-imports", "--no-logo"), ROOT)
    yield Check("dependencies", program("deptry", "src"), ROOT)
    yield Check("dead code", program("vulture"), ROOT)
    yield Check("sql", program("sqlfluff", "lint", "--disable-progress-bar", "src"), ROOT)


def page_checks(reports: Path) -> Iterator[Check]:
    """Give the checks of the page that need no browser."""
    for name in ("lint", "typecheck", "types:check", "knip"):
        yield Check(f"web {name}", ["npm", "run", "--silent", name], WEB)
    report = reports / "vitest.xml"
    reporters = ["--", "--reporter=default", "--reporter=junit", f"--outputFile.junit={report}"]
    yield Check("web test", ["npm", "run", "--silent", "test", *reporters], WEB, report)


def browser_check(name: str, files: str, reports: Path) -> Check:
    """Return tests of the page in a browser, on a real server of their own."""
    report = reports / f"{name}.xml"
    return Check(
        name,
        ["npm", "run", "--silent", "e2e", "--", "--reporter=list,junit", files],
        WEB,
        report,
        {"PLAYWRIGHT_JUNIT_OUTPUT_FILE": str(report), "VADO_E2E_PORT": str(free_port())},
        skipped_because=None if any(map(shutil.which, BROWSERS)) else "there is no Chromium",
    )


def free_port() -> int:
    """Return a port that nobody has, so that two runs on one machine do not meet."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def faults_on(major: int, reports: Path) -> Check:
    """Return the fault tests on an older PostgreSQL."""
    variables = {"VADO_TEST_PG": str(major)}
    arguments = ["-n", "0", "-m", f"fault and {QUICK}", *files_with_faults()]
    return pytest(f"faults on PostgreSQL {major}", reports, arguments, variables)


def files_with_faults() -> Iterator[str]:
    """Give the files that hold fault tests: importing all others takes longer than some tests."""
    for path in sorted((ROOT / "tests" / "integration").rglob("test_*.py")):
        if "mark.fault" in path.read_text(encoding="utf-8"):
            yield str(path.relative_to(ROOT))


def program(name: str, *arguments: str) -> list[str]:
    """Return the command of a program of the virtual environment."""
    return [str(PROGRAMS / name), *arguments]


def pytest(
    name: str, reports: Path, arguments: list[str], variables: Mapping[str, str] | None = None
) -> Check:
    """Return a run of pytest on both cores."""
    report = reports / f"{name}.xml"
    # Three: while one waits for its server or a window, the others work.
    options = ["-q", "-n", "3", "--dist", "worksteal", f"--junitxml={report}"]
    return Check(name, program("pytest", *options, *arguments), ROOT, report, variables or {})


if __name__ == "__main__":
    sys.exit(alone(main))
