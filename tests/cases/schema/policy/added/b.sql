create table t (id int primary key, tenant int);

alter table t enable row level security;
create policy own on t using (tenant = current_setting('app.tenant')::int);
create policy ins on t for insert to case_writer with check (tenant > 0);
create policy ro on t as restrictive for select to case_reader, case_admin using (true);
