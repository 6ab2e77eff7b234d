create table orders (net int, gross int generated always as (net * 2) stored);
