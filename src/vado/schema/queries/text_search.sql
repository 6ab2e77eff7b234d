-- Text search: parsers, templates, dictionaries, configurations.

-- name: text_search_parsers
select
    p.oid,
    quote_ident(n.nspname) || '.' || quote_ident(p.prsname) as identity,
    quote_ident(n.nspname) as parent,
    p.prsstart::text as start,
    p.prstoken::text as gettoken,
    p.prsend::text as "end",
    nullif(p.prsheadline, 0)::regproc::text as headline,
    p.prslextype::text as lextypes,
    concat_ws(' ', p.prsstart::oid, p.prstoken::oid, p.prsend::oid, p.prsheadline::oid,
        p.prslextype::oid) as stored
from pg_catalog.pg_ts_parser as p
inner join pg_catalog.pg_namespace as n on p.prsnamespace = n.oid
where
    n.nspname not like 'pg\_%%'
    and n.nspname not in ('information_schema', 'vado', 'vado_control')
    and not exists (
        select from pg_catalog.pg_depend as e
        where e.classid = 'pg_ts_parser'::regclass and e.objid = p.oid and e.deptype = 'e'
    );

-- name: text_search_templates
select
    t.oid,
    quote_ident(n.nspname) || '.' || quote_ident(t.tmplname) as identity,
    quote_ident(n.nspname) as parent,
    nullif(t.tmplinit, 0)::regproc::text as init,
    t.tmpllexize::text as lexize,
    concat_ws(' ', t.tmplinit::oid, t.tmpllexize::oid) as stored
from pg_catalog.pg_ts_template as t
inner join pg_catalog.pg_namespace as n on t.tmplnamespace = n.oid
where
    n.nspname not like 'pg\_%%'
    and n.nspname not in ('information_schema', 'vado', 'vado_control')
    and not exists (
        select from pg_catalog.pg_depend as e
        where e.classid = 'pg_ts_template'::regclass and e.objid = t.oid and e.deptype = 'e'
    );

-- name: text_search_dictionaries
select
    d.oid,
    quote_ident(n.nspname) || '.' || quote_ident(d.dictname) as identity,
    quote_ident(n.nspname) as parent,
    pg_get_userbyid(d.dictowner) as owner,
    quote_ident(tn.nspname) || '.' || quote_ident(t.tmplname) as template,
    nullif(d.dictinitoption, '') as options,
    d.dicttemplate::text as stored
from pg_catalog.pg_ts_dict as d
inner join pg_catalog.pg_namespace as n on d.dictnamespace = n.oid
inner join pg_catalog.pg_ts_template as t on d.dicttemplate = t.oid
inner join pg_catalog.pg_namespace as tn on t.tmplnamespace = tn.oid
where
    n.nspname not like 'pg\_%%'
    and n.nspname not in ('information_schema', 'vado', 'vado_control')
    and not exists (
        select from pg_catalog.pg_depend as e
        where e.classid = 'pg_ts_dict'::regclass and e.objid = d.oid and e.deptype = 'e'
    );

-- name: text_search_configurations
-- One text for each kind of token, with its dictionaries in their order.
select
    c.oid,
    quote_ident(n.nspname) || '.' || quote_ident(c.cfgname) as identity,
    quote_ident(n.nspname) as parent,
    pg_get_userbyid(c.cfgowner) as owner,
    quote_ident(pn.nspname) || '.' || quote_ident(p.prsname) as parser,
    array(
        select
            quote_ident(k.alias) || ': ' || string_agg(
                quote_ident(dn.nspname) || '.' || quote_ident(d.dictname), ', ' order by m.mapseqno
            )
        from pg_catalog.pg_ts_config_map as m
        inner join ts_token_type(c.cfgparser) as k on m.maptokentype = k.tokid
        inner join pg_catalog.pg_ts_dict as d on m.mapdict = d.oid
        inner join pg_catalog.pg_namespace as dn on d.dictnamespace = dn.oid
        where m.mapcfg = c.oid
        group by m.maptokentype, k.alias
        order by m.maptokentype
    ) as mappings,
    concat_ws(' ', c.cfgparser, (
        select string_agg(concat_ws('/', m.maptokentype, m.mapdict), ' ' order by m.*)
        from pg_catalog.pg_ts_config_map as m
        where m.mapcfg = c.oid
    )) as stored
from pg_catalog.pg_ts_config as c
inner join pg_catalog.pg_namespace as n on c.cfgnamespace = n.oid
inner join pg_catalog.pg_ts_parser as p on c.cfgparser = p.oid
inner join pg_catalog.pg_namespace as pn on p.prsnamespace = pn.oid
where
    n.nspname not like 'pg\_%%'
    and n.nspname not in ('information_schema', 'vado', 'vado_control')
    and not exists (
        select from pg_catalog.pg_depend as e
        where e.classid = 'pg_ts_config'::regclass and e.objid = c.oid and e.deptype = 'e'
    );
