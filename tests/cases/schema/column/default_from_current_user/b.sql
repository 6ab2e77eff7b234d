create table t (id int primary key, who text);

alter table t alter who set default current_user, add column t0 time default localtime, add column d date default current_date;
