"""The contents of an archive as pg_restore lists them, and a choice among them."""

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from vado.backups.clear import Kept
from vado.backups.manifest import Manifest
from vado.backups.script import opened_script
from vado.environments import Environment
from vado.operations import Job

_LINE = re.compile(r"\d+; \d+ \d+ (?P<entry>.*)")
_ALWAYS_THERE = frozenset({"plpgsql"})


@contextmanager
def entries_without(
    environment: Environment, manifest: Manifest, job: Job, kept: Kept
) -> Iterator[tuple[str, ...]]:
    """Give pg_restore the arguments that leave out what is kept and cannot be made again."""
    if _ALWAYS_THERE.issuperset(kept.extensions):
        yield ()
        return
    with opened_script(environment, manifest, job, "--list") as output:
        lines = output.read().decode(errors="surrogateescape").splitlines()
    left_out = _left_out(kept)
    chosen = [line for line in lines if not _is_one_of(line, left_out)]
    with tempfile.TemporaryDirectory(prefix="vado-") as folder:
        path = Path(folder) / "contents"
        path.write_bytes("\n".join(chosen).encode(errors="surrogateescape") + b"\n")
        yield (f"--use-list={path}",)


def _left_out(kept: Kept) -> frozenset[str]:
    whats = ("SCHEMA -", "ACL - SCHEMA", "COMMENT - SCHEMA")
    entries = [f"{what} {name}" for what in whats for name in kept.schemas]
    for name in kept.extensions:
        entries += [f"EXTENSION - {name}", f"COMMENT - EXTENSION {name}"]
    return frozenset(entries)


def _is_one_of(line: str, left_out: frozenset[str]) -> bool:
    found = _LINE.fullmatch(line)
    # The owner comes last; of an extension and its comment there is none.
    return found is not None and (
        found["entry"].rstrip() in left_out or found["entry"].rpartition(" ")[0] in left_out
    )
