create function f(a int) returns int language sql immutable strict security definer leakproof parallel restricted cost 7
    set search_path = public, pg_temp set work_mem = '8MB' as 'select a';
