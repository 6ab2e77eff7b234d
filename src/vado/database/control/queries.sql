-- Read from the catalogue: to_regclass may answer from a cache that is older than the lock.
-- name: schema_exists
SELECT exists(
    SELECT FROM pg_class AS c
    INNER JOIN pg_namespace AS n ON c.relnamespace = n.oid
    WHERE n.nspname = %(schema)s AND c.relname = 'script'
) AS found;

-- name: version
SELECT coalesce(max(number), 0) AS version FROM {scripts};

-- name: record
INSERT INTO {scripts} (number) VALUES (%(number)s);

-- name: lock
SELECT pg_advisory_xact_lock(hashtextextended('vado control scripts', 0));
