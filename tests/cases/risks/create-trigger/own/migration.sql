create table stage (id int);
create trigger stamp before update on stage for each row execute function touch();
