create table new_name (id int primary key, a text);
