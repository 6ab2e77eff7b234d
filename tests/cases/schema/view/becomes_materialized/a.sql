create table src (id int primary key, name text);

create view thing as select id, name from src;
create view over_it as select count(*) as n from thing;
