create domain latitude as float8 check (value between -90 and 90);
create domain longitude as float8 check (value between -180 and 180);
create table place (id int primary key, name text not null, lat latitude, lon longitude, at point generated always as (point(lon, lat)) stored);
create index place_at on place using gist (at);
create function near(p point, n int default 10) returns setof place language sql stable as $$ select * from place order by at <-> p limit n $$;
create table area (id int primary key, shape polygon not null, bounds box generated always as (box(shape)) stored);
create index on area using gist (shape);
