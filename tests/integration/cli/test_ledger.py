"""Facts about undo, baseline, mark and repair as they are typed."""

from tests.integration.cli.conftest import Project

NOTE = "20260102000000_add_note"
ADD_NOTE = (
    "-- migrate:up\nalter table customers add note text;\n"
    "-- migrate:down\nalter table customers drop note;\n"
)


def test_undo_shows_the_way_back_and_goes_it(shop: Project) -> None:
    shop.write(NOTE, ADD_NOTE)
    assert shop.vado("apply", "--yes", "--json").code == 0

    shown = shop.vado("undo", "--preview")
    done = shop.vado("undo", "--yes")
    again = shop.vado("undo", "--to", "0", "--json")

    assert "Preview of undoing 1 migration" in shown.out
    assert "vado undo --plan plan_" in shown.out
    assert (done.code, "Undid 1 migration" in done.out) == (0, True)
    assert again.document["undone"] == [{"version": "20260101000000", "name": "customers"}]
    assert shop.ask("select to_regclass('customers')") is None


def test_undo_without_a_way_back_names_the_migration(shop: Project) -> None:
    shop.write(NOTE, "-- migrate:up\nselect 1;\n")
    shop.vado("apply", "--yes", "--json")

    ended = shop.vado("undo", "--yes")

    assert ended.code == 7
    assert f"{NOTE} has no down section" in ended.err


def test_undo_in_production_takes_a_plan(shop: Project) -> None:
    ended = shop.vado("undo", "--class", "production", "--json")

    assert (ended.code, ended.document["error"]["code"]) == (7, "plan_required")
    assert "--preview" in ended.document["error"]["hint"]


def test_preview_tells_whether_there_is_a_way_back(shop: Project) -> None:
    shop.write(NOTE, ADD_NOTE)

    shown = shop.vado("preview")

    assert "20260102000000 reversible: schema yes, data yes" in shown.out


def test_mark_shows_the_record_and_writes_it(shop: Project) -> None:
    shop.write(NOTE, ADD_NOTE)

    shown = shop.vado("mark", "20260102000000", "--as", "applied", "--preview")
    done = shop.vado("mark", "20260102000000", "--as", "applied", "--yes")

    assert "no row → applied" in shown.out
    assert "No SQL is run" in shown.out
    assert (done.code, "is corrected" in done.out) == (0, True)
    assert shop.vado("status", "--json").document["pending"] == []


def test_baseline_writes_the_first_migration(project: Project) -> None:
    project.run("create table goods (id int primary key)")

    refused = project.vado("baseline", "--json")
    done = project.vado("baseline", "--name", "start", "--yes")

    assert refused.document["error"]["code"] == "consent_required"
    assert (done.code, "exactly the schema that is there" in done.out) == (0, True)
    [path] = (project.folder / "migrations").iterdir()
    assert path.name.endswith("_start.sql")
    assert project.vado("status", "--exit-code").code == 0


def test_repair_shows_the_difference_and_the_two_ways_apart(shop: Project) -> None:
    path = shop.folder / "migrations" / "20260101000000_customers.sql"
    path.write_text(path.read_text().replace("fax text", "fax varchar"))

    shown = shop.vado("repair", "20260101000000")
    done = shop.vado("repair", "20260101000000", "--restore-file", "--json")

    assert "-create table customers (id int primary key, name text, fax text);" in shown.out
    assert "vado repair 20260101000000 --fix-record" in shown.out
    assert "as a new migration" in shown.out
    assert (done.document["differs"], done.document["action"]) == (True, "restore_file")
    assert "fax text" in path.read_text()
    assert "fax varchar" in path.with_name(done.document["kept"]).read_text()


def test_a_late_file_is_applied_when_it_is_asked_for(shop: Project) -> None:
    shop.write("20250101000000_late", "-- migrate:up\ncreate view v as select id from customers;\n")

    refused = shop.vado("apply", "--yes", "--json")
    shown = shop.vado("preview", "--out-of-order")
    done = shop.vado("apply", "--out-of-order", "--yes", "--json")

    assert (refused.code, refused.document["error"]["code"]) == (7, "ledger_conflict")
    assert "20250101000000 is older than what is applied already" in shown.out
    assert [m["name"] for m in done.document["applied"]] == ["late"]


def test_new_writes_the_way_back_only_when_asked(project: Project) -> None:
    sql = project.folder / "up.sql"
    sql.write_text("alter table goods add note text;\n")

    plain = project.vado("new", "one", "--up-file", str(sql), "--json").document
    offered = project.vado("new", "two", "--up-file", str(sql), "--propose-down")

    folder = project.folder / "migrations"
    assert plain["proposed_down"] is None
    assert (folder / plain["file"]).read_text().endswith("-- migrate:down\n\n")
    assert "alter table goods drop column note;" in offered.out
    assert "alter table goods drop column note;" in next(folder.glob("*_two.sql")).read_text()
