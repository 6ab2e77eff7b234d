create function next_no() returns int language sql as 'select 1';
create table t(a int default next_no(), b timestamp default now(), c text default 'it''s'||'x');
insert into t default values;
