create type span as range (subtype = integer, multirange_type_name = span_set);
create table booked (id integer primary key, during span, all_of span_set);
create function widest(s span_set) returns integer language sql immutable as 'select upper(s) - lower(s)';
