-- pg: 15+

create table p (tenant int, id int, primary key (tenant, id));
create table c (id int primary key, tenant int not null, p_id int);

alter table c add constraint fk foreign key (tenant, p_id) references p;
