-- name: schema_exists
SELECT to_regclass(%(table)s) IS NOT NULL AS found;

-- name: version
SELECT coalesce(max(number), 0) AS version FROM {scripts};

-- name: record
INSERT INTO {scripts} (number) VALUES (%(number)s);

-- name: lock
SELECT pg_advisory_xact_lock(hashtextextended('vado control scripts', 0));
