create type level as enum ('low', 'mid', 'high');
create table t (id int primary key, l level[] not null default array['mid']::level[], m level default ('mid'::text)::level);
create function lv(x text) returns level language plpgsql as $$ begin return x::level; end $$;
