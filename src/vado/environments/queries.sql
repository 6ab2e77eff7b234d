-- name: identity
SELECT
    s.system_identifier,
    current_database() AS database_name
FROM pg_control_system() AS s;

-- name: database
SELECT current_database();

-- name: set_marker
SELECT set_config('vado.probe', %(mark)s, false);

-- name: read_marker
SELECT current_setting('vado.probe', true) AS mark;
