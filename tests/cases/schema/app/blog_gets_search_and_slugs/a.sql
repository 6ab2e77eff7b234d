create table author (id serial primary key, name varchar(50) not null);
create table post (id serial primary key, author_id int references author, title varchar(100) not null, body text, published boolean default false);
create table comment (id serial primary key, post_id int references post, body text);

insert into author (name) values ('x');
insert into post (author_id, title) values (1, 'Hello World');
insert into comment (post_id, body) values (1, 'nice');
