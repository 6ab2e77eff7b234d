"""Sqitch: a plan names the changes; ids and script hashes are computed as Sqitch does (SHA-1)."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from vado.database import Session
from vado.migrations.adopt.interface import (
    Files,
    ForeignMigration,
    Ledger,
    LedgerEntry,
    Problem,
    Reader,
)
from vado.migrations.adopt.tables import ledger_table
from vado.migrations.adopt.texts import stamp_at
from vado.migrations.files import read_text

_PLAN = "sqitch.plan"
_TOP = re.compile(r"(?m)^\s*top_dir\s*=\s*(\S+)")
_PRAGMA = re.compile(r"%(?P<name>[\w-]+)=(?P<value>.*)")
_CHANGE = re.compile(
    r"(?P<name>[^\s@#%]\S*)(?:\s+\[(?P<needs>[^\]]*)\])?\s+"
    r"(?P<at>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)\s+(?P<planner>[^#]*<[^>]*>)(?:\s*#\s*(?P<note>.*))?"
)
_COLUMNS = ("change_id", "script_hash", "change", "project", "committed_at")


@dataclass(frozen=True, slots=True)
class _Change:
    """One line of the plan; `suffix` is the tag under which a reworked script is kept."""

    name: str
    needs: tuple[str, ...]
    at: str
    planner: str
    note: str
    suffix: str


class Sqitch(Reader):
    """Reads projects of Sqitch."""

    tool = "sqitch"

    def find(self, root: Path) -> Path | None:
        """Return the folder with the plan."""
        config = root / "sqitch.conf"
        tops: list[str] = _TOP.findall(read_text(config)) if config.is_file() else []
        for folder in (*(root / top for top in tops), root):
            if (folder / _PLAN).is_file():
                return folder
        return None

    def files(self, folder: Path) -> Files:
        """Read the scripts in the order of the plan."""
        lines = read_text(folder / _PLAN).splitlines()
        pragmas = {m["name"]: m["value"] for x in lines if (m := _PRAGMA.fullmatch(x))}
        migrations, problems = [], []
        parent = None
        for change in _changes(lines):
            parent = change_id(change, pragmas, parent)
            path = folder / "deploy" / f"{change.name}{change.suffix}.sql"
            if path.is_file():
                migrations.append(_read(folder, path, change, parent))
            else:
                problems.append(Problem("missing_file", path.name, f"{path.name} is missing"))
        return Files(folder, tuple(migrations), tuple(problems))

    def ledger(self, session: Session) -> Ledger | None:
        """Read the table of changes in the registry."""
        table = ledger_table(session, "changes", _COLUMNS)
        if table is None:
            return None
        entries = {
            row["change_id"]: LedgerEntry(
                row["script_hash"],
                row["committed_at"],
                {"change": row["change"], "committer": row["committer_name"]},
            )
            for row in table.rows(session, "sqitch")
        }
        return Ledger(table.identity, table.belongings, entries)


def _changes(lines: list[str]) -> Iterator[_Change]:
    matches = [_CHANGE.fullmatch(line.strip()) for line in lines]
    for number, match in enumerate(matches):
        if match is None:
            continue
        later = [m for m in matches[number + 1 :] if m and m["name"] == match["name"]]
        suffix = _tag_before(lines, matches.index(later[0])) if later else ""
        needs = tuple((match["needs"] or "").split())
        note = _unescaped(match["note"] or "")
        yield _Change(match["name"], needs, match["at"], match["planner"].strip(), note, suffix)


def _tag_before(lines: list[str], number: int) -> str:
    """Return the last tag above a line: a reworked change keeps its old script under that name."""
    tags = [line.split()[0] for line in lines[:number] if line.strip().startswith("@")]
    return tags[-1] if tags else ""


def _unescaped(note: str) -> str:
    return note.strip().replace("\\n", "\n").replace("\\r", "\r").replace("\\\\", "\\")


def change_id(change: _Change, pragmas: dict[str, str], parent: str | None) -> str:
    """Return the SHA-1 by which Sqitch knows a change; it holds everything that the plan says."""
    requires = [need for need in change.needs if not need.startswith("!")]
    conflicts = [need[1:] for need in change.needs if need.startswith("!")]
    lines = [
        f"project {pragmas.get('project', '')}",
        *([f"uri {pragmas['uri']}"] if "uri" in pragmas else []),
        f"change {change.name}",
        *([f"parent {parent}"] if parent else []),
        f"planner {change.planner}",
        f"date {change.at}",
        *(["requires", *(f"  + {need}" for need in requires)] if requires else []),
        *(["conflicts", *(f"  - {need}" for need in conflicts)] if conflicts else []),
        *(["", change.note] if change.note else []),
    ]
    content = "\n".join(lines).encode()
    return hashlib.sha1(b"change %d\0" % len(content) + content, usedforsecurity=False).hexdigest()


def _stamp(at: str) -> int | None:
    try:
        return stamp_at(datetime.fromisoformat(at))
    except ValueError:
        return None  # written by hand; the order of the plan is what counts


def _read(folder: Path, path: Path, change: _Change, key: str) -> ForeignMigration:
    revert = folder / "revert" / path.name
    return ForeignMigration(
        key,
        change.name,
        path,
        read_text(path),
        read_text(revert) if revert.is_file() else None,
        _stamp(change.at),
        hashlib.sha1(path.read_bytes(), usedforsecurity=False).hexdigest(),
    )
