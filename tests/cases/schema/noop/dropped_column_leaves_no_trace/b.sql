create table t (gone int, id int primary key, also_gone text, name text);
alter table t drop column gone, drop column also_gone;
