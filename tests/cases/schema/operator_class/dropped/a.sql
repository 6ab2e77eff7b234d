create table t (a int);

create function cmp(int, int) returns int language sql immutable strict as 'select $2 - $1';
create operator class int_rev for type int using btree as
    operator 1 >, operator 2 >=, operator 3 =, operator 4 <=, operator 5 <, function 1 cmp(int, int);
create index t_a on t (a int_rev);
