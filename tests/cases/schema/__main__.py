"""Prove all pairs, both ways, and print a table: python -m tests.cases.schema --pg 15 18."""

# ruff: noqa: T201 (a report, whose job is to print)

import argparse
import concurrent.futures
import fnmatch
import shutil
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from tests.cases.schema.bench import Bench, bench_on, scratch_folder
from tests.cases.schema.chance import pair_of
from tests.cases.schema.pair import Pair, pairs
from tests.cases.schema.proof import CHECKS, Outcome, prove
from vado.database import SCRATCH_SETTINGS, server_bin_folder, start_server


def main() -> int:
    """Prove what was asked for; 1 when something failed."""
    asked = _arguments()
    status = 0
    for major in asked.pg:
        began = time.monotonic()
        known = [pair_of(seed) for seed in asked.chance] if asked.chance else pairs()
        chosen = [pair for pair in known if major in pair.versions and _named(pair, asked.names)]
        if asked.back:
            chosen += [pair.reversed() for pair in chosen]
        outcomes = _prove_all(major, chosen, asked)
        print(_table(major, outcomes, time.monotonic() - began))
        text = "\n".join(map(_failure, sorted_failures(outcomes)))
        if asked.failures:
            with Path(asked.failures).open("a") as file:
                file.write(f"# PostgreSQL {major}\n{text}\n")
        elif asked.verbose:
            print(text)
        if asked.sql:
            for outcome in outcomes:
                print(f"-- {outcome.pair.title}\n{outcome.sql}")
        status |= any(outcome.failures for outcome in outcomes)
    return status


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.cases.schema", description=__doc__)
    parser.add_argument("names", nargs="*", help="group/name, with wildcards")
    parser.add_argument("--pg", type=int, nargs="+", default=[15, 18])
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--back", action="store_true", help="prove the way back as well")
    parser.add_argument("--brief", action="store_true", help="run each script once, restore none")
    parser.add_argument("--chance", type=_seeds, help="pairs made by chance: 4711 or 1-200")
    parser.add_argument("--failures", help="append what failed to this file")
    parser.add_argument("--verbose", "-v", action="store_true", help="print what failed")
    parser.add_argument("--sql", action="store_true", help="print what Vado wrote")
    return parser.parse_args()


def _seeds(text: str) -> range:
    first, _, last = text.partition("-")
    return range(int(first), int(last or first) + 1)


def _named(pair: Pair, names: Sequence[str]) -> bool:
    return not names or any(fnmatch.fnmatch(pair.title, name) for name in names)


def _prove_all(major: int, chosen: Sequence[Pair], asked: argparse.Namespace) -> list[Outcome]:
    jobs = asked.jobs
    shares = [chosen[start::jobs] for start in range(jobs)]
    with concurrent.futures.ProcessPoolExecutor(jobs) as pool:
        done = pool.map(_prove_share, [major] * jobs, shares, [asked.brief] * jobs)
        return sorted(
            (outcome for share in done for outcome in share), key=lambda each: each.pair.title
        )


def _prove_share(major: int, share: Iterable[Pair], brief: bool) -> list[Outcome]:  # noqa: FBT001
    programs = server_bin_folder(major)
    assert programs, f"no PostgreSQL {major} in the cache: vado tools install"
    folder = scratch_folder()
    try:
        with (
            start_server(folder / "cluster", settings=SCRATCH_SETTINGS, bin_folder=programs) as it,
            bench_on(it, programs) as bench,
        ):
            return [_prove(bench, pair, brief=brief) for pair in share]
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _prove(bench: Bench, pair: Pair, *, brief: bool) -> Outcome:
    try:
        return prove(bench, pair, restore=not brief, again=not brief)
    except Exception as error:  # noqa: BLE001 (one broken pair must not hide the others)
        return Outcome(pair, {"pair": f"broken: {type(error).__name__}: {error}"})


def sorted_failures(outcomes: Iterable[Outcome]) -> list[Outcome]:
    """Return those that failed."""
    return [outcome for outcome in outcomes if outcome.failures]


def _failure(outcome: Outcome) -> str:
    lines = [f"{outcome.pair.title}  [{', '.join(outcome.failures)}]  {_whose(outcome)}"]
    if outcome.cannot:
        lines.append(f"    said: {'; '.join(outcome.cannot)}"[:400])
    for name, said in outcome.failures.items():
        lines += [f"    {name}: {line}"[:500] for line in said.splitlines()[:6]]
    return "\n".join(lines)


def _whose(outcome: Outcome) -> str:
    if outcome.failures.keys() & {"reported", "restored"}:
        return "-> catalogue"
    return "-> cases" if "pair" in outcome.failures else "-> generate"


def _table(major: int, outcomes: Sequence[Outcome], seconds: float) -> str:
    groups: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        groups[outcome.pair.group].append(outcome)
    columns = [*CHECKS, "all"]
    lines = [
        f"PostgreSQL {major}: {len(outcomes)} pairs in {seconds:.0f} s",
        f"{'group':22}{'pairs':>6}" + "".join(f"{name:>11}" for name in columns),
    ]
    for group, members in [*sorted(groups.items()), ("all", list(outcomes))]:
        lines.append(f"{group:22}{len(members):6}" + "".join(_cells(members)))
    if broken := [each for each in outcomes if "pair" in each.checks]:
        lines.append(f"broken pairs: {len(broken)}")
    said = [each for each in outcomes if each.cannot]
    lines.append(f"said plainly that something cannot be written: {len(said)}")
    return "\n".join(lines)


def _cells(members: Sequence[Outcome]) -> Iterable[str]:
    for name in CHECKS:
        asked = [each for each in members if name in each.checks]
        held = sum(each.checks[name] is None for each in asked)
        yield f"{f'{held}/{len(asked)}':>11}"
    yield f"{f'{sum(not each.failures for each in members)}/{len(members)}':>11}"


if __name__ == "__main__":
    sys.exit(main())
