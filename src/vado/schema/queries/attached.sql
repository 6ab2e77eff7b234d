-- What hangs on objects of every kind: comments, grants; who needs whom; what is only counted.
-- 16384 is the first OID that users' objects get.

-- name: in_transaction
-- In a block of the caller's the transaction began before this statement did.
select now() <> statement_timestamp();

-- name: current_settings
select
    name,
    current_setting(name) as value
from unnest(%(names)s::text[]) as name;

-- name: set_settings
select set_config(name, value, true)
from unnest(%(names)s::text[], %(values)s::text[]) as wanted (name, value);

-- name: comments
-- Attributes of composite types hang on their pg_class row; the type is what users see.
select
    case when c.relkind = 'c' then 'pg_type' else d.classoid::regclass::text end as class,
    case when c.relkind = 'c' then c.reltype else d.objoid end as oid,
    d.objsubid as subid,
    quote_ident(a.attname) as part,
    d.description as value
from pg_catalog.pg_description as d
left join pg_catalog.pg_class as c on d.objoid = c.oid and d.classoid = 'pg_class'::regclass
left join pg_catalog.pg_attribute as a on c.oid = a.attrelid and d.objsubid = a.attnum
where
    d.objoid >= 16384
    or (
        d.objoid = 'public'::regnamespace
        and d.classoid = 'pg_namespace'::regclass
        and d.description <> 'standard public schema'
    );

-- name: labels
select
    l.classoid::regclass::text as class,
    l.objoid as oid,
    l.objsubid as subid,
    quote_ident(l.provider) as part,
    l.label as value
from pg_catalog.pg_seclabel as l
where l.objoid >= 16384;

-- name: grants
-- Only what differs from what a new object of that kind has: the owner's rights and PUBLIC's
-- usual ones are not told, and an ACL that says just these is the same as none.
with held as (
    select
        'pg_class' as class,
        oid,
        0 as subid,
        relacl as acl,
        acldefault(case when relkind = 'S' then 's' else 'r' end::"char", relowner) as usual
    from pg_catalog.pg_class
    where relacl is not null and oid >= 16384
    union all
    select
        'pg_class',
        attrelid,
        attnum,
        attacl,
        acldefault('c', 10)
    from pg_catalog.pg_attribute
    where attacl is not null and attrelid >= 16384
    union all
    select
        'pg_proc',
        oid,
        0,
        proacl,
        acldefault('f', proowner)
    from pg_catalog.pg_proc
    where proacl is not null and oid >= 16384
    union all
    select
        'pg_type',
        oid,
        0,
        typacl,
        acldefault('T', typowner)
    from pg_catalog.pg_type
    where typacl is not null and oid >= 16384
    union all
    select
        'pg_default_acl',
        oid,
        0,
        defaclacl,
        -- Within a schema they add to those of the database, where the usual ones stand.
        case
            when defaclnamespace = 0
                then acldefault(
                    case defaclobjtype when 'S' then 's'::"char" else defaclobjtype end,
                    defaclrole
                )
            else acldefault('c', 10)
        end
    from pg_catalog.pg_default_acl
    union all
    select
        'pg_foreign_data_wrapper',
        oid,
        0,
        fdwacl,
        acldefault('F', fdwowner)
    from pg_catalog.pg_foreign_data_wrapper
    where fdwacl is not null and oid >= 16384
    union all
    select
        'pg_foreign_server',
        oid,
        0,
        srvacl,
        acldefault('S', srvowner)
    from pg_catalog.pg_foreign_server
    where srvacl is not null and oid >= 16384
    union all
    select
        'pg_namespace',
        n.oid,
        0,
        n.nspacl,
        coalesce(p.initprivs, acldefault('n', n.nspowner))
    from pg_catalog.pg_namespace as n
    left join pg_catalog.pg_init_privs as p
        on n.oid = p.objoid and p.classoid = 'pg_namespace'::regclass and n.oid < 16384
    where n.nspacl is not null and (n.oid >= 16384 or n.nspname = 'public')
),

given as (
    select
        class,
        oid,
        subid,
        entry.grantee,
        entry.privilege_type,
        entry.is_grantable
    from held, aclexplode(acl) as entry
),

expected as (
    select
        class,
        oid,
        subid,
        entry.grantee,
        entry.privilege_type,
        entry.is_grantable
    from held, aclexplode(usual) as entry
),

entries as (
    select
        'grant ' as verb,
        ' to ' as direction,
        more.*
    from (table given except table expected) as more
    union all
    select
        'revoke ',
        ' from ',
        fewer.*
    from (table expected except table given) as fewer
)

select
    e.class,
    e.oid,
    e.subid,
    max(quote_ident(a.attname)) as part,
    e.verb || string_agg(e.privilege_type, ', ' order by e.privilege_type) || e.direction
    || coalesce(quote_ident(r.rolname), 'public')
    || case when e.is_grantable and e.verb = 'grant ' then ' with grant option' else '' end as value
from entries as e
left join pg_catalog.pg_roles as r on e.grantee = r.oid
left join pg_catalog.pg_attribute as a
    on e.class = 'pg_class' and e.oid = a.attrelid and e.subid = a.attnum and e.subid > 0
group by e.class, e.oid, e.subid, e.verb, e.direction, r.rolname, e.is_grantable
order by 5;

-- name: dependencies
-- Pairs of things that are created on their own: what stands inside a table (a default, a check)
-- counts as the table, the row type of a table as the table, an array as its element. Indexes,
-- triggers, policies and foreign keys are created last of all and are left out.
with dependents as (
    select
        'pg_class'::regclass as classid,
        oid as objid,
        case when relkind = 'c' then 'pg_type' else 'pg_class' end as class,
        case when relkind = 'c' then reltype else oid end as oid
    from pg_catalog.pg_class
    where relkind in ('r', 'p', 'f', 'v', 'm', 'c')
    union all
    select
        'pg_rewrite'::regclass,
        oid,
        'pg_class',
        ev_class
    from pg_catalog.pg_rewrite
    where rulename = '_RETURN'
    union all
    select
        'pg_attrdef'::regclass,
        oid,
        'pg_class',
        adrelid
    from pg_catalog.pg_attrdef
    union all
    select
        'pg_constraint'::regclass,
        oid,
        case when conrelid <> 0 then 'pg_class' else 'pg_type' end,
        case when conrelid <> 0 then conrelid else contypid end
    from pg_catalog.pg_constraint
    where contype in ('c', 'x')
    union all
    select
        'pg_proc'::regclass,
        oid,
        'pg_proc',
        oid
    from pg_catalog.pg_proc
    where oid >= 16384
    union all
    select
        'pg_type'::regclass,
        oid,
        'pg_type',
        oid
    from pg_catalog.pg_type
    where oid >= 16384
)

select distinct
    f.class,
    f.oid,
    case
        when d.refclassid = 'pg_type'::regclass and tc.relkind <> 'c' then 'pg_class'
        else d.refclassid::regclass::text
    end as needed_class,
    case
        when tc.relkind <> 'c' then t.typrelid
        when t.typcategory = 'A' then t.typelem
        else d.refobjid
    end as needed_oid
from pg_catalog.pg_depend as d
inner join dependents as f on d.classid = f.classid and d.objid = f.objid
left join pg_catalog.pg_type as t on d.refobjid = t.oid and d.refclassid = 'pg_type'::regclass
left join pg_catalog.pg_class as tc on t.typrelid = tc.oid
where
    d.refobjid >= 16384
    and d.deptype in ('n', 'a')
    and d.refclassid in (
        'pg_class'::regclass, 'pg_type'::regclass, 'pg_proc'::regclass, 'pg_collation'::regclass
    )
    and (d.refclassid, d.refobjid) <> (f.class::regclass, f.oid);

-- name: not_compared
with seen as (
    select 'subscription' as kind, 'pg_subscription'::regclass as class, oid
    from pg_catalog.pg_subscription
    where subdbid = (select oid from pg_catalog.pg_database where datname = current_database())
    union all
    select 'operator_class', 'pg_opclass'::regclass, oid from pg_catalog.pg_opclass
    union all
    select 'operator_family', 'pg_opfamily'::regclass, oid from pg_catalog.pg_opfamily
    union all
    select 'text_search_configuration', 'pg_ts_config'::regclass, oid from pg_catalog.pg_ts_config
    union all
    select 'text_search_dictionary', 'pg_ts_dict'::regclass, oid from pg_catalog.pg_ts_dict
    union all
    select 'text_search_parser', 'pg_ts_parser'::regclass, oid from pg_catalog.pg_ts_parser
    union all
    select 'text_search_template', 'pg_ts_template'::regclass, oid
    from pg_catalog.pg_ts_template
    union all
    select 'conversion', 'pg_conversion'::regclass, oid from pg_catalog.pg_conversion
    union all
    select 'language', 'pg_language'::regclass, oid from pg_catalog.pg_language
    union all
    select 'user_mapping', 'pg_user_mapping'::regclass, umid from pg_catalog.pg_user_mappings
    union all
    select 'access_method', 'pg_am'::regclass, oid from pg_catalog.pg_am
    union all
    select 'transform', 'pg_transform'::regclass, oid from pg_catalog.pg_transform
    union all
    select 'base_type', 'pg_type'::regclass, oid from pg_catalog.pg_type
    where (typtype = 'b' and typcategory <> 'A') or (typtype = 'p' and not typisdefined)
)

select
    s.kind,
    count(*)::int as total
from seen as s
where
    s.oid >= 16384
    and not exists (
        select from pg_catalog.pg_depend as e
        where e.classid = s.class and e.objid = s.oid and e.deptype in ('e', 'i')
    )
group by s.kind
order by s.kind;
