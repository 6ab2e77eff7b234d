create table p (a int, b int, primary key (a, b));
create table c (id int primary key, a int, b int);

insert into p values (1, 2);
insert into c values (1, 1, 2);
