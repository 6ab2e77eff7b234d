create schema ids;
create table t (id int primary key);

create sequence ids.t_id owned by t.id;
