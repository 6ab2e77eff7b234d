create table t (id int primary key, email text, first text, last text, doc jsonb, at timestamptz);

create unique index t_email on t (lower(email));
create index t_name on t ((first || ' ' || last));
create index t_doc on t ((doc ->> 'kind'), ((doc -> 'n')::int));
create index t_day on t (date_trunc('day', at at time zone 'UTC'));
