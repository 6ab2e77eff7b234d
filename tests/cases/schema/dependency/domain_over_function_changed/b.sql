create function fine(text) returns boolean language sql immutable as $$ select $1 <> '' $$;
create domain word as text check (fine(value));
create table t (id int primary key, w word);
