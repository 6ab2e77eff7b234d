create table account (id int primary key, owner_name text, state text);

alter table account enable row level security;
create policy own on account using (owner_name = current_user);
create policy adm on account to case_admin using (true) with check (state <> 'closed');
grant select, update on account to case_writer;
create view mine with (security_barrier) as select id from account where owner_name = current_user;
