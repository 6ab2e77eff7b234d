"""Facts about the start on a database that has a schema: it is proven before it is written."""

from pathlib import Path

import pytest

from tests.integration.migrations.lifecycle.conftest import Project
from vado.application import start_baseline, status
from vado.database import connect
from vado.migrations import BaselineRequest, read_folder
from vado.operations import Operation
from vado.preview.structure import structure_text
from vado.sql import parse_script

SCHEMAS = Path(__file__).parents[2] / "schema"
SHOP = """
create type mood as enum ('ok', 'bad');
create table goods (id bigint generated always as identity primary key, mood mood not null);
create function total() returns bigint language sql as $$ select count(*) from later $$;
create table later (good bigint references goods, note text default 'a;b');
create index by_note on later (lower(note)) where note is not null;
create view moody as select mood, count(*) from goods group by mood;
create publication p for table goods;
comment on table goods is E'two\\nlines';
"""


def make(project: Project, script: str) -> None:
    with connect(project.environment.target) as session:
        session.execute("set check_function_bodies = off")
        for statement in parse_script(script).statements:
            session.run(statement.text)


def baseline(project: Project, **wanted: bool) -> Operation:
    request = BaselineRequest(consent=True, **wanted)
    return project.ended(start_baseline(project.vado, project.environment, request))


def test_the_schema_becomes_the_first_migration(project: Project) -> None:
    make(project, SHOP)

    ended = baseline(project)

    assert ended.state == "succeeded", ended.error
    [migration] = read_folder(project.folder)
    assert migration.script.errors == ()
    assert not any(line.startswith("\\") for line in migration.text.splitlines())
    assert not any(word in migration.text for word in ("search_path", "OWNER TO", "GRANT"))
    assert project.states() == {migration.number: "baseline"}
    found = status(project.vado, project.environment, drift=True)
    assert (found["version"], found["pending"], found["edited"]) == (migration.version, [], [])
    assert found["drift"]["drifted"] is False
    project.write(migration.number + 1, "alter table goods add price int;")
    project.apply()
    assert project.ask("select count(price) from goods") == 0


def test_even_the_rarest_objects_come_through(project: Project) -> None:
    make(project, (SCHEMAS / "everything.sql").read_text())

    ended = baseline(project, dry_run=True)

    assert ended.state == "succeeded", ended.error
    assert ended.result is not None
    assert ended.result["changes"] == []
    assert list(project.folder.iterdir()) == []
    assert project.ask("select to_regnamespace('vado')") is None


def test_a_file_that_would_make_another_schema_is_refused(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(project, SHOP)

    def short(*given: object) -> str:
        return structure_text(*given).split("CREATE INDEX")[0]  # type: ignore[arg-type]  # passed on

    monkeypatch.setattr("vado.migrations.baseline.structure_text", short)
    ended = baseline(project)

    assert ended.error is not None
    assert ended.error["code"] == "baseline_refused"
    assert "index public.by_note" in ended.error["message"]
    assert {c["identity"] for c in ended.error["details"]["changes"]} >= {"public.by_note"}
    assert list(project.folder.iterdir()) == []


def test_a_second_baseline_is_refused(project: Project) -> None:
    make(project, "create table t (id int)")
    assert baseline(project).state == "succeeded"

    again = baseline(project)

    assert again.error is not None
    assert "has 1 rows already" in again.error["message"]


def test_files_that_are_there_come_after_it(project: Project) -> None:
    make(project, "create table t (id int)")
    project.write(20200101000000, "alter table t add note text;")

    baseline(project)

    assert [m.version for m in read_folder(project.folder)] == ["20191231235959", "20200101000000"]
    assert [m["version"] for m in status(project.vado, project.environment)["pending"]] == [
        "20200101000000"
    ]
