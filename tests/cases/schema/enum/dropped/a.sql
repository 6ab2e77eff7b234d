create table t (id int primary key);

create type mood as enum ('sad', 'ok');
alter table t add column mood mood default 'ok';

insert into t values (1);
