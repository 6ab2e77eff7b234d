-- Right in what it wants, dangerous in how: on a busy shop each of these statements stops
-- writers (the last one readers too) for as long as it takes to read or rewrite the whole table.

-- migrate:up
create index order_items_product_id_idx on order_items (product_id);

alter table orders alter column channel set not null;

alter table payments alter column attempts type integer;

-- migrate:down
alter table payments alter column attempts type smallint;
alter table orders alter column channel drop not null;
drop index order_items_product_id_idx;
