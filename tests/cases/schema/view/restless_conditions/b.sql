create table t (id int primary key, s varchar(10), c char(2), n numeric, b bigint, d date);

create view v as select id, s in ('a', 'b') as i, s not in ('c', 'd') as ni, n in (1, 2.5) as nn, n = any (array[1, 2]) as an, b between 1 and 5 as be,
    case when s = 'a' and (n > 1 or b < 2) and not (d > '2026-01-01' and c = 'xx') then 'one' when s in ('x', 'y') then 'two' end as k
from t where (s in ('a', 'b') or c in ('k', 'l')) and (n > 0 and (b > 0 and d is not null)) and s <> all (array['q', 'r']);
create policy p on t using (s in ('a', 'b')) with check (s not in ('z') and n in (1, 2));
create index i on t (id) where s in ('a', 'b') and n in (1, 2);
alter table t add constraint k check (s in ('a', 'b', 'c') and (n = any (array[1, 2]) or b in (3, 4)));
alter table t add column f boolean generated always as (s in ('a', 'b')) stored;
alter table t add column arr varchar(5)[] default array['a', 'b'];
create rule r as on update to t where new.s in ('a', 'b') do also nothing;
create function trf() returns trigger language plpgsql as 'begin return new; end';
create trigger tr before update on t for each row when (new.s in ('a', 'b') and old.n in (1, 2)) execute function trf();
create domain dom as varchar(5) check (value in ('a', 'b'));
create function atomic(x varchar) returns boolean language sql begin atomic select x in ('a', 'b'); end;
create statistics st on (s in ('a', 'b')), id from t;
create materialized view m as select id from t where s in ('a', 'b');
