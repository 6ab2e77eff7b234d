create table t (id int primary key, at timestamptz);
create function f() returns trigger language plpgsql as 'begin new.at := now(); return new; end';
