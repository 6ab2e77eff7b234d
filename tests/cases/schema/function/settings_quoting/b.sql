create schema "My Schema";
create function f() returns int language sql set search_path = "My Schema", public, 'pg_temp' set application_name = 'it''s, me' set datestyle = 'ISO, YMD' as 'select 1';
