-- pg: 18+

create table p (id int primary key);
create table e (id int, p_id int, at date) partition by range (at);
create table e1 partition of e for values from ('2026-01-01') to ('2027-01-01');

insert into e values (1, 9, '2026-05-05');
