create domain code as varchar(10) check (value <> '');
create table t (id int primary key, c code not null default 'x');

insert into t values (1, 'abc');
