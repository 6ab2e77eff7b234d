"""The keys of encrypted backups: public ones in vado.toml, secret ones in a private file."""

import io
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

from vado.backups.manifest import Manifest
from vado.environments import Environment
from vado.errors import BackupError, BackupLocked, ConfigurationInvalid
from vado.logging import register_secret
from vado.settings import IDENTITY_VARIABLE

_LONGEST_KEY_FILE = 2**20
_SECRET_PREFIX = "AGE-SECRET-KEY-"  # noqa: S105 (what such keys begin with)
_HOW_TO_GIVE = f"Name its file with identity_file in vado.toml, or set {IDENTITY_VARIABLE} to it."


def make_identity(path: Path) -> str:
    """Write a new secret key to a new file (0600) and return its public key.

    The public key goes into `encrypt_to`; the file should be kept where the backups are not.
    """
    from pyrage import x25519  # noqa: PLC0415 (most projects encrypt nothing)

    identity = x25519.Identity.generate()
    public = str(identity.to_public())
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(f"# public key: {public}\n{identity}\n")
            file.flush()
            os.fsync(file.fileno())
    except FileExistsError as error:
        raise BackupError(
            f"{path} is there already", hint="A key is never overwritten; give another name."
        ) from error
    except OSError as error:
        raise BackupError(
            f"cannot write {path}: {error.strerror}", hint="Give a file that you may write."
        ) from error
    return public


def encrypts(environment: Environment) -> bool:
    """Say whether new backups of the environment are encrypted."""
    return bool(environment.backups.encrypt_to)


def has_key(environment: Environment) -> bool:
    """Say whether there is a secret key on this machine, be it the right one or not."""
    settings = environment.backups
    if settings.identity is not None:
        return True
    return settings.identity_file is not None and settings.identity_file.exists()


def check_own_key(environment: Environment) -> None:
    """Refuse to take a backup that the key on this machine would not open; none is no mistake."""
    if not encrypts(environment) or not has_key(environment):
        return
    ours = {str(identity.to_public()) for identity in identities_of(environment)}
    if not ours & set(environment.backups.encrypt_to):
        raise BackupLocked(
            "the secret key here does not open what encrypt_to encrypts",
            hint="Put its public key into encrypt_to, or take the wrong key away.",
        )


def check_key(environment: Environment, manifest: Manifest, head: Callable[[str], bytes]) -> None:
    """Raise BackupLocked unless a key is here that opens the backup; *head* reads its beginning."""
    if not manifest.encrypted:
        return
    from pyrage import DecryptError, decrypt_io  # noqa: PLC0415 (as above)

    identities = identities_of(environment)
    try:
        decrypt_io(io.BytesIO(head(manifest.id)), io.BytesIO(), identities)
    except DecryptError as error:
        raise BackupLocked(
            f"the secret key here does not open backup {manifest.id}",
            hint=f"Another one does. {_HOW_TO_GIVE}",
        ) from error
    except OSError:
        return  # the key fits; it is only a part of the file


def identities_of(environment: Environment) -> list[Any]:
    """Return the secret keys that are here; BackupLocked when there is none."""
    from pyrage import IdentityError, x25519  # noqa: PLC0415 (as above)

    lines = _key_text(environment).splitlines()
    found = [line.strip() for line in lines if line.strip().startswith(_SECRET_PREFIX)]
    for line in found:
        register_secret(line)
    where = _where(environment)
    try:
        identities = [x25519.Identity.from_str(line) for line in found]
    except IdentityError as error:
        raise ConfigurationInvalid(
            f"{where} holds what is no secret key of age", hint="`vado backup key` makes one."
        ) from error
    if not identities:
        raise ConfigurationInvalid(
            f"{where} holds no secret key of age", hint="`vado backup key` makes one."
        )
    return identities


def _where(environment: Environment) -> str:
    settings = environment.backups
    return IDENTITY_VARIABLE if settings.identity is not None else str(settings.identity_file)


def _key_text(environment: Environment) -> str:
    settings = environment.backups
    if settings.identity is not None:
        return settings.identity.reveal()
    path = settings.identity_file
    if path is None:
        raise BackupLocked("there is no secret key for encrypted backups here", hint=_HOW_TO_GIVE)
    try:
        with path.open(encoding="utf-8") as file:
            _check_private(path, os.fstat(file.fileno()))
            return file.read(_LONGEST_KEY_FILE)
    except FileNotFoundError as error:
        raise BackupLocked(f"the secret key {path} is not there", hint=_HOW_TO_GIVE) from error
    except (OSError, UnicodeDecodeError) as error:
        raise BackupLocked(f"the secret key {path} cannot be read", hint=_HOW_TO_GIVE) from error


def _check_private(path: Path, found: os.stat_result) -> None:
    if os.name == "posix" and stat.S_IMODE(found.st_mode) & 0o077:
        raise ConfigurationInvalid(
            f"the secret key {path} can be read by others",
            hint=f"Run chmod 600 {path}; if others may have read it, make a new key.",
        )
