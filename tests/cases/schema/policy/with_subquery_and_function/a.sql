create table team (id int primary key);
create table member (team_id int references team, who text);
create table doc (id int primary key, team_id int references team);
