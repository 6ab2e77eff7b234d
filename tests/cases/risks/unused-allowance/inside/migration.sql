drop table a -- vado: allow=drop-table reason="moved"
;
