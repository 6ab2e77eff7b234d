create function cmp(int, int) returns int language sql immutable strict as 'select $2 - $1';
create function cmp2(int, int) returns int language sql immutable strict as 'select $2 - $1';

create operator class rev for type int using btree as operator 1 >, operator 2 >=, operator 3 =, operator 4 <=, operator 5 <, function 1 cmp2(int, int);
create table t (id int primary key, a int);
create index t_a on t (a rev);
