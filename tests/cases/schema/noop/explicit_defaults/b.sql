create table t (id int, body text default null, primary key (id)) with (fillfactor = 100);
alter table t alter body set storage extended;
alter table t reset (fillfactor);
create index i on t using btree (body asc nulls last);
create or replace function f() returns int language sql volatile called on null input security invoker parallel unsafe cost 100 as 'select 1';
create sequence s as bigint increment 1 minvalue 1 start 1 cache 1 no cycle;
grant execute on function f() to public;
