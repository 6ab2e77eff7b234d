"""The machinery of the command line: parsers in the user's language, and options that many have.

Nothing is loaded here but argparse: a command's own module is imported when it is chosen.
"""

import argparse
from typing import Any, NoReturn

from vado import __version__
from vado.cli.words import Words
from vado.errors import UsageError

CLASSES = ("development", "staging", "production")
LEVELS = ("low", "medium", "high", "critical")
PLACES = ("data", "embedded", "scratch", "branch", "copy", "backup", "text")
_OVERVIEW = {
    "everyday": ("new", "status", "preview", "apply", "undo", "backup", "history"),
    "windows": ("app", "serve", "demo"),
    "checks": ("lint", "check", "diff", "drift"),
    "ledger": ("baseline", "adopt", "mark", "repair"),
    "setup": ("env", "tools", "neon"),
}

_HIGHEST_PORT = 65535


class _Formatter(argparse.HelpFormatter):
    """argparse's own, with the headings in the user's language."""

    def __init__(self, prog: str, words: Words) -> None:
        super().__init__(prog, max_help_position=26, width=80)
        self.words = words

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: Any = None) -> None:  # noqa: ANN401 (argparse's)
        """Begin with the word for usage."""
        own = self.words("help.usage") if prefix is None else prefix
        super().add_usage(usage, actions, groups, own)


class Parser(argparse.ArgumentParser):
    """Raises UsageError instead of printing, and shows options in the user's language."""

    def __init__(self, words: Words, **settings: Any) -> None:  # noqa: ANN401 (argparse's)
        super().__init__(
            allow_abbrev=False,
            add_help=False,
            formatter_class=lambda prog: _Formatter(prog, words),
            **settings,
        )
        self.words = words
        self._positionals.title = words("help.arguments")
        self._optionals.title = words("help.options")
        self.add_argument("-h", "--help", action="help", help=words("help.help"))

    def error(self, message: str) -> NoReturn:
        """Raise, so that a wrong command line is answered like every other error."""
        command = self.prog
        raise UsageError(message, hint=f"`{command} --help` shows what can be written.")


class Overview(Parser):
    """The parser of `vado` itself, whose help shows the commands by purpose."""

    commands: dict[str, str]

    def format_help(self) -> str:
        """Return the page that `vado` alone shows."""
        words = self.words
        lines = [words("help.title", version=__version__), "", words("help.how"), ""]
        for group, names in _OVERVIEW.items():
            lines.append(words(f"help.group.{group}"))
            lines.extend(f"  {name:<9} {self.commands[name]}" for name in names)
            lines.append("")
        lines.append(words("help.more"))
        return "\n".join(lines) + "\n"


class Declaration:
    """The parser of `vado`, to which commands are added."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.root = Overview(words, prog="vado")
        self.root.commands = {}
        self.root.add_argument("--version", action="version", version=f"vado {__version__}")
        self.root.set_defaults(does=None)
        self._nouns = self.root.add_subparsers(metavar="COMMAND", parser_class=Parser)

    def command(self, name: str, does: str) -> Parser:
        """Add a command; *does* is `module.function` in this room."""
        about = self.words(f"help.{name}")
        self.root.commands[name] = about
        parser: Parser = self._nouns.add_parser(
            name, description=self.about(name), words=self.words
        )
        parser.set_defaults(does=does, parser=parser)
        return parser

    def about(self, name: str) -> str:
        """Return what is said above the options of a command."""
        key = f"help.{name}.long"
        return self.words(key if self.words.has(key) else f"help.{name}")

    def verbs(self, name: str, verbs: tuple[str, ...]) -> dict[str, Parser]:
        """Add a command that has commands of its own."""
        parser = self.command(name, "")
        parser.set_defaults(does=None)
        chosen = parser.add_subparsers(
            title=self.words("help.commands"), metavar="COMMAND", required=True
        )
        found: dict[str, Parser] = {}
        for verb in verbs:
            about = self.words(f"help.{name}.{verb}")
            found[verb] = chosen.add_parser(verb, description=about, help=about, words=self.words)
            found[verb].set_defaults(does=f"{name}.{verb}", parser=found[verb])
        return found

    def flag(self, parser: Parser, *names: str, **settings: Any) -> None:  # noqa: ANN401 (argparse's)
        """Add an option, whose text goes by its long name."""
        key = names[-1].removeprefix("--").replace("-", "_")
        parser.add_argument(*names, help=self.words(f"option.{key}"), **settings)

    def output(self, *parsers: Parser, json: bool = True) -> None:
        """Add how the answer is written."""
        for parser in parsers:
            if json:
                self.flag(parser, "--json", action="store_true")
            self.flag(parser, "--no-color", action="store_true")

    def project(self, *parsers: Parser) -> None:
        """Add which project it is about."""
        for parser in parsers:
            self.flag(parser, "-C", "--project", metavar="FOLDER")
            self.flag(parser, "--migrations", metavar="FOLDER")

    def database(self, *parsers: Parser) -> None:
        """Add which database it is about."""
        for parser in parsers:
            which = parser.add_mutually_exclusive_group()
            which.add_argument("--url", help=self.words("option.url"))
            which.add_argument(
                "-e", "--environment", metavar="NAME", help=self.words("option.environment")
            )
            self.flag(parser, "--class", choices=CLASSES, dest="environment_class", metavar="CLASS")

    def usual(self, *parsers: Parser) -> None:
        """Add the options of every command about a database."""
        self.database(*parsers)
        self.project(*parsers)
        self.output(*parsers)

    def documents(self, parser: Parser) -> None:
        """Add the choice between two documents for programs, and plain text."""
        which = parser.add_mutually_exclusive_group()
        for name in ("json", "sarif"):
            which.add_argument(f"--{name}", action="store_true", help=self.words(f"option.{name}"))
        self.output(parser, json=False)


def count(text: str) -> int:
    """Read how many are to be listed."""
    return _between(text, 1, 500)


def port(text: str) -> int:
    """Read a port; 0 is any free one."""
    return _between(text, 0, _HIGHEST_PORT)


def major(text: str) -> int:
    """Read a major version of PostgreSQL."""
    return _between(text, 14, 18)


def seconds(text: str) -> int:
    """Read a time to wait."""
    return _between(text, 0, 86_400)


def _between(text: str, lowest: int, highest: int) -> int:
    if not text.isdecimal() or not lowest <= int(text) <= highest:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from {lowest} to {highest}")
    return int(text)
