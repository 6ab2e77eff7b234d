"""Flyway: `V1__name.sql`, `R__name.sql`, `U1__name.sql`; the ledger keeps a CRC32 of the lines."""

import re
import zlib
from collections.abc import Iterator
from pathlib import Path

from vado.database import Session
from vado.migrations.adopt.interface import (
    Files,
    ForeignMigration,
    Ledger,
    LedgerEntry,
    Problem,
    Reader,
    first_folder,
)
from vado.migrations.adopt.tables import in_utc, ledger_table
from vado.migrations.adopt.texts import stamp_of
from vado.migrations.files import read_text

_NAME = re.compile(r"(?P<kind>[VUB])(?P<version>[0-9][0-9._]*)__(?P<name>.*)\.sql")
_REPEATABLE = re.compile(r"R__(?P<name>.*)\.sql")
_CODE = re.compile(r"[VR][0-9._]*__.*\.(?:java|class|kt|py|sh|ps1)")
_LOCATION = re.compile(r"filesystem:\s*([^\s\"',\]]+)")
_PLACEHOLDER = re.compile(r"\$\{[^}\s]+\}")
_LINE_END = re.compile(r"\r\n|\r|\n")
_FOLDERS = ("src/main/resources/db/migration", "db/migration", "sql", "migrations")
_COLUMNS = ("installed_rank", "version", "script", "checksum", "success")
_BASELINES = frozenset({"BASELINE", "SQL_BASELINE"})


class Flyway(Reader):
    """Reads projects of Flyway."""

    tool = "flyway"

    def find(self, root: Path) -> Path | None:
        """Return the location with files named as Flyway's are."""
        for folder in first_folder(root, (*_locations(root), *_FOLDERS)):
            if any(_NAME.fullmatch(p.name) for p in folder.rglob("V*__*.sql")):
                return folder
        return None

    def files(self, folder: Path) -> Files:
        """Read the versioned migrations in their order, then the repeatable ones."""
        paths = sorted(folder.rglob("*.sql"))
        undo = {_version(m["version"]): p for p, m in _named(paths, "U")}
        versioned = [_versioned(p, m, undo) for p, m in _named(paths, "V")]
        versioned.sort(key=lambda m: _parts(m.key))
        repeatable = [_repeatable(p, folder) for p in paths if _REPEATABLE.fullmatch(p.name)]
        found = (*versioned, *sorted(repeatable, key=lambda m: m.name))
        problems = [*_placeholders(found), *_not_sql(folder), *_baselines(paths)]
        notes = [
            Problem(
                "repeatable",
                m.source.name,
                f"{m.source.name} becomes an ordinary migration, run once",
            )
            for m in repeatable
        ]
        return Files(folder, found, tuple(problems), tuple(notes))

    def ledger(self, session: Session) -> Ledger | None:
        """Read `flyway_schema_history`; a baseline stands for everything up to its version."""
        table = ledger_table(session, "flyway_schema_history", _COLUMNS)
        if table is None:
            return None
        entries: dict[str, LedgerEntry] = {}
        problems = []
        for row in table.rows(session, "flyway"):
            key = f"R:{row['script']}" if row["version"] is None else _version(row["version"])
            if row["type"] in {"SCHEMA", "DELETE"}:
                continue
            if row["type"].startswith("UNDO"):
                entries.pop(key, None)
                continue
            if not row["success"]:
                problems.append(
                    Problem("failed", key, f"{row['script']} failed and is not repaired")
                )
            entries[key] = _entry(row)
        return Ledger(table.identity, (table.identity,), entries, tuple(problems))

    def applied(self, files: Files, ledger: Ledger) -> dict[str, LedgerEntry]:
        """Count what is below a baseline as applied: the comparison tells whether that is true."""
        entries = dict(ledger.entries)
        for key, entry in ledger.entries.items():
            if entry.kept.get("type") in _BASELINES:
                covered = [m for m in files.migrations if not m.repeatable and _covers(key, m.key)]
                entries.pop(key)
                entries.update({m.key: LedgerEntry(None, entry.applied_at) for m in covered})
        return entries


def _entry(row: dict[str, object]) -> LedgerEntry:
    kept = {n: row[n] for n in ("type", "script", "installed_by", "execution_time")}
    checksum = None if row["checksum"] is None else str(row["checksum"])
    return LedgerEntry(checksum, in_utc(row["installed_on"]), kept)  # type: ignore[arg-type]  # a timestamp


def _locations(root: Path) -> list[str]:
    found = []
    for name in ("flyway.toml", "flyway.conf", "conf/flyway.conf"):
        if (path := root / name).is_file():
            found.extend(_LOCATION.findall(read_text(path)))
    return found


def _named(paths: list[Path], kind: str) -> Iterator[tuple[Path, re.Match[str]]]:
    for path in paths:
        match = _NAME.fullmatch(path.name)
        if match and match["kind"] == kind:
            yield path, match


def _versioned(path: Path, match: re.Match[str], undo: dict[str, Path]) -> ForeignMigration:
    key, text = _version(match["version"]), read_text(path)
    down = read_text(undo[key]) if key in undo else None
    return ForeignMigration(
        key, match["name"], path, text, down, stamp_of(key), str(line_checksum(text))
    )


def _repeatable(path: Path, folder: Path) -> ForeignMigration:
    text = read_text(path)
    key = f"R:{path.relative_to(folder).as_posix()}"
    name = path.stem.removeprefix("R__")
    return ForeignMigration(
        key, name, path, text, checksum=str(line_checksum(text)), repeatable=True
    )


def line_checksum(text: str) -> int:
    """Return Flyway's checksum: CRC32 of the lines without their ends, as a signed number."""
    lines = _LINE_END.split(text.removeprefix("\ufeff"))
    value = zlib.crc32("".join(lines).encode())
    return value - (1 << 32) if value >= 1 << 31 else value


def _version(text: str) -> str:
    return text.replace("_", ".").strip(".")


def _parts(key: str) -> tuple[int, ...]:
    return tuple(int(part) for part in key.split(".") if part)


def _covers(baseline: str, key: str) -> bool:
    return _parts(key) <= _parts(baseline)


def _placeholders(migrations: tuple[ForeignMigration, ...]) -> Iterator[Problem]:
    for migration in migrations:
        if match := _PLACEHOLDER.search(migration.up):
            name = migration.source.name
            yield Problem("placeholder", name, f"{name} takes the placeholder {match[0]}")


def _not_sql(folder: Path) -> Iterator[Problem]:
    for path in sorted(folder.rglob("*__*")):
        if _CODE.fullmatch(path.name):
            yield Problem("not_sql", path.name, f"{path.name} is a program, not SQL")


def _baselines(paths: list[Path]) -> Iterator[Problem]:
    for path, _ in _named(paths, "B"):
        yield Problem(
            "not_sql", path.name, f"{path.name} is a baseline migration, which is not read"
        )
