create table t (id bigint primary key, s text, p numeric);

insert into t values (1, 'short', 3.50);
