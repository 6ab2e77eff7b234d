create materialized view m as select 1 as a; create unique index on m (a);
