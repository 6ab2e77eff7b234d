create table t (id int not null, name text);

alter table t add primary key (id);
