create table e (id int, gone text, n int default 1, at date not null) partition by range (at);
create table e1 partition of e for values from ('2026-01-01') to ('2027-01-01');
create index on e (gone);

insert into e values (1, 'x', 2, '2026-02-02');
