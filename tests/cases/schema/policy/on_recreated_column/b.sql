create table t (id int primary key, owner_id uuid);
create policy p on t using (owner_id is not null);
create table u (id int primary key, t_id int references t);
create policy q on u using (exists (select 1 from t where t.id = u.t_id and t.owner_id is not null));
