create schema data;
create table data.item (id int primary key, name text not null, price numeric, hidden boolean not null default false);

create schema api_v1;
create view api_v1.item as select id, name from data.item where not hidden;
create function api_v1.add(name text) returns int language sql as $$ insert into data.item (id, name) values ((select coalesce(max(id), 0) + 1 from data.item), name) returning id $$;
grant usage on schema api_v1 to case_reader;
grant select on api_v1.item to case_reader;

insert into data.item values (1, 'x', 2);
