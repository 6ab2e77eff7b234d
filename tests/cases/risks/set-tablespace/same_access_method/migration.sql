alter table t set access method heap;
