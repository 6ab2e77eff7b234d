-- Who uses whom, down to the column: what a generated migration is put in order by.

-- name: links
-- 'i' and 'e' are told among the parts below, and told here where an object has its own entry.
select
    d.classid::regclass::text as class,
    d.objid as oid,
    d.objsubid as subid,
    d.refclassid::regclass::text as needed_class,
    d.refobjid as needed_oid,
    d.refobjsubid as needed_subid
from pg_catalog.pg_depend as d
where
    d.objid >= 16384
    and d.refobjid >= 16384
    and d.deptype in ('n', 'a', 'i', 'P', 'S');

-- name: parts
-- What is no object of its own to the reader of a catalogue, and the object that it is a part of.
select
    'pg_attrdef' as class,
    oid,
    'pg_attrdef' as whole_class,
    adrelid as whole_oid,
    adnum::int as whole_subid
from pg_catalog.pg_attrdef
union all
select 'pg_rewrite', oid, 'pg_class', ev_class, 0
from pg_catalog.pg_rewrite
where rulename = '_RETURN' and oid >= 16384
union all
select
    'pg_type',
    t.oid,
    case when c.oid is null then 'pg_type' else 'pg_class' end,
    coalesce(c.oid, t.typelem),
    0
from pg_catalog.pg_type as t
left join pg_catalog.pg_class as c on t.typrelid = c.oid and c.relkind <> 'c'
where t.oid >= 16384 and (c.oid is not null or (t.typelem <> 0 and t.typcategory = 'A'))
union all
select 'pg_type', rngmultitypid, 'pg_type', rngtypid, 0
from pg_catalog.pg_range
where rngtypid >= 16384
union all
select 'pg_class', oid, 'pg_type', reltype, 0
from pg_catalog.pg_class
where relkind = 'c'
union all
select 'pg_class', conindid, 'pg_constraint', oid, 0
from pg_catalog.pg_constraint
where contype in ('p', 'u', 'x')
union all
select 'pg_constraint', oid, 'pg_class', conrelid, conkey[1]::int
from pg_catalog.pg_constraint
where contype = 'n' and conrelid <> 0
union all
select 'pg_trigger', oid, 'pg_constraint', tgconstraint, 0
from pg_catalog.pg_trigger
where tgisinternal and tgconstraint <> 0
union all
select 'pg_publication_rel', oid, 'pg_publication', prpubid, 0
from pg_catalog.pg_publication_rel
union all
-- Entries of operator families, identity sequences, and the like: parts of what they belong to.
select d.classid::regclass::text, d.objid, d.refclassid::regclass::text, d.refobjid, d.refobjsubid
from pg_catalog.pg_depend as d
where
    d.objid >= 16384
    and d.objsubid = 0
    and (
        (d.deptype = 'e')
        or (
            d.deptype in ('i', 'a')
            and d.classid in (
                'pg_amop'::regclass, 'pg_amproc'::regclass
            )
            and d.refclassid in ('pg_opclass'::regclass, 'pg_opfamily'::regclass)
        )
        or (
            d.deptype = 'i'
            and d.classid = 'pg_class'::regclass
            and d.refclassid = 'pg_class'::regclass
            and d.refobjsubid > 0
        )
        or (
            d.deptype in ('i', 'a')
            and d.refclassid = 'pg_publication'::regclass
        )
    );
