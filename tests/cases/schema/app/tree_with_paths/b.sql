create extension ltree;
create table category (id int primary key, parent_id int references category on delete cascade, name text not null, path ltree, unique (parent_id, name));
create index on category using gist (path);
create function put_path() returns trigger language plpgsql as $$ begin new.path := (select c.path from category c where c.id = new.parent_id) || new.id::text::ltree; return new; end $$;
create trigger put_path before insert or update of parent_id on category for each row execute function put_path();
create recursive view category_depth (id, depth) as select id, 1 from category where parent_id is null union all select c.id, d.depth + 1 from category c join category_depth d on c.parent_id = d.id;
