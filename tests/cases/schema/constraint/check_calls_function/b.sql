create table t (id int primary key, code text);

create function valid_code(t text) returns boolean language sql immutable as $$ select t ~ '^[A-Z]+$' $$;
alter table t add constraint code_ok check (valid_code(code));
