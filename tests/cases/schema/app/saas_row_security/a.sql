create schema app;
create table app.tenant (id uuid primary key default gen_random_uuid(), name text not null);
create table app.member (tenant_id uuid references app.tenant, who text, primary key (tenant_id, who));
create table app.project (id uuid primary key default gen_random_uuid(), tenant_id uuid not null references app.tenant, name text);

insert into app.tenant values ('00000000-0000-0000-0000-000000000001', 'x');
insert into app.member values ('00000000-0000-0000-0000-000000000001', 'y');
insert into app.project (tenant_id, name) values ('00000000-0000-0000-0000-000000000001', 'p');
