create schema audit;
create table audit.log(id bigserial primary key, tab text not null, op char(1) not null, old jsonb, new jsonb, at timestamp not null default now());
create function audit.track() returns trigger language plpgsql security definer as $$begin insert into audit.log(tab, op, new) values (tg_table_name, 'I', to_jsonb(new)); return new; end$$;
create table a(id int primary key, v text);
create table b(id int primary key, v text);
create trigger audit_a after insert on a for each row execute function audit.track();
insert into a values (1,'x');
