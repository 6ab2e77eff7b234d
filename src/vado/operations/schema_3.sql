-- What a line of a log says as a code with parameters, so that each face has its own words for it.

ALTER TABLE operation_log ADD COLUMN said TEXT;

PRAGMA user_version = 3;
