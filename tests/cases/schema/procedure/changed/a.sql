create table t (id int);

create procedure fill(n int) language sql as 'insert into t values (n)';
