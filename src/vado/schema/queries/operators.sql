-- Languages, and what operators, casts and indexes are made of. Where the server has no function
-- that prints them, the statement is put together here from what pg_dump writes.

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

-- name: operator_classes
-- What depends on the class is its own; what depends on the family only is loose in it.
select
    c.oid,
    quote_ident(n.nspname) || '.' || quote_ident(c.opcname) || ' using ' || quote_ident(am.amname)
        as identity,
    quote_ident(n.nspname) as parent,
    pg_get_userbyid(c.opcowner) as owner,
    am.amname as method,
    format_type(c.opcintype, null) as type,
    c.opcdefault as "default",
    quote_ident(fn.nspname) || '.' || quote_ident(f.opfname) as family,
    case when c.opckeytype <> 0 then format_type(c.opckeytype, null) end as storage,
    array(
        select member
        from (
            select
                1 as rank,
                o.amopstrategy as number,
                'OPERATOR ' || o.amopstrategy || ' ' || o.amopopr::regoperator::text
                || coalesce(
                    ' FOR ORDER BY ' || quote_ident(sn.nspname) || '.' || quote_ident(s.opfname), ''
                ) as member
            from pg_catalog.pg_depend as d
            inner join pg_catalog.pg_amop as o on d.objid = o.oid
            left join pg_catalog.pg_opfamily as s on o.amopsortfamily = s.oid
            left join pg_catalog.pg_namespace as sn on s.opfnamespace = sn.oid
            where
                d.classid = 'pg_amop'::regclass
                and d.refclassid = 'pg_opclass'::regclass
                and d.refobjid = c.oid
            union all
            select
                2,
                p.amprocnum,
                'FUNCTION ' || p.amprocnum || ' (' || format_type(p.amproclefttype, null) || ', '
                || format_type(p.amprocrighttype, null) || ') ' || p.amproc::regprocedure::text
            from pg_catalog.pg_depend as d
            inner join pg_catalog.pg_amproc as p on d.objid = p.oid
            where
                d.classid = 'pg_amproc'::regclass
                and d.refclassid = 'pg_opclass'::regclass
                and d.refobjid = c.oid
        ) as found
        order by rank, number, member
    ) as members,
    concat_ws(' ', c.opcmethod, c.opcfamily, c.opcintype, c.opckeytype) as stored
from pg_catalog.pg_opclass as c
inner join pg_catalog.pg_namespace as n on c.opcnamespace = n.oid
inner join pg_catalog.pg_am as am on c.opcmethod = am.oid
inner join pg_catalog.pg_opfamily as f on c.opcfamily = f.oid
inner join pg_catalog.pg_namespace as fn on f.opfnamespace = fn.oid
where
    c.oid >= 16384
    and n.nspname not like 'pg\_%%'
    and n.nspname not in ('information_schema', 'vado', 'vado_control')
    and not exists (
        select from pg_catalog.pg_depend as e
        where e.classid = 'pg_opclass'::regclass and e.objid = c.oid and e.deptype = 'e'
    );

-- name: operator_families
select
    f.oid,
    quote_ident(n.nspname) || '.' || quote_ident(f.opfname) || ' using ' || quote_ident(am.amname)
        as identity,
    quote_ident(n.nspname) as parent,
    pg_get_userbyid(f.opfowner) as owner,
    am.amname as method,
    array(
        select member
        from (
            select
                1 as rank,
                o.amopstrategy as number,
                'OPERATOR ' || o.amopstrategy || ' ' || o.amopopr::regoperator::text
                || coalesce(
                    ' FOR ORDER BY ' || quote_ident(sn.nspname) || '.' || quote_ident(s.opfname), ''
                ) as member
            from pg_catalog.pg_depend as d
            inner join pg_catalog.pg_amop as o on d.objid = o.oid
            left join pg_catalog.pg_opfamily as s on o.amopsortfamily = s.oid
            left join pg_catalog.pg_namespace as sn on s.opfnamespace = sn.oid
            where
                d.classid = 'pg_amop'::regclass
                and d.refclassid = 'pg_opfamily'::regclass
                and d.refobjid = f.oid
                and o.amopfamily = f.oid
            union all
            select
                2,
                p.amprocnum,
                'FUNCTION ' || p.amprocnum || ' (' || format_type(p.amproclefttype, null) || ', '
                || format_type(p.amprocrighttype, null) || ') ' || p.amproc::regprocedure::text
            from pg_catalog.pg_depend as d
            inner join pg_catalog.pg_amproc as p on d.objid = p.oid
            where
                d.classid = 'pg_amproc'::regclass
                and d.refclassid = 'pg_opfamily'::regclass
                and d.refobjid = f.oid
        ) as found
        order by rank, number, member
    ) as members,
    (
        select string_agg(d.objid::text, ' ' order by d.objid)
        from pg_catalog.pg_depend as d
        where d.refclassid = 'pg_opfamily'::regclass and d.refobjid = f.oid
    ) as stored
from pg_catalog.pg_opfamily as f
inner join pg_catalog.pg_namespace as n on f.opfnamespace = n.oid
inner join pg_catalog.pg_am as am on f.opfmethod = am.oid
where
    f.oid >= 16384
    and n.nspname not like 'pg\_%%'
    and n.nspname not in ('information_schema', 'vado', 'vado_control')
    and not exists (
        select from pg_catalog.pg_depend as e
        where e.classid = 'pg_opfamily'::regclass and e.objid = f.oid and e.deptype = 'e'
    );

-- name: access_methods
select
    a.oid,
    quote_ident(a.amname) as identity,
    case a.amtype when 'i' then 'index' else 'table' end as type,
    a.amhandler::text as handler,
    a.amhandler::oid::text as stored
from pg_catalog.pg_am as a
where
    a.oid >= 16384
    and not exists (
        select from pg_catalog.pg_depend as e
        where e.classid = 'pg_am'::regclass and e.objid = a.oid and e.deptype = 'e'
    );

-- name: languages
select
    l.oid,
    quote_ident(l.lanname) as identity,
    pg_get_userbyid(l.lanowner) as owner,
    l.lanpltrusted as trusted,
    nullif(l.lanplcallfoid, 0)::regproc::text as handler,
    nullif(l.laninline, 0)::regproc::text as inline_handler,
    nullif(l.lanvalidator, 0)::regproc::text as validator,
    concat_ws(' ', l.lanplcallfoid, l.laninline, l.lanvalidator) as stored
from pg_catalog.pg_language as l
where
    l.oid >= 16384
    and not exists (
        select from pg_catalog.pg_depend as e
        where e.classid = 'pg_language'::regclass and e.objid = l.oid and e.deptype = 'e'
    );

-- name: transforms
select
    t.oid,
    'for ' || format_type(t.trftype, null) || ' language ' || quote_ident(l.lanname) as identity,
    nullif(t.trffromsql, 0)::regprocedure::text as from_sql,
    nullif(t.trftosql, 0)::regprocedure::text as to_sql,
    concat_ws(' ', t.trftype, t.trflang, t.trffromsql::oid, t.trftosql::oid) as stored
from pg_catalog.pg_transform as t
inner join pg_catalog.pg_language as l on t.trflang = l.oid
where
    t.oid >= 16384
    and not exists (
        select from pg_catalog.pg_depend as e
        where e.classid = 'pg_transform'::regclass and e.objid = t.oid and e.deptype = 'e'
    );

-- name: conversions
select
    c.oid,
    quote_ident(n.nspname) || '.' || quote_ident(c.conname) as identity,
    quote_ident(n.nspname) as parent,
    pg_get_userbyid(c.conowner) as owner,
    pg_encoding_to_char(c.conforencoding)::text as source,
    pg_encoding_to_char(c.contoencoding)::text as target,
    c.conproc::text as function,
    c.condefault as "default",
    c.conproc::oid::text as stored
from pg_catalog.pg_conversion as c
inner join pg_catalog.pg_namespace as n on c.connamespace = n.oid
where
    c.oid >= 16384
    and n.nspname not like 'pg\_%%'
    and n.nspname not in ('information_schema', 'vado', 'vado_control')
    and not exists (
        select from pg_catalog.pg_depend as e
        where e.classid = 'pg_conversion'::regclass and e.objid = c.oid and e.deptype = 'e'
    );
