create table p (a int, b int, primary key (a, b));
create table c (id int primary key, a int, b int);

alter table c add constraint fk foreign key (a, b) references p match full on delete restrict;
