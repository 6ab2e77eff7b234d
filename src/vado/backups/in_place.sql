-- What empties a database and makes it anew in one transaction. Format: "-- name: NAME", then one
-- statement. All that name objects for others to run print them quoted and qualified.

-- name: begin
-- A limit that the role has would otherwise end the restore.
SELECT
    CASE
        WHEN current_setting('server_version_num')::int >= 170000
            THEN set_config('transaction_timeout', '0', true)
    END,
    set_config('idle_in_transaction_session_timeout', '0', true),
    set_config('lock_timeout', %(lock_timeout)s, true),
    set_config('search_path', '', true),
    set_config('client_min_messages', 'warning', true),
    pg_current_xact_id()::text AS number;

-- name: set_encoding
SELECT set_config('client_encoding', %(encoding)s, true);

-- name: transaction_number
SELECT pg_current_xact_id()::text AS number;

-- name: transaction_outcome
SELECT pg_xact_status(%(number)s::xid8) AS outcome;

-- name: may_create
SELECT has_database_privilege(current_database(), 'CREATE') AS may;

-- name: large_objects
SELECT count(*) AS number FROM pg_largeobject_metadata;

-- name: relations
SELECT count(*) AS number
FROM pg_class AS c
INNER JOIN pg_namespace AS n ON c.relnamespace = n.oid
WHERE n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\_%%' OR n.nspname = 'pg_toast';

-- name: lock_room
SELECT
    current_setting('max_locks_per_transaction')::bigint
    * (current_setting('max_connections')::bigint
        + current_setting('max_prepared_transactions')::bigint) AS room;

-- name: obstacles_in_place
-- What a transaction cannot make undone, or holds locks that nobody can be asked to let go.
SELECT
    format('prepared transaction %%s', p.gid) AS name,
    format('ROLLBACK PREPARED %%L (or COMMIT PREPARED)', p.gid) AS way
FROM pg_prepared_xacts AS p
WHERE p.database = current_database()
UNION ALL
SELECT
    format('subscription %%s', u.subname),
    format('DROP SUBSCRIPTION %%I', u.subname)
FROM pg_subscription AS u
WHERE u.subdbid = (SELECT d.oid FROM pg_database AS d WHERE d.datname = current_database());

-- name: kept_extensions
-- What this role cannot drop and make again stays; plpgsql is in every database.
SELECT e.extname AS name
FROM pg_extension AS e
LEFT JOIN pg_available_extension_versions AS v
    ON e.extname = v.name AND e.extversion = v.version
WHERE
    e.extname = 'plpgsql'
    OR NOT pg_has_role(current_user, e.extowner, 'USAGE')
    OR NOT (
        (SELECT r.rolsuper FROM pg_roles AS r WHERE r.rolname = current_user)
        OR coalesce(v.trusted, false)
    )
ORDER BY name;

-- name: kept_schemas
-- Those that hold an extension that stays.
SELECT DISTINCT n.nspname AS name
FROM pg_extension AS e
INNER JOIN pg_namespace AS n ON e.extnamespace = n.oid
WHERE e.extname = any(%(kept)s::text[]) AND n.nspname NOT IN ('pg_catalog', 'public')
ORDER BY name;

-- name: owners_of_kept_schemas
SELECT DISTINCT pg_get_userbyid(n.nspowner) AS name
FROM pg_namespace AS n
WHERE n.nspname = any(%(schemas)s::text[]) AND NOT pg_has_role(current_user, n.nspowner, 'USAGE');

-- name: clearing
-- Each object that belongs to users, in an order in which it can go; CASCADE takes what hangs on
-- it, so that each may be gone already.
WITH members AS MATERIALIZED (
    SELECT d.classid, d.objid
    FROM pg_depend AS d
    WHERE d.deptype IN ('e', 'i') AND d.objsubid = 0
),

mine AS (
    SELECT
        n.oid,
        n.nspname AS name,
        n.nspname NOT IN ('public')
        AND n.nspname <> all(%(kept_schemas)s::text[])
        AND pg_has_role(current_user, n.nspowner, 'USAGE')
        AND NOT EXISTS (
            SELECT FROM pg_depend AS d
            WHERE
                d.classid = 'pg_namespace'::regclass AND d.objid = n.oid AND d.deptype = 'e'
                AND d.refobjid IN (
                    SELECT e.oid FROM pg_extension AS e WHERE e.extname = any(%(kept)s::text[])
                )
        ) AS goes
    FROM pg_namespace AS n
    WHERE n.nspname NOT IN ('information_schema', 'vado_control') AND n.nspname NOT LIKE 'pg\_%%'
),

contents AS (
    SELECT 1 AS place, 'pg_class'::regclass AS class, c.oid, c.relnamespace AS schema
    FROM pg_class AS c
    WHERE c.relkind IN ('v', 'm')
    UNION ALL
    SELECT 2, 'pg_class'::regclass, c.oid, c.relnamespace
    FROM pg_class AS c
    WHERE c.relkind IN ('r', 'p', 'f')
    UNION ALL
    SELECT 3, 'pg_class'::regclass, c.oid, c.relnamespace
    FROM pg_class AS c
    WHERE c.relkind = 'S'
    UNION ALL
    SELECT 4, 'pg_statistic_ext'::regclass, s.oid, s.stxnamespace
    FROM pg_statistic_ext AS s
    UNION ALL
    SELECT 5, 'pg_opclass'::regclass, o.oid, o.opcnamespace
    FROM pg_opclass AS o
    UNION ALL
    SELECT 6, 'pg_opfamily'::regclass, o.oid, o.opfnamespace
    FROM pg_opfamily AS o
    UNION ALL
    SELECT 7, 'pg_operator'::regclass, o.oid, o.oprnamespace
    FROM pg_operator AS o
    UNION ALL
    SELECT 8, 'pg_proc'::regclass, p.oid, p.pronamespace
    FROM pg_proc AS p
    UNION ALL
    SELECT 9, 'pg_type'::regclass, t.oid, t.typnamespace
    FROM pg_type AS t
    UNION ALL
    SELECT 10, 'pg_ts_config'::regclass, t.oid, t.cfgnamespace
    FROM pg_ts_config AS t
    UNION ALL
    SELECT 11, 'pg_ts_dict'::regclass, t.oid, t.dictnamespace
    FROM pg_ts_dict AS t
    UNION ALL
    SELECT 12, 'pg_ts_parser'::regclass, t.oid, t.prsnamespace
    FROM pg_ts_parser AS t
    UNION ALL
    SELECT 13, 'pg_ts_template'::regclass, t.oid, t.tmplnamespace
    FROM pg_ts_template AS t
    UNION ALL
    SELECT 14, 'pg_conversion'::regclass, c.oid, c.connamespace
    FROM pg_conversion AS c
    UNION ALL
    SELECT 15, 'pg_collation'::regclass, c.oid, c.collnamespace
    FROM pg_collation AS c
),

-- Beside the schemas; what has no name of its own is printed by pg_identify_object.
beside AS (
    SELECT 1 AS place, 'pg_event_trigger'::regclass AS class, e.oid
    FROM pg_event_trigger AS e
    UNION ALL
    SELECT 2, 'pg_publication'::regclass, p.oid
    FROM pg_publication AS p
    UNION ALL
    SELECT 3, 'pg_extension'::regclass, e.oid
    FROM pg_extension AS e
    WHERE e.extname <> all(%(kept)s::text[])
    UNION ALL
    SELECT 4, 'pg_transform'::regclass, t.oid
    FROM pg_transform AS t
    UNION ALL
    SELECT 5, 'pg_cast'::regclass, c.oid
    FROM pg_cast AS c
    WHERE c.oid >= 16384
    UNION ALL
    SELECT 30, 'pg_foreign_server'::regclass, s.oid
    FROM pg_foreign_server AS s
    UNION ALL
    SELECT 31, 'pg_foreign_data_wrapper'::regclass, w.oid
    FROM pg_foreign_data_wrapper AS w
    UNION ALL
    SELECT 32, 'pg_am'::regclass, a.oid
    FROM pg_am AS a
    WHERE a.oid >= 16384
    UNION ALL
    SELECT 33, 'pg_language'::regclass, l.oid
    FROM pg_language AS l
    WHERE l.oid >= 16384
),

found AS (
    SELECT b.place, b.class, b.oid
    FROM beside AS b
    WHERE NOT EXISTS (
        SELECT FROM members AS m WHERE m.classid = b.class AND m.objid = b.oid
    )
    UNION ALL
    SELECT 10, 'pg_namespace'::regclass, m.oid
    FROM mine AS m
    WHERE m.goes
    UNION ALL
    SELECT c.place + 10, c.class, c.oid
    FROM contents AS c
    INNER JOIN mine AS m ON c.schema = m.oid
    WHERE
        NOT m.goes
        AND NOT EXISTS (SELECT FROM members AS d WHERE d.classid = c.class AND d.objid = c.oid)
)

SELECT
    CASE
        WHEN i.type = 'transform'
            THEN format('DROP TRANSFORM IF EXISTS %%s CASCADE', replace(i.identity, ' on ', ' '))
        ELSE format(
            'DROP %%s IF EXISTS %%s CASCADE',
            CASE
                WHEN i.type IN ('function', 'procedure', 'aggregate') THEN 'ROUTINE'
                WHEN i.type = 'statistics object' THEN 'STATISTICS'
                WHEN i.type = 'server' THEN 'SERVER'
                ELSE replace(upper(i.type), '-', ' ')
            END,
            i.identity
        )
    END AS statement
FROM found AS f
CROSS JOIN LATERAL pg_identify_object(f.class, f.oid, 0) AS i
ORDER BY f.place, f.oid;

-- name: unlink_large_objects
SELECT count(lo_unlink(l.oid)) AS number FROM pg_largeobject_metadata AS l;

-- name: extension_rows
-- Rows that users put into tables of an extension that stays; a dump brings them back.
SELECT format('DELETE FROM %%s %%s', t.id::regclass, coalesce(t.condition, '')) AS statement
FROM pg_extension AS e
CROSS JOIN LATERAL unnest(e.extconfig, e.extcondition) AS t (id, condition)
INNER JOIN pg_class AS c ON t.id = c.oid
WHERE c.relkind = 'r' AND e.extname = any(%(kept)s::text[]);

-- name: default_rights
-- What new objects get: back to what it is where nobody has said anything.
WITH rights AS (
    SELECT
        d.oid,
        d.defaclacl AS acl,
        d.defaclnamespace = 0 AS everywhere,
        pg_get_userbyid(d.defaclrole) AS owner,
        concat(
            'ALTER DEFAULT PRIVILEGES FOR ROLE ', quote_ident(pg_get_userbyid(d.defaclrole)),
            ' IN SCHEMA ' || quote_ident(n.nspname)
        ) AS head,
        CASE d.defaclobjtype
            WHEN 'r' THEN 'TABLES'
            WHEN 'S' THEN 'SEQUENCES'
            WHEN 'f' THEN 'FUNCTIONS'
            WHEN 'T' THEN 'TYPES'
            WHEN 'n' THEN 'SCHEMAS'
            ELSE 'LARGE OBJECTS'
        END AS objects
    FROM pg_default_acl AS d
    LEFT JOIN pg_namespace AS n ON d.defaclnamespace = n.oid
    WHERE
        pg_has_role(current_user, d.defaclrole, 'USAGE')
        AND n.nspname IS DISTINCT FROM 'vado_control'
)

SELECT found.statement
FROM (
    SELECT
        r.oid,
        1 AS place,
        format(
            '%%s REVOKE ALL ON %%s FROM %%s', r.head, r.objects,
            string_agg(
                CASE
                    WHEN g.grantee = 0 THEN 'PUBLIC'
                    ELSE quote_ident(pg_get_userbyid(g.grantee))
                END,
                ', '
            )
        ) AS statement
    FROM rights AS r
    CROSS JOIN LATERAL (SELECT DISTINCT a.grantee FROM aclexplode(r.acl) AS a) AS g
    GROUP BY r.oid, r.head, r.objects
    UNION ALL
    SELECT r.oid, 2, format('%%s GRANT ALL ON %%s TO %%I', r.head, r.objects, r.owner)
    FROM rights AS r
    WHERE r.everywhere
    UNION ALL
    SELECT
        r.oid,
        3,
        format(
            '%%s GRANT %%s ON %%s TO PUBLIC', r.head,
            CASE r.objects WHEN 'TYPES' THEN 'USAGE' ELSE 'EXECUTE' END, r.objects
        )
    FROM rights AS r
    WHERE r.everywhere AND r.objects IN ('TYPES', 'FUNCTIONS')
) AS found
ORDER BY found.oid, found.place;

-- name: plain_public
-- pg_dump takes it for granted that the schema public is as servers from 15 on make it, whatever
-- the server is. Who may not act as its owner cannot change it, and need not.
WITH usual AS (
    SELECT
        CASE
            WHEN current_setting('server_version_num')::int >= 150000 THEN 'pg_database_owner'
            ELSE (SELECT r.rolname FROM pg_roles AS r WHERE r.oid = 10)
        END AS owner
),

present AS (
    SELECT
        n.oid,
        n.nspacl AS acl,
        pg_get_userbyid(n.nspowner) AS owner,
        obj_description(n.oid, 'pg_namespace') AS comment
    FROM pg_namespace AS n
    WHERE n.nspname = 'public'
),

grants AS (
    SELECT
        p.owner,
        coalesce(
            string_agg(
                concat(a.grantee, ':', a.privilege_type, CASE WHEN a.is_grantable THEN '*' END),
                ' ' ORDER BY a.grantee, a.privilege_type
            ),
            ''
        ) AS now,
        (
            SELECT string_agg(w.item, ' ' ORDER BY w.place, w.item)
            FROM (
                SELECT r.oid AS place, concat(r.oid, ':', t.item) AS item
                FROM pg_roles AS r
                CROSS JOIN (VALUES ('CREATE'), ('USAGE')) AS t (item)
                WHERE r.rolname = u.owner
                UNION ALL
                SELECT 0, '0:USAGE'
            ) AS w
        ) AS wanted
    FROM present AS p
    CROSS JOIN usual AS u
    LEFT JOIN LATERAL aclexplode(coalesce(p.acl, acldefault('n', (
        SELECT r.oid FROM pg_roles AS r WHERE r.rolname = p.owner
    )))) AS a ON true
    GROUP BY p.owner, u.owner
)

SELECT found.statement
FROM (
    SELECT 1 AS place, 'CREATE SCHEMA public' AS statement
    WHERE NOT EXISTS (SELECT FROM present)
    UNION ALL
    SELECT 2, format('ALTER SCHEMA public OWNER TO %%I', u.owner)
    FROM usual AS u
    WHERE NOT EXISTS (SELECT FROM present AS p WHERE p.owner = u.owner)
    UNION ALL
    SELECT
        3,
        format(
            'REVOKE ALL ON SCHEMA public FROM %%s',
            CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END
        )
    FROM present AS p
    CROSS JOIN LATERAL (SELECT DISTINCT e.grantee FROM aclexplode(p.acl) AS e) AS a
    INNER JOIN grants AS g ON p.owner = g.owner AND g.now <> g.wanted
    UNION ALL
    SELECT 4, unnest(ARRAY[
        format('GRANT ALL ON SCHEMA public TO %%I', u.owner),
        'GRANT USAGE ON SCHEMA public TO PUBLIC'
    ])
    FROM usual AS u
    WHERE NOT EXISTS (SELECT FROM grants AS g WHERE g.now = g.wanted)
    UNION ALL
    SELECT 5, 'COMMENT ON SCHEMA public IS ''standard public schema'''
    WHERE NOT EXISTS (SELECT FROM present AS p WHERE p.comment = 'standard public schema')
) AS found
WHERE
    NOT EXISTS (SELECT FROM present)
    OR EXISTS (SELECT FROM present AS p WHERE pg_has_role(current_user, p.owner, 'USAGE'))
ORDER BY found.place;

-- name: blocking
SELECT
    a.pid,
    a.usename AS "user",
    a.application_name AS application
FROM unnest(pg_blocking_pids(%(pid)s)) AS b (pid)
INNER JOIN pg_stat_activity AS a ON b.pid = a.pid;

-- name: empty_public
SELECT NOT EXISTS (
    SELECT FROM pg_depend AS d
    WHERE
        d.refclassid = 'pg_namespace'::regclass AND d.refobjid = n.oid AND d.deptype = 'n'
) AS empty
FROM pg_namespace AS n
WHERE n.nspname = 'public';

-- name: drop_public
DROP SCHEMA public;

-- name: schema_exists
SELECT count(*) > 0 AS found
FROM pg_namespace AS n
WHERE n.nspname = %(name)s;

-- name: create_schema
CREATE SCHEMA {name};
