-- What each environment was found to be at its first use, so that it is known again.

CREATE TABLE target (
    key TEXT PRIMARY KEY,
    environment TEXT NOT NULL,
    system_identifier TEXT,
    host TEXT NOT NULL,
    port INTEGER NOT NULL,
    database TEXT NOT NULL,
    seen_at TEXT NOT NULL
);

PRAGMA user_version = 2;
