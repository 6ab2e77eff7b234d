create table t (id int primary key);

alter table t add column a text default E'it''s\n\\ "x" $$ ; --',
    add column b jsonb default '{"a": "it''s \"quoted\""}',
    add column c text[] default array['a,b', 'c"d', 'e''f', null, 'null'],
    add column d bytea default '\xdeadbeef', add column e text check (e not in ('a;b', 'c''d', E'\t')),
    add column f interval default '1 day 02:03', add column g date default 'infinity', add column h numeric default 'NaN';
