create table t (id int primary key, n int, s text, at timestamptz);

alter table t alter n set default 0, alter s set default 'it''s', alter at set default now();
