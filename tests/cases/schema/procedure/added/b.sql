create table t (id int);

create procedure fill(n int, inout made int default 0) language plpgsql as $$ begin insert into t select generate_series(1, n); made := n; end $$;
