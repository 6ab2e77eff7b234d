create table stamped (created_at timestamptz);
create table owned (owner_name text);
