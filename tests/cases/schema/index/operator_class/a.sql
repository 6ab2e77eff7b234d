create table t (id int primary key, a text, b text);

create index t_a on t (a);
create index t_b on t using gist (to_tsvector('simple', b));
