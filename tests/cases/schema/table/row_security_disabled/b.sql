create table t (id int, tenant int);
create policy p on t using (tenant = 1);
