create table p (tenant int not null, id int not null, primary key (tenant, id));
create table c (id int primary key, tenant int, p_id int, foreign key (tenant, p_id) references p on delete set null);
