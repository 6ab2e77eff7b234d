create table p (id text primary key);
create table c (id int primary key, p_id text not null references p on delete cascade);
