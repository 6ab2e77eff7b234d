create extension file_fdw;
create server files foreign data wrapper file_fdw;
create table event (id int, at date not null) partition by range (at);

create foreign table event_old partition of event for values from ('2020-01-01') to ('2021-01-01') server files options (filename '/dev/null', format 'csv');
