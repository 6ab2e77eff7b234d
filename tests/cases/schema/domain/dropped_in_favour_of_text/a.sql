create domain email as text check (value like '%@%');
create table t (id int primary key, mail email);

insert into t values (1, 'a@b');
