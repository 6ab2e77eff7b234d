create table team (id int primary key);
create table member (team_id int references team, who text);
create table doc (id int primary key, team_id int references team);

create function my_teams() returns setof int language sql stable security definer as $$ select team_id from member where who = current_user $$;
alter table doc enable row level security;
create policy members on doc using (team_id in (select my_teams()));
create policy direct on doc for select using (exists (select 1 from member m where m.team_id = doc.team_id and m.who = session_user));
