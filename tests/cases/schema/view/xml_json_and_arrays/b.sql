create table t (id int primary key, doc jsonb, names text[], x xml);

create view v as select doc -> 'a' ->> 'b' as ab, doc #>> '{c,0}' as c0, names[1] as first, names[2:3] as some, array(select unnest(names)) as copy,
    jsonb_build_object('id', id, 'l', array_length(names, 1)) as built, doc @> '{"a": 1}' as has, doc ? 'k' as k, id::text || '-' || coalesce(names[1], '?') as label,
    string_agg(names[1], ', ') over (partition by id % 2) as agg, xmlelement(name item, id) as el,
    (select max(m) from (values (1), (id)) as q (m)) as biggest, make_interval(days => id) as days, position('a' in names[1]) as pos, overlay('abc' placing 'x' from 2) as ov, trim(both 'x' from 'xax') as tr
from t;
