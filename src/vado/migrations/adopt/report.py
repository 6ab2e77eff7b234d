"""What an adoption found and did, the same for every face."""

from dataclasses import dataclass, field
from typing import Any

from vado.migrations.adopt.detect import ForeignProject
from vado.migrations.adopt.interface import Problem
from vado.migrations.adopt.layout import Adopted, Layout
from vado.preview import Replay
from vado.schema import Change


@dataclass
class AdoptionReport:
    """Files, ledger, replay and comparison; accepted when nothing stands in the way."""

    project: ForeignProject
    layout: Layout
    replay: Replay
    changes: tuple[Change, ...]
    accepted_differences: bool = False
    written: list[str] = field(default_factory=list)
    recorded: int = 0

    @property
    def problems(self) -> list[Problem]:
        """Everything that stands in the way, differences of the schema aside."""
        found = [*self.project.problems, *self.layout.problems]
        if self.replay.error is not None:
            error = self.replay.error
            place = f"{error['version']}, line {error['line']}: {error['message']}"
            found.append(Problem("replay_failed", error["version"], place, acceptable=True))
        return found

    @property
    def proven(self) -> bool:
        """Whether the applied files make exactly the live schema, with nothing wrong beside."""
        return not self.problems and not self.changes

    @property
    def accepted(self) -> bool:
        """Whether the adoption may be written."""
        if any(not problem.acceptable for problem in self.problems):
            return False
        return self.proven or self.accepted_differences

    def to_json(self) -> dict[str, Any]:
        """Return it as an operation's result."""
        ledger = self.project.ledger
        applied = self.layout.applied
        return {
            "format": 1,
            "tool": self.project.tool,
            "folder": str(self.project.files.folder),
            "ledger": ledger.table if ledger else None,
            "in_place": self.layout.in_place,
            "accepted": self.accepted,
            "proven": self.proven,
            "migrations": [_migration(item) for item in self.layout.migrations],
            "applied_total": len(applied),
            "pending_total": len(self.layout.migrations) - len(applied),
            "checksums_compared": _compared(applied),
            "problems": [problem.to_json() for problem in self.problems],
            "notes": [note.to_json() for note in self.project.files.notes],
            "changes": [change.to_json() for change in self.changes],
            "replay": _replay(self.replay),
            "files_written": self.written,
            "rows_written": self.recorded,
        }


def _compared(applied: list[Adopted]) -> int:
    return sum(
        1 for a in applied if a.foreign.checksum and a.entry is not None and a.entry.checksum
    )


def _migration(item: Adopted) -> dict[str, Any]:
    at = item.entry.applied_at if item.entry else None
    return {
        "version": item.migration.version,
        "name": item.migration.name,
        "file": item.migration.path.name,
        "source": item.source,
        "key": item.foreign.key,
        "applied": item.entry is not None,
        "applied_at": at.isoformat() if at else None,
        "checksum": item.foreign.checksum,
        "ledger_checksum": item.entry.checksum if item.entry else None,
    }


def _replay(replay: Replay) -> dict[str, Any]:
    return {
        "place": replay.place,
        "ok": replay.error is None,
        "server_version": f"{replay.server_version // 10000}.{replay.server_version % 10000}",
        "duration_ms": replay.duration_ms,
        "limits": [
            {"code": x.code, "message": x.message, "params": dict(x.params)} for x in replay.limits
        ],
        "error": replay.error,
    }
