alter table c alter owner type varchar(20);
