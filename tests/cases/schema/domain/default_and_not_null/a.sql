create domain d1 as int default 1;
create domain d2 as int not null;
create domain d3 as int;
