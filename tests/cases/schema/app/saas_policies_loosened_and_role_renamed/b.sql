create table account (id int primary key, owner_name text, state text);

alter table account enable row level security;
alter table account force row level security;
create policy own on account for select using (owner_name = session_user);
create policy adm on account to case_admin, case_owner using (true);
grant select on account to case_writer;
grant update (state) on account to case_writer;
create view mine as select id, state from account where owner_name = current_user with check option;
