create table p (id int constraint pk primary key, code text constraint code_u unique);
create table c (id int primary key, p_id int constraint to_p references p);

insert into p values (1, 'a');
insert into c values (1, 1);
