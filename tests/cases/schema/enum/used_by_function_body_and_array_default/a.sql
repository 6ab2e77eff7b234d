create type level as enum ('low', 'high');
create table t (id int primary key, l level[] not null default array['low', 'high']::level[], m level default ('low'::text)::level);
create function lv(x text) returns level language plpgsql as $$ begin return x::level; end $$;

insert into t values (1);
