create table "ñandú" (id int primary key);

insert into "ñandú" values (1);
