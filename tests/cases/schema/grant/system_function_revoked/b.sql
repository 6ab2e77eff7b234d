create table t (id int);

revoke execute on function pg_catalog.pg_sleep(float8) from public;
