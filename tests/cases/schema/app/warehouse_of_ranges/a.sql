create table sensor (id int primary key, name text);

create table reading (sensor_id int references sensor, at timestamp not null, value real);
create index on reading (sensor_id, at);

insert into sensor values (1, 'x');
insert into reading values (1, '2026-01-01', 2.5);
