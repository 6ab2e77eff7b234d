create table p (id int, at date) partition by range (at);
create table p1 partition of p for values from ('2026-01-01') to ('2027-01-01');
create table base (id int primary key);
create table child () inherits (base);
