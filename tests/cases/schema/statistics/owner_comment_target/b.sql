create table t (id int primary key, a int, b int, c text);
create statistics st on a, b from t;

comment on statistics st is 'together';
alter statistics st owner to case_owner;
alter statistics st set statistics 0;
