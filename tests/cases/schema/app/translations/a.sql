create table article (id int primary key, title text not null, body text);

insert into article values (1, 'x', 'y');
