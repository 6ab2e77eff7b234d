create table customer (id int primary key);
create table invoice (
    id bigint generated always as identity,
    customer int not null references customer,
    number bigserial,
    day date not null,
    net numeric(12, 2) not null default 0 check (net >= 0),
    gross numeric(10, 2) generated always as (net * 1.21) stored,
    primary key (id, day)
) partition by range (day);
create table invoice_2026 partition of invoice for values from ('2026-01-01') to ('2027-01-01');
create table invoice_rest partition of invoice default;
create index invoice_day on invoice (day) where net > 0;
create table line (invoice bigint, day date, position int, foreign key (invoice, day) references invoice on delete cascade);
create view open_invoice as select id, gross from invoice;
create materialized view total as select sum(gross) as gross from invoice;
create function touched() returns trigger language plpgsql as $$begin raise exception 'no'; end$$;

alter table invoice enable row level security, force row level security;
create policy everybody on invoice using (true);
comment on table invoice is 'what is owed';
comment on column invoice.net is 'without taxes';
grant select, insert on invoice to case_reader;
create publication invoices for table invoice;

create trigger touched after insert on invoice for each row execute function touched();
