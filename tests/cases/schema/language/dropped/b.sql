create table t (id int);

drop extension plpgsql;
