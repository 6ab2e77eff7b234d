create table p (id int not null, code int not null, constraint p_pkey primary key (id), constraint p_code unique (code));
create table c (id int primary key, p_id int references p (id), p_code int references p (code));

insert into p values (1, 10);
insert into c values (1, 1, 10);
