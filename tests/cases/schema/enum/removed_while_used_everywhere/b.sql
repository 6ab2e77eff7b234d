create type state as enum ('new', 'old');
create domain live_state as state check (value <> 'old');
create type pair_of as (one state, two text);
create table t (
    id int primary key, s state not null default 'new', many state[] not null default '{new}',
    d live_state, p pair_of, constraint not_gone check (s <> 'old'::state)
);
create index t_s on t (s) where s = 'new';
create function is_new(x state) returns boolean language sql immutable as $$ select x = 'new' $$;
create view v as select id, s, is_new(s) as fresh from t where s <> 'old';
create materialized view m as select s, count(*) as n from t group by s;
create policy p on t using (s = 'new');
