create domain d1 as int default 2;
create domain d2 as int;
create domain d3 as int default 5 not null;
