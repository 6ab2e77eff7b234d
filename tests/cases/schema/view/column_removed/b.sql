create table t (id int primary key, name text);

create view v as select id from t;
grant select on v to case_reader;
comment on view v is 'kept';
