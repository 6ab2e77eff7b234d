create function f() returns void language plpgsql as $$ begin perform f(); drop table a; end $$;
select f();
