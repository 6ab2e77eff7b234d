create table setting (key text primary key check (key ~ '^[a-z_.]+$'), value jsonb not null default 'null', scope text not null default 'global', updated_by text default current_user);
create function setting_get(k text, otherwise jsonb default 'null') returns jsonb language plpgsql stable parallel safe as $$
declare found_value jsonb;
begin
    select value into found_value from setting where key = k;
    return coalesce(found_value, otherwise);
end $$;
create view public_setting as select key, value from setting where scope = 'global';
grant select on public_setting to public;
comment on table setting is 'Keys and JSON values.';
