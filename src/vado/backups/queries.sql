-- Statements of the backups room. Format: "-- name: NAME", then one statement.

-- name: snapshot_isolation
SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY;

-- name: stay_in_snapshot
-- This session waits for pg_dump, however long that takes.
SELECT
    set_config('idle_in_transaction_session_timeout', '0', true),
    set_config('lock_timeout', %(lock_wait)s, true),
    pg_export_snapshot() AS snapshot;

-- name: server_time
SELECT clock_timestamp() AS now;

-- name: ledger_version
SELECT max(m.version)::text AS version
FROM vado.migration AS m
WHERE m.state IN ('applied', 'baseline');

-- name: expected_rows
SELECT
    n.nspname || '.' || c.relname AS name,
    greatest(c.reltuples, 0)::bigint AS rows,
    (c.relpages::bigint + coalesce(t.relpages, 0)) * current_setting('block_size')::bigint AS bytes
FROM pg_class AS c
INNER JOIN pg_namespace AS n ON c.relnamespace = n.oid
LEFT JOIN pg_class AS t ON c.reltoastrelid = t.oid
WHERE c.relkind = 'r' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema';

-- name: database_bytes
-- The sizes of single tables would wait for their locks.
SELECT pg_database_size(current_database()) AS bytes;

-- name: writes
-- Extensions' tables too: what is asked later is asked by name.
SELECT
    quote_ident(s.schemaname) || '.' || quote_ident(s.relname) AS name,
    s.n_tup_ins + s.n_tup_upd + s.n_tup_del AS writes
FROM pg_stat_user_tables AS s
WHERE s.schemaname <> 'vado_control';

-- name: statistics_since
-- A crash empties the statistics and tells it only for those of the whole server; a restored
-- database begins with none.
SELECT concat_ws(
    ' ',
    to_char(
        greatest(d.stats_reset, b.stats_reset) AT TIME ZONE 'UTC',
        'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'
    ),
    d.datid
) AS since
FROM pg_stat_database AS d
CROSS JOIN pg_stat_bgwriter AS b
WHERE d.datname = current_database();

-- name: hidden_large_objects
-- pg_dump fails on the first one that it may not read.
SELECT count(*) AS found
FROM pg_largeobject_metadata AS o
WHERE
    NOT (SELECT r.rolsuper FROM pg_roles AS r WHERE r.rolname = current_user)
    AND NOT current_setting('lo_compat_privileges')::boolean
    AND NOT pg_has_role(o.lomowner, 'USAGE')
    AND NOT EXISTS (
        SELECT FROM aclexplode(o.lomacl) AS a
        WHERE
            a.privilege_type = 'SELECT'
            AND CASE a.grantee WHEN 0 THEN TRUE ELSE pg_has_role(a.grantee, 'USAGE') END
    );

-- name: owners
-- Who owns something that a dump will set the owner of.
SELECT DISTINCT pg_get_userbyid(found.owner) AS name
FROM (
    SELECT 'pg_class'::regclass AS class, c.oid, c.relowner AS owner, c.relnamespace AS schema
    FROM pg_class AS c
    UNION ALL
    SELECT 'pg_proc'::regclass, p.oid, p.proowner, p.pronamespace
    FROM pg_proc AS p
    UNION ALL
    SELECT 'pg_type'::regclass, t.oid, t.typowner, t.typnamespace
    FROM pg_type AS t
    UNION ALL
    SELECT 'pg_namespace'::regclass, n.oid, n.nspowner, n.oid
    FROM pg_namespace AS n
    WHERE n.nspname <> 'public'
    UNION ALL
    SELECT 'pg_event_trigger'::regclass, e.oid, e.evtowner, NULL
    FROM pg_event_trigger AS e
    UNION ALL
    SELECT 'pg_publication'::regclass, p.oid, p.pubowner, NULL
    FROM pg_publication AS p
    UNION ALL
    SELECT 'pg_foreign_server'::regclass, s.oid, s.srvowner, NULL
    FROM pg_foreign_server AS s
    UNION ALL
    SELECT 'pg_foreign_data_wrapper'::regclass, w.oid, w.fdwowner, NULL
    FROM pg_foreign_data_wrapper AS w
    UNION ALL
    SELECT 'pg_default_acl'::regclass, a.oid, a.defaclrole, a.defaclnamespace
    FROM pg_default_acl AS a
) AS found
LEFT JOIN pg_namespace AS n ON found.schema = n.oid
WHERE
    coalesce(
        n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'vado_control'), true
    )
    AND NOT EXISTS (
        SELECT FROM pg_depend AS d
        WHERE d.classid = found.class AND d.objid = found.oid AND d.deptype = 'e'
    )
ORDER BY name;

-- name: grantees
SELECT DISTINCT r.rolname AS name
FROM pg_shdepend AS s
INNER JOIN pg_roles AS r ON s.refobjid = r.oid
WHERE
    s.dbid = (SELECT d.oid FROM pg_database AS d WHERE d.datname = current_database())
    AND s.refclassid = 'pg_authid'::regclass
ORDER BY name;

-- name: copying
SELECT p.tuples_processed AS rows
FROM pg_stat_progress_copy AS p
INNER JOIN pg_stat_activity AS a ON p.pid = a.pid
WHERE a.application_name = %(application)s;

-- name: blocker
SELECT
    b.pid,
    b.usename AS "user",
    coalesce(host(b.client_addr), 'local') AS host,
    left(b.query, 200) AS query
FROM pg_stat_activity AS a
CROSS JOIN LATERAL unnest(pg_blocking_pids(a.pid)) AS x (pid)
INNER JOIN pg_stat_activity AS b ON x.pid = b.pid
WHERE a.application_name = %(application)s
LIMIT 1;

-- name: record
INSERT INTO vado_control.backup (
    id, kind, state, label, reason, pinned, environment, database, created_at, finished_at,
    size_bytes, sha256, fingerprint, ledger_version, operation_id, manifest
) VALUES (
    %(id)s, %(kind)s, %(state)s, %(label)s, %(reason)s, %(pinned)s, %(environment)s, %(database)s,
    %(created_at)s::timestamptz, %(finished_at)s::timestamptz, %(size_bytes)s, %(sha256)s,
    %(fingerprint)s, %(ledger_version)s, %(operation_id)s, %(manifest)s::jsonb
) ON CONFLICT (id) DO UPDATE SET
    state = excluded.state,
    label = excluded.label,
    pinned = excluded.pinned,
    finished_at = excluded.finished_at,
    size_bytes = excluded.size_bytes,
    sha256 = excluded.sha256,
    fingerprint = excluded.fingerprint,
    ledger_version = excluded.ledger_version,
    manifest = excluded.manifest;

-- name: record_deletion
-- The record stays: what is gone was there.
UPDATE vado_control.backup SET state = 'deleted' WHERE id = %(id)s;

-- name: recorded_manifest
SELECT b.manifest::text AS manifest
FROM vado_control.backup AS b
WHERE b.id = %(id)s AND b.manifest IS NOT NULL AND b.state <> 'deleted';

-- name: rights
SELECT
    d.oid::bigint AS oid,
    current_user AS role,
    pg_get_userbyid(d.datdba) AS owner,
    r.rolsuper OR r.rolcreatedb AS may_create,
    pg_has_role(current_user, d.datdba, 'USAGE') AS owns
FROM pg_database AS d
INNER JOIN pg_roles AS r ON r.rolname = current_user
WHERE d.datname = current_database();

-- name: roles_lacking
SELECT
    wanted.name,
    r.oid IS NOT NULL AS exists
FROM unnest(%(owners)s::text [] || %(grantees)s::text []) AS wanted (name)
LEFT JOIN pg_roles AS r ON wanted.name = r.rolname
WHERE
    r.oid IS NULL
    OR (
        wanted.name = any(%(owners)s::text [])
        AND NOT pg_has_role(current_user, r.oid, %(privilege)s)
    )
ORDER BY wanted.name;

-- name: obstacles
-- What is tied to the database itself and would stay behind with the old one. A subscription that
-- is disabled may: so are those that come out of a backup.
SELECT
    format('replication slot %%s', s.slot_name) AS name,
    format('SELECT pg_drop_replication_slot(%%L)', s.slot_name) AS way
FROM pg_replication_slots AS s
WHERE s.database = current_database()
UNION ALL
SELECT
    format('prepared transaction %%s', p.gid),
    format('ROLLBACK PREPARED %%L (or COMMIT PREPARED)', p.gid)
FROM pg_prepared_xacts AS p
WHERE p.database = current_database()
UNION ALL
SELECT
    format('subscription %%s', u.subname),
    format('DROP SUBSCRIPTION %%I', u.subname)
FROM pg_subscription AS u
WHERE
    u.subenabled
    AND u.subdbid = (SELECT d.oid FROM pg_database AS d WHERE d.datname = current_database());

-- name: hold_on
SELECT set_config('idle_session_timeout', '0', false);

-- name: claim
SELECT pg_try_advisory_lock(hashtextextended('vado restores ' || %(name)s, 0)) AS held;

-- name: claim_migrations
SELECT pg_try_advisory_lock(%(lock)s) AS held;

-- name: database_oid
SELECT d.oid::bigint AS oid FROM pg_database AS d WHERE d.datname = %(name)s;

-- name: create_like
-- What a version does not know is null there and left out.
SELECT concat_ws(
    ' ',
    format('CREATE DATABASE %%I', %(new)s::text),
    CASE WHEN %(as_owner)s THEN format('OWNER %%I', pg_get_userbyid(d.datdba)) END,
    format('TEMPLATE template0 ENCODING %%L', pg_encoding_to_char(d.encoding)),
    format('LC_COLLATE %%L LC_CTYPE %%L', d.datcollate, d.datctype),
    CASE to_jsonb(d) ->> 'datlocprovider'
        WHEN 'c' THEN 'LOCALE_PROVIDER libc'
        WHEN 'b' THEN format(
            'LOCALE_PROVIDER builtin BUILTIN_LOCALE %%L', to_jsonb(d) ->> 'datlocale'
        )
        WHEN 'i' THEN format(
            'LOCALE_PROVIDER icu ICU_LOCALE %%L',
            coalesce(to_jsonb(d) ->> 'datlocale', to_jsonb(d) ->> 'daticulocale')
        )
    END,
    'ICU_RULES ' || quote_literal(nullif(to_jsonb(d) ->> 'daticurules', '')),
    -- Even the default one, when it is named, takes a privilege.
    CASE WHEN t.spcname <> 'pg_default' THEN format('TABLESPACE %%I', t.spcname) END
) AS statement
FROM pg_database AS d
INNER JOIN pg_tablespace AS t ON d.dattablespace = t.oid
WHERE d.datname = %(old)s;

-- name: mark_statement
SELECT format('COMMENT ON DATABASE %%I IS %%L', %(new)s::text, %(comment)s::text) AS statement;

-- name: leftovers
SELECT d.datname AS name
FROM pg_database AS d
WHERE
    shobj_description(d.oid, 'pg_database') = %(comment)s
    AND d.datname LIKE '%%\_restoring\_%%';

-- name: quarantine_role
SELECT format('CREATE ROLE %%I LOGIN PASSWORD %%L', %(name)s::text, %(word)s::text) AS statement;

-- name: quarantine_database
CREATE DATABASE {name} OWNER {name} TEMPLATE template0;

-- name: drop_role
DROP ROLE IF EXISTS {name};

-- name: subscriptions_of
SELECT u.subname AS name
FROM pg_subscription AS u
INNER JOIN pg_database AS d ON u.subdbid = d.oid
WHERE d.datname = %(name)s;

-- name: disable_subscription
ALTER SUBSCRIPTION {name} DISABLE;

-- name: leave_slot
ALTER SUBSCRIPTION {name} SET (slot_name = NONE);

-- name: drop_subscription
DROP SUBSCRIPTION {name};

-- name: drop_database
DROP DATABASE IF EXISTS {name} WITH (FORCE);

-- name: settings
SELECT
    r.rolname AS role,
    split_part(item, '=', 1) AS name,
    substr(item, strpos(item, '=') + 1) AS value
FROM pg_db_role_setting AS s
INNER JOIN pg_database AS d ON s.setdatabase = d.oid
LEFT JOIN pg_roles AS r ON s.setrole = r.oid
CROSS JOIN unnest(s.setconfig) AS item
WHERE d.datname = %(old)s;

-- name: setting_statement
SELECT concat(
    CASE
        WHEN %(role)s::text IS NULL THEN format('ALTER DATABASE %%I', %(new)s::text)
        ELSE format('ALTER ROLE %%I IN DATABASE %%I', %(role)s::text, %(new)s::text)
    END,
    format(' SET %%I TO ', %(name)s::text),
    (
        SELECT string_agg(quote_literal(item), ', ' ORDER BY place)
        FROM unnest(%(items)s::text []) WITH ORDINALITY AS u (item, place)
    )
) AS statement;

-- name: property_statements
-- Owner, encoding and locale were given when the database was created.
WITH old AS (
    SELECT * FROM pg_database AS d WHERE d.datname = %(old)s
)

SELECT statement FROM (
    SELECT
        1 AS place,
        format('ALTER DATABASE %%I CONNECTION LIMIT %%s', %(new)s::text, datconnlimit) AS statement
    FROM old
    WHERE datconnlimit <> -1
    UNION ALL
    SELECT
        2,
        format(
            'REVOKE ALL ON DATABASE %%I FROM PUBLIC, %%I', %(new)s::text, pg_get_userbyid(datdba)
        )
    FROM old
    WHERE datacl IS NOT NULL
    UNION ALL
    SELECT
        3,
        concat(
            format('GRANT %%s ON DATABASE %%I TO ', a.privilege_type, %(new)s::text),
            CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END,
            CASE WHEN a.is_grantable THEN ' WITH GRANT OPTION' END
        )
    FROM old
    CROSS JOIN aclexplode(datacl) AS a
) AS found
ORDER BY place;

-- name: final_comment_statement
SELECT format(
    'COMMENT ON DATABASE %%I IS %%L', %(name)s::text, shobj_description(d.oid, 'pg_database')
) AS statement
FROM pg_database AS d
WHERE d.datname = %(name)s;

-- name: template_statements
-- Only the one with the name is a template: whoever may make databases may copy it, or not drop it.
SELECT format('ALTER DATABASE %%I IS_TEMPLATE %%s', w.name, w.value) AS statement
FROM (VALUES (%(previous)s::text, 'false'), (%(name)s::text, 'true')) AS w (name, value)
INNER JOIN pg_database AS d ON d.datname = %(previous)s AND d.datistemplate;

-- name: rename
ALTER DATABASE {old} RENAME TO {new};

-- name: sessions
SELECT
    a.pid,
    a.usename AS "user",
    a.application_name AS application
FROM pg_stat_activity AS a
WHERE a.datname = any(%(names)s::text []) AND a.pid <> pg_backend_pid();

-- name: terminate
SELECT pg_terminate_backend(%(pid)s) AS done;

-- name: control_exists
SELECT to_regnamespace('vado_control') IS NOT NULL AS found;

-- name: whole_tables
-- Rows of an extension's tables come in part from the extension itself.
SELECT
    n.nspname AS schema,
    c.relname AS name
FROM pg_class AS c
INNER JOIN pg_namespace AS n ON c.relnamespace = n.oid
WHERE
    c.relkind = 'r' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    AND NOT EXISTS (
        SELECT FROM pg_depend AS d
        WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e'
    );

-- name: keep_still
-- Servers before 17 can only be told to take the session for one that replicates.
SELECT
    v.name,
    set_config(v.name, v.value, false) AS value
FROM (
    SELECT
        CASE WHEN n.number >= 170000 THEN 'event_triggers' ELSE 'session_replication_role' END
            AS name,
        CASE WHEN n.number >= 170000 THEN 'off' ELSE 'replica' END AS value
    FROM (SELECT current_setting('server_version_num')::int AS number) AS n
) AS v;

-- name: is_still
SELECT current_setting('session_replication_role') = 'replica' AS still;

-- name: speak_again
SELECT set_config('session_replication_role', 'origin', false) AS role;

-- name: see_all_rows
SET row_security = off;

-- name: count_rows
SELECT count(*) AS rows FROM ONLY {table};

-- name: analyze
ANALYZE;
