create table p (id int primary key);
create table c (id int primary key, p_id int);

alter table c add constraint fk foreign key (p_id) references p deferrable initially immediate;
