create type kind as enum ('a', 'b');
create table k (kind kind primary key, note text);
create table t (id int primary key, kind kind not null references k, unique (kind, id));
