create domain code as varchar(50) check (value <> '');
create table t (id int primary key, c code not null default 'x');
