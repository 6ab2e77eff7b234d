create table old_name (id int primary key, a text);
