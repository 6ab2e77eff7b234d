create or replace view v as select 2 as a;
