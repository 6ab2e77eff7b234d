create table sale (id int primary key, shop text not null, at date not null, amount numeric(10, 2) not null);

create materialized view daily as select shop, at, sum(amount) as total, count(*) as n from sale group by shop, at;
create unique index daily_key on daily (at, shop);
create materialized view monthly as select shop, date_trunc('month', at)::date as month, sum(total) as total, sum(n) as n from daily group by 1, 2;
create unique index monthly_key on monthly (shop, month);
create index monthly_n on monthly (n desc);
create view best as select shop, max(total) as best, max(n) as n from monthly group by shop;
grant select on daily, monthly, best to case_reader;
grant select on best to case_writer;
