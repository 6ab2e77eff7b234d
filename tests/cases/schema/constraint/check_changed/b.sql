create table t (id int primary key, n int, state text);

alter table t add constraint n_ok check (n >= 0 and n < 1000);
alter table t add constraint state_ok check (state in ('a', 'b', 'c'));
