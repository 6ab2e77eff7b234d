create table a (id int primary key);

create table b (
    id bigint generated always as identity primary key,
    a_id int not null references a on delete cascade,
    name text not null default 'none',
    price numeric(10, 2) check (price >= 0),
    created_at timestamptz not null default now(),
    unique (a_id, name)
);
create index on b (created_at desc nulls last);
