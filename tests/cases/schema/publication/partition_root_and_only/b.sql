create table p (id int, at date) partition by range (at);
create table p1 partition of p for values from ('2026-01-01') to ('2027-01-01');
create table base (id int primary key);
create table child () inherits (base);

create publication roots for table p with (publish_via_partition_root = true);
create publication single for table only base;
create publication none with (publish = 'insert');
