create table t (id int primary key, parent_id int default 0);

alter table t add constraint fk foreign key (parent_id) references t on delete set default on update restrict;
