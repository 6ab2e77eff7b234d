-- What hangs on objects of every kind (but see privileges.sql); who needs whom; what is counted.
-- 16384 is the first OID that users' objects get.

-- name: set_settings
select set_config(name, value, true)
from unnest(%(names)s::text[], %(values)s::text[]) as wanted (name, value);

-- name: comments
-- Attributes of composite types hang on their pg_class row; the type is what users see. The public
-- schema comes with a comment: what is told of it is another one, or that there is none.
select
    case when c.relkind = 'c' then 'pg_type' else d.classoid::regclass::text end as class,
    case when c.relkind = 'c' then c.reltype else d.objoid end as oid,
    d.objsubid as subid,
    quote_ident(a.attname) as part,
    d.description as value
from pg_catalog.pg_description as d
left join pg_catalog.pg_class as c on d.objoid = c.oid and d.classoid = 'pg_class'::regclass
left join pg_catalog.pg_attribute as a on c.oid = a.attrelid and d.objsubid = a.attnum
where d.objoid >= 16384
union all
select
    'pg_namespace',
    n.oid,
    0,
    null,
    coalesce(d.description, '')
from pg_catalog.pg_namespace as n
left join pg_catalog.pg_description as d
    on n.oid = d.objoid and d.classoid = 'pg_namespace'::regclass
where
    n.nspname = 'public'
    and n.oid < 16384
    and d.description is distinct from 'standard public schema';

-- name: labels
select
    case when c.relkind = 'c' then 'pg_type' else l.classoid::regclass::text end as class,
    case when c.relkind = 'c' then c.reltype else l.objoid end as oid,
    l.objsubid as subid,
    quote_ident(a.attname) as part,
    l.provider || ': ' || l.label as value
from pg_catalog.pg_seclabel as l
left join pg_catalog.pg_class as c on l.objoid = c.oid and l.classoid = 'pg_class'::regclass
left join pg_catalog.pg_attribute as a on c.oid = a.attrelid and l.objsubid = a.attnum
where l.objoid >= 16384 or l.objoid = to_regnamespace('public')
order by 5;

-- name: depending_on_extensions
-- `alter ... depends on extension`: what is marked so goes with the extension.
select
    d.classid::regclass::text as class,
    d.objid as oid,
    quote_ident(x.extname) as extension
from pg_catalog.pg_depend as d
inner join pg_catalog.pg_extension as x
    on d.refobjid = x.oid and d.refclassid = 'pg_extension'::regclass
where d.deptype = 'x'
order by 3;

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
    union all
    -- Rarer things count as themselves.
    select distinct
        classid,
        objid,
        classid::regclass::text,
        objid
    from pg_catalog.pg_depend
    where
        objid >= 16384
        and classid in (
            'pg_operator'::regclass, 'pg_opclass'::regclass, 'pg_opfamily'::regclass,
            'pg_cast'::regclass, 'pg_language'::regclass, 'pg_transform'::regclass,
            'pg_am'::regclass, 'pg_conversion'::regclass, 'pg_ts_parser'::regclass,
            'pg_ts_template'::regclass, 'pg_ts_dict'::regclass, 'pg_ts_config'::regclass,
            'pg_foreign_data_wrapper'::regclass, 'pg_foreign_server'::regclass,
            'pg_user_mapping'::regclass
        )
    union all
    -- What an operator class consists of is the class's.
    select
        classid,
        objid,
        refclassid::regclass::text,
        refobjid
    from pg_catalog.pg_depend
    where
        classid in ('pg_amop'::regclass, 'pg_amproc'::regclass)
        and refclassid in ('pg_opclass'::regclass, 'pg_opfamily'::regclass)
        and objid >= 16384
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
    and d.refclassid not in ('pg_namespace'::regclass, 'pg_constraint'::regclass)
    and (d.refclassid, d.refobjid) <> (f.class::regclass, f.oid);

-- name: not_compared
-- What pg_dump writes only for a whole cluster, or with its data, and what only its owner may read.
select
    'subscription' as kind,
    count(*)::int as total
from pg_catalog.pg_subscription
where
    subdbid = (select oid from pg_catalog.pg_database where datname = current_database())
    and not has_column_privilege('pg_catalog.pg_subscription', 'subconninfo', 'select')
having count(*) > 0
union all
select
    'large_object',
    count(*)::int
from pg_catalog.pg_largeobject_metadata
having count(*) > 0
union all
select
    'database_setting',
    count(*)::int
from pg_catalog.pg_db_role_setting
where setdatabase = (select oid from pg_catalog.pg_database where datname = current_database())
having count(*) > 0
order by 1;
