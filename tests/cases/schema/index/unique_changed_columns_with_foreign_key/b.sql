create table p (id int primary key, a int, b int);
create unique index p_ab on p (b, a);
create table c (id int primary key, a int, b int, foreign key (b, a) references p (b, a));
