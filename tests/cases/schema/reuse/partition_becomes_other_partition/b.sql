create table e (id int, at date) partition by range (at);
create table e_old partition of e for values from ('2026-01-01') to ('2027-01-01');
create table e_new partition of e for values from ('2027-01-01') to ('2028-01-01');
