-- migrate:up
create type customer_tier as enum ('standard', 'silver', 'gold');

create function touch_updated_at() returns trigger
language plpgsql
as $$
begin
    new.updated_at := now();
    return new;
end
$$;

create table customers (
    id bigint generated always as identity primary key,
    public_id uuid not null default gen_random_uuid() unique,
    email text not null unique,
    full_name text not null,
    phone text,
    fax text,
    tier customer_tier not null default 'standard',
    marketing_consent boolean not null default false,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint customers_email_check check (email ~ '^[^@ ]+@[^@ ]+[.][a-z]+$'),
    constraint customers_full_name_check check (length(full_name) between 1 and 200)
);

comment on table customers is 'Everyone who has ever opened an account in the shop.';
comment on column customers.public_id is 'The id that leaves the house, in links and e-mails.';

create trigger customers_touch
before update on customers
for each row execute function touch_updated_at();

create table addresses (
    id bigint generated always as identity primary key,
    customer_id bigint not null references customers (id) on delete cascade,
    street text not null,
    postcode text not null,
    city text not null,
    country char(2) not null,
    is_default boolean not null default false
);

create index addresses_customer_id_idx on addresses (customer_id);
create unique index addresses_one_default_idx on addresses (customer_id) where is_default;

-- migrate:down
drop table addresses;
drop table customers;
drop function touch_updated_at();
drop type customer_tier;
