create table c (id int primary key, n int not null);
