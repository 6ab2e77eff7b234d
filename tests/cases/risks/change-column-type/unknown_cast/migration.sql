alter table orders alter code type varchar(3) using code::varchar(3);
