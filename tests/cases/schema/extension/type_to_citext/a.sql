create extension citext;

create table person (id int primary key, email text not null unique);

insert into person values (1, 'A@x.example'), (2, 'b@x.example');
