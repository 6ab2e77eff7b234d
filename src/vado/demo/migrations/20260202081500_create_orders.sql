-- migrate:up
create type order_status as enum ('new', 'paid', 'shipped', 'delivered', 'cancelled');

create table orders (
    id bigint generated always as identity primary key,
    customer_id bigint not null references customers (id),
    shipping_address_id bigint references addresses (id) on delete set null,
    status order_status not null default 'new',
    channel text default 'web',
    placed_at timestamptz not null default now(),
    shipped_at timestamptz,
    updated_at timestamptz not null default now(),
    constraint orders_shipped_check check (shipped_at is null or shipped_at >= placed_at)
);

comment on column orders.channel is 'Where the order came from: web, app, phone or shop.';

create index orders_customer_id_idx on orders (customer_id, placed_at desc);
create index orders_open_idx on orders (placed_at) where status in ('new', 'paid');

create trigger orders_touch
before update on orders
for each row execute function touch_updated_at();

create table order_items (
    order_id bigint not null references orders (id) on delete cascade,
    line_number smallint not null,
    product_id bigint not null references products (id),
    quantity integer not null,
    unit_price numeric(10, 2) not null,
    total numeric(12, 2) generated always as (quantity * unit_price) stored,
    primary key (order_id, line_number),
    constraint order_items_quantity_check check (quantity between 1 and 999),
    constraint order_items_unit_price_check check (unit_price >= 0)
);

-- migrate:down
drop table order_items;
drop table orders;
drop type order_status;
