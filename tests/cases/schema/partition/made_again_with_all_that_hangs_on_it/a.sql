create table customer (id int primary key);
create table invoice (
    id bigint generated always as identity,
    customer int not null references customer,
    number bigserial,
    day date not null,
    net numeric(10, 2) not null default 0 check (net >= 0),
    gross numeric(10, 2) generated always as (net * 1.21) stored,
    primary key (id, day)
);
create index invoice_day on invoice (day) where net > 0;
create table line (invoice bigint, day date, position int, foreign key (invoice, day) references invoice on delete cascade);
create view open_invoice as select id, gross from invoice;
create materialized view total as select sum(gross) as gross from invoice;
create function touched() returns trigger language plpgsql as $$begin raise exception 'no'; end$$;
create rule kept as on delete to invoice where old.id = 1 do instead nothing;
alter table invoice enable row level security, force row level security;
create policy everybody on invoice using (true);
comment on table invoice is 'what is owed';
comment on column invoice.net is 'without taxes';
grant select, insert on invoice to case_reader;
create publication invoices for table invoice;

insert into customer values (1);
insert into invoice (customer, day, net) values (1, '2026-01-05', 10), (1, '2027-01-05', 20);
insert into line values (1, '2026-01-05', 1);
create trigger touched after insert on invoice for each row execute function touched();
