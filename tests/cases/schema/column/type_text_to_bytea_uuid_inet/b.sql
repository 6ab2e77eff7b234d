create table t (id int primary key, u uuid, i inet, j jsonb, n numeric);
