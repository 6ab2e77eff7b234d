-- Types that users make, collations, extensions.

-- name: enums
select
    t.oid,
    quote_ident(n.nspname) || '.' || quote_ident(t.typname) as identity,
    quote_ident(n.nspname) as parent,
    pg_get_userbyid(t.typowner) as owner,
    array(
        select e.enumlabel::text from pg_catalog.pg_enum as e
        where e.enumtypid = t.oid
        order by e.enumsortorder
    ) as labels
from pg_catalog.pg_type as t
inner join pg_catalog.pg_namespace as n on t.typnamespace = n.oid
where
    t.typtype = 'e'
    and n.nspname not like 'pg\_%%'
    and n.nspname not in ('information_schema', 'vado', 'vado_control')
    and not exists (
        select from pg_catalog.pg_depend as e
        where e.classid = 'pg_type'::regclass and e.objid = t.oid and e.deptype = 'e'
    );

-- name: domains
select
    t.oid,
    quote_ident(n.nspname) || '.' || quote_ident(t.typname) as identity,
    quote_ident(n.nspname) as parent,
    pg_get_userbyid(t.typowner) as owner,
    format_type(t.typbasetype, t.typtypmod) as type,
    not t.typnotnull as nullable,
    -- The text beside it keeps the names of the day it was written.
    coalesce(pg_get_expr(t.typdefaultbin, 0), quote_literal(t.typdefault)) as "default",
    case
        when t.typcollation <> b.typcollation
            then quote_ident(cn.nspname) || '.' || quote_ident(co.collname)
    end as collation,
    concat_ws(' ', t.typbasetype, t.typtypmod, t.typcollation, md5(t.typdefaultbin::text))
        as stored
from pg_catalog.pg_type as t
inner join pg_catalog.pg_namespace as n on t.typnamespace = n.oid
inner join pg_catalog.pg_type as b on t.typbasetype = b.oid
left join pg_catalog.pg_collation as co on t.typcollation = co.oid
left join pg_catalog.pg_namespace as cn on co.collnamespace = cn.oid
where
    t.typtype = 'd'
    and n.nspname not like 'pg\_%%'
    and n.nspname not in ('information_schema', 'vado', 'vado_control')
    and not exists (
        select from pg_catalog.pg_depend as e
        where e.classid = 'pg_type'::regclass and e.objid = t.oid and e.deptype = 'e'
    );

-- name: domain_not_nulls
-- Since PostgreSQL 17 NOT NULL of a domain is a constraint; told are an unusual name and a comment.
select
    k.contypid as oid,
    case when k.conname <> t.typname || '_not_null' then quote_ident(k.conname) end
        as not_null_name,
    d.description as not_null_comment
from pg_catalog.pg_constraint as k
inner join pg_catalog.pg_type as t on k.contypid = t.oid
left join pg_catalog.pg_description as d
    on k.oid = d.objoid and d.classoid = 'pg_constraint'::regclass
where
    k.contype = 'n'
    and k.contypid <> 0
    and (k.conname <> t.typname || '_not_null' or d.description is not null);

-- name: composites
select
    t.oid,
    quote_ident(n.nspname) || '.' || quote_ident(t.typname) as identity,
    quote_ident(n.nspname) as parent,
    pg_get_userbyid(t.typowner) as owner,
    attributes.list as attributes,
    attributes.stored
from pg_catalog.pg_type as t
inner join pg_catalog.pg_namespace as n on t.typnamespace = n.oid
inner join pg_catalog.pg_class as c on t.typrelid = c.oid and c.relkind = 'c'
cross join lateral (
    select
        array_agg(
            quote_ident(a.attname) || ' ' || format_type(a.atttypid, a.atttypmod)
            || case
                when a.attcollation <> b.typcollation
                    then ' COLLATE ' || quote_ident(cn.nspname) || '.' || quote_ident(co.collname)
                else ''
            end
            order by a.attnum
        ) as list,
        md5(string_agg(
            concat_ws('/', a.attname, a.atttypid, a.atttypmod, a.attcollation), ','
            order by a.attnum
        )) as stored
    from pg_catalog.pg_attribute as a
    inner join pg_catalog.pg_type as b on a.atttypid = b.oid
    left join pg_catalog.pg_collation as co on a.attcollation = co.oid
    left join pg_catalog.pg_namespace as cn on co.collnamespace = cn.oid
    where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
) as attributes
where
    n.nspname not like 'pg\_%%'
    and n.nspname not in ('information_schema', 'vado', 'vado_control')
    and not exists (
        select from pg_catalog.pg_depend as e
        where
            e.deptype = 'e'
            and (
                (e.classid = 'pg_type'::regclass and e.objid = t.oid)
                or (e.classid = 'pg_class'::regclass and e.objid = c.oid)
            )
    );

-- name: ranges
select
    t.oid,
    quote_ident(n.nspname) || '.' || quote_ident(t.typname) as identity,
    quote_ident(n.nspname) as parent,
    pg_get_userbyid(t.typowner) as owner,
    format_type(r.rngsubtype, null) as subtype,
    nullif(r.rngsubdiff, 0)::regproc::text as subtype_diff,
    nullif(r.rngcanonical, 0)::regproc::text as canonical,
    case
        when oc.opcdefault then null
        else quote_ident(ocn.nspname) || '.' || quote_ident(oc.opcname)
    end as operator_class,
    case
        when r.rngcollation <> b.typcollation
            then quote_ident(cn.nspname) || '.' || quote_ident(co.collname)
    end as collation,
    format_type(r.rngmultitypid, null) as multirange,
    concat_ws(' ', r.rngsubtype, r.rngcollation, r.rngsubopc, r.rngcanonical, r.rngsubdiff)
        as stored
from pg_catalog.pg_range as r
inner join pg_catalog.pg_type as t on r.rngtypid = t.oid
inner join pg_catalog.pg_namespace as n on t.typnamespace = n.oid
inner join pg_catalog.pg_type as b on r.rngsubtype = b.oid
inner join pg_catalog.pg_opclass as oc on r.rngsubopc = oc.oid
inner join pg_catalog.pg_namespace as ocn on oc.opcnamespace = ocn.oid
left join pg_catalog.pg_collation as co on r.rngcollation = co.oid
left join pg_catalog.pg_namespace as cn on co.collnamespace = cn.oid
where
    n.nspname not like 'pg\_%%'
    and n.nspname not in ('information_schema', 'vado', 'vado_control')
    and not exists (
        select from pg_catalog.pg_depend as e
        where e.classid = 'pg_type'::regclass and e.objid = t.oid and e.deptype = 'e'
    );

-- name: base_types
select
    t.oid,
    quote_ident(n.nspname) || '.' || quote_ident(t.typname) as identity,
    quote_ident(n.nspname) as parent,
    pg_get_userbyid(t.typowner) as owner,
    nullif(t.typinput, 0)::regproc::text as input,
    nullif(t.typoutput, 0)::regproc::text as output,
    nullif(t.typreceive, 0)::regproc::text as receive,
    nullif(t.typsend, 0)::regproc::text as send,
    nullif(t.typmodin, 0)::regproc::text as typmod_in,
    nullif(t.typmodout, 0)::regproc::text as typmod_out,
    nullif(t.typanalyze, 0)::regproc::text as analyze,
    nullif(t.typsubscript, 0)::regproc::text as subscript,
    case when t.typlen = -1 then 'variable' else t.typlen::text end as length,
    t.typbyval as by_value,
    case t.typalign when 'c' then 'char' when 's' then 'int2' when 'i' then 'int4' else 'double' end
        as alignment,
    case t.typstorage
        when 'p' then 'plain' when 'e' then 'external' when 'm' then 'main' else 'extended'
    end as storage,
    nullif(t.typcategory, 'U')::text as category,
    t.typispreferred as preferred,
    coalesce(pg_get_expr(t.typdefaultbin, 0), t.typdefault) as "default",
    case when t.typelem <> 0 then format_type(t.typelem, null) end as element,
    nullif(t.typdelim, ',')::text as delimiter,
    t.typcollation <> 0 as collatable,
    concat_ws(
        ' ', t.typinput::oid, t.typoutput::oid, t.typreceive::oid, t.typsend::oid, t.typmodin::oid,
        t.typmodout::oid, t.typanalyze::oid, t.typsubscript::oid, t.typelem, t.typdefault
    ) as stored
from pg_catalog.pg_type as t
inner join pg_catalog.pg_namespace as n on t.typnamespace = n.oid
where
    t.typtype = 'b'
    and t.oid >= 16384
    and n.nspname not like 'pg\_%%'
    and n.nspname not in ('information_schema', 'vado', 'vado_control')
    and not exists (
        select from pg_catalog.pg_depend as e
        where
            e.classid = 'pg_type'::regclass and e.objid = t.oid and e.deptype in ('e', 'i')
    );

-- name: shell_types
select
    t.oid,
    quote_ident(n.nspname) || '.' || quote_ident(t.typname) as identity,
    quote_ident(n.nspname) as parent,
    pg_get_userbyid(t.typowner) as owner
from pg_catalog.pg_type as t
inner join pg_catalog.pg_namespace as n on t.typnamespace = n.oid
where
    t.typtype = 'p'
    and not t.typisdefined
    and n.nspname not like 'pg\_%%'
    and n.nspname not in ('information_schema', 'vado', 'vado_control')
    and not exists (
        select from pg_catalog.pg_depend as e
        where e.classid = 'pg_type'::regclass and e.objid = t.oid and e.deptype = 'e'
    );

-- name: collations
-- The column of ICU locales and rules was renamed and added over the versions: read as JSON.
select
    c.oid,
    quote_ident(n.nspname) || '.' || quote_ident(c.collname) as identity,
    quote_ident(n.nspname) as parent,
    pg_get_userbyid(c.collowner) as owner,
    case c.collprovider when 'i' then 'icu' when 'c' then 'libc' when 'b' then 'builtin' end
        as provider,
    coalesce(
        to_jsonb(c) ->> 'colllocale', to_jsonb(c) ->> 'colliculocale', c.collcollate
    ) as locale,
    case when c.collprovider = 'c' then c.collctype end as ctype,
    to_jsonb(c) ->> 'collicurules' as rules,
    not c.collisdeterministic as nondeterministic
from pg_catalog.pg_collation as c
inner join pg_catalog.pg_namespace as n on c.collnamespace = n.oid
where
    n.nspname not like 'pg\_%%'
    and n.nspname not in ('information_schema', 'vado', 'vado_control')
    and not exists (
        select from pg_catalog.pg_depend as e
        where e.classid = 'pg_collation'::regclass and e.objid = c.oid and e.deptype = 'e'
    );

-- name: extensions
-- What stands below the first user OID (plpgsql) is part of every database.
select
    x.oid,
    quote_ident(x.extname) as identity,
    pg_get_userbyid(x.extowner) as owner,
    quote_ident(n.nspname) as schema,
    x.extversion as version
from pg_catalog.pg_extension as x
inner join pg_catalog.pg_namespace as n on x.extnamespace = n.oid
where x.oid >= 16384;
