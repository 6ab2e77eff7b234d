create table t (id int primary key);

create type mood as enum ('sad', 'ok', 'happy');
alter table t add column mood mood default 'ok', add column moods mood[] default '{sad}';
