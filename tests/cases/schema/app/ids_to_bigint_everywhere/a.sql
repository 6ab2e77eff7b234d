create table customer (id serial primary key, name text);
create table invoice (id serial primary key, customer_id int not null references customer, parent_id int references invoice);
create table line (invoice_id int references invoice on delete cascade, n int, amount numeric, primary key (invoice_id, n));
create index on invoice (customer_id);
create view open_invoice as select i.id, c.name, (select sum(amount) from line l where l.invoice_id = i.id) as total from invoice i join customer c on c.id = i.customer_id;
create function total(i int) returns numeric language sql stable as 'select sum(amount) from line where invoice_id = i';

insert into customer (name) values ('x');
insert into invoice (customer_id) values (1);
insert into line values (1, 1, 5);
