create table p (a int, b int, primary key (a, b));
create table c (id int primary key, x int, y int, constraint fk foreign key (x, y) references p (a, b));

insert into p values (1, 2);
insert into c values (1, 1, 2);
