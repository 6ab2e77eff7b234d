create table account (id int primary key, name text not null);

create domain money_amount as numeric(18, 2) not null check (value <> 0);
create table transfer (id bigint generated always as identity primary key, at timestamptz not null default now(), memo text);
create table posting (transfer_id bigint references transfer on delete restrict, account_id int references account, amount money_amount, primary key (transfer_id, account_id));
create function balanced() returns trigger language plpgsql as $$
begin
    if (select sum(amount) from posting where transfer_id = new.transfer_id) <> 0 then raise exception 'unbalanced'; end if;
    return null;
end $$;
create constraint trigger balanced after insert or update on posting deferrable initially deferred for each row execute function balanced();
create function add_money(numeric, numeric) returns numeric language sql immutable as 'select coalesce($1, 0) + coalesce($2, 0)';
create aggregate balance(numeric) (sfunc = add_money, stype = numeric, initcond = '0');
create view account_balance as select a.id, a.name, balance(p.amount) as balance from account a left join posting p on p.account_id = a.id group by a.id, a.name;
create materialized view monthly as select date_trunc('month', t.at) as month, p.account_id, sum(p.amount) as total from transfer t join posting p on p.transfer_id = t.id group by 1, 2;
create unique index monthly_key on monthly (month, account_id);
