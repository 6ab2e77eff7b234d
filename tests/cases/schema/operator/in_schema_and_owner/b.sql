create schema ops;
create function ops.f(int, int) returns int language sql immutable as 'select $1';

create operator ops.<+> (leftarg = int, rightarg = int, function = ops.f);
alter operator ops.<+> (int, int) owner to case_owner;
create view v as select 1 operator(ops.<+>) 2 as n;
