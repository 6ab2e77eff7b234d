create extension citext;

create table person (id int primary key, email citext not null unique);
