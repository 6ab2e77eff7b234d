create table item (id serial primary key, sku varchar(20) unique, qty int default 0);
create table move (id serial primary key, item_id int references item (id), qty int, at timestamp default now());
create function apply_move() returns trigger as $$ begin update item set qty = qty + new.qty where id = new.item_id; return new; end $$ language plpgsql;
create trigger apply_move after insert on move for each row execute procedure apply_move();
create view low_stock as select sku, qty from item where qty < 10;

insert into item (sku) values ('a');
insert into move (item_id, qty) values (1, 5);
