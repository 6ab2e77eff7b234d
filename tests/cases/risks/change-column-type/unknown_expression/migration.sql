alter table orders alter code type varchar(3) using substring(code from 1 for 3);
