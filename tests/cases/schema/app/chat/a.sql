create table "user" (id int primary key, nick text unique);
create table message (id bigserial primary key, sender int references "user", receiver int references "user", body text, sent timestamp default now());

insert into "user" values (1, 'x');
insert into message (sender, body) values (1, 'hi');
