create table t (id int primary key, flags bit(8), note text);

insert into t values (1, B'10101010', '<a/>');
