create type state as enum ('new', 'paid', 'sent');

create table t (id int primary key, state text not null default 'new');
create index t_state on t (state);

insert into t values (1, 'new'), (2, 'paid');
