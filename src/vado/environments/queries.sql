-- name: system_identifier
SELECT system_identifier FROM pg_control_system();

-- name: database
SELECT current_database();

-- name: set_marker
SELECT set_config('vado.probe', %(mark)s, false);

-- name: read_marker
SELECT current_setting('vado.probe', true) AS mark;
