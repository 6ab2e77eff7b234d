create domain kind as text check (value in ('a', 'b'));
create table t (id int primary key, k kind not null default 'a');
