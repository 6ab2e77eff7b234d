create table t (
    id int primary key, s varchar(10) default 'new', c char(3), n bigint, tags varchar[], at timestamptz,
    check (s in ('new', 'paid')), check (c not in ('a', 'b') and (c > 'a' and c < 'z')),
    check (n = any (array[1, 2]::smallint[]) or (n > 5 or n < 0)), check (n between 1 and 10)
);
create view v as select id, case s when 'a' then 1 when 'b' then 2 else 3 end as k, n::numeric / 2 as half,
    s like 'a%' as l, s !~ 'x' as r, coalesce(s, 'x') as co, nullif(n, 0) as nu, extract(year from at) as y,
    at at time zone 'UTC' as z, s || c as cat, (n + 1) * 2 as p, -n as neg, not (n > 1) as nn,
    tags && array['a']::varchar[] as o, n is distinct from 4 as d, row(id, n) = row(1, 2) as rw,
    exists (select 1 from t t2 where t2.n in (select n from t)) as ex, greatest(n, 1, 2) as g, interval '1 day' as i
from t where s in ('a', 'b') and (n > 1 and (n < 5 and n <> 3)) and c in ('x') order by 1, 2 desc nulls last;
create index i1 on t ((s || 'x'), (n + 1)) where s in ('a', 'b') and n is not null;
create policy p on t using (s in ('a', 'b') and (n > 1 or s = any (tags)));
create rule r as on update to t where new.s in ('a', 'b') do also select 1 where old.n in (1, 2, 3);
create materialized view m as select s, array_agg(distinct n order by n) filter (where n in (1, 2)) as ns from t group by grouping sets ((s), ()) having count(*) > 1;
