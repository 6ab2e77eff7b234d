create table account (id int primary key, email text not null, deleted_at timestamptz);
create unique index account_email on account (lower(email)) where deleted_at is null;
create table session (id uuid primary key, account_id int not null references account on delete cascade, expires_at timestamptz not null default now() + interval '30 days');
create index on session (account_id);
create index on session (expires_at);
create view live_account as select id, email from account where deleted_at is null;
