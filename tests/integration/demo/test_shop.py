"""The sample shop is what the demo says it is, the same on every machine."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from vado.database import EmbeddedServer, Identifier, Session, connect, parse_url
from vado.demo import APPLIED_THROUGH, DemoProject, load_sample_rows, prepare_demo
from vado.migrations import Migration, read_folder
from vado.risks import Facts, Risk, judge
from vado.schema import read_catalogue, read_sizes
from vado.settings import Overrides, load_settings
from vado.sql import parse_script

ROWS = {
    "customers": 12_000,
    "addresses": 18_000,
    "categories": 40,
    "products": 1_500,
    "inventory": 4_500,
    "orders": 40_000,
    "order_items": 80_208,
    "payments": 38_628,
    "reviews": 7_790,
}


@pytest.fixture(scope="module")
def project(cluster: EmbeddedServer, tmp_path_factory: pytest.TempPathFactory) -> DemoProject:
    """The shop with its past applied and its rows loaded; the tests only roll back."""
    project = prepare_demo(tmp_path_factory.mktemp("demo"), cluster)
    with connect(project.target) as session:
        for migration in past(project):
            run(session, migration.up)
        assert load_sample_rows(session) == ROWS
    return project


@pytest.fixture
def shop(project: DemoProject) -> Iterator[Session]:
    with connect(project.target) as session:
        session.execute("begin")
        yield session
        session.execute("rollback")


def past(project: DemoProject) -> list[Migration]:
    return [m for m in read_folder(project.migrations_folder) if m.version <= APPLIED_THROUGH]


def pending(project: DemoProject) -> list[Migration]:
    return [m for m in read_folder(project.migrations_folder) if m.version > APPLIED_THROUGH]


def run(session: Session, sql: str | None) -> None:
    for statement in parse_script(sql or "").statements:
        session.run(statement.text)


def risks_of(session: Session, migration: Migration) -> tuple[Risk, ...]:
    facts = Facts(read_catalogue(session), read_sizes(session), session.server_version)
    return judge([migration.script], facts)


def test_shop_has_about_200_000_rows(shop: Session):
    counts = {
        table: shop.value("select count(*) from {table}", identifiers={"table": Identifier(table)})
        for table in ROWS
    }

    assert counts == ROWS
    assert 195_000 < sum(counts.values()) < 205_000


def test_six_migrations_are_the_past_and_four_are_pending(project: DemoProject):
    assert [m.name for m in past(project)][::5] == ["create_customers", "add_sales_reports"]
    assert [m.name for m in pending(project)] == [
        "add_delivery_notes",
        "create_returns",
        "speed_up_product_pages",
        "drop_fax_numbers",
    ]


def test_no_order_is_older_than_its_customer(shop: Session):
    assert not shop.value(
        "select count(*) from orders join customers on customers.id = customer_id"
        " where placed_at < customers.created_at"
    )


def test_payments_are_as_high_as_their_orders(shop: Session):
    assert not shop.value(
        "select count(*) from payments join order_totals using (order_id) where amount <> total"
    )


def test_new_rows_go_on_numbering(shop: Session):
    new = shop.value(
        "insert into customers (email, full_name) values ('a@b.es', 'Ada') returning id"
    )

    assert new == ROWS["customers"] + 1


def test_changed_row_is_touched(shop: Session):
    changed = shop.value(
        "update products set price = price + 1 where id = 1 returning updated_at = now()"
    )

    assert changed


def test_pending_migrations_run_and_run_back(shop: Session, project: DemoProject):
    before = read_catalogue(shop)

    for migration in pending(project):
        run(shop, migration.up)
    for migration in reversed(pending(project)):
        run(shop, migration.down)

    # The fax numbers are gone, and their column is the last one now; all else is as it was.
    assert {o.identity for o in read_catalogue(shop).objects} == {
        o.identity for o in before.objects
    }


def test_past_migrations_run_back_to_nothing(shop: Session, project: DemoProject):
    for migration in reversed(past(project)):
        run(shop, migration.down)

    assert not [o for o in read_catalogue(shop).objects if o.kind != "schema"]


@pytest.mark.parametrize(
    ("name", "categories", "destructive"),
    [
        ("add_delivery_notes", set(), False),
        ("create_returns", set(), False),
        ("speed_up_product_pages", {"lock", "rewrite"}, False),
        ("drop_fax_numbers", {"data_loss"}, True),
    ],
)
def test_each_pending_migration_shows_its_kind_of_risk(
    shop: Session, project: DemoProject, name: str, categories: set[str], *, destructive: bool
):
    migration = next(m for m in pending(project) if m.name == name)

    grave = [r for r in risks_of(shop, migration) if r.level != "low"]

    assert {r.category for r in grave} == categories
    assert any(r.destructive for r in grave) is destructive


def test_a_quarter_of_the_customers_has_a_fax_number_to_lose(shop: Session):
    assert shop.value("select count(fax) from customers") == 3_265


def test_settings_lead_to_the_shop(project: DemoProject):
    settings = load_settings(Overrides(project=project.folder))

    (shop,) = settings.environments
    assert (shop.name, shop.environment_class) == (project.environment_name, "staging")
    assert shop.migrations_folder == project.migrations_folder
    assert shop.url is not None
    assert parse_url(shop.url.reveal()) == project.target


def test_preparing_again_keeps_what_the_user_added(cluster: EmbeddedServer, tmp_path: Path):
    prepare_demo(tmp_path, cluster, database="again")
    mine = tmp_path / "migrations" / "20261122000000_mine.sql"
    mine.write_text("select 1;")

    again = prepare_demo(tmp_path, cluster, database="again")

    assert mine.exists()
    with connect(again.target) as session:
        assert session.value("select count(*) from pg_class where relname = 'orders'") == 0
