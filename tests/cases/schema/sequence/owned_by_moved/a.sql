create table t (id int not null);
create table u (id int not null);
create sequence ids;

alter sequence ids owned by t.id;
