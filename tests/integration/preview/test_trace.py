"""What is seen of each statement while it runs on the copy."""

from tests.integration.preview.conftest import Preview
from vado.database import Target, connect
from vado.preview import Plan

BOOKS = (
    "create table authors (id int primary key)",
    "create table books (id int primary key, title text, author int, price int not null)",
    "create view titles as select id from books",
)


def run(target: Target, *statements: str) -> None:
    with connect(target) as session:
        for statement in statements:
            session.run(statement)


def locks(plan: Plan) -> list[set[tuple[str, str, str | None]] | None]:
    return [
        None
        if s.trace is None or s.trace["locks"] is None
        # The indexes of a table are locked with it.
        else {(k["identity"], k["mode"], k["blocks"]) for k in s.trace["locks"]}
        for s in plan.statements
    ]


def seen(plan: Plan, what: str) -> list[tuple[str, ...]]:
    return [tuple(s.trace[what]) if s.trace else () for s in plan.statements]


def test_locks_are_told_with_what_they_keep_others_from(database: Target, preview: Preview):
    run(database, *BOOKS)

    plan = preview(
        "alter table books add constraint written foreign key (author) references authors;"
    )

    assert locks(plan) == [
        {
            ("public.books", "SHARE ROW EXCLUSIVE", "writes"),
            ("public.authors", "SHARE ROW EXCLUSIVE", "writes"),
        }
    ]


def test_a_lock_that_the_transaction_holds_already_is_not_told_again(
    database: Target, preview: Preview
):
    run(database, *BOOKS)

    plan = preview("alter table books add a int; alter table books add b int;")

    assert locks(plan) == [{("public.books", "ACCESS EXCLUSIVE", "reads_and_writes")}, set()]


def test_what_a_dropped_table_held_is_told_by_its_name(database: Target, preview: Preview):
    run(database, *BOOKS)

    [taken] = locks(preview("drop table books cascade;"))

    assert taken is not None
    assert ("public.books", "ACCESS EXCLUSIVE", "reads_and_writes") in taken
    assert ("public.titles", "ACCESS EXCLUSIVE", "reads_and_writes") in taken


def test_what_the_plan_itself_made_blocks_nobody(preview: Preview):
    plan = preview("create table fresh (id int); alter table fresh add b int;")

    assert locks(plan) == [set(), set()]


def test_rewrites_builds_scans_and_proofs_are_told(database: Target, preview: Preview):
    run(database, *BOOKS)

    plan = preview(
        "alter table books alter price type bigint;"
        "create index by_title on books (title);"
        "alter table books alter title set not null;"
        "alter table books add check (price > 0);"
    )

    assert seen(plan, "rewrites") == [("books",), (), (), ()]
    assert seen(plan, "builds")[1] == ("by_title",)
    assert seen(plan, "scans")[2:] == [("books",), ("books",)]


def test_a_scan_that_a_constraint_saves_is_told(database: Target, preview: Preview):
    run(database, *BOOKS, "alter table books add constraint c check (title is not null)")

    plan = preview("alter table books alter title set not null;")

    assert seen(plan, "proven") == [("books.title",)]
    assert seen(plan, "scans") == [()]


def test_what_is_hidden_in_a_block_of_code_shows_all_the_same(database: Target, preview: Preview):
    run(database, *BOOKS)

    plan = preview("do $$ begin execute 'alter table books alter price type bigint'; end $$;")

    assert seen(plan, "rewrites") == [("books",)]
    assert locks(plan) == [{("public.books", "ACCESS EXCLUSIVE", "reads_and_writes")}]


def test_outside_a_transaction_no_lock_is_left_to_see(database: Target, preview: Preview):
    run(database, *BOOKS)

    plan = preview("create index concurrently by_title on books (title);")

    assert locks(plan) == [None]
    assert seen(plan, "builds") == [("by_title",)]


def test_notices_are_told(preview: Preview):
    plan = preview("drop table if exists nothing; do $$ begin raise warning 'mind this'; end $$;")

    assert seen(plan, "notices") == [
        ('table "nothing" does not exist, skipping',),
        ("mind this",),
    ]


def test_a_plan_keeps_what_was_seen(database: Target, preview: Preview):
    run(database, *BOOKS)
    plan = preview("alter table books add a int;")

    assert Plan.from_json(plan.to_json()) == plan
