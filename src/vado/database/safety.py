"""The settings that every session of Vado has, and the way back to them."""

from vado.database.batch import Step

# Set by SQL, not as start-up options: poolers and Neon's proxy refuse those.
# The server itself must notice a dead client, or a killed Vado would hold its lock for hours; only
# Windows, and macOS before 15, cannot, and refuse to be asked.
# Whoever waits for a lock makes others wait behind it, so no wait is long; an apply tries again.
# How values are printed must not depend on what the database or the role prefers: a catalogue is
# compared as text, and the driver reads no other style. How dates are read stays as it is.
# For a role that is called vado, "$user" would make Vado's own schema the place of new tables.
SAFETY = r"""select
    set_config('client_connection_check_interval', case
        when version() ~* 'windows|mingw|msvc|visual c' then '0'
        when version() ~* 'darwin' and current_setting('server_version_num')::int < 150000 then '0'
        else '500ms'
    end, false),
    set_config('idle_in_transaction_session_timeout', '5min', false),
    set_config('lock_timeout', '3s', false),
    set_config('statement_timeout', '0', false),
    set_config('TimeZone', 'UTC', false),
    set_config('client_encoding', 'UTF8', false),
    set_config('DateStyle', 'ISO', false),
    set_config('IntervalStyle', 'postgres', false),
    set_config('extra_float_digits', '1', false),
    set_config('bytea_output', 'hex', false),
    set_config('quote_all_identifiers', 'off', false),
    set_config('client_min_messages', 'notice', false),
    set_config('standard_conforming_strings', 'on', false),
    set_config('search_path', case
        when current_user in ('vado', 'vado_control')
        then regexp_replace(current_setting('search_path'), '"\$user"\s*,?\s*', '')
        else current_setting('search_path')
    end, false)"""

READ_ONLY = "set default_transaction_read_only = on"
# Undoes all that SQL can set: settings, role, the session's user.
RESTORE = ("reset session authorization", "reset all", "reset role", SAFETY)


def restore_steps() -> list[Step]:
    """Return what undoes all that a user's SQL can set: settings, role, the session's user."""
    return [Step(text) for text in RESTORE]
