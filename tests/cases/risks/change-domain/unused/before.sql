create domain positive as int;
create domain worn as int;
create table t (a worn);
