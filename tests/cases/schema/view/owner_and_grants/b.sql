create table t (id int primary key, state text);
create view v as select id, state from t;

alter view v owner to case_owner;
grant select (id), update (state) on v to case_reader;
grant all on v to case_admin with grant option;
