comment on table orders is 'grant';
