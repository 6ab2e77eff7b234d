"""The same small shop for every tool: four migrations, of which the tool applies three."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """One migration, as statements without `;`, up and down."""

    name: str
    up: tuple[str, ...]
    down: tuple[str, ...]


STEPS = (
    Step(
        "create_customers",
        (
            """create table customers (
    id bigint generated always as identity primary key,
    email text not null,
    name text not null default '',
    created_at timestamptz not null default now()
)""",
            "create unique index customers_email on customers (lower(email))",
        ),
        ("drop table customers",),
    ),
    Step(
        "add_orders",
        (
            "create type order_state as enum ('new', 'paid', 'sent')",
            """create table orders (
    id bigint generated always as identity primary key,
    customer_id bigint not null references customers (id),
    state order_state not null default 'new',
    total numeric(12, 2) not null check (total >= 0),
    placed_at timestamptz not null default now()
)""",
            "create index orders_customer on orders (customer_id)",
        ),
        ("drop table orders", "drop type order_state"),
    ),
    Step(
        "add_totals",
        (
            "alter table customers add column orders_total numeric(14, 2) not null default 0",
            """create function count_order() returns trigger language plpgsql as $$
begin
    update customers set orders_total = orders_total + new.total where id = new.customer_id;
    return new;
end;
$$""",
            """create trigger count_order after insert on orders
for each row execute function count_order()""",
            """create view best_customers as
select id, email, orders_total from customers where orders_total > 1000""",
            "insert into customers (email, name) values ('ada@example.com', 'Ada; la primera: €')",
        ),
        (
            "drop view best_customers",
            "drop trigger count_order on orders",
            "drop function count_order()",
            "alter table customers drop column orders_total",
        ),
    ),
    Step(
        "add_note",
        ("alter table orders add column note text",),
        ("alter table orders drop column note",),
    ),
)
APPLIED = 3


def script(statements: tuple[str, ...]) -> str:
    """Return statements as one text."""
    return "".join(f"{statement};\n" for statement in statements)
