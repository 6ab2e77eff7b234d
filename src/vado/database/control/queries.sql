-- Read from the catalogue: to_regclass may answer from a cache that is older than the lock.
-- name: existing
SELECT n.nspname AS schema
FROM pg_class AS c
INNER JOIN pg_namespace AS n ON c.relnamespace = n.oid
WHERE n.nspname = any(%(schemas)s::text[]) AND c.relname = 'script';

-- name: version
SELECT coalesce(max(number), 0) AS version FROM {scripts};

-- name: record
INSERT INTO {scripts} (number) VALUES (%(number)s);

-- name: lock
SELECT pg_advisory_xact_lock(hashtextextended('vado control scripts', 0));
