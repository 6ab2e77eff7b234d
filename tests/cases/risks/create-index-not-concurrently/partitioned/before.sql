create table orders (day date) partition by range (day);
