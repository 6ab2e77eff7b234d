-- vado: allow=drop-table
drop table a;
