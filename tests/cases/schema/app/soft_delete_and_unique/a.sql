create table account (id int primary key, email text not null unique, deleted boolean not null default false);
create table session (id uuid primary key, account_id int not null references account);

insert into account values (1, 'a@b', false);
insert into session values ('00000000-0000-0000-0000-000000000001', 1);
