-- migrate:up
create type payment_method as enum ('card', 'transfer', 'bizum', 'paypal');

create table payments (
    id bigint generated always as identity primary key,
    order_id bigint not null references orders (id),
    method payment_method not null,
    amount numeric(12, 2) not null,
    attempts smallint not null default 1,
    provider_reference varchar(32) unique,
    paid_at timestamptz,
    refunded_at timestamptz,
    constraint payments_amount_check check (amount > 0),
    constraint payments_refund_check check (refunded_at is null or refunded_at >= paid_at)
);

create index payments_order_id_idx on payments (order_id);
create index payments_waiting_idx on payments (id) where paid_at is null;

-- migrate:down
drop table payments;
drop type payment_method;
