create table node (
    id int primary key,
    parent_id int references node on delete cascade,
    path text not null
);
create index on node (parent_id);
