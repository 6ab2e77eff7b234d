create type span as range (subtype = integer, multirange_type_name = spans);
create table booked (id integer primary key, during span, all_of spans);
insert into booked values (1, '[1,5)', '{[1,2),[3,4)}');
create function widest(s spans) returns integer language sql immutable as 'select upper(s) - lower(s)';
