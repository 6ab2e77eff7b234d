create table category (id int primary key, parent_id int references category, name text not null);

insert into category values (1, null, 'root');
