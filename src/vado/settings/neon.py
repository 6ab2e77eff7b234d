"""`[neon]` of vado.toml: which project of Neon a database lives in, and where its key is."""

from collections.abc import Mapping
from dataclasses import dataclass

from vado.settings.config import Config
from vado.settings.secret import Secret

_KEYS = frozenset({"project", "api_key_env", "api_url", "endpoint"})
_KEY_VARIABLE = "NEON_API_KEY"
_API_URL = "https://console.neon.tech/api/v2"


@dataclass(frozen=True, slots=True)
class NeonSettings:
    """The project's id, the variable its key is read from, the key (None: not set), the API.

    `endpoint` is only needed where the connection string does not name it, as with an address of
    one's own in front of Neon.
    """

    project: str
    api_key_env: str
    api_key: Secret | None
    api_url: str
    endpoint: str | None = None


def read_neon(
    config: Config, environment: tuple[str, ...], variables: Mapping[str, str]
) -> NeonSettings | None:
    """Return what holds for the environment at *environment*; None when no project is named."""
    found: dict[str, str] = {}
    for path in dict.fromkeys(((), environment)):
        found |= _read_table(config, (*path, "neon"))
    if "project" not in found:
        return None
    variable = found.get("api_key_env", _KEY_VARIABLE)
    key = variables.get(variable)
    url = found.get("api_url", _API_URL).rstrip("/")
    return NeonSettings(
        project=found["project"],
        api_key_env=variable,
        api_key=Secret(key) if key else None,
        api_url=url,
        endpoint=found.get("endpoint"),
    )


def _read_table(config: Config, path: tuple[str, ...]) -> dict[str, str]:
    table = config.table(path)
    config.only_known(table, _KEYS, path)
    for key, value in table.items():
        if not isinstance(value, str) or not value:
            raise config.wrong((*path, key), "is not a text", f'Write {key} = "...".')
    return {key: str(value) for key, value in table.items()}
