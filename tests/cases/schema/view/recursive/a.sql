create table node (id int primary key, parent_id int references node, name text);
