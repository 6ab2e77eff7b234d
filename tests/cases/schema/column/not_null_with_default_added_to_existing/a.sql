create table t (id int primary key, state text);

insert into t values (1, 'old');
