create table t (id int primary key, name text);

create rule keep as on delete to t do instead update t set name = 'gone' where id = old.id;
comment on rule keep on t is 'soft';
