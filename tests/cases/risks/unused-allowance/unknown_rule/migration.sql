-- vado: allow=drop-everything reason="x"
drop table a;
