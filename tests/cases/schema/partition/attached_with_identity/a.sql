create table m (id bigint generated always as identity, kind bigint not null) partition by list (kind);
create table p (id bigint not null, kind bigint not null);

insert into p values (1, 55);
