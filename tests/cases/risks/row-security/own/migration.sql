create table stage (id int);
alter table stage enable row level security;
