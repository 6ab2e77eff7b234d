create table s (id int, name text, at timestamp) partition by range (lower(name) text_pattern_ops, date_trunc('month', at));
create table s_1 partition of s for values from (minvalue, minvalue) to ('m', maxvalue);
create table l (name text collate "C") partition by list (upper(name));
