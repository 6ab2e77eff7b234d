create foreign data wrapper none;
create server far foreign data wrapper none;
create foreign table ft (id int, name text) server far;
create function f() returns trigger language plpgsql as 'begin return new; end';

create trigger tr before insert on ft for each row execute function f();
grant select on ft to case_reader;
comment on foreign table ft is 'theirs';
alter foreign table ft owner to case_owner;
