"""`vado.toml` as data: each wrong key is named with its line."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from vado.errors import ConfigurationInvalid

CONFIG_NAME = "vado.toml"
_SEE_FORMATS = "Correct the file, see docs/formats.md."
_TOP_KEYS = frozenset({"migrations", "environments", "backups", "neon"})


@dataclass(frozen=True, slots=True)
class Config:
    """`vado.toml` as data, with its text, so that what is wrong in it has a line."""

    project: Path
    top: Mapping[str, object]
    text: str

    @classmethod
    def read(cls, project: Path) -> "Config":
        """Read the file of *project*; an empty configuration when there is none."""
        path = project / CONFIG_NAME
        if not path.is_file():
            return cls(project, {}, "")
        try:
            text = path.read_text(encoding="utf-8")
            config = cls(project, tomllib.loads(text), text)
        except tomllib.TOMLDecodeError as error:
            raise ConfigurationInvalid(f"{path.name}: {error}", hint=_SEE_FORMATS) from error
        except (UnicodeDecodeError, OSError) as error:
            raise ConfigurationInvalid(
                f"{path.name} cannot be read: {reason_of(error)}", hint=_SEE_FORMATS
            ) from error
        config.only_known(config.top, _TOP_KEYS, ())
        return config

    def wrong(self, path: tuple[str, ...], what: str, hint: str) -> ConfigurationInvalid:
        """Return the error about the key at *path*, with its line where that can be told."""
        line = _line_of(self.text, path)
        place = CONFIG_NAME if line is None else f"{CONFIG_NAME}:{line}"
        return ConfigurationInvalid(
            f"{place}: {'.'.join(path)} {what}",
            hint=hint,
            details={"file": CONFIG_NAME, "line": line},
        )

    def only_known(
        self, table: Mapping[str, object], known: frozenset[str], path: tuple[str, ...]
    ) -> None:
        """Refuse any key that is none of *known*."""
        for key in table:
            if key not in known:
                raise self.wrong(
                    (*path, key),
                    "is not known",
                    f"Known keys here are {', '.join(sorted(known))}; passwords never go there.",
                )

    def table(self, path: tuple[str, ...]) -> Mapping[str, object]:
        """Return the table at *path*, empty when it is not there."""
        found: object = self.top
        for name in path:
            found = found.get(name, {}) if isinstance(found, dict) else {}
        if not isinstance(found, dict):
            raise self.wrong(path, "is not a table", f"Write [{'.'.join(path)}].")
        return found

    def folder(self, table: Mapping[str, object], path: tuple[str, ...]) -> Path:
        """Return the folder that the last key of *path* names, `migrations` by default."""
        value = table.get(path[-1], "migrations")
        if not isinstance(value, str) or not value:
            raise self.wrong(path, "is not a text", 'Write migrations = "folder".')
        return self.project / value


def _line_of(text: str, path: tuple[str, ...]) -> int | None:
    """Return the line where the key at *path* is written, or its table, as far as that is plain."""
    *tables, key = path
    spelled = r"[\"']?\s*\.\s*[\"']?".join(re.escape(name) for name in path)
    header = re.search(rf"^\s*\[\s*[\"']?{spelled}[\"']?\s*\]", text, re.MULTILINE)
    if header is None and tables and (line := _line_of(text, tuple(tables))):
        rest = text.split("\n")[line:]
        for number, content in enumerate(rest, line + 1):
            if content.lstrip().startswith("["):
                break
            if re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=", content):
                return number
        return line
    found = header or re.search(rf"^\s*[\"']?{spelled}[\"']?\s*[=.]", text, re.MULTILINE)
    return None if found is None else text.count("\n", 0, found.end()) + 1


def reason_of(error: OSError | UnicodeDecodeError) -> str:
    """Return what a person can read of an error that opening a file gave."""
    if isinstance(error, OSError):
        return error.strerror or "no access"
    line = error.object.count(b"\n", 0, error.start) + 1
    return f"line {line} is not UTF-8"
