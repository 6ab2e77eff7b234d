create table stage (id int);
create index on stage (id);
create materialized view sums as select 1 as n;
create index on sums (n);
