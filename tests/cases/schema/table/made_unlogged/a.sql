create table cache (k text primary key, v text);

insert into cache values ('a', 'b');
