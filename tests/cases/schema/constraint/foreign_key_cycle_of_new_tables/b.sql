create table team (id int primary key, leader_id int);
create table person (id int primary key, team_id int references team);
alter table team add foreign key (leader_id) references person;
