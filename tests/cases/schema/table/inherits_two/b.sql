create table stamped (created_at timestamptz);
create table owned (owner_name text);

create table doc (id int primary key) inherits (stamped, owned);
