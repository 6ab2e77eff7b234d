create table t (id int primary key, tenant int);

create policy own on t to case_writer, "Case Tester", current_user using (tenant = 1);
comment on policy own on t is 'who may';
