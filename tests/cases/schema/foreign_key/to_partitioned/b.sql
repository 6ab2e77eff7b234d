create table p (id int primary key) partition by range (id);
create table p1 partition of p for values from (0) to (100);
create table c (id int primary key, p_id int);

alter table c add constraint c_p foreign key (p_id) references p on delete cascade;
