-- Who may do what. Told is only what differs from what a new object of that kind has: the owner's
-- rights and PUBLIC's usual ones are not told, and an ACL that says just these is the same as none.
-- For what came with the server or with an extension, usual is what it came with.

-- name: grants
with held as (
    select
        'pg_class' as class,
        oid,
        0 as subid,
        relowner as owner,
        relacl as acl,
        acldefault(case when relkind = 'S' then 's' else 'r' end::"char", relowner) as usual
    from pg_catalog.pg_class
    where relacl is not null
    union all
    select
        'pg_class',
        a.attrelid,
        a.attnum,
        c.relowner,
        a.attacl,
        acldefault('c', 10)
    from pg_catalog.pg_attribute as a
    inner join pg_catalog.pg_class as c on a.attrelid = c.oid
    where a.attacl is not null
    union all
    select
        'pg_proc',
        oid,
        0,
        proowner,
        proacl,
        acldefault('f', proowner)
    from pg_catalog.pg_proc
    where proacl is not null
    union all
    select
        'pg_type',
        oid,
        0,
        typowner,
        typacl,
        acldefault('T', typowner)
    from pg_catalog.pg_type
    where typacl is not null
    union all
    select
        'pg_language',
        oid,
        0,
        lanowner,
        lanacl,
        acldefault('l', lanowner)
    from pg_catalog.pg_language
    -- Only these can be granted, and only of these a dump tells.
    where lanacl is not null and lanispl and lanpltrusted
    union all
    select
        'pg_default_acl',
        oid,
        0,
        defaclrole,
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
        fdwowner,
        fdwacl,
        acldefault('F', fdwowner)
    from pg_catalog.pg_foreign_data_wrapper
    where fdwacl is not null
    union all
    select
        'pg_foreign_server',
        oid,
        0,
        srvowner,
        srvacl,
        acldefault('S', srvowner)
    from pg_catalog.pg_foreign_server
    where srvacl is not null
    union all
    select
        'pg_namespace',
        oid,
        0,
        nspowner,
        nspacl,
        acldefault('n', nspowner)
    from pg_catalog.pg_namespace
    where nspacl is not null
),

changed as (
    select
        h.class,
        h.oid,
        h.subid,
        h.owner,
        h.acl,
        coalesce(p.initprivs, h.usual) as usual
    from held as h
    left join pg_catalog.pg_init_privs as p
        on
            h.oid = p.objoid
            and h.subid = p.objsubid
            and h.class = p.classoid::regclass::text
            -- What is no extension's any more is as the users' own things are.
            and (
                h.oid < 16384
                or exists (
                    select from pg_catalog.pg_depend as e
                    where e.classid = p.classoid and e.objid = h.oid and e.deptype = 'e'
                )
            )
    where h.acl <> coalesce(p.initprivs, h.usual)
),

given as (
    select
        c.class,
        c.oid,
        c.subid,
        entry.grantee,
        entry.privilege_type,
        entry.is_grantable,
        nullif(entry.grantor, c.owner) as grantor
    from changed as c, aclexplode(c.acl) as entry
),

expected as (
    select
        c.class,
        c.oid,
        c.subid,
        entry.grantee,
        entry.privilege_type,
        entry.is_grantable,
        nullif(entry.grantor, c.owner) as grantor
    from changed as c, aclexplode(c.usual) as entry
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
    || case when e.is_grantable and e.verb = 'grant ' then ' with grant option' else '' end
    || coalesce(' granted by ' || quote_ident(g.rolname), '') as value,
    max(i.type) as object_kind,
    -- Of that schema pg_dump takes no notice, and nothing tells what it came with.
    max(case
        when 'information_schema' not in (i.identity, coalesce(i.schema, ''))
            then i.type || ' ' || i.identity
    end) as identity
from entries as e
left join pg_catalog.pg_roles as r on e.grantee = r.oid
left join pg_catalog.pg_roles as g on e.grantor = g.oid
left join pg_catalog.pg_attribute as a
    on e.class = 'pg_class' and e.oid = a.attrelid and e.subid = a.attnum and e.subid > 0
left join pg_catalog.pg_depend as x
    on e.class::regclass = x.classid and e.oid = x.objid and x.deptype = 'e'
-- What is the system's or an extension's is told by a name; the rest are objects of ours.
cross join lateral pg_identify_object(
    case when e.oid < 16384 or x.objid is not null then e.class::regclass end, e.oid, e.subid
) as i
group by e.class, e.oid, e.subid, e.verb, e.direction, r.rolname, g.rolname, e.is_grantable
order by 5;

-- name: default_privileges
select
    d.oid,
    'for role ' || quote_ident(pg_get_userbyid(d.defaclrole))
    || coalesce(' in schema ' || quote_ident(n.nspname), '')
    || ' on ' || case d.defaclobjtype
        when 'r' then 'tables' when 'S' then 'sequences' when 'f' then 'functions'
        when 'T' then 'types' when 'n' then 'schemas' else 'large objects'
    end as identity,
    quote_ident(n.nspname) as parent
from pg_catalog.pg_default_acl as d
left join pg_catalog.pg_namespace as n on d.defaclnamespace = n.oid;
