-- The rows of the sample shop. Format: "-- name: NAME", then one statement.
-- Nothing is random: pick(n, salt, choices) draws from 1..choices by a hash, so that every run of
-- the demo tells the same figures. The past ends on 31 October 2026.

-- name: pick
create function pg_temp.pick(n bigint, salt bigint, choices bigint) returns bigint
language sql immutable strict parallel safe
return 1 + mod(hashint8extended(n, salt) & 9223372036854775807, choices);

-- name: customers
with words as (
    select
        '{Ana,Lucía,María,Carmen,Sofía,Paula,Marta,Elena,Julia,Nora,Irene,Alba,Chloé,Emma,Léa,
        Camille,Hannah,Lena,Greta,Klara,Olivia,Grace,Isla,Freya,Giulia,Chiara,Antonio,Manuel,José,
        David,Javier,Daniel,Carlos,Miguel,Álvaro,Pablo,Hugo,Iker,Louis,Jules,Adrien,Théo,Lukas,Felix,Jonas,Emil,
        Oliver,Harry,Noah,Arthur,Matteo,Luca}'::text[] as first_names,
        '{García,Fernández,González,Rodríguez,López,Martínez,Sánchez,Pérez,Gómez,Martín,Jiménez,
        Ruiz,Hernández,Díaz,Moreno,Muñoz,Álvarez,Romero,Alonso,Gutiérrez,Navarro,Torres,Domínguez,Vázquez,
        Ramos,Gil,Serrano,Molina,Ortega,Delgado,Castro,Ortiz,Rubio,Marín,Iglesias,Dubois,Moreau,
        Laurent,Lefebvre,Fontaine,Mercier,Girard,Schneider,Fischer,Weber,Wagner,Becker,Hoffmann,Krüger,Smith,
        Taylor,Walker,Hughes,Bennett,Rossi,Ferrari,Bianchi,Ricci}'::text[] as last_names,
        '{example.com,example.org,example.net,mail.example.com,post.example.org}'::text[] as domains
),

people as (
    select
        n,
        first_names[pg_temp.pick(n, 1, cardinality(first_names))]
        || ' ' || last_names[pg_temp.pick(n, 2, cardinality(last_names))] as full_name,
        domains[pg_temp.pick(n, 3, cardinality(domains))] as domain,
        timestamptz '2021-01-04 08:00+00' + n * interval '4 hours 8 minutes'
        + pg_temp.pick(n, 4, 240) * interval '1 minute' as created_at
    from words cross join generate_series(1, 12000) as n
)

insert into customers (
    id, email, full_name, phone, fax, tier, marketing_consent, created_at, updated_at
)
overriding system value
select
    n as id,
    translate(lower(full_name), 'áéíóúñüçèÁ ', 'aeiounucea.') || n || '@' || domain as email,
    full_name,
    case
        when pg_temp.pick(n, 5, 100) <= 82
            then '+34 6' || to_char(pg_temp.pick(n, 6, 99999999), 'FM00 000 000')
    end as phone,
    case
        when pg_temp.pick(n, 7, 12000) > n and pg_temp.pick(n, 8, 100) <= 54
            then '+34 91' || to_char(pg_temp.pick(n, 9, 9999999), 'FM0 000 000')
    end as fax,
    case
        when pg_temp.pick(n, 10, 100) <= 4 then 'gold'
        when pg_temp.pick(n, 10, 100) <= 19 then 'silver'
        else 'standard'
    end::customer_tier as tier,
    pg_temp.pick(n, 11, 100) <= 38 as marketing_consent,
    created_at,
    created_at + pg_temp.pick(n, 12, 90) * interval '1 day' as updated_at
from people;

-- name: addresses
with words as (
    select
        '{Calle Mayor,Calle de Alcalá,Avenida de la Paz,Calle del Carmen,Paseo del Prado,
        Plaza Nueva,Calle Real,Ronda de Atocha,Rue de la République,Rue Victor Hugo,Avenue Foch,Lindenstraße,
        Bahnhofstraße,Gartenweg,Station Road,Church Lane,Via Roma,Via Garibaldi}'::text[] as streets,
        '{Madrid,Barcelona,Valencia,Sevilla,Bilbao,Zaragoza,Málaga,Gijón,Lyon,Nantes,Toulouse,
        Leipzig,Hamburg,Freiburg,Dublin,Galway,Torino,Bologna}'::text[] as cities,
        '{ES,ES,ES,ES,ES,ES,ES,ES,FR,FR,FR,DE,DE,DE,IE,IE,IT,IT}'::text[] as countries
),

places as (
    select
        n,
        pg_temp.pick(n, 20, cardinality(cities)) as city
    from words cross join generate_series(1, 18000) as n
)

insert into addresses (id, customer_id, street, postcode, city, country, is_default)
overriding system value
select
    places.n as id,
    -- The first 12,000 are the default of one customer each, the others a second one of some.
    case when places.n <= 12000 then places.n else 2 * (places.n - 12000) end as customer_id,
    words.streets[pg_temp.pick(places.n, 21, cardinality(words.streets))]
    || ' ' || pg_temp.pick(places.n, 22, 180) as street,
    to_char(pg_temp.pick(places.n, 23, 52999), 'FM00000') as postcode,
    words.cities[places.city] as city,
    words.countries[places.city] as country,
    places.n <= 12000 as is_default
from places cross join words;

-- name: categories
insert into categories (id, parent_id, name, slug)
overriding system value
select
    id,
    -- The first eight are the departments; each has four categories.
    case when id > 8 then (id - 9) / 4 + 1 end as parent_id,
    name,
    trim(both '-' from regexp_replace(lower(name), '[^a-z0-9]+', '-', 'g')) as slug
from
    unnest(
        '{Kitchen,Home,Garden,Office,Sport,Travel,Kids,Electronics,
        Pans,Knives,Coffee,Tableware,Lamps,Bedding,Rugs,Storage,Tools,Seeds,Planters,Barbecue,
        Paper,Pens,Chairs,Desks,Running,Cycling,Yoga,Climbing,Suitcases,Backpacks,Tents,Maps,
        Puzzles,Books,Wooden toys,Prams,Headphones,Cables,Keyboards,Speakers}'::text[]
    ) with ordinality as listed (name, id);

-- name: products
with words as (
    select
        '{Classic,Compact,Light,Sturdy,Folding,Nordic,Urban,Pro,Mini,Everyday,Premium,Recycled,
        Handmade,Travel,Silent,Soft}'::text[] as adjectives,
        '{oak,steel,linen,cotton,bamboo,graphite,olive,sand,navy,cherry,slate,ivory}'::text[]
            as looks,
        '{new,sale,gift,eco,bestseller,last-units}'::text[] as labels
),

kinds as (
    select
        n,
        8 + pg_temp.pick(n, 30, 32) as category_id
    from generate_series(1, 1500) as n
)

insert into products (
    id, category_id, sku, name, price, attributes, tags, active, created_at, updated_at
)
overriding system value
select
    kinds.n as id,
    kinds.category_id,
    upper(left(categories.slug, 3)) || '-' || to_char(kinds.n, 'FM00000') as sku,
    words.adjectives[pg_temp.pick(kinds.n, 31, 16)] || ' ' || lower(categories.name)
    || ' ' || words.looks[pg_temp.pick(kinds.n, 32, 12)] as name,
    -- Most things are cheap, few are dear, and prices end as prices do.
    floor(4 + 320 * power(pg_temp.pick(kinds.n, 33, 1000) / 1000::float8, 3)) + 0.95 as price,
    jsonb_build_object(
        'weight_g', 50 * pg_temp.pick(kinds.n, 34, 160),
        'look', words.looks[pg_temp.pick(kinds.n, 32, 12)],
        'warranty_months', 12 * pg_temp.pick(kinds.n, 35, 3)
    ) as attributes,
    case
        when pg_temp.pick(kinds.n, 36, 3) = 1
            then array[words.labels[pg_temp.pick(kinds.n, 37, 6)]]
        else '{}'
    end as tags,
    pg_temp.pick(kinds.n, 38, 100) <= 93 as active,
    timestamptz '2021-01-04 08:00+00' + kinds.n * interval '33 hours' as created_at,
    timestamptz '2025-01-07 08:00+00'
    + pg_temp.pick(kinds.n, 39, 600) * interval '1 day' as updated_at
from kinds
inner join categories on kinds.category_id = categories.id
cross join words;

-- name: inventory
insert into inventory (product_id, warehouse, quantity, counted_at)
select
    products.id as product_id,
    warehouses.name as warehouse,
    greatest(0, pg_temp.pick(products.id, 40 + warehouses.number, 220) - 20) as quantity,
    timestamptz '2026-10-31 20:00+00'
    - pg_temp.pick(products.id, 50 + warehouses.number, 720) * interval '1 hour' as counted_at
from products
cross join unnest(array['Getafe', 'Lyon', 'Leipzig']) with ordinality as warehouses (name, number);

-- name: orders
with moments as (
    select
        n,
        -- More and more of them, from January 2023 to October 2026.
        timestamptz '2023-01-02 09:00+00' + power(n / 40000::float8, 0.8) * interval '1398 days'
        + pg_temp.pick(n, 60, 59) * interval '1 second' as placed_at
    from generate_series(1, 40000) as n
),

buyers as (
    select
        n,
        placed_at,
        timestamptz '2026-11-01 00:00+00' - placed_at as age,
        -- Only who had an account by then, and some far more often than others.
        ceil(
            least(12000, extract(epoch from placed_at - timestamptz '2021-01-05 12:00+00') / 14880)
            * power(pg_temp.pick(n, 61, 1000000) / 1000000::float8, 1.6)
        )::bigint as customer_id
    from moments
),

fates as (
    select
        n,
        placed_at,
        customer_id,
        case
            when pg_temp.pick(n, 62, 100) <= 5 then 'cancelled'
            when age < interval '1 day' then 'new'
            when age < interval '3 days' then 'paid'
            when age < interval '9 days' then 'shipped'
            else 'delivered'
        end::order_status as status,
        placed_at + interval '10 hours' + pg_temp.pick(n, 63, 60) * interval '1 hour' as shipped_at
    from buyers
)

insert into orders (
    id, customer_id, shipping_address_id, status, channel, placed_at, shipped_at, updated_at
)
overriding system value
select
    n as id,
    customer_id,
    customer_id as shipping_address_id,
    status,
    case
        when pg_temp.pick(n, 64, 100) <= 68 then 'web'
        when pg_temp.pick(n, 64, 100) <= 91 then 'app'
        when pg_temp.pick(n, 64, 100) <= 96 then 'phone'
        else 'shop'
    end as channel,
    placed_at,
    case when status in ('shipped', 'delivered') then shipped_at end as shipped_at,
    case when status in ('shipped', 'delivered') then shipped_at else placed_at end as updated_at
from fates;

-- name: order_items
insert into order_items (order_id, line_number, product_id, quantity, unit_price)
select
    orders.id as order_id,
    lines.number as line_number,
    products.id as product_id,
    case when pg_temp.pick(8 * orders.id + lines.number, 70, 10) <= 7 then 1
        else pg_temp.pick(8 * orders.id + lines.number, 71, 4)
    end as quantity,
    products.price as unit_price
from orders
cross join
    generate_series(
        1,
        -- One line for four orders in ten, two for three, three for two, four for one.
        (array[1, 1, 1, 1, 2, 2, 2, 3, 3, 4])[pg_temp.pick(orders.id, 72, 10)]
    ) as lines (number)
inner join products
    on pg_temp.pick(8 * orders.id + lines.number, 73, 1500) = products.id;

-- name: payments
insert into payments (
    order_id, method, amount, attempts, provider_reference, paid_at, refunded_at
)
select
    order_id,
    (array['card', 'card', 'card', 'card', 'bizum', 'bizum', 'paypal', 'transfer'])[
        pg_temp.pick(order_id, 80, 8)
    ]::payment_method as method,
    total as amount,
    case when pg_temp.pick(order_id, 81, 20) = 1 then pg_temp.pick(order_id, 82, 3) + 1 else 1
    end as attempts,
    'pay_' || left(md5('shop' || order_id), 24) as provider_reference,
    case when status <> 'new' then placed_at + pg_temp.pick(order_id, 83, 400) * interval '1 minute'
    end as paid_at,
    case when status = 'cancelled' then placed_at + pg_temp.pick(order_id, 84, 9) * interval '1 day'
    end as refunded_at
from order_totals
-- Of the cancelled ones most were never paid for.
where status <> 'cancelled' or pg_temp.pick(order_id, 85, 10) <= 3
order by order_id;

-- name: reviews
with bought as (
    select distinct on (order_items.product_id, orders.customer_id)
        order_items.product_id,
        orders.customer_id,
        orders.shipped_at,
        8 * order_items.order_id + order_items.line_number as n
    from orders
    inner join order_items on orders.id = order_items.order_id
    where orders.status = 'delivered' and orders.shipped_at < '2026-09-20 00:00+00'
    order by order_items.product_id, orders.customer_id, orders.id, order_items.line_number
),

rated as (
    select
        bought.*,
        (array[5, 5, 5, 5, 5, 4, 4, 4, 3, 3, 2, 1])[pg_temp.pick(bought.n, 90, 12)] as rating
    from bought
    where pg_temp.pick(bought.n, 91, 1000) <= 106
)

insert into reviews (product_id, customer_id, rating, title, body, created_at)
select
    product_id,
    customer_id,
    rating,
    (
        array['Never again', 'Disappointing', 'It is all right', 'Good', 'Just what I wanted']
    )[rating] as title,
    case
        when pg_temp.pick(n, 92, 3) = 1 then null
        when rating >= 4 then 'Arrived well packed and does what it should. I would buy it again.'
        when rating = 3 then 'It works, but the picture promised a little more.'
        else 'It came late and one part was missing; support did answer.'
    end as body,
    shipped_at + pg_temp.pick(n, 93, 40) * interval '1 day' as created_at
from rated
order by created_at;

-- name: continue_numbering
select
    setval('customers_id_seq', max(customers.id)),
    setval('addresses_id_seq', (select max(addresses.id) from addresses)),
    setval('categories_id_seq', (select max(categories.id) from categories)),
    setval('products_id_seq', (select max(products.id) from products)),
    setval('orders_id_seq', (select max(orders.id) from orders))
from customers;

-- name: refresh_reports
refresh materialized view monthly_sales;

-- name: analyze
analyze {table};
