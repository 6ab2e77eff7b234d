create table t (id int primary key, a int, b int);

alter table t add constraint a_nn not null a not valid;
alter table t add constraint b_nn not null b;
