select '-- vado: allow=drop-table reason="x"'; drop table a;
