create table src (id int primary key);

create materialized view thing as select id from src;
create view over_it as select id from thing;
