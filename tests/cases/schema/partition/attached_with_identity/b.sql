create table m (id bigint generated always as identity, kind bigint not null) partition by list (kind);
create table p partition of m for values in ('55');
