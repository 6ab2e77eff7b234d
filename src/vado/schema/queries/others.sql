-- The rarer kinds. Where the server has no function that prints them, the statement is put
-- together here from what pg_dump writes.

-- name: statistics
select
    s.oid,
    s.stxrelid,
    quote_ident(n.nspname) || '.' || quote_ident(s.stxname) as identity,
    pg_get_userbyid(s.stxowner) as owner,
    nullif(s.stxstattarget, -1)::int as target,
    pg_get_statisticsobjdef(s.oid) as definition,
    concat_ws(' ', s.stxrelid, s.stxkeys, s.stxkind, md5(s.stxexprs::text)) as stored
from pg_catalog.pg_statistic_ext as s
inner join pg_catalog.pg_namespace as n on s.stxnamespace = n.oid
where
    n.nspname not like 'pg\_%%'
    and n.nspname not in ('information_schema', 'vado', 'vado_control');

-- name: publications
select
    p.oid,
    quote_ident(p.pubname) as identity,
    pg_get_userbyid(p.pubowner) as owner,
    p.puballtables as all_tables,
    array_remove(array[
        case when p.pubinsert then 'insert' end,
        case when p.pubupdate then 'update' end,
        case when p.pubdelete then 'delete' end,
        case when p.pubtruncate then 'truncate' end
    ], null) as actions,
    p.pubviaroot as via_partition_root,
    to_jsonb(p) ->> 'pubgencols' as generated_columns
from pg_catalog.pg_publication as p
where not exists (
    select from pg_catalog.pg_depend as e
    where e.classid = 'pg_publication'::regclass and e.objid = p.oid and e.deptype = 'e'
);

-- name: published_tables
-- Up to PostgreSQL 14 only whole tables are published.
select
    r.prpubid as oid,
    array_agg(quote_ident(n.nspname) || '.' || quote_ident(c.relname) order by n.nspname, c.relname)
        as tables
from pg_catalog.pg_publication_rel as r
inner join pg_catalog.pg_class as c on r.prrelid = c.oid
inner join pg_catalog.pg_namespace as n on c.relnamespace = n.oid
group by r.prpubid;

-- name: published_parts
select
    r.prpubid as oid,
    array_agg(
        quote_ident(n.nspname) || '.' || quote_ident(c.relname)
        || coalesce(
            ' (' || (
                select string_agg(quote_ident(a.attname), ', ' order by a.attnum)
                from pg_catalog.pg_attribute as a
                where a.attrelid = c.oid and a.attnum = any(r.prattrs::int2[])
            ) || ')',
            ''
        )
        || coalesce(' WHERE ' || pg_get_expr(r.prqual, c.oid), '')
        order by n.nspname, c.relname
    ) as tables
from pg_catalog.pg_publication_rel as r
inner join pg_catalog.pg_class as c on r.prrelid = c.oid
inner join pg_catalog.pg_namespace as n on c.relnamespace = n.oid
group by r.prpubid;

-- name: published_schemas
select
    p.pnpubid as oid,
    array_agg(quote_ident(n.nspname) order by n.nspname) as schemas
from pg_catalog.pg_publication_namespace as p
inner join pg_catalog.pg_namespace as n on p.pnnspid = n.oid
group by p.pnpubid;

-- name: casts
select
    c.oid,
    '(' || format_type(c.castsource, null) || ' AS ' || format_type(c.casttarget, null) || ')'
        as identity,
    'CREATE CAST (' || format_type(c.castsource, null) || ' AS ' || format_type(c.casttarget, null)
    || ') ' || case c.castmethod
        when 'f' then 'WITH FUNCTION ' || c.castfunc::regprocedure::text
        when 'i' then 'WITH INOUT'
        else 'WITHOUT FUNCTION'
    end
    || case c.castcontext when 'i' then ' AS IMPLICIT' when 'a' then ' AS ASSIGNMENT' else '' end
        as definition,
    concat_ws(' ', c.castsource, c.casttarget, c.castfunc, c.castmethod, c.castcontext) as stored
from pg_catalog.pg_cast as c
where
    c.oid >= 16384
    and not exists (
        select from pg_catalog.pg_depend as e
        where
            e.classid = 'pg_cast'::regclass and e.objid = c.oid and e.deptype in ('e', 'i')
    );

-- name: operators
-- Without a function it was only named by another as its commutator or negator.
select
    o.oid,
    o.oid::regoperator::text as identity,
    quote_ident(n.nspname) as parent,
    pg_get_userbyid(o.oprowner) as owner,
    'CREATE OPERATOR ' || quote_ident(n.nspname) || '.' || o.oprname || ' (' || concat_ws(
        ', ',
        'FUNCTION = ' || o.oprcode::text,
        'LEFTARG = ' || format_type(nullif(o.oprleft, 0), null),
        'RIGHTARG = ' || format_type(nullif(o.oprright, 0), null),
        'COMMUTATOR = OPERATOR(' || quote_ident(cn.nspname) || '.' || co.oprname || ')',
        'NEGATOR = OPERATOR(' || quote_ident(nn.nspname) || '.' || ne.oprname || ')',
        'RESTRICT = ' || nullif(o.oprrest, 0)::regproc::text,
        'JOIN = ' || nullif(o.oprjoin, 0)::regproc::text,
        case when o.oprcanhash then 'HASHES' end,
        case when o.oprcanmerge then 'MERGES' end
    ) || ')' as definition,
    concat_ws(' ', o.oprcode::oid, o.oprleft, o.oprright, o.oprcom, o.oprnegate, o.oprrest::oid,
        o.oprjoin::oid, o.oprcanhash, o.oprcanmerge) as stored
from pg_catalog.pg_operator as o
inner join pg_catalog.pg_namespace as n on o.oprnamespace = n.oid
left join pg_catalog.pg_operator as co on o.oprcom = co.oid
left join pg_catalog.pg_namespace as cn on co.oprnamespace = cn.oid
left join pg_catalog.pg_operator as ne on o.oprnegate = ne.oid
left join pg_catalog.pg_namespace as nn on ne.oprnamespace = nn.oid
where
    o.oprcode <> 0
    and n.nspname not like 'pg\_%%'
    and n.nspname not in ('information_schema', 'vado', 'vado_control')
    and not exists (
        select from pg_catalog.pg_depend as e
        where e.classid = 'pg_operator'::regclass and e.objid = o.oid and e.deptype = 'e'
    );

-- name: foreign_data_wrappers
select
    w.oid,
    quote_ident(w.fdwname) as identity,
    pg_get_userbyid(w.fdwowner) as owner,
    'CREATE FOREIGN DATA WRAPPER ' || quote_ident(w.fdwname)
    || coalesce(' HANDLER ' || nullif(w.fdwhandler, 0)::regproc::text, '')
    || coalesce(' VALIDATOR ' || nullif(w.fdwvalidator, 0)::regproc::text, '')
    || coalesce(
        ' OPTIONS (' || (
            select
                string_agg(
                    quote_ident(o.option_name) || ' ' || quote_literal(o.option_value), ', '
                    order by o.option_name
                )
            from pg_options_to_table(w.fdwoptions) as o
        ) || ')',
        ''
    ) as definition
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
    'CREATE SERVER ' || quote_ident(s.srvname)
    || coalesce(' TYPE ' || quote_literal(s.srvtype), '')
    || coalesce(' VERSION ' || quote_literal(s.srvversion), '')
    || ' FOREIGN DATA WRAPPER ' || quote_ident(w.fdwname)
    || coalesce(
        ' OPTIONS (' || (
            select
                string_agg(
                    quote_ident(o.option_name) || ' ' || quote_literal(o.option_value), ', '
                    order by o.option_name
                )
            from pg_options_to_table(s.srvoptions) as o
        ) || ')',
        ''
    ) as definition
from pg_catalog.pg_foreign_server as s
inner join pg_catalog.pg_foreign_data_wrapper as w on s.srvfdw = w.oid
where not exists (
    select from pg_catalog.pg_depend as e
    where e.classid = 'pg_foreign_server'::regclass and e.objid = s.oid and e.deptype = 'e'
);

-- name: default_privileges
select
    d.oid,
    'for role ' || pg_get_userbyid(d.defaclrole)
    || coalesce(' in schema ' || quote_ident(n.nspname), '')
    || ' on ' || case d.defaclobjtype
        when 'r' then 'tables' when 'S' then 'sequences' when 'f' then 'functions'
        when 'T' then 'types' when 'n' then 'schemas' else 'large objects'
    end as identity,
    quote_ident(n.nspname) as parent
from pg_catalog.pg_default_acl as d
left join pg_catalog.pg_namespace as n on d.defaclnamespace = n.oid;
