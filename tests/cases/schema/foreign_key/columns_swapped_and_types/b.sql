create table p (a bigint, b int, primary key (b, a));
create table c (id int primary key, x bigint, y int, constraint fk foreign key (y, x) references p (b, a));
