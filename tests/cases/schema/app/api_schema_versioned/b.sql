create schema data;
create table data.item (id int primary key, name text not null, price numeric, hidden boolean not null default false);

create schema api_v1;
create schema api_v2;
create view api_v2.item as select id, name as title, price from data.item where not hidden;
create view api_v1.item as select id, title as name from api_v2.item;
create function api_v2.add(title text, price numeric default null) returns api_v2.item language sql as $$ insert into data.item (id, name, price) values ((select coalesce(max(id), 0) + 1 from data.item), title, price) returning id, name, price $$;
create function api_v1.add(name text) returns int language sql as $$ select (api_v2.add(name)).id $$;
grant usage on schema api_v1, api_v2 to case_reader;
grant select on api_v1.item, api_v2.item to case_reader;
revoke execute on all functions in schema api_v2 from public;
