create table t (id int primary key, name text);
create rule r1 as on delete to t do instead nothing;

create rule r2 as on insert to t do also notify t_changed;
