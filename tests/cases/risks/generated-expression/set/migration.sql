alter table orders alter gross set expression as (net * 3);
