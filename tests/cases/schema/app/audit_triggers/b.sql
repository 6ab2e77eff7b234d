create table person (id int primary key, name text);
create table pet (id int primary key, person_id int references person, name text);

create schema audit;
create table audit.log (id bigint generated always as identity primary key, at timestamptz not null default clock_timestamp(), who text not null default current_user, place regclass not null, action char(1) not null check (action in ('I', 'U', 'D')), before jsonb, after jsonb);
create function audit.note() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
    insert into audit.log (place, action, before, after)
    values (tg_relid, left(tg_op, 1), case when tg_op <> 'INSERT' then to_jsonb(old) end, case when tg_op <> 'DELETE' then to_jsonb(new) end);
    return coalesce(new, old);
end $$;
create trigger audited after insert or update or delete on person for each row execute function audit.note();
create trigger audited after insert or update or delete on pet for each row execute function audit.note();
create rule no_delete as on delete to audit.log do instead nothing;
revoke all on audit.log from public;
create index on audit.log using brin (at);
