create or replace view v with (security_invoker = true) as select 2 as a;
