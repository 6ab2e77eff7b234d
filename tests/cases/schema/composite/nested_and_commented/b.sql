create type money_of as (amount numeric(10, 2), currency char(3));
create type line as (name text, price money_of, prices money_of[]);
comment on type line is 'one row';
comment on column line.name is 'shown';
