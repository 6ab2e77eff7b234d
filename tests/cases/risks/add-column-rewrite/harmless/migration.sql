alter table orders add column a int;
alter table orders add column b timestamptz default now();
alter table orders add column c text not null default 'new';
alter table orders add column d int generated always as (a + 1) virtual;
alter table orders add column e date default current_date, add column f int default 1 + 2;
