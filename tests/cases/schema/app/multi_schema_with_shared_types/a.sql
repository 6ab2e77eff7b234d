create schema shared;
create schema crm;
create type shared.currency as enum ('EUR', 'USD');
create domain shared.email as text check (value ~ '@');
create table crm.contact (id uuid primary key default gen_random_uuid(), email shared.email not null, currency shared.currency not null default 'EUR');
create view crm.by_currency as select currency, count(*) as n from crm.contact group by currency;

insert into crm.contact (email) values ('a@b');
