"""A project that another tool made, in a folder of its own, and the database it made, loaded."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from vado.application import Vado, start_adopt
from vado.database import Target, connect
from vado.migrations import AdoptRequest
from vado.operations import Operation
from vado.settings import Overrides, load_settings
from vado.sql import parse_script

FIXTURES = Path(__file__).parent / "fixtures"
# Where the tool's files lie in its project, when Vado reads them there.
IN_PLACE = {
    "dbmate": "db/migrations",
    "goose": "migrations",
    "supabase": "supabase/migrations",
}


@dataclass
class Foreign:
    """One tool's project with its database, and what Vado makes of it."""

    tool: str
    folder: Path
    target: Target
    vado: Vado

    def adopt(self, **options: Any) -> Operation:
        options.setdefault("consent", True)
        request = AdoptRequest(self.folder, **options)
        started = start_adopt(self.vado, self.vado.environment(), request)
        return self.vado.jobs.wait(started.id, 60)

    def report(self, **options: Any) -> dict[str, Any]:
        ended = self.adopt(dry_run=True, **options)
        assert ended.result, ended.error
        return ended.result

    def run(self, *statements: str) -> None:
        with connect(self.target) as session:
            for statement in statements:
                session.run(statement)

    def rows(self, query: str) -> list[dict[str, Any]]:
        with connect(self.target) as session:
            return session.rows(query)  # type: ignore[arg-type]  # a test's own text

    def file(self, pattern: str) -> Path:
        return next(path for path in sorted(self.folder.rglob(pattern)) if path.is_file())


def url_of(target: Target) -> str:
    return f"postgresql://{target.user}@/{target.dbname}?host={target.host}&port={target.port}"


@pytest.fixture
def foreign(
    database: Target, tmp_path: Path, isolated: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Foreign]]:
    """Makes the project of a tool, its database loaded as the tool left it."""
    opened: list[Vado] = []
    monkeypatch.setenv("DATABASE_URL", url_of(database))

    def make(tool: str, migrations: str | None = None) -> Foreign:
        folder = tmp_path / tool
        shutil.copytree(FIXTURES / tool / "project", folder)
        with connect(database) as session:
            text = (FIXTURES / tool / "database.sql").read_text(encoding="utf-8")
            for statement in parse_script(text).statements:
                session.run(statement.text)
        where = folder / (migrations or IN_PLACE.get(tool, "vado"))
        settings = load_settings(Overrides(project=folder, migrations=where, state=isolated))
        opened.append(Vado(settings))
        return Foreign(tool, folder, database, opened[-1])

    yield make
    for vado in opened:
        vado.close()
