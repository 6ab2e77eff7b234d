create table customer (id bigint generated always as identity primary key, email text not null unique, name text, created_at timestamptz not null default now());
create table product (id bigint generated always as identity primary key, sku text not null unique, name text not null, price numeric(10, 2) not null check (price >= 0));
create type order_state as enum ('new', 'paid', 'sent');
create table "order" (id bigint generated always as identity primary key, customer_id bigint not null references customer, state order_state not null default 'new', total numeric(12, 2) not null default 0);
create table order_line (order_id bigint references "order" on delete cascade, product_id bigint references product, quantity int not null check (quantity > 0), price numeric(10, 2) not null, primary key (order_id, product_id));
create index on "order" (customer_id);
create view sales as select p.id, p.name, sum(l.quantity) as sold from product p join order_line l on l.product_id = p.id group by p.id;

insert into customer (email) values ('a@b'), ('c@d');
insert into product (sku, name, price) values ('s', 'n', 3.5);
insert into "order" (customer_id, state) values (1, 'paid');
insert into order_line values (1, 1, 2, 3.5);
