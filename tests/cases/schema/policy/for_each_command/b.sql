create table t (id int primary key, owner_name text);

alter table t enable row level security;
create policy "select own" on t for select using (owner_name = current_user);
create policy "insert own" on t for insert with check (owner_name = current_user);
create policy "update own" on t for update using (owner_name = current_user) with check (id > 0);
create policy "delete own" on t for delete using (owner_name = current_user);
