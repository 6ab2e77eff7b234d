"""One run of the command: what was asked, where the answer goes, and the rooms below."""

import argparse
import json
import os
import sys
from collections.abc import Mapping
from contextlib import ExitStack
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vado.cli.screen import Screen, dim
from vado.cli.words import Words, language_of
from vado.errors import UsageError

if TYPE_CHECKING:
    # Loaded when a command first needs them: `vado --version` needs none.
    from vado.application import Vado
    from vado.environments import Environment
    from vado.settings import Settings

FORMAT = 1


class Call:
    """Handed to the function of each command."""

    def __init__(self, arguments: argparse.Namespace) -> None:
        self.arguments = arguments
        self._kept = ExitStack()
        self._told_waking = False
        self.words = Words(language_of(os.environ))
        plain = bool(getattr(arguments, "no_color", False))
        self.out = Screen(sys.stdout, colour=not plain and _shows_colour(sys.stdout))
        self.err = Screen(sys.stderr, colour=not plain and _shows_colour(sys.stderr))

    @property
    def json(self) -> bool:
        """Whether a program reads the answer."""
        return bool(getattr(self.arguments, "json", False))

    @property
    def yes(self) -> bool:
        """Whether there are to be no questions, and Vado may create its schemas."""
        return bool(getattr(self.arguments, "yes", False))

    @property
    def may_ask(self) -> bool:
        """Whether somebody is there to answer a question."""
        return not (self.json or self.yes) and sys.stdin.isatty() and sys.stderr.isatty()

    def option(self, name: str) -> Any:  # noqa: ANN401 (whatever the option holds)
        """Return an option of this command, None where it was not given."""
        return getattr(self.arguments, name, None)

    def document(self, content: Mapping[str, Any]) -> None:
        """Write the one JSON document of this command."""
        ascii_only = not (sys.stdout.encoding or "").lower().startswith("utf")
        # Laid out for a person only: without an indent it is written by C, four times as quickly.
        indent = 2 if sys.stdout.isatty() else None
        text = json.dumps(content, indent=indent, ensure_ascii=ascii_only, default=str)
        sys.stdout.write(text + "\n")

    @cached_property
    def settings(self) -> "Settings":
        """The configuration of the project, with what the command line says."""
        from vado.logging import configure_logging
        from vado.settings import Overrides, load_settings

        settings = load_settings(
            Overrides(
                url=self.option("url"),
                environment_class=self.option("environment_class"),
                migrations=_path(self.option("migrations")),
                project=_path(self.option("project")),
            )
        )
        configure_logging(settings.state_folder)
        return settings

    @cached_property
    def vado(self) -> "Vado":
        """The use cases."""
        from vado.application import Vado
        from vado.database import keeping_sessions, told_while_waking

        self._kept.enter_context(keeping_sessions())
        self._kept.enter_context(told_while_waking(self._waking))
        return Vado(self.settings)

    def _waking(self, _tries: int) -> None:
        """Say once that it is the database that takes its time."""
        if not (self.json or self._told_waking):
            self._told_waking = True
            self.err.line(dim(f"  {self.words('step.waking')} …"))
            self.err.stream.flush()

    @cached_property
    def environment(self) -> "Environment":
        """The database that this command is about."""
        environment = self.vado.environment(self.option("environment"))
        asked = self.option("environment_class")
        if asked is not None and asked != environment.environment_class:
            raise UsageError(
                f"environment {environment.name} is {environment.environment_class} by vado.toml",
                hint="--class is for a database that is given by its URL.",
            )
        return environment

    def close(self) -> None:
        """Cancel what still runs and close the state."""
        if "vado" in self.__dict__:
            self.vado.close()
        self._kept.close()


def _path(text: str | None) -> Path | None:
    return None if text is None else Path(text)


def _shows_colour(stream: object) -> bool:
    # https://no-color.org: set to anything but nothing.
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    isatty = getattr(stream, "isatty", None)
    return bool(isatty is not None and isatty())
