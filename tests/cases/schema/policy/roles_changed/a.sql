create table t (id int primary key, tenant int);

create policy own on t to case_reader using (tenant = 1);
