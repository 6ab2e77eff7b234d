create table t (id int not null, name text);

insert into t values (1, 'a'), (2, 'b');
