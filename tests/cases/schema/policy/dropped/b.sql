create table t (id int primary key, tenant int);
alter table t enable row level security;
