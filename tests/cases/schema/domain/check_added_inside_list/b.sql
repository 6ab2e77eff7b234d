create domain positive as int constraint more check (value > 0);
create table t (id positive primary key, list positive[]);
