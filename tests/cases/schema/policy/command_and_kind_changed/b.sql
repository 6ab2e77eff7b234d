create table t (id int primary key, tenant int);

create policy own on t for update using (tenant = 1);
create policy two on t as restrictive using (tenant = 1);
