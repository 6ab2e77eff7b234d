create table t (id int primary key, a int);

create view v0 as select id, a from t;
do $$ begin for i in 1..30 loop execute format('create view v%s as select id, a from v%s', i, i - 1); end loop; end $$;
