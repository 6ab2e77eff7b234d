create table t (id int primary key, name text);
create table log (id int, at timestamptz default now());

create rule note as on update to t where old.name <> new.name do also insert into log (id) values (new.id);
create rule keep as on delete to t do instead nothing;
