create text search configuration mine (copy = simple);
create table d (id int primary key, body text, words tsvector generated always as (to_tsvector('public.mine', body)) stored);
create index on d using gin (words);

insert into d (id, body) values (1, 'x');
