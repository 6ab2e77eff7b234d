create table t (id int primary key, state text, deleted_at timestamptz);

create index t_state on t (state) where state = 'new';
create unique index t_live on t (state) where deleted_at is null;
