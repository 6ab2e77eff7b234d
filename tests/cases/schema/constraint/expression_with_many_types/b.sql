create table t (id int primary key, s text, n numeric, d date, j jsonb, a int[]);

alter table t
    add constraint c1 check (s is null or s similar to '[a-z]%'),
    add constraint c2 check (n between 1 and 10 or n = any (array[100, 200])),
    add constraint c3 check (d > date '2020-01-01' and extract(dow from d) <> 0),
    add constraint c4 check (j ? 'a' and jsonb_typeof(j -> 'a') = 'number'),
    add constraint c5 check (array_length(a, 1) <= 3 and 5 <> all (a)),
    add constraint c6 check (case when n > 1 then s is not null else true end),
    add constraint c7 check (coalesce(s, '') <> '' or (n is null) = (d is null)),
    add constraint c8 check (s like 'a\_%' or s ilike '%b' or s not in ('x', 'y'));
