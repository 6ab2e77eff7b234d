create table t (id int primary key, tenant int);
alter table t enable row level security;

create policy own on t using (tenant in (1, 2)) with check (tenant > 0);
create policy two on t using (tenant = 2) with check (id > 0);
