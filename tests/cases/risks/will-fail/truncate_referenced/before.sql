create table c (id int primary key); create table o (c int references c);
