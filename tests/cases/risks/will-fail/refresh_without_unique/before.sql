create materialized view m as select 1 as a, 2 as b; create unique index on m (a) where b > 1;
