-- migrate:up
create table categories (
    id integer generated always as identity primary key,
    parent_id integer references categories (id),
    name text not null,
    slug text not null unique,
    constraint categories_slug_check check (slug ~ '^[a-z0-9-]+$')
);

create table products (
    id bigint generated always as identity primary key,
    category_id integer not null references categories (id),
    sku text not null unique,
    name text not null,
    price numeric(10, 2) not null,
    attributes jsonb not null default '{}',
    tags text[] not null default '{}',
    active boolean not null default true,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint products_price_check check (price > 0)
);

create index products_category_id_idx on products (category_id);
create index products_tags_idx on products using gin (tags);
create index products_name_idx on products (lower(name)) where active;

create trigger products_touch
before update on products
for each row execute function touch_updated_at();

create table inventory (
    product_id bigint not null references products (id) on delete cascade,
    warehouse text not null,
    quantity integer not null default 0,
    counted_at timestamptz not null default now(),
    primary key (product_id, warehouse),
    constraint inventory_quantity_check check (quantity >= 0),
    constraint inventory_warehouse_check check (warehouse in ('Getafe', 'Lyon', 'Leipzig'))
);

-- migrate:down
drop table inventory;
drop table products;
drop table categories;
