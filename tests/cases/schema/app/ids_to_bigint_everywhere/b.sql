create table customer (id bigserial primary key, name text);
create table invoice (id bigserial primary key, customer_id bigint not null references customer, parent_id bigint references invoice);
create table line (invoice_id bigint references invoice on delete cascade, n int, amount numeric, primary key (invoice_id, n));
create index on invoice (customer_id);
create view open_invoice as select i.id, c.name, (select sum(amount) from line l where l.invoice_id = i.id) as total from invoice i join customer c on c.id = i.customer_id;
create function total(i bigint) returns numeric language sql stable as 'select sum(amount) from line where invoice_id = i';
