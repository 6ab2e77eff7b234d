create foreign data wrapper none;

create server far version '2' foreign data wrapper none options (host 'b', dbname 'c');
alter server far owner to case_owner;
grant usage on foreign server far to case_reader;
comment on server far is 'there';
