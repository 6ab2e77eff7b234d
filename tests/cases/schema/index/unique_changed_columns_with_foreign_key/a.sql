create table p (id int primary key, a int, b int);
create unique index p_ab on p (a, b);
create table c (id int primary key, a int, b int, foreign key (a, b) references p (a, b));

insert into p values (1, 2, 3);
insert into c values (1, 2, 3);
