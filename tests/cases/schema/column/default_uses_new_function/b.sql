create table t (id int primary key, code text);

create function new_code() returns text language sql as $$ select md5(random()::text) $$;
alter table t alter code set default new_code();
