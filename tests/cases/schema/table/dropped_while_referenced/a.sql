create table child (id int primary key, parent_id int);

create table parent (id int primary key);
alter table child add foreign key (parent_id) references parent;
insert into parent values (1);
insert into child values (10, 1), (11, null);
