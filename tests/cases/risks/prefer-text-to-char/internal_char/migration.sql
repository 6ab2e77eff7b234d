create table t (code "char");
