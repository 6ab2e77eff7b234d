create table p (id int primary key, code text);
create table c (id int primary key, code text);

insert into p values (1, 'a');
insert into c values (1, 'a');
