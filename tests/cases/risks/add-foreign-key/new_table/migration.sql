create table payments (id int, customer int references customers);
alter table payments add foreign key (id) references orders (id);
