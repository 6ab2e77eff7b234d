create table c (id int, owner text); create policy p on c using (owner = current_user);
