create table p (id int primary key);
create table c (id int primary key, p_id int, q_id int);

alter table c add constraint fk1 foreign key (p_id) references p not enforced;
alter table c add constraint fk2 foreign key (q_id) references p;
