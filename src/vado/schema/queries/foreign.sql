-- Other servers and how they are reached. Values of options that look like secrets become marks
-- before they are kept (secrets.py).

-- name: foreign_data_wrappers
select
    w.oid,
    quote_ident(w.fdwname) as identity,
    pg_get_userbyid(w.fdwowner) as owner,
    nullif(w.fdwhandler, 0)::regproc::text as handler,
    nullif(w.fdwvalidator, 0)::regproc::text as validator,
    w.fdwoptions as foreign_options,
    concat_ws(' ', w.fdwhandler, w.fdwvalidator) as stored
from pg_catalog.pg_foreign_data_wrapper as w
where not exists (
    select from pg_catalog.pg_depend as e
    where e.classid = 'pg_foreign_data_wrapper'::regclass and e.objid = w.oid and e.deptype = 'e'
);

-- name: foreign_servers
select
    s.oid,
    quote_ident(s.srvname) as identity,
    pg_get_userbyid(s.srvowner) as owner,
    quote_ident(w.fdwname) as wrapper,
    s.srvtype as type,
    s.srvversion as version,
    s.srvoptions as foreign_options,
    s.srvfdw::text as stored
from pg_catalog.pg_foreign_server as s
inner join pg_catalog.pg_foreign_data_wrapper as w on s.srvfdw = w.oid
where not exists (
    select from pg_catalog.pg_depend as e
    where e.classid = 'pg_foreign_server'::regclass and e.objid = s.oid and e.deptype = 'e'
);

-- name: user_mappings
-- The view shows options only to those who may see them.
select
    m.umid as oid,
    'for ' || case when m.umuser = 0 then 'public' else quote_ident(m.usename) end || ' server '
    || quote_ident(m.srvname) as identity,
    case when m.umuser = 0 then 'public' else quote_ident(m.usename) end as role,
    quote_ident(m.srvname) as server,
    m.umoptions as foreign_options
from pg_catalog.pg_user_mappings as m
where not exists (
    select from pg_catalog.pg_depend as e
    where e.classid = 'pg_user_mapping'::regclass and e.objid = m.umid and e.deptype = 'e'
);
