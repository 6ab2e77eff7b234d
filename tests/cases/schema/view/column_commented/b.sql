create table t (id int primary key, state text);
create view v as select id, state from t;

comment on column v.state is 'how it stands';
