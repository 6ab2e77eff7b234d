create type span as range (subtype = float8, multirange_type_name = spans);
create table t (id int primary key, s spans);
