create schema app;
create table app.t (id int primary key, a int);
create table u (id int primary key, a int, b int);

create publication p for table u (id, a) where (a > 6 and id < 10);
create publication q for tables in schema app;
