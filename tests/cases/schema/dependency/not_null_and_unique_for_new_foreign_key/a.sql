create table p (tenant int, id int);
create table c (id int primary key, tenant int, p_id int);

insert into p values (1, 1);
insert into c values (1, 1, 1);
