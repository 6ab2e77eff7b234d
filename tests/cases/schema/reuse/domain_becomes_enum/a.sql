create domain kind as text check (value in ('a', 'b'));
create table t (id int primary key, k kind default 'a');

insert into t values (1, 'b');
