create table u (id int primary key);
create table t (id int primary key);

alter table t add column u_id int references u on update cascade on delete set null;
alter table t add column code text unique;
alter table t add column amount int check (amount > 0);
