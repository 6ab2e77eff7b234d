create table stage (id int);
create policy own_rows on stage using (true);
