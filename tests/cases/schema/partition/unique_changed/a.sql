create table e (id int not null, k int, at date not null, primary key (id, at)) partition by range (at);
create table e1 partition of e for values from ('2026-01-01') to ('2027-01-01');

insert into e values (1, 2, '2026-02-02');
