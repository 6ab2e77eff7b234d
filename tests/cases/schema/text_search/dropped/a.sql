create table doc (id int primary key, body text);

create text search configuration mine (copy = simple);
create view v as select to_tsvector('public.mine', body) as words from doc;
