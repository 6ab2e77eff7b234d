create domain positive as int;
create table t (id positive primary key, list positive[]);

insert into t values (1, '{2, 3}');
