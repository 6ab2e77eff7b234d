-- migrate:up
create table reviews (
    id bigint generated always as identity primary key,
    product_id bigint not null references products (id) on delete cascade,
    customer_id bigint not null references customers (id) on delete cascade,
    rating smallint not null,
    title text,
    body text,
    created_at timestamptz not null default now(),
    constraint reviews_rating_check check (rating between 1 and 5),
    constraint reviews_once unique (product_id, customer_id)
);

create index reviews_customer_id_idx on reviews (customer_id);

create function product_rating(product bigint) returns numeric
language sql stable
as $$
select round(avg(reviews.rating), 1) from reviews where reviews.product_id = product
$$;

-- migrate:down
drop function product_rating(bigint);
drop table reviews;
