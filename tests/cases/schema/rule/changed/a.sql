create table t (id int primary key, name text);

create rule keep as on delete to t do instead nothing;
