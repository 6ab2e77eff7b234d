create table t (id int primary key, doc jsonb, tags text[]);

create view v as
select t.id, x.k, x.v, y.tag, z.n
from t cross join lateral jsonb_each_text(t.doc) as x (k, v)
left join lateral unnest(t.tags) with ordinality as y (tag, pos) on y.pos = 1
join (values (1, 'one'), (2, 'two')) as z (n, word) on z.n = t.id
where exists (select 1 from t u where u.id <> t.id) and t.id = any (select id from t)
union all select 0, null, null, null, 0 order by 1 limit 10;
