-- vado: allow-in-file=truncate reason="demo data"
truncate a;
drop table b;
truncate c;
