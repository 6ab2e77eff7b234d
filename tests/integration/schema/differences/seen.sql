-- Every line makes a difference that a dump of the schema shows.
alter schema app owner to alice
comment on schema app is 'other'
comment on schema public is null
comment on schema public is 'p'
alter schema public owner to alice
grant create on schema public to alice
revoke usage on schema public from public
grant usage on schema app to alice with grant option
drop schema public cascade
create schema extra
create table app.new (a int)
alter table app.loose owner to alice
alter table app.loose add column z int
alter table app.loose drop column v
alter table app.loose alter v type bigint
alter table app.loose alter v set default 6
alter table app.loose alter v drop default
alter table app.loose alter k set not null
alter table app.loose alter id drop not null
alter table app.loose alter k set storage plain
alter table app.loose alter k set storage external
alter table app.loose alter k set compression pglz
alter table app.loose alter k set statistics 77
alter table app.loose alter k set statistics 0
alter table app.loose alter k set (n_distinct = 3)
alter table app.loose alter k set (n_distinct_inherited = 3)
alter table app.loose rename k to kk
alter table app.loose rename to loose2
alter table app.loose set schema public
alter table app.loose set (fillfactor = 50)
alter table app.loose set (toast.autovacuum_enabled = false)
alter table app.loose replica identity full
alter table app.loose replica identity nothing
create unique index li on app.loose (id); alter table app.loose replica identity using index li
create index li on app.loose (id)
create index li on app.loose (id); alter table app.loose cluster on li
alter table app.loose enable row level security
alter table app.codes no force row level security
grant select on app.loose to alice
grant insert (k) on app.loose to alice
grant update (k) on app.loose to alice with grant option
grant truncate, trigger on app.loose to alice
revoke select on app.loose from postgres
comment on table app.loose is 'x'
comment on column app.loose.k is 'x'
comment on constraint pos on app.loose is 'x'
comment on index app.codes_brin is null
alter table app.loose drop constraint pos
alter table app.loose rename constraint pos to pos2
alter table app.loose add constraint c2 check (id < 100)
alter table app.loose add constraint c2 check (id < 100) not valid
alter table app.loose add constraint c2 check (id < 100) no inherit
alter table app.loose add constraint u unique (id)
alter table app.loose add constraint u unique (id) deferrable
alter table app.loose add constraint u unique (id) deferrable initially deferred
alter table app.loose add constraint u unique (id) include (k)
alter table app.loose add constraint u unique (id) with (fillfactor=50)
alter table app.loose add constraint pk primary key (id)
alter table app.loose add constraint ex exclude using gist (int4range(id,v) with &&)
alter table app.loose add constraint fk foreign key (id) references app.refd
alter table app.loose add constraint fk foreign key (id) references app.refd on delete cascade on update set null
alter table app.loose add constraint fk foreign key (id) references app.refd not valid
alter table app.loose add constraint fk foreign key (id) references app.refd deferrable initially deferred
alter table app.loose add constraint fk foreign key (id) references app.refd match full
alter table app.orders validate constraint late
alter table app.orders alter constraint orders_customer_id_fkey not deferrable
alter table app.orders drop constraint orders_pkey cascade
alter table app.orders rename constraint orders_pkey to opk
alter index app.orders_pkey rename to opk
alter index app.orders_low rename to ol
alter index app.orders_low set (fillfactor=70)
alter index app.codes_expr alter column 1 set statistics 5
alter index app.codes_expr alter column 1 set statistics -1
drop index app.orders_low
create index x1 on app.loose (lower(k))
create index x1 on app.loose (k desc)
create index x1 on app.loose (k nulls first)
create index x1 on app.loose (k text_pattern_ops)
create index x1 on app.loose (k collate "C")
create unique index x1 on app.loose (k)
create index x1 on app.loose (k) include (v)
create index x1 on app.loose (k) where v > 3
create index x1 on app.loose using hash (k)
create index x1 on app.loose using brin (v) with (pages_per_range=3)
alter table app.codes replica identity default
alter table app.base set without cluster
comment on index app.codes_pkey is 'pk index'
alter table app.parted detach partition app.parted_1
alter table app.parted attach partition app.loose for values in (9)
alter table app.parted add column z int
alter table app.parted_1 alter v set default 9
alter table app.parted_1 alter v drop default
alter table app.parted_1 add constraint only1 check (v < 10)
alter table app.parted_1 alter k set not null
alter table app.parted alter k set not null
alter table app.parted_1 disable trigger ptr
alter table app.parted disable trigger ptr
alter table only app.parted disable trigger ptr
alter table app.parted drop constraint pfk
alter table app.parted rename constraint pfk to pfk2
create index pz on app.parted (id)
create index pz on only app.parted (id)
create index p1 on app.parted_1 (id)
alter table app.parted add primary key (id)
alter table app.parted_1 set (fillfactor = 20)
drop table app.parted_2
drop index app.parted_k
alter table app.parted_1 enable row level security
alter index app.parted_1_k_idx rename to pk1
alter index app.parted_1_k_idx set (fillfactor = 50)
comment on index app.parted_1_k_idx is 'c'
comment on column app.parted_1.k is 'c'
grant select on app.parted_1 to alice
alter table app.parted_1 owner to alice
alter table app.parted_1 alter k set storage external
alter table app.child no inherit app.base
alter table app.child add column local_only int
alter table app.child inherit app.twice
alter table app.child alter a set default 5
alter table app.child alter a set not null
alter table app.base alter a set not null
alter table app.base add column q int
alter table app.base drop constraint base_b_check
alter table app.child add constraint base_x check (a > 0)
alter table app.typed not of
alter table app.typed alter a set not null
alter table app.typed alter a set default 7
alter table app.ids alter a set generated by default
alter table app.ids alter a drop identity
alter table app.ids alter a set start with 100
alter table app.ids alter a set increment by 5 set cycle
alter sequence app.ids_a_seq rename to other_seq
alter sequence app.ids_b_seq rename to other_seq
comment on sequence app.ids_a_seq is 'x'
grant usage on sequence app.ids_a_seq to alice
alter sequence app.ids_b_seq owned by none
alter sequence app.plain owned by app.ids.c
alter sequence app.plain increment 9
alter sequence app.plain as integer
alter sequence app.plain cache 10
alter sequence app.plain minvalue -5
alter sequence app.plain start 7
alter sequence app.plain owner to alice
alter sequence app.plain rename to plain2
grant select on sequence app.plain to alice
comment on sequence app.plain is 'x'
drop sequence app.plain
create sequence app.seq2
alter view app.v2 set (security_barrier=false)
alter view app.v2 reset (security_barrier)
alter view app.upd set (check_option=local)
alter view app.upd set (check_option=cascaded)
alter view app.upd alter k set default 'd'
alter view app.counts alter g drop default
alter view app.upd rename k to kk
alter view app.upd rename to upd2
alter view app.upd owner to alice
create or replace view app.upd as select id, k from app.loose where id > 1
create or replace view app.upd as select id, k, v from app.loose
drop view app.upd
comment on view app.upd is 'x'
comment on column app.upd.k is 'x'
grant select on app.upd to alice
grant select (k) on app.upd to alice
alter materialized view app.mv2 set (fillfactor=50)
alter materialized view app.mv2 alter b set statistics 9
alter materialized view app.mv2 alter b set storage external
alter materialized view app.mv2 alter b set compression pglz
alter materialized view app.mv2 owner to alice
create unique index mvi on app.mv2 (a); alter materialized view app.mv2 cluster on mvi
comment on materialized view app.mv2 is 'm'
comment on column app.mv2.a is 'm'
drop materialized view app.mv2
alter table app.mv2 replica identity full
create or replace function app.f(a int, b app.mood default 'ok') returns int language sql immutable as 'select a+1'
create or replace function app.f(a int, b app.mood default 'sad') returns int language sql immutable as 'select a'
alter function app.f volatile
alter function app.f stable
alter function app.f strict
alter function app.f security definer
alter function app.f leakproof
alter function app.f parallel safe
alter function app.f parallel restricted
alter function app.f cost 55
alter function app.defaults rows 77
alter function app.f set search_path = app
alter function app.f set work_mem = '1MB'
alter function app.defaults reset work_mem
alter function app.f owner to alice
alter function app.f rename to f2
alter function app.f set schema public
comment on function app.f is 'x'
grant execute on function app.f to alice
revoke execute on function app.g from public
drop function app.near cascade
create function app.f(text) returns int language sql as 'select 1'
alter function app.f depends on extension hstore
create function app.out(out a int, out b text) language sql as 'select 1, ''x'''
create function app.setof() returns setof int language sql as 'select 1'
create function app.tab() returns table(a int) language sql as 'select 1'
create function app.win() returns int window language internal as 'window_row_number'
create function app.vari(variadic int[]) returns int language sql as 'select 1'
alter procedure app.proc security definer
alter procedure app.proc set work_mem='2MB'
alter procedure app.proc owner to alice
comment on procedure app.proc is 'x'
grant execute on procedure app.proc to alice
create or replace procedure app.proc(in a int, inout b int default 4) language plpgsql as 'begin end'
drop procedure app.proc
create or replace aggregate app.mov(int) (sfunc=int4pl, stype=int, initcond='3', msfunc=int4pl, minvfunc=int4mi, mstype=int, minitcond='4')
create or replace aggregate app.mov(int) (sfunc=int4pl, stype=int, parallel=safe, msfunc=int4pl, minvfunc=int4mi, mstype=int)
create or replace aggregate app.mov(int) (sfunc=int4pl, stype=int, combinefunc=int4pl, msfunc=int4pl, minvfunc=int4mi, mstype=int)
create or replace aggregate app.mov(int) (sfunc=int4pl, stype=int, finalfunc=int4abs, msfunc=int4pl, minvfunc=int4mi, mstype=int)
create or replace aggregate app.mov(int) (sfunc=int4pl, stype=int, sspace=100, msfunc=int4pl, minvfunc=int4mi, mstype=int)
create or replace aggregate app.mov(int) (sfunc=int4pl, stype=int, finalfunc=int4abs, finalfunc_modify=shareable, msfunc=int4pl, minvfunc=int4mi, mstype=int)
create or replace aggregate app.mov(int) (sfunc=int4pl, stype=int, sortop = operator(pg_catalog.<))
create or replace aggregate app.mov(int) (sfunc=int4pl, stype=int)
alter aggregate app.mov(int) owner to alice
alter aggregate app.mov(int) rename to mov2
comment on aggregate app.mov(int) is 'x'
grant execute on function app.mov(int) to alice
drop aggregate app.pct(float8 order by anyelement)
create aggregate app.hyp(variadic "any" order by variadic "any") (sfunc=ordered_set_transition_multi, stype=internal, finalfunc=rank_final, finalfunc_extra, hypothetical)
alter table app.orders disable trigger t1
alter table app.orders enable replica trigger t1
alter table app.orders enable always trigger t1
alter trigger t1 on app.orders rename to tt
alter trigger t1 on app.orders depends on extension hstore
comment on trigger t1 on app.orders is 'x'
drop trigger t1 on app.orders
create trigger t9 after update of qty on app.orders for each row execute function app.trg('x')
create or replace trigger t1 before insert on app.orders for each row when (new.qty > 2) execute function app.trg()
create or replace trigger t1 after insert on app.orders for each row when (new.qty > 1) execute function app.trg()
create or replace trigger t1 before insert or update on app.orders for each row when (new.qty > 1) execute function app.trg()
create or replace trigger transition after update on app.codes referencing new table as n for each statement execute function app.trg()
create trigger t9 after truncate on app.orders for each statement execute function app.trg()
create constraint trigger t9 after insert on app.orders from app.codes deferrable for each row execute function app.trg()
drop trigger vt on app.upd
alter table app.cache disable rule r1
alter table app.cache enable always rule r1
alter rule r1 on app.cache rename to r2
comment on rule r1 on app.cache is 'x'
drop rule rl on app.refd
create rule rw as on update to app.refd do instead nothing
create policy pp on app.loose
alter policy pol on app.orders to alice
alter policy pol on app.orders to alice, bob
alter policy pol on app.orders using (true)
alter policy mine on app.codes with check (size > 2)
alter policy pol on app.orders rename to pol2
comment on policy pol on app.orders is 'z'
drop policy pol on app.orders
drop policy mine on app.codes; create policy mine on app.codes as permissive for all to public using (kind in ('a', 'b')) with check (size > 1 and (size < 5 and kind <> 'z'))
drop policy pol on app.orders; create policy pol on app.orders for update to public using (status in ('new','paid'))
alter event trigger et disable
alter event trigger et enable replica
alter event trigger et enable always
alter event trigger et rename to et2
comment on event trigger et is 'x'
drop event trigger et
drop event trigger et; create event trigger et on ddl_command_end when tag in ('CREATE TABLE','CREATE VIEW') execute function app.evt()
drop event trigger et; create event trigger et on ddl_command_start when tag in ('CREATE TABLE') execute function app.evt()
create event trigger e3 on table_rewrite execute function app.evt()
alter type app.en add value 'd'
alter type app.en add value 'aa' before 'b'
alter type app.en rename value 'a' to 'z'
alter type app.en owner to alice
alter type app.en rename to en2
alter type app.en set schema public
comment on type app.en is 'x'
grant usage on type app.en to alice
revoke usage on type app.en from public
drop type app.en
alter type app.pair add attribute c int cascade
alter type app.jj alter attribute a type bigint
alter type app.jj add attribute c text collate "C"
alter type app.jj rename attribute a to b
alter type app.jj drop attribute a
comment on column app.jj.a is 'x'
alter type app.jj owner to alice
grant usage on type app.jj to alice
alter domain app.dom set default 4
alter domain app.dom drop default
alter domain app.dom set not null
alter domain app.dom add constraint cc check (value < 100)
alter domain app.dom add constraint cc check (value < 100) not valid
alter domain app.email validate constraint short
alter domain app.dom drop constraint dom_check
alter domain app.dom rename constraint dom_check to dc
alter domain app.dom owner to alice
comment on domain app.dom is 'x'
comment on constraint dom_check on domain app.dom is 'x'
grant usage on domain app.dom to alice
create domain app.d2 as text collate "C"
drop type app.floatrange cascade; create type app.floatrange as range (subtype = float8)
drop type app.floatrange cascade; create type app.floatrange as range (subtype = float8, subtype_diff = float8mi, multirange_type_name = app.mrr)
create type app.tr as range (subtype = text, collation = "C")
create type app.tr as range (subtype = text, subtype_opclass = text_pattern_ops)
alter type app.floatrange owner to alice
comment on type app.floatrange is 'x'
alter type app.my set (typmod_in = none, analyze = range_typanalyze)
alter type app.my owner to alice
comment on type app.my is 'zz'
grant usage on type app.my to alice
drop type app.shelly
alter type app.shelly owner to alice
create type app.sh2
alter collation app.coll owner to alice
alter collation app.coll rename to coll2
comment on collation app.coll is 'x'
drop collation app.coll
create collation app.c2 (lc_collate='C', lc_ctype='POSIX')
create collation app.c2 from "C"
drop extension pg_trgm cascade
alter extension pg_trgm set schema public
comment on extension hstore is 'x'
create extension citext
create extension citext version '1.4'
revoke execute on function hstore(text,text) from public
grant execute on function hstore(text,text) to alice
grant usage on type hstore to alice
alter statistics app.st set statistics 33
alter statistics app.st owner to alice
alter statistics app.st rename to st2
comment on statistics app.st is 'x'
drop statistics app.st; create statistics app.st (mcv) on id, k from app.loose
drop statistics app.st; create statistics app.st on id, v from app.loose
drop statistics app.ste
drop statistics app.ste; create statistics app.ste on (id+2), (v*2) from app.loose
alter publication pub add table app.base
alter publication pub drop table app.loose
alter publication pub set (publish = 'insert')
alter publication pub set (publish_via_partition_root = true)
alter publication pub owner to alice
alter publication pub rename to pub2
comment on publication pub is 'x'
drop publication whole
create publication empty
drop cast (app.mood as int)
drop cast (app.mood as int); create cast (app.mood as int) with inout as implicit
comment on cast (app.mood as int) is 'x'
create cast (app.jj as text) with inout
create cast (int as app.my) without function
alter operator app.~~~ (int,int) set (restrict = none)
alter operator app.~~~ (int,int) set (join = eqjoinsel)
alter operator app.~~~ (int,int) owner to alice
comment on operator app.~~~ (int,int) is 'x'
drop operator app.~~~ (int,int)
create operator app.!! (function = int4abs, rightarg = int)
alter operator class app.ops using btree owner to alice
alter operator class app.ops using btree rename to ops3
comment on operator class app.ops using btree is 'x'
drop operator class app.ops2 using btree
create operator class app.ops4 for type app.my using hash as operator 1 app.=
alter operator family app.fam using btree owner to alice
alter operator family app.fam using btree rename to fam2
alter operator family app.fam using btree drop function 1 (app.my,int)
alter operator family app.fam using btree add operator 2 <= (int,int)
comment on operator family app.fam using btree is 'x'
create operator family app.fam3 using hash
alter language mine owner to alice
comment on language mine is 'z'
grant usage on language mine to alice
create or replace language mine handler app.plh
drop language mine cascade
comment on access method myheap is 'z'
drop access method myheap
create access method myidx type index handler bthandler
drop transform for app.jj language mine
comment on transform for app.jj language mine is 'z'
alter conversion app.conv owner to alice
alter conversion app.conv rename to conv2
comment on conversion app.conv is 'z'
drop conversion app.conv
drop conversion app.conv; create default conversion app.conv for 'LATIN1' to 'UTF8' from iso8859_1_to_utf8
comment on text search parser app.prs is 'z'
alter text search parser app.prs rename to prs2
comment on text search template app.tpl is 'z'
comment on text search dictionary app.dict is 'z'
alter text search dictionary app.dict (stopwords = 'spanish')
alter text search dictionary app.dict owner to alice
alter text search configuration app.cfg owner to alice
alter text search configuration app.cfg alter mapping for asciiword with pg_catalog.simple
alter text search configuration app.cfg drop mapping for word
alter text search configuration app.cfg add mapping for email with pg_catalog.simple
alter text search configuration app.cfg alter mapping replace app.dict with pg_catalog.simple
comment on text search configuration app.cfg is 'z'
drop text search configuration app.cfg
create text search configuration app.cfg2 (copy = pg_catalog.english)
alter foreign data wrapper w options (set debug 'false')
grant usage on foreign data wrapper w to alice
comment on foreign data wrapper w is 'z'
alter server srv version '3'
alter server srv options (set host 'z')
alter server srv options (add password 'z')
alter server srv owner to alice
alter server srv rename to srv9
comment on server srv is 'z'
grant usage on foreign server srv to alice
create server sv3 foreign data wrapper w
alter user mapping for public server srv options (add user 'x')
alter user mapping for public server srv options (add password 'x')
drop user mapping for public server srv
create user mapping for alice server srv
alter foreign table app.away options (set path '/x')
alter foreign table app.away alter id options (set name 'y')
alter foreign table app.away alter note options (add name 'y')
alter foreign table app.away alter id drop not null
alter foreign table app.away owner to alice
alter foreign table app.away add column z int
alter foreign table app.away alter note set statistics 3
grant select on app.away to alice
comment on foreign table app.away is 'x'
alter foreign table app.away add constraint ck check (id > 3)
create foreign table app.away2 (a int) server srv
alter default privileges in schema app revoke select on tables from public
alter default privileges in schema app grant insert on tables to alice
alter default privileges for role alice grant select on tables to bob
alter default privileges grant usage on types to alice
alter default privileges revoke usage on types from public
alter default privileges grant usage on schemas to alice
alter default privileges for role alice in schema app grant execute on functions to bob with grant option
alter default privileges in schema app grant usage on sequences to alice
alter default privileges revoke all on tables from postgres
set role alice; grant select on app.orders to bob
grant select on app.orders to bob
set role alice; grant select on app.orders to bob with grant option; reset role; grant select on app.orders to bob
grant execute on function pg_catalog.pg_reload_conf() to alice
grant select on pg_catalog.pg_authid to alice
revoke usage on language plpgsql from public
grant create on schema pg_catalog to alice
create table app.cols (a int, b int)
insert into pg_seclabel values ('app.loose'::regclass, 'pg_class'::regclass, 0, 'dummy', 'unclassified')
insert into pg_seclabel values ('app.loose'::regclass, 'pg_class'::regclass, 1, 'dummy', 'unclassified')
insert into pg_seclabel values ('app.f'::regproc, 'pg_proc'::regclass, 0, 'dummy', 'unclassified')
create table app.inh2 (b int, a int) inherits (app.base)
create table app.inh3 (a int) inherits (app.base)
alter table app.customers alter tot drop expression
create table app.g2 (a int, b int generated always as (a+1) stored)
alter table app.cache set logged
create unlogged table app.ul2 (id int generated always as identity)
alter table app.two_parents set unlogged
create or replace rule rl as on insert to app.refd where new.id > 11 do also delete from app.cache
alter table app.customers alter note type text collate app.coll
-- pg: 15
alter table app.loose set access method myheap
alter table app.loose add constraint u unique nulls not distinct (id)
alter table app.loose add constraint fk foreign key (id) references app.refd on delete set null (id)
create unique index x1 on app.loose (k) nulls not distinct
create unlogged sequence app.seq2
alter sequence app.plain set unlogged
alter sequence app.ids_a_seq set unlogged
alter view app.v2 set (security_invoker=true)
alter view app.inv reset (security_invoker)
alter materialized view app.mv2 set access method myheap
alter publication pub set table app.loose (id), app.refd
alter publication pub set table app.loose where (id > 5), app.refd
alter publication pub add tables in schema app
create publication inschema for tables in schema public
-- pg: 17
create collation app.c3 (provider=builtin, locale='C.UTF-8')
alter table app.customers alter tot set expression as (2)
alter domain app.dom add constraint dn not null
alter domain app.email rename constraint email_not_null to enn
comment on constraint email_not_null on domain app.email is 'x'
create table app.part_am (a int) partition by list (a) using myheap
-- pg: 18
alter publication pub set (publish_generated_columns = stored)
create table app.vcol (a int, b int generated always as (a*2) virtual)
alter table app.loose add constraint nn not null k
alter table app.loose add constraint nn not null k not valid
alter table app.loose add constraint nn not null k no inherit
alter table app.loose rename constraint loose_id_not_null to nn2
comment on constraint loose_id_not_null on app.loose is 'x'
alter table app.base add constraint bn not null a no inherit
alter table app.loose add constraint c2 check (v > 0) not enforced
alter table app.loose add constraint fk foreign key (id) references app.refd not enforced
alter table app.orders alter constraint orders_customer_id_fkey not enforced
create publication g for table app.customers with (publish_generated_columns = stored)
alter default privileges grant select on large objects to alice
