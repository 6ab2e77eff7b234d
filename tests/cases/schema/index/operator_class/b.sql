create table t (id int primary key, a text, b text);

create index t_a on t (a text_pattern_ops);
create index t_b on t using gist (to_tsvector('simple', b) tsvector_ops (siglen = 100));
