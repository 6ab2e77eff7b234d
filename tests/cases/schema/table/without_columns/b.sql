create table t (id int);

create table nothing ();
