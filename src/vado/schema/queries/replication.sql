-- What is published to other databases, and what is taken from them.

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
    case to_jsonb(p) ->> 'pubgencols' when 's' then 'stored' end as generated_columns
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
        as tables,
    md5(string_agg(r.prrelid::text, ' ' order by r.prrelid)) as stored_tables
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
    ) as tables,
    md5(string_agg(concat_ws('/', r.prrelid, r.prattrs, r.prqual), ' ' order by r.prrelid))
        as stored_tables
from pg_catalog.pg_publication_rel as r
inner join pg_catalog.pg_class as c on r.prrelid = c.oid
inner join pg_catalog.pg_namespace as n on c.relnamespace = n.oid
group by r.prpubid;

-- name: published_schemas
select
    p.pnpubid as oid,
    array_agg(quote_ident(n.nspname) order by n.nspname) as schemas,
    string_agg(n.oid::text, ' ' order by n.oid) as stored_schemas
from pg_catalog.pg_publication_namespace as p
inner join pg_catalog.pg_namespace as n on p.pnnspid = n.oid
group by p.pnpubid;

-- name: subscriptions_to_read
-- Whoever may not read the connection strings is refused the next one as a whole.
select
    has_column_privilege('pg_catalog.pg_subscription', 'subconninfo', 'select')
    and exists (
        select from pg_catalog.pg_subscription
        where subdbid = (select oid from pg_catalog.pg_database where datname = current_database())
    );

-- name: subscriptions
-- Which options there are depends on the version: read as JSON. As pg_dump, only who may read the
-- connection string is told. Whether it is enabled is no part of the schema.
select
    s.oid,
    quote_ident(s.subname) as identity,
    pg_get_userbyid(s.subowner) as owner,
    s.subconninfo as connection,
    array(select quote_ident(name) from unnest(s.subpublications) as name) as publications,
    coalesce(s.subslotname::text, 'none') as slot,
    to_jsonb(s) - 'subconninfo' as more
from pg_catalog.pg_subscription as s
where
    s.subdbid = (select oid from pg_catalog.pg_database where datname = current_database())
    and not exists (
        select from pg_catalog.pg_depend as e
        where e.classid = 'pg_subscription'::regclass and e.objid = s.oid and e.deptype = 'e'
    );
