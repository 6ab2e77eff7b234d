create table t (id int primary key, state text, deleted_at timestamptz);

create index t_state on t (state) where state in ('new', 'paid');
create unique index t_live on t (state, id) where deleted_at is null and state <> 'x';
