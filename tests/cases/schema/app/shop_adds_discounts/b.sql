create table customer (id bigint generated always as identity primary key, email text not null unique, name text, phone text, created_at timestamptz not null default now());
create table product (id bigint generated always as identity primary key, sku text not null unique, name text not null, price numeric(12, 4) not null check (price >= 0), active boolean not null default true);
create type order_state as enum ('new', 'paid', 'packed', 'sent', 'returned');
create table discount (code text primary key, percent numeric(5, 2) not null check (percent > 0 and percent <= 100), valid daterange not null, exclude using gist (valid with &&));
create table "order" (id bigint generated always as identity primary key, customer_id bigint not null references customer on delete restrict, state order_state not null default 'new', total numeric(12, 2) not null default 0, discount_code text references discount);
create table order_line (order_id bigint references "order" on delete cascade, product_id bigint references product, quantity int not null check (quantity > 0), price numeric(12, 4) not null, primary key (order_id, product_id));
create index on "order" (customer_id, state);
create index on "order" (discount_code) where discount_code is not null;
create view sales as select p.id, p.name, sum(l.quantity) as sold, sum(l.quantity * l.price) as income from product p join order_line l on l.product_id = p.id where p.active group by p.id;
