-- Schemas and what stands in pg_class. Every row is one object: oid, subid, identity, parent,
-- definition and stored (a digest of names-free facts) as in model.py; all other columns are its
-- properties. Ours = not the system's, not temporary, not Vado's, not owned by an extension.

-- name: schemas
select
    n.oid,
    quote_ident(n.nspname) as identity,
    pg_get_userbyid(n.nspowner) as owner
from pg_catalog.pg_namespace as n
where
    n.nspname not like 'pg\_%%'
    and n.nspname not in ('information_schema', 'vado', 'vado_control')
    and not exists (
        select from pg_catalog.pg_depend as e
        where e.classid = 'pg_namespace'::regclass and e.objid = n.oid and e.deptype = 'e'
    );

-- name: tables
select
    case c.relkind when 'f' then 'foreign_table' else 'table' end as kind,
    c.oid,
    quote_ident(n.nspname) || '.' || quote_ident(c.relname) as identity,
    quote_ident(n.nspname) as parent,
    pg_get_userbyid(c.relowner) as owner,
    c.relpersistence = 'u' as unlogged,
    case when c.relkind = 'p' then pg_get_partkeydef(c.oid) end as partition_by,
    case when c.relispartition then pg_get_expr(c.relpartbound, c.oid) end as partition_bound,
    parents.names as inherits,
    c.relrowsecurity as row_security,
    c.relforcerowsecurity as force_row_security,
    c.reloptions as options,
    case when toast.reloptions <> '{}' then toast.reloptions end as toast_options,
    case when c.relkind = 'p' then am.amname else nullif(am.amname, 'heap') end as access_method,
    quote_ident(ts.spcname) as tablespace,
    -- Of an index: told there.
    case
        when c.relkind <> 'f'
            then case c.relreplident when 'n' then 'nothing' when 'f' then 'full' end
    end as replica_identity,
    case when c.reloftype <> 0 then format_type(c.reloftype, null) end as of_type,
    quote_ident(fs.srvname) as server,
    ft.ftoptions as foreign_options,
    concat_ws(' ', c.reloftype, parents.oids, md5(c.relpartbound::text)) as stored
from pg_catalog.pg_class as c
inner join pg_catalog.pg_namespace as n on c.relnamespace = n.oid
left join pg_catalog.pg_am as am on c.relam = am.oid
left join pg_catalog.pg_class as toast on c.reltoastrelid = toast.oid
left join pg_catalog.pg_tablespace as ts on c.reltablespace = ts.oid
left join pg_catalog.pg_foreign_table as ft on c.oid = ft.ftrelid
left join pg_catalog.pg_foreign_server as fs on ft.ftserver = fs.oid
left join (
    select
        i.inhrelid,
        array_agg(quote_ident(pn.nspname) || '.' || quote_ident(p.relname) order by i.inhseqno)
            as names,
        array_agg(p.oid order by i.inhseqno)::text as oids
    from pg_catalog.pg_inherits as i
    inner join pg_catalog.pg_class as p on i.inhparent = p.oid
    inner join pg_catalog.pg_namespace as pn on p.relnamespace = pn.oid
    where p.relkind in ('r', 'p', 'f')
    group by i.inhrelid
) as parents on c.oid = parents.inhrelid
where
    c.relkind in ('r', 'p', 'f')
    and c.relpersistence <> 't'
    and n.nspname not like 'pg\_%%'
    and n.nspname not in ('information_schema', 'vado', 'vado_control')
    and not exists (
        select from pg_catalog.pg_depend as e
        where e.classid = 'pg_class'::regclass and e.objid = c.oid and e.deptype = 'e'
    );

-- name: columns
-- The first six are asked for by their places.
select
    a.attrelid as oid,
    a.attnum::int as subid,
    quote_ident(a.attname) as name,
    concat_ws(' ', a.atttypid, a.atttypmod, a.attcollation, md5(d.adbin::text)) as stored,
    a.attoptions as options,
    a.attfdwoptions as foreign_options,
    format_type(a.atttypid, a.atttypmod) as type,
    not a.attnotnull as nullable,
    case when a.attgenerated = '' then pg_get_expr(d.adbin, d.adrelid) end as "default",
    case a.attgenerated when 's' then 'stored' when 'v' then 'virtual' end as generated,
    case when a.attgenerated <> '' then pg_get_expr(d.adbin, d.adrelid) end as expression,
    case a.attidentity when 'a' then 'always' when 'd' then 'by default' end as identity_kind,
    case
        when a.attcollation <> t.typcollation
            then quote_ident(cn.nspname) || '.' || quote_ident(co.collname)
    end as collation,
    case
        when a.attstorage <> t.typstorage
            then case a.attstorage
                when 'p' then 'plain' when 'e' then 'external' when 'm' then 'main' else 'extended'
            end
    end as storage,
    case a.attcompression when 'p' then 'pglz' when 'l' then 'lz4' end as compression,
    nullif(a.attstattarget, -1)::int as statistics,
    a.attinhcount > 0 and not a.attislocal as inherited
from pg_catalog.pg_attribute as a
inner join pg_catalog.pg_class as c on a.attrelid = c.oid
inner join pg_catalog.pg_namespace as n on c.relnamespace = n.oid
inner join pg_catalog.pg_type as t on a.atttypid = t.oid
left join pg_catalog.pg_attrdef as d on a.attrelid = d.adrelid and a.attnum = d.adnum
left join pg_catalog.pg_collation as co on a.attcollation = co.oid
left join pg_catalog.pg_namespace as cn on co.collnamespace = cn.oid
where
    a.attnum > 0
    and not a.attisdropped
    and c.relkind in ('r', 'p', 'f', 'm')
    and c.relpersistence <> 't'
    and n.nspname not like 'pg\_%%'
    and n.nspname not in ('information_schema', 'vado', 'vado_control')
order by a.attrelid, a.attnum;

-- name: view_column_settings
select
    a.attrelid as oid,
    quote_ident(a.attname) as name,
    nullif(a.attstattarget, -1)::int as statistics,
    case
        when a.attstorage <> t.typstorage
            then case a.attstorage
                when 'p' then 'plain' when 'e' then 'external' when 'm' then 'main' else 'extended'
            end
    end as storage,
    case a.attcompression when 'p' then 'pglz' when 'l' then 'lz4' end as compression,
    a.attoptions as options
from pg_catalog.pg_attribute as a
inner join pg_catalog.pg_class as c on a.attrelid = c.oid
inner join pg_catalog.pg_type as t on a.atttypid = t.oid
where
    c.relkind = 'm'
    and a.attnum > 0
    and not a.attisdropped
    and (
        a.attstattarget >= 0
        or a.attstorage <> t.typstorage
        or a.attcompression <> ''
        or a.attoptions is not null
    )
order by a.attrelid, a.attnum;

-- name: named_not_nulls
-- PostgreSQL 18 keeps NOT NULL as constraints. They are told on the column, and only what says
-- more than NOT NULL: a name that is not the usual one, NOT VALID, NO INHERIT, a comment, and that
-- it was only taken over from a parent.
select
    k.conrelid as oid,
    k.conkey[1]::int as subid,
    case
        -- A child is not asked what it calls the one it takes over; a partition is.
        when
            (k.conislocal or c.relispartition)
            and k.conname <> c.relname || '_' || a.attname || '_not_null'
            then quote_ident(k.conname)
    end as not_null_name,
    not k.convalidated as not_null_not_valid,
    k.connoinherit as not_null_no_inherit,
    -- Where a whole has one, too, that of its partition is taken over, whoever had it first: a
    -- restored one cannot be told from it.
    case
        when c.relispartition then k.coninhcount > 0 else not k.conislocal
    end as not_null_inherited,
    d.description as not_null_comment
from pg_catalog.pg_constraint as k
inner join pg_catalog.pg_class as c on k.conrelid = c.oid
inner join pg_catalog.pg_attribute as a on k.conrelid = a.attrelid and k.conkey[1] = a.attnum
left join pg_catalog.pg_description as d
    on k.oid = d.objoid and d.classoid = 'pg_constraint'::regclass
where
    k.contype = 'n'
    and (
        k.conname <> c.relname || '_' || a.attname || '_not_null'
        or not k.convalidated
        or not k.conislocal
        or (c.relispartition and k.coninhcount > 0)
        or k.connoinherit
        or d.description is not null
    );

-- name: identity_options
-- What an identity column says beyond the usual: the sequence belongs to the column.
select
    d.refobjid as oid,
    d.refobjsubid as subid,
    s.seqrelid as sequence,
    q.relname as sequence_name,
    case
        when
            q.relname <> c.relname || '_' || a.attname || '_seq'
            or q.relnamespace <> c.relnamespace
            then quote_ident(n.nspname) || '.' || quote_ident(q.relname)
    end as identity_sequence,
    case
        -- Before PostgreSQL 15 every sequence was logged, and none could be otherwise.
        when
            q.relpersistence <> c.relpersistence
            and current_setting('server_version_num')::integer >= 150000
            then case q.relpersistence when 'u' then 'unlogged' else 'logged' end
    end as identity_persistence,
    s.seqstart as start,
    s.seqincrement as increment,
    s.seqmin as min,
    s.seqmax as max,
    s.seqcache as cache,
    s.seqcycle as cycle,
    format_type(s.seqtypid, null) as type
from pg_catalog.pg_sequence as s
inner join pg_catalog.pg_depend as d
    on
        s.seqrelid = d.objid
        and d.classid = 'pg_class'::regclass
        and d.refclassid = 'pg_class'::regclass
        and d.deptype = 'i'
inner join pg_catalog.pg_class as q on s.seqrelid = q.oid
inner join pg_catalog.pg_namespace as n on q.relnamespace = n.oid
inner join pg_catalog.pg_class as c on d.refobjid = c.oid
inner join pg_catalog.pg_attribute as a on d.refobjid = a.attrelid and d.refobjsubid = a.attnum;

-- name: constraints
select
    k.oid,
    k.conrelid,
    k.contypid,
    quote_ident(k.conname) as name,
    case k.contype
        when 'c' then 'check' when 'f' then 'foreign_key' when 'p' then 'primary_key'
        when 'u' then 'unique' when 'x' then 'exclusion'
    end as type,
    k.conkey::int[] as column_numbers,
    k.confkey::int[] as referenced_numbers,
    k.confrelid,
    not k.convalidated as not_valid,
    k.conparentid,
    k.conindid,
    i.oid is not null as of_index,
    inh.inhparent as parent_index,
    case when inh.inhparent is not null then inh.inhparent::regclass::text end as parent_index_name,
    k.coninhcount > 0 and not k.conislocal as inherited,
    case
        when k.convalidated then pg_get_constraintdef(k.oid)
        else regexp_replace(pg_get_constraintdef(k.oid), ' NOT VALID$', '')
    end as definition,
    i.reloptions as options,
    quote_ident(ts.spcname) as tablespace,
    x.indisclustered as clustered,
    x.indisreplident as replica_identity,
    concat_ws(
        ' ', k.conrelid, k.contypid, k.conkey, k.confrelid, k.confkey, k.confupdtype,
        k.confdeltype, k.confmatchtype, k.condeferrable, k.condeferred, k.connoinherit,
        k.conpfeqop, k.conexclop, x.indclass, x.indcollation, x.indoption, x.indkey,
        md5(concat(k.conbin, '/', x.indexprs, '/', x.indpred))
    ) as stored
from pg_catalog.pg_constraint as k
inner join pg_catalog.pg_namespace as n on k.connamespace = n.oid
left join pg_catalog.pg_class as i on k.conindid = i.oid and k.contype in ('p', 'u', 'x')
left join pg_catalog.pg_index as x on i.oid = x.indexrelid
left join pg_catalog.pg_inherits as inh on i.oid = inh.inhrelid
left join pg_catalog.pg_tablespace as ts on i.reltablespace = ts.oid
left join pg_catalog.pg_constraint as above on k.conparentid = above.oid
where
    k.contype in ('c', 'f', 'p', 'u', 'x')
    -- A foreign key to a partitioned table has more of its own, one for each partition of that.
    and k.conrelid is distinct from above.conrelid
    and n.nspname not like 'pg\_%%'
    and n.nspname not in ('information_schema', 'vado', 'vado_control');

-- name: indexes
select
    i.oid,
    x.indrelid,
    quote_ident(n.nspname) || '.' || quote_ident(i.relname) as identity,
    x.indisunique as "unique",
    am.amname as method,
    x.indkey::int[] as column_numbers,
    x.indnkeyatts::int as key_columns,
    pg_get_expr(x.indpred, x.indrelid) as predicate,
    not x.indisvalid as invalid,
    x.indisclustered as clustered,
    x.indisreplident as replica_identity,
    inh.inhparent as conparentid,
    quote_ident(ts.spcname) as tablespace,
    pg_get_indexdef(i.oid) as definition,
    concat_ws(
        ' ', x.indrelid, x.indkey, x.indclass, x.indcollation, x.indoption, i.reloptions,
        md5(concat(x.indexprs, '/', x.indpred))
    ) as stored
from pg_catalog.pg_index as x
inner join pg_catalog.pg_class as i on x.indexrelid = i.oid
inner join pg_catalog.pg_namespace as n on i.relnamespace = n.oid
inner join pg_catalog.pg_am as am on i.relam = am.oid
left join pg_catalog.pg_inherits as inh on i.oid = inh.inhrelid
left join pg_catalog.pg_tablespace as ts on i.reltablespace = ts.oid
where
    i.relpersistence <> 't'
    and n.nspname not like 'pg\_%%'
    and n.nspname not in ('information_schema', 'vado', 'vado_control')
    and not exists (
        select from pg_catalog.pg_constraint as k
        where k.conindid = i.oid and k.contype in ('p', 'u', 'x')
    );

-- name: index_statistics
select
    a.attrelid as oid,
    array_agg(a.attnum || ': ' || a.attstattarget order by a.attnum) as statistics
from pg_catalog.pg_attribute as a
inner join pg_catalog.pg_class as c on a.attrelid = c.oid
where c.relkind in ('i', 'I') and a.attstattarget >= 0
group by a.attrelid;

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

-- name: sequences
select
    c.oid,
    quote_ident(n.nspname) || '.' || quote_ident(c.relname) as identity,
    quote_ident(n.nspname) as parent,
    pg_get_userbyid(c.relowner) as owner,
    c.relpersistence = 'u' as unlogged,
    format_type(s.seqtypid, null) as type,
    s.seqstart as start,
    s.seqincrement as increment,
    s.seqmin as min,
    s.seqmax as max,
    s.seqcache as cache,
    s.seqcycle as cycle,
    quote_ident(own_n.nspname) || '.' || quote_ident(own.relname) || '.' || quote_ident(a.attname)
        as owned_by,
    quote_ident(own_n.nspname) || '.' || quote_ident(own.relname) as owned_by_table,
    concat_ws(' ', d.refobjid, d.refobjsubid) as stored
from pg_catalog.pg_class as c
inner join pg_catalog.pg_namespace as n on c.relnamespace = n.oid
inner join pg_catalog.pg_sequence as s on c.oid = s.seqrelid
left join pg_catalog.pg_depend as d
    on
        c.oid = d.objid
        and d.classid = 'pg_class'::regclass
        and d.refclassid = 'pg_class'::regclass
        and d.refobjsubid > 0
        and d.deptype in ('a', 'i')
left join pg_catalog.pg_class as own on d.refobjid = own.oid
left join pg_catalog.pg_namespace as own_n on own.relnamespace = own_n.oid
left join pg_catalog.pg_attribute as a on d.refobjid = a.attrelid and d.refobjsubid = a.attnum
where
    c.relkind = 'S'
    and c.relpersistence <> 't'
    and d.deptype is distinct from 'i'
    and n.nspname not like 'pg\_%%'
    and n.nspname not in ('information_schema', 'vado', 'vado_control')
    and not exists (
        select from pg_catalog.pg_depend as e
        where e.classid = 'pg_class'::regclass and e.objid = c.oid and e.deptype = 'e'
    );

-- name: views
select
    case c.relkind when 'v' then 'view' else 'materialized_view' end as kind,
    c.oid,
    quote_ident(n.nspname) || '.' || quote_ident(c.relname) as identity,
    quote_ident(n.nspname) as parent,
    pg_get_userbyid(c.relowner) as owner,
    columns.list as columns,
    columns.defaults as column_defaults,
    c.reloptions as options,
    case when toast.reloptions <> '{}' then toast.reloptions end as toast_options,
    nullif(am.amname, 'heap') as access_method,
    quote_ident(ts.spcname) as tablespace,
    case
        when c.relkind = 'm'
            then case c.relreplident when 'n' then 'nothing' when 'f' then 'full' end
    end as replica_identity,
    not c.relispopulated as unpopulated,
    pg_get_viewdef(c.oid) as definition,
    concat(md5(r.ev_action::text), columns.stored) as stored
from pg_catalog.pg_class as c
inner join pg_catalog.pg_namespace as n on c.relnamespace = n.oid
inner join pg_catalog.pg_rewrite as r on c.oid = r.ev_class and r.rulename = '_RETURN'
left join pg_catalog.pg_am as am on c.relam = am.oid
left join pg_catalog.pg_class as toast on c.reltoastrelid = toast.oid
left join pg_catalog.pg_tablespace as ts on c.reltablespace = ts.oid
cross join lateral (
    select
        array_agg(
            quote_ident(a.attname) || ' ' || format_type(a.atttypid, a.atttypmod)
            order by a.attnum
        ) as list,
        array_agg(
            quote_ident(a.attname) || ' ' || pg_get_expr(d.adbin, d.adrelid) order by a.attnum
        )
        filter (where d.oid is not null) as defaults,
        md5(string_agg(concat(a.attname, a.atttypid, d.adbin), ',' order by a.attnum)) as stored
    from pg_catalog.pg_attribute as a
    left join pg_catalog.pg_attrdef as d on a.attrelid = d.adrelid and a.attnum = d.adnum
    where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
) as columns
where
    c.relkind in ('v', 'm')
    and c.relpersistence <> 't'
    and n.nspname not like 'pg\_%%'
    and n.nspname not in ('information_schema', 'vado', 'vado_control')
    and not exists (
        select from pg_catalog.pg_depend as e
        where e.classid = 'pg_class'::regclass and e.objid = c.oid and e.deptype = 'e'
    );

-- name: sizes
select
    quote_ident(n.nspname) || '.' || quote_ident(c.relname) as identity,
    c.reltuples::float8 as rows,
    case when c.relkind = 'p' then 0 else pg_total_relation_size(c.oid) end as bytes
from pg_catalog.pg_class as c
inner join pg_catalog.pg_namespace as n on c.relnamespace = n.oid
where
    c.relkind in ('r', 'p', 'm')
    and c.relpersistence <> 't'
    and n.nspname not like 'pg\_%%'
    and n.nspname not in ('information_schema', 'vado', 'vado_control');
