drop table a; drop table b; -- vado: allow=drop-table reason="moved"
