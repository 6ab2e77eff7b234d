create type state as enum ('new', 'paid', 'sent');

create table t (id int primary key, state state not null default 'new');
create index t_state on t (state);
