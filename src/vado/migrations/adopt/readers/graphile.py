"""graphile-migrate: `committed/000001.sql`, each with the hash of the one before; SHA-1."""

import hashlib
import json
import re
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
from vado.migrations.adopt.tables import ledger_table
from vado.migrations.files import read_text

_NAME = re.compile(r"(?P<number>[0-9]{6})(?:-(?P<name>.*))?\.sql")
_HEADER = re.compile(r"--! (?P<name>[\w-]+)(?:: *(?P<value>.*))?")
_COLUMNS = ("hash", "previous_hash", "filename", "date")


class GraphileMigrate(Reader):
    """Reads projects of graphile-migrate."""

    tool = "graphile-migrate"

    def find(self, root: Path) -> Path | None:
        """Return the folder of committed migrations."""
        for folder in first_folder(root, ("migrations/committed", "committed")):
            if any("--! Hash:" in read_text(path)[:2000] for path in folder.glob("0*.sql")):
                return folder
        return None

    def files(self, folder: Path) -> Files:
        """Read the committed migrations; what is in `current.sql` is not one yet."""
        named = [(p, m) for p in sorted(folder.glob("*.sql")) if (m := _NAME.fullmatch(p.name))]
        migrations = [_read(path, match) for path, match in named]
        problems = [*_broken_chain([path for path, _ in named]), *_placeholders(folder, migrations)]
        current = folder.parent / "current.sql"
        unsaid = current.is_file() and re.sub(r"(?m)^--.*$", "", read_text(current)).strip()
        note = Problem("current", "current.sql", "current.sql is not committed, and is left out")
        return Files(folder, tuple(migrations), tuple(problems), (note,) if unsaid else ())

    def ledger(self, session: Session) -> Ledger | None:
        """Read `graphile_migrate.migrations`."""
        table = ledger_table(session, "migrations", _COLUMNS)
        if table is None:
            return None
        entries = {
            row["filename"][:6]: LedgerEntry(row["hash"], row["date"])
            for row in table.rows(session, "graphile")
        }
        return Ledger(table.identity, table.belongings, entries)


def _parts(text: str) -> tuple[dict[str, str], str]:
    """Return the headers and the body of a committed migration."""
    headers = {}
    lines = text.replace("\r\n", "\n").split("\n")
    while lines and (match := _HEADER.fullmatch(lines[0])):
        headers[match["name"]] = (match["value"] or "").strip()
        del lines[0]
    return headers, "\n".join(lines)


def _read(path: Path, match: re.Match[str]) -> ForeignMigration:
    headers, body = _parts(read_text(path))
    name = headers.get("Message") or match["name"] or f"migration_{match['number']}"
    checksum = body_hash(headers.get("Previous", "-"), body)
    return ForeignMigration(match["number"], name, path, body.strip(), checksum=checksum)


def body_hash(previous: str, body: str) -> str:
    """Return graphile-migrate's hash of a migration that follows *previous* ("-": none)."""
    before = "" if previous == "-" else previous
    text = f"{before}\n{body.strip()}".strip() + "\n"
    return f"sha1:{hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()}"


def _broken_chain(paths: list[Path]) -> Iterator[Problem]:
    before = "-"
    for path in paths:
        headers, _ = _parts(read_text(path))
        if headers.get("Previous") != before:
            yield Problem("chain_broken", path.name, f"{path.name} does not follow the one before")
        before = headers.get("Hash", "")


def _placeholders(folder: Path, migrations: list[ForeignMigration]) -> Iterator[Problem]:
    names = ["DATABASE_NAME", "DATABASE_OWNER", *_configured(folder)]
    pattern = re.compile(rf"(?<![:\w]):(?:{'|'.join(map(re.escape, names))})\b")
    for migration in migrations:
        if match := pattern.search(migration.up):
            name = migration.source.name
            yield Problem("placeholder", name, f"{name} takes the placeholder {match[0]}")


def _configured(folder: Path) -> list[str]:
    config = folder.parent.parent / ".gmrc"
    if not config.is_file():
        return []
    try:
        found = json.loads(read_text(config))
    except ValueError:
        return []  # with comments in it, which this does not read
    known = found.get("placeholders") if isinstance(found, dict) else None
    return [str(name).lstrip(":") for name in known] if isinstance(known, dict) else []
