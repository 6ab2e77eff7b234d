create table a (id int primary key, x int);
create table b (id int primary key, y int);

create view v1 as select * from a natural join b;
create view v2 as select j.* from (a join b using (id)) as j;
create view v3 as select id, x, y from a full join b using (id);
create view v4 as select q.one from a, lateral (select x as one) q;
create view v5 (k, l) as values (1, 'a'), (2, 'b');
create view v6 as select row_number() over () as n, a.* from a tablesample system (10) where x in (select y from b);
