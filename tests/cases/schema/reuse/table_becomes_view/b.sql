create table src (id int primary key);

create view thing as select id from src;
grant select on thing to case_reader;
