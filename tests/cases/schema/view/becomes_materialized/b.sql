create table src (id int primary key, name text);

create materialized view thing as select id, name from src;
create unique index thing_id on thing (id);
create view over_it as select count(*) as n from thing;
