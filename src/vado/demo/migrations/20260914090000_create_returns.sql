-- A new table that refers to others. It is empty, so there is nothing to check and nothing to lose;
-- the tables that it points to are locked against writes for a moment only.

-- migrate:up
create type return_reason as enum ('damaged', 'wrong_item', 'too_late', 'changed_mind');

create table returns (
    id bigint generated always as identity primary key,
    order_id bigint not null,
    line_number smallint not null,
    reason return_reason not null,
    quantity integer not null,
    requested_at timestamptz not null default now(),
    refunded_payment_id bigint references payments (id),
    constraint returns_quantity_check check (quantity > 0),
    constraint returns_order_item_fkey foreign key (order_id, line_number)
    references order_items (order_id, line_number)
);

create index returns_order_item_idx on returns (order_id, line_number);
create index returns_open_idx on returns (requested_at) where refunded_payment_id is null;

-- migrate:down
drop table returns;
drop type return_reason;
