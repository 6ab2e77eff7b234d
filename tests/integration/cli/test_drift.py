"""Facts about drift as it is typed: it is named, and taken into the folder as a migration."""

from tests.integration.cli.conftest import Project

TABLE = "-- migrate:up\ncreate table goods (id int primary key, name text);\n"


def applied(project: Project) -> None:
    project.write("20260101000000_goods", TABLE)
    assert project.vado("apply", "--yes").code == 0


def test_drift_is_named_and_only_then_the_exit_code_says_so(project: Project) -> None:
    applied(project)
    same = project.vado("drift", "--exit-code")
    project.run("alter table goods add column sneaked int")
    named = project.vado("drift")

    assert same.code == 0
    assert (named.code, project.vado("drift", "--exit-code").code) == (0, 3)
    assert "public.goods.sneaked" in named.out


def test_what_drifted_becomes_a_migration_that_counts_as_applied(project: Project) -> None:
    applied(project)
    project.run("alter table goods add column sneaked int")
    project.run("create index by_hand on goods (name)")

    made = project.vado("drift", "--adopt", "by_hand", "--json").document
    taken = project.vado("apply", "--plan", made["plan_id"], "--yes", "--json")

    text = (project.folder / "migrations" / made["file"]).read_text()
    assert "sneaked" in text
    assert "by_hand" in text
    assert taken.code == 0, taken.out
    assert project.vado("drift", "--json").document["drifted"] is False
    assert project.vado("status", "--json").document["pending"] == []


def test_without_drift_no_file_is_written(project: Project) -> None:
    applied(project)

    made = project.vado("drift", "--adopt", "nothing", "--json").document

    assert made["equal"] is True
    assert len(list((project.folder / "migrations").glob("*.sql"))) == 1
