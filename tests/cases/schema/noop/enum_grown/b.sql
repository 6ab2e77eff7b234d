create type e as enum ('a', 'c');
alter type e add value 'b' before 'c';
create table t (id int primary key, e e);
commit;
alter table t alter e set default 'b';
alter table t add check (e <> 'c');
