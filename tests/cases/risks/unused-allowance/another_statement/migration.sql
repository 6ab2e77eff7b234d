-- vado: allow=drop-table reason="x"
select 1;
drop table a;
