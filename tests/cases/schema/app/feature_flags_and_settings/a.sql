create table setting (key text primary key, value text);

insert into setting values ('a.b', '{"x": 1}');
