create table t (id int);

create extension hstore version '1.4';
