create function most() returns integer language sql immutable as $$ select 100 $$;
create function usual() returns integer language sql immutable as $$ select 5 $$;
create domain amount as integer default usual() constraint not_more check (value <= most());
create table stock (id integer primary key, amount amount);

insert into stock values (1, 7);
