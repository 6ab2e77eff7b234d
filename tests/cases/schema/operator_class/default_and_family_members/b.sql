create function cmp(int, int) returns int language sql immutable strict as 'select $2 - $1';
create operator family rev using btree;

create operator class int_rev for type int using btree family rev as
    operator 1 >, operator 2 >=, operator 3 =, operator 4 <=, operator 5 <, function 1 cmp(int, int);
alter operator family rev using btree add operator 1 > (int, bigint);
comment on operator class int_rev using btree is 'backwards';
alter operator family rev using btree owner to case_owner;
