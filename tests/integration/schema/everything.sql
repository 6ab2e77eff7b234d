-- One of everything that the catalogue knows, for all supported versions of PostgreSQL.
create schema app; comment on schema app is 'the shop';
create extension hstore;
create type app.mood as enum ('sad','ok','happy');
create type app.pair as (a int, b text);
create domain app.email as text not null default 'x@y' constraint has_at check (value like '%@%');
create type app.floatrange as range (subtype = float8, subtype_diff = float8mi);
create sequence app.plain start 5 increment 2;
create table app.customers (id bigint generated always as identity primary key, name varchar(20) not null default 'anon', mail app.email, feel app.mood default 'ok', note text collate "C", created timestamptz default now(), tags text[] default '{}', tot numeric(10,2) generated always as (1.5*2) stored);
create table app.orders (id serial primary key, customer_id bigint not null references app.customers on delete cascade deferrable, status varchar(10) check (status in ('new','paid')), amount numeric check (amount > 0 and amount < 100 and amount <> 5), qty int, during tstzrange, unique (customer_id, status));
alter table app.orders add constraint late check (qty > 0) not valid;
create index orders_low on app.orders (lower(status)) include (qty) where status in ('new', 'paid');
create table app.logs (at timestamptz not null, msg text, primary key (at)) partition by range (at);
create table app.logs_1 partition of app.logs for values from ('2024-01-01') to ('2025-01-01');
create index on app.logs (msg);
create table app.base (a int, b int check (b > 0)); create table app.child (c int) inherits (app.base);
create unlogged table app.cache (k text);
create view app.v as select id, status from app.orders where status in ('new','paid') and (qty > 1 and (amount > 2 or amount < 1));
create view app.v2 with (security_barrier) as select v.*, c.name from app.v join app.customers c on c.id = v.id;
create materialized view app.mv as select count(*) n from app.v2;
create unique index on app.mv (n);
create function app.f(a int, b app.mood default 'ok') returns int language sql immutable as 'select a';
create function app.g(int) returns int language sql begin atomic; select $1 + (select count(*) from app.orders)::int; end;
create procedure app.p(inout x int) language plpgsql as $$ begin x := 1; end $$;
create aggregate app.agg(int) (sfunc = int4pl, stype = int, initcond = '0');
create function app.trg() returns trigger language plpgsql as $$ begin return new; end $$;
create trigger t1 before insert on app.orders for each row when (new.qty > 1) execute function app.trg();
create trigger t2 after insert on app.logs for each row execute function app.trg();
create rule r1 as on delete to app.cache do instead nothing;
alter table app.orders enable row level security;
create policy pol on app.orders for select to public using (status in ('new','paid'));
grant select on app.orders to public; grant select (name) on app.customers to public; revoke execute on function app.f from public;
comment on column app.orders.qty is 'how many'; comment on column app.v.id is 'view col'; comment on constraint late on app.orders is 'c'; comment on column app.pair.a is 'attr';
create function app.evt() returns event_trigger language plpgsql as $$ begin end $$;
create event trigger et on ddl_command_end when tag in ('CREATE TABLE') execute function app.evt();
create collation app.binary (locale = "C");
create table app.codes (
    code text collate app.binary primary key,
    size int check (size between 1 and 5 or size is null and code <> 'x'),
    kind text not null default 'a'::varchar(3) check (kind = any (array['a', 'b']::varchar[])),
    at timestamp default (now() at time zone 'utc'),
    gap interval default '1 day 02:00:00',
    blob bytea default '\xdeadbeef',
    price numeric default -1.50,
    share float8 default 1e-7 check (share in (0.5, 1e-7)),
    day date default '2024-02-29' check (extract(year from day) > 2000),
    doc jsonb default '{"a": [1]}' check (doc ->> 'a' is not null and (doc ? 'a' or not doc @> '{}')),
    path text[] default array['a', 'b']::text[],
    matrix int[] default array[[1, 2], [3, 4]],
    exclude using gist (numrange(price, price + 1) with &&),
    unique (kind, size) include (at) with (fillfactor = 60) deferrable initially deferred
) with (fillfactor = 80, autovacuum_enabled = false, toast.autovacuum_enabled = false);
alter table app.codes alter code set statistics 50;
alter table app.codes alter blob set storage external;
alter table app.codes alter kind set (n_distinct = 5);
alter table app.codes replica identity using index codes_pkey;
create index codes_expr on app.codes ((case when kind in ('a', 'b') then size else 0 end), lower(code) collate "C" text_pattern_ops desc nulls last);
alter index app.codes_expr alter column 1 set statistics 99;
create index codes_brin on app.codes using brin (at) with (pages_per_range = 4);
create view app.joined as
    with recursive r (n) as (select 1 union all select n + 1 from r where n < 5)
    select c.code, o.id + (select max(n) from r) as order_id, coalesce(o.status, 'none') as status, row_number() over (partition by c.kind order by c.code rows between 1 preceding and current row) as n
    from (app.codes c left join app.orders o on o.qty = c.size and (o.status in ('a', 'b') or c.kind = 'a'))
        cross join lateral (select max(x.amount) as top from app.orders x where x.id <> o.id) as t
    where c.kind not in ('x', 'y') and (c.size, c.code) > (1, 'a') and c.code similar to '%(b|d)%'
        and exists (select from app.base where a = c.size) and o.status <> all (array['q', 'r'])
    union all
    (select 'x', 1, 'y', 2 except select 'x', 3, null, 4)
    union all
    select k, 0, k::varchar(5), 1 from unnest(array['a', 'b']) with ordinality as u (k, o) where k between 'a' and 'b' and (k > 'a' and (k < 'c' and k <> 'd'));
create table app.hashed (id int, v text) partition by hash (id);
create table app.hashed_0 (v text, id int);
alter table app.hashed attach partition app.hashed_0 for values with (modulus 1, remainder 0);
create table app.listed (k text not null, id int) partition by list (lower(k));
create table app.listed_ab partition of app.listed for values in ('a', 'b', null) partition by range (id);
create table app.listed_ab_low partition of app.listed_ab default;
create table app.listed_rest partition of app.listed default;
alter table app.listed add constraint listed_id check (id > 0);
create unique index listed_key on app.listed_rest (id);
create function app.defaults(a text[] default array['x', 'y']::varchar[], variadic b int[] default '{}') returns table (x int, y app.mood) language sql stable strict security definer parallel safe cost 5 rows 10 set search_path = app, pg_temp set work_mem = '4MB' as $f$ select 1, 'ok'::app.mood where $1 is not null; $f$;
create function app.rows_of(app.orders) returns setof app.orders language sql as 'select $1';
create view app.counts as select app.g(1) as g;
alter view app.counts alter column g set default 5;
create table app.uses (f int default app.f(1), e app.email, p app.pair, ps app.pair[], r app.floatrange, check (app.f(f) > 0));
create constraint trigger late after update of kind, size on app.codes deferrable initially deferred for each row when (old.kind is distinct from new.kind and (new.size > 1 or new.size < 0)) execute function app.trg();
alter table app.codes disable trigger late;
create trigger transition after update on app.codes referencing old table as o new table as n for each statement execute function app.trg();
alter table app.codes force row level security;
create policy mine on app.codes as restrictive for all to public using (kind in ('a', 'b')) with check (size > 1 and (size < 5 and kind <> 'z'));
create rule log as on update to app.cache where new.k in ('a', 'b') do also insert into app.cache values (old.k);
alter domain app.email add constraint short check (length(value) < 50) not valid;
create domain app.code as varchar(5) collate "C" check (value in ('a', 'b'));
create sequence app.down as smallint increment -1 minvalue -100 maxvalue -1 start -1 cycle cache 3;
create table app.numbered (a int generated by default as identity (start 10 increment 5 maxvalue 1000 cycle), b smallserial);
create table app.empty ();
create table app.twice (like app.base including all) inherits (app.base);
comment on index app.codes_brin is 'it''s \ a "comment"';
comment on type app.mood is 'mood'; comment on domain app.email is 'd'; comment on function app.f is 'f';
comment on trigger t1 on app.orders is 't'; comment on policy pol on app.orders is 'p'; comment on rule r1 on app.cache is 'r';
comment on constraint has_at on domain app.email is 'c'; comment on sequence app.plain is 's'; comment on aggregate app.agg(int) is 'a';
comment on materialized view app.mv is 'm'; comment on view app.v is 'v'; comment on procedure app.p is 'p'; comment on event trigger et is 'e'; comment on collation app.binary is 'c';
grant usage on schema app to public; grant usage on sequence app.plain to public; grant select (id, status), update (status) on app.v to public;
revoke usage on type app.mood from public;
create index base_a on app.base (a); alter table app.base cluster on base_a;
create statistics app.together (dependencies, mcv) on qty, amount from app.orders;
alter statistics app.together set statistics 50; comment on statistics app.together is 's';
create publication partly for table app.orders, app.base with (publish = 'insert, update', publish_via_partition_root = true);
create publication whole for all tables;
create cast (app.mood as int) with inout as assignment; comment on cast (app.mood as int) is 'c';
create function app.near(int, int) returns boolean language sql immutable as 'select abs($1 - $2) < 2';
create operator app.~~~ (function = app.near, leftarg = int, rightarg = int, commutator = operator(app.~~~), restrict = eqsel);
create foreign data wrapper nothing options (debug 'true');
create server far type 'x' version '1' foreign data wrapper nothing options (host 'a''b');
create foreign table app.away (id int options (name 'x') not null, note text) server far options (path '/tmp');
alter default privileges in schema app grant select on tables to public;
alter default privileges revoke execute on functions from public;
