create schema app;
create schema other;
create table app.t (id int primary key);
create table t (id int primary key);

create publication p for tables in schema other, table t;
