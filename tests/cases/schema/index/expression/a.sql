create table t (id int primary key, email text, first text, last text, doc jsonb, at timestamptz);

create index t_email on t (email);
