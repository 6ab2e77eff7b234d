create table a (id serial primary key, name text default 'x' check (name <> ''), at timestamptz default now());
create table b (id int generated always as identity primary key, a_id int references a on delete cascade);
create index on b (a_id) where a_id > 0;

insert into a (name) values ('y');
