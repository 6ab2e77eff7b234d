create table t (id int primary key, tags varchar[] default '{}', state varchar default 'a');

insert into t values (1, '{a,b}', 'b');
