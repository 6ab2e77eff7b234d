-- Statements about databases that were kept. Format: "-- name: NAME", then one statement.

-- name: mark_statement
SELECT format('COMMENT ON DATABASE %%I IS %%L', %(name)s::text, %(text)s::text) AS statement;

-- name: kept_databases
SELECT
    d.datname AS name,
    shobj_description(d.oid, 'pg_database') AS mark,
    CASE
        WHEN has_database_privilege(d.oid, 'CONNECT') THEN pg_database_size(d.oid)
    END AS bytes,
    pg_has_role(current_user, d.datdba, 'USAGE') AS mine,
    pg_get_userbyid(d.datdba) AS owner
FROM pg_database AS d
WHERE
    starts_with(shobj_description(d.oid, 'pg_database'), %(begins)s)
    AND d.datname <> current_database()
ORDER BY d.datname DESC;

-- name: undress_statements
-- Back to what a new database has, before it gets what the present one has.
WITH kept AS (
    SELECT * FROM pg_database AS d WHERE d.datname = %(kept)s
),

present AS (
    SELECT pg_get_userbyid(d.datdba) AS owner FROM pg_database AS d WHERE d.datname = %(present)s
)

SELECT found.statement
FROM (
    SELECT 1 AS place, format('ALTER DATABASE %%I RESET ALL', k.datname) AS statement
    FROM kept AS k
    UNION ALL
    SELECT 2, format('ALTER ROLE %%I IN DATABASE %%I RESET ALL', r.rolname, k.datname)
    FROM kept AS k
    INNER JOIN pg_db_role_setting AS s ON k.oid = s.setdatabase
    INNER JOIN pg_roles AS r ON s.setrole = r.oid
    UNION ALL
    SELECT 3, format('ALTER DATABASE %%I CONNECTION LIMIT -1', k.datname)
    FROM kept AS k
    WHERE k.datconnlimit <> -1
    UNION ALL
    SELECT 4, format('ALTER DATABASE %%I OWNER TO %%I', k.datname, p.owner)
    FROM kept AS k
    CROSS JOIN present AS p
    WHERE pg_get_userbyid(k.datdba) <> p.owner
    UNION ALL
    SELECT
        5,
        format(
            'REVOKE ALL ON DATABASE %%I FROM %%s', k.datname,
            CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END
        )
    FROM kept AS k
    CROSS JOIN LATERAL (SELECT DISTINCT e.grantee FROM aclexplode(k.datacl) AS e) AS a
    UNION ALL
    SELECT 6, unnest(ARRAY[
        format('GRANT ALL ON DATABASE %%I TO %%I', k.datname, p.owner),
        format('GRANT CONNECT, TEMPORARY ON DATABASE %%I TO PUBLIC', k.datname)
    ])
    FROM kept AS k
    CROSS JOIN present AS p
    WHERE k.datacl IS NOT NULL
) AS found
ORDER BY found.place;
