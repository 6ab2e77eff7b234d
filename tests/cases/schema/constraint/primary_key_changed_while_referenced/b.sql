create table p (id int not null, code int not null, constraint p_pkey primary key (code), constraint p_id unique (id));
create table c (id int primary key, p_id int references p (id), p_code int references p (code));
