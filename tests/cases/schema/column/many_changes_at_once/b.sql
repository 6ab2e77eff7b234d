create table t (
    id bigint primary key, a int not null default 4, b varchar(100), c text not null, d timestamptz, f int check (f > 1), g text[] default '{}'
);
