create type state as enum ('new', 'old', 'gone');
create domain live_state as state check (value <> 'gone');
create type pair_of as (one state, two text);
create table t (
    id int primary key, s state not null default 'new', many state[] not null default '{new}',
    d live_state, p pair_of, constraint not_gone check (s <> 'gone'::state)
);
create index t_s on t (s) where s = 'new';
create function is_new(x state) returns boolean language sql immutable as $$ select x = 'new' $$;
create view v as select id, s, is_new(s) as fresh from t where s <> 'gone';
create materialized view m as select s, count(*) as n from t group by s;
create policy p on t using (s = 'new');

insert into t values (1, 'new', '{new,new}', 'new', row('new', 'x'));
