create function ok(text) returns boolean language sql immutable as $$ select $1 <> '' $$;
create domain word as text check (ok(value));
create table t (id int primary key, w word);

insert into t values (1, 'x');
