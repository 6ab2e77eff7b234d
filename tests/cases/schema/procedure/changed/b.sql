create table t (id int);

create procedure fill(n int) language sql security definer set search_path = public as 'insert into t values (n + 1)';
