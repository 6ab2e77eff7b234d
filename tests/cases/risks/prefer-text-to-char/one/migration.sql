create table t (code char(2), flag char);
