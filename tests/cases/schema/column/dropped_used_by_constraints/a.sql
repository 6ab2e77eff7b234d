create table u (id int primary key);
create table t (id int primary key);

alter table t add column a int unique, add column b int references u;
alter table t add constraint both_set check (a is not null or b is not null);
insert into u values (1);

insert into t values (1, 1, 1);
