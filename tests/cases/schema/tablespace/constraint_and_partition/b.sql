create table old (id int);

create table e (id int, at date, primary key (id, at) using index tablespace case_space) partition by range (at) tablespace case_space;
create table e1 partition of e for values from ('2026-01-01') to ('2027-01-01');
create materialized view m tablespace case_space as select 1 as one;
