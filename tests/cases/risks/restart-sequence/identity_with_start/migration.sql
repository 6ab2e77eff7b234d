alter table orders alter column id add generated always as identity (start with 15001);
alter table orders add column n int;
alter table orders alter column n set not null, alter column n add generated always as identity;
