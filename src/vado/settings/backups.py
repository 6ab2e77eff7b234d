"""`[backups]` of vado.toml: where backups are kept, for how long, and when they take themselves.

The table stands at the top for every environment and below one (`[environments.NAME.backups]`) for
that one alone; what is said there goes before what is said at the top.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vado.settings.config import Config
from vado.settings.secret import Secret

IDENTITY_VARIABLE = "VADO_BACKUP_IDENTITY"
_COUNTS = ("keep_daily", "keep_weekly", "keep_monthly", "keep_before_apply", "max_bytes")
_TEXTS = ("schedule", "store", "s3_endpoint", "s3_region", "identity_file")
_SWITCHES = ("prune", "keep_local")
_KEYS = frozenset({*_COUNTS, *_TEXTS, *_SWITCHES, "encrypt_to"})
_SCHEME = "s3://"
_CRON_FIELDS = 5


@dataclass(frozen=True, slots=True)
class Retention:
    """How many backups are kept of each kind; None: this rule is not in force.

    `max_bytes` caps the sum of all that are kept. `prune`: what is not kept is deleted after each
    backup; otherwise only when the user asks.
    """

    daily: int | None = None
    weekly: int | None = None
    monthly: int | None = None
    before_apply: int | None = None
    max_bytes: int | None = None
    prune: bool = False


@dataclass(frozen=True, slots=True)
class S3Settings:
    """A bucket of S3-compatible storage; keys come from where AWS's tools look for them."""

    bucket: str
    prefix: str
    endpoint: str | None
    region: str | None


@dataclass(frozen=True, slots=True)
class BackupSettings:
    """How backups of one environment are taken and kept.

    `schedule` is a cron expression of five fields in local time. `encrypt_to` are age recipients;
    `identity_file` holds the secret key that opens what was encrypted to them, or `identity` is
    that key, from VADO_BACKUP_IDENTITY. `keep_local`: the file stays on this machine when it is in
    the bucket.
    """

    schedule: str | None = None
    retention: Retention = Retention()
    s3: S3Settings | None = None
    keep_local: bool = True
    encrypt_to: tuple[str, ...] = ()
    identity_file: Path | None = None
    identity: Secret | None = None


def read_backups(
    config: Config, environment: tuple[str, ...], variables: Mapping[str, str]
) -> BackupSettings:
    """Return what holds for the environment at *environment* (empty: one that has no table)."""
    found: dict[str, Any] = {}
    for path in dict.fromkeys(((), environment)):
        found |= _read_table(config, (*path, "backups"))
    keeps = {name.removeprefix("keep_"): found.get(name) for name in _COUNTS}
    identity, key = found.get("identity_file"), variables.get(IDENTITY_VARIABLE)
    return BackupSettings(
        schedule=found.get("schedule"),
        retention=Retention(**keeps, prune=found.get("prune", False)),
        s3=_s3(found),
        keep_local=found.get("keep_local", True),
        encrypt_to=tuple(found.get("encrypt_to", ())),
        identity_file=None if identity is None else config.project / Path(identity).expanduser(),
        identity=Secret(key) if key else None,
    )


def _s3(found: Mapping[str, Any]) -> S3Settings | None:
    if "store" not in found:
        return None
    bucket, _, prefix = found["store"].removeprefix(_SCHEME).partition("/")
    return S3Settings(bucket, prefix.strip("/"), found.get("s3_endpoint"), found.get("s3_region"))


def _read_table(config: Config, path: tuple[str, ...]) -> dict[str, Any]:
    table = config.table(path)
    config.only_known(table, _KEYS, path)
    for key, value in table.items():
        _check(config, (*path, key), value)
    return dict(table)


def _check(config: Config, path: tuple[str, ...], value: object) -> None:
    key = path[-1]
    if key in _COUNTS and (isinstance(value, bool) or not isinstance(value, int) or value < 0):
        raise config.wrong(path, "is not a whole number", f"Write {key} = 7.")
    if key in _TEXTS and (not isinstance(value, str) or not value):
        raise config.wrong(path, "is not a text", f'Write {key} = "...".')
    if key in _SWITCHES and not isinstance(value, bool):
        raise config.wrong(path, "is neither true nor false", f"Write {key} = true.")
    if key == "store" and not _names_bucket(str(value)):
        raise config.wrong(path, "is not a bucket", 'Write store = "s3://bucket/prefix".')
    if key == "schedule":
        _check_schedule(config, path, str(value))
    if key == "encrypt_to":
        _check_recipients(config, path, value)


def _names_bucket(text: str) -> bool:
    return text.startswith(_SCHEME) and bool(text.removeprefix(_SCHEME).partition("/")[0])


def _check_schedule(config: Config, path: tuple[str, ...], text: str) -> None:
    from datetime import UTC, datetime  # noqa: PLC0415 (most projects have no schedule)

    from cronsim import CronSim, CronSimError  # noqa: PLC0415 (as above)

    with suppress(CronSimError):
        CronSim(text, datetime.now(UTC))
        if len(text.split()) == _CRON_FIELDS:  # the sixth would be seconds
            return
    raise config.wrong(
        path,
        "is not a cron expression",
        'Write schedule = "0 3 * * *" for 3 o\'clock at night.',
    )


def _check_recipients(config: Config, path: tuple[str, ...], value: object) -> None:
    from pyrage import RecipientError, x25519  # noqa: PLC0415 (most projects encrypt nothing)

    hint = "Write the public keys that `vado backup key` printed, in a list."
    if not isinstance(value, list):
        raise config.wrong(path, "is not a list", hint)
    for recipient in value:
        try:
            x25519.Recipient.from_str(str(recipient))
        except RecipientError as error:
            raise config.wrong(path, "holds what is no age public key", hint) from error
