"""Vado's own state on this machine: one SQLite file that its processes share."""

import json
import sqlite3
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path
from typing import Any

from vado.errors import StateUnavailable

# Run in order; the file's user_version says how many it has seen.
_SCRIPTS = ("schema.sql", "schema_2.sql", "schema_3.sql")
_BUSY_S = 10.0
_NAME_MARK = "-- name: "

Values = Mapping[str, object]
StateRow = dict[str, Any]


def now() -> str:
    """Return the present as ISO 8601 in UTC, milliseconds."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


@dataclass(frozen=True, slots=True)
class Page:
    """A part of a list: its rows, where the next part begins, and how many there are in all."""

    items: tuple[StateRow, ...]
    next: str | None
    total: int


class State:
    """The state file; safe to use from several threads and processes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = threading.RLock()
        self._queries = _load()
        path = folder / "state.sqlite3"
        try:
            path.touch(mode=0o600)
            self._file = sqlite3.connect(
                path, timeout=_BUSY_S, isolation_level=None, check_same_thread=False
            )
        except (sqlite3.Error, OSError) as error:
            raise self._unavailable(error) from error
        try:
            self._prepare()
        except sqlite3.Error as error:
            self._file.close()
            raise self._unavailable(error) from error
        except StateUnavailable:
            self._file.close()
            raise

    def _unavailable(self, error: Exception) -> StateUnavailable:
        return StateUnavailable(
            f"cannot use Vado's state in {self.folder}: {error}",
            hint="Free disk space, or give a folder that you may write to with VADO_STATE.",
        )

    def _prepare(self) -> None:
        self._file.row_factory = _as_dict
        self._file.execute("PRAGMA foreign_keys = ON")
        [found] = self._file.execute("PRAGMA user_version").fetchone().values()
        if found > len(_SCRIPTS):
            raise StateUnavailable(
                "this state was written by a newer Vado", hint="Use that version, or newer."
            )
        if found < len(_SCRIPTS):
            self._file.execute("PRAGMA journal_mode = WAL")
            # Writing first takes the lock, so two first starts do not both create the tables.
            with self.transaction():
                [again] = self._file.execute("PRAGMA user_version").fetchone().values()
                for script in _SCRIPTS[again:]:
                    self._run(script)
        self._file.execute("PRAGMA synchronous = NORMAL")

    def _run(self, script: str) -> None:
        text = (resources.files("vado.operations") / script).read_text(encoding="utf-8")
        statement = ""
        for line in text.splitlines(keepends=True):
            statement += line
            if sqlite3.complete_statement(statement):
                self._file.execute(statement)
                statement = ""

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Do what is inside wholly or not at all; other writers wait."""
        with self._lock:
            self._run_now("BEGIN IMMEDIATE")
            try:
                yield
                self._run_now("COMMIT")
            except BaseException:
                # A commit that failed, on a full disk for example, leaves it open.
                if self._file.in_transaction:
                    self._file.execute("ROLLBACK")
                raise

    def _run_now(self, command: str) -> None:
        try:
            self._file.execute(command)
        except sqlite3.Error as error:
            raise self._unavailable(error) from error

    def rows(self, name: str, **values: object) -> list[StateRow]:
        """Run the named query."""
        with self._lock:
            try:
                found: list[StateRow] = self._file.execute(self._queries[name], values).fetchall()
            except sqlite3.Error as error:
                raise self._unavailable(error) from error
            return found

    def row(self, name: str, **values: object) -> StateRow | None:
        """Run the named query and return its first row, if any."""
        found = self.rows(name, **values)
        return found[0] if found else None

    def execute(self, name: str, **values: object) -> int:
        """Run the named statement and return how many rows it changed."""
        with self._lock:
            try:
                return self._file.execute(self._queries[name], values).rowcount
            except sqlite3.Error as error:
                raise self._unavailable(error) from error

    def page(self, name: str, key: str, limit: int, **values: object) -> Page:
        """Run a list query `name` with its `count_name`, one page; *key* is the cursor column."""
        found = self.rows(name, limit=limit + 1, **values)
        total = self.row(f"count_{name}", **{k: v for k, v in values.items() if k != "after"})
        items = found[:limit]
        more = str(items[-1][key]) if len(found) > limit else None
        return Page(tuple(items), more, total["total"] if total else 0)

    def preferences(self) -> dict[str, Any]:
        """Return what the user chose for the screens."""
        return {row["name"]: json.loads(row["value"]) for row in self.rows("preferences")}

    def set_preferences(self, chosen: Mapping[str, Any]) -> None:
        """Keep what the user chose for the screens."""
        with self.transaction():
            for name, value in chosen.items():
                self.execute("put_preference", key=name, value=json.dumps(value))

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._file.close()


def _as_dict(cursor: sqlite3.Cursor, row: tuple[Any, ...]) -> StateRow:
    return {column[0]: value for column, value in zip(cursor.description, row, strict=True)}


def _load() -> dict[str, str]:
    text = (resources.files("vado.operations") / "queries.sql").read_text(encoding="utf-8")
    parts = text.split(_NAME_MARK)[1:]
    return {name.strip(): body for name, _, body in (part.partition("\n") for part in parts)}
