create table t (id int primary key, a int);

create trigger same before update on t for each row execute function suppress_redundant_updates_trigger();
