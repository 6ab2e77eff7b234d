alter table orders add column region text;
alter table orders alter column region set statistics 100;
insert into regions values ('north');
update orders set region = 'north' where id = 1;
