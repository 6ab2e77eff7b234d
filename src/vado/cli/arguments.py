"""What can be typed: every command with its options, and the module that does it.

Nothing is loaded here but argparse: a command's own module is imported when it is chosen.
"""

import argparse
from typing import Any, NoReturn

from vado import __version__
from vado.cli.words import Words
from vado.errors import UsageError

_CLASSES = ("development", "staging", "production")
_LEVELS = ("low", "medium", "high", "critical")
_PLACES = ("data", "embedded", "scratch", "copy", "backup", "text")
_OVERVIEW = {
    "everyday": ("new", "status", "preview", "apply", "undo", "backup", "history"),
    "windows": ("app", "serve", "demo"),
    "checks": ("lint", "check", "diff", "drift"),
    "ledger": ("baseline", "adopt", "mark", "repair"),
    "setup": ("env", "tools"),
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


class _Overview(Parser):
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


def parse(arguments: list[str], words: Words) -> argparse.Namespace:
    """Read the command line; UsageError when it cannot be understood.

    `does` is None when no command was typed at all, and `overview` then the page to show.
    """
    root = _Commands(words).root
    found = root.parse_args(arguments)
    if found.does is None:
        found.overview = root.format_help()
    return found


class _Commands:
    """Builds the parsers, a method for each noun."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self.root = _Overview(words, prog="vado")
        self.root.commands = {}
        self.root.add_argument("--version", action="version", version=f"vado {__version__}")
        self.root.set_defaults(does=None)
        self._nouns = self.root.add_subparsers(metavar="COMMAND", parser_class=Parser)
        for declare in (
            *(self._new, self._status, self._preview, self._apply, self._undo),
            *(self._baseline, self._adopt, self._mark, self._repair),
            *(self._backup, self._history),
            *(self._lint, self._check, self._diff, self._drift, self._serve, self._app, self._demo),
            *(self._tools, self._env),
        ):
            declare()

    def _command(self, name: str, does: str) -> Parser:
        """Add a command; *does* is `module.function` in this room."""
        about = self._words(f"help.{name}")
        self.root.commands[name] = about
        parser: Parser = self._nouns.add_parser(
            name, description=self._about(name), words=self._words
        )
        parser.set_defaults(does=does, parser=parser)
        return parser

    def _about(self, name: str) -> str:
        key = f"help.{name}.long"
        return self._words(key if self._words.has(key) else f"help.{name}")

    def _verbs(self, name: str, verbs: tuple[str, ...]) -> dict[str, Parser]:
        """Add a command that has commands of its own."""
        parser = self._command(name, "")
        parser.set_defaults(does=None)
        chosen = parser.add_subparsers(
            title=self._words("help.commands"), metavar="COMMAND", required=True
        )
        found: dict[str, Parser] = {}
        for verb in verbs:
            about = self._words(f"help.{name}.{verb}")
            found[verb] = chosen.add_parser(verb, description=about, help=about, words=self._words)
            found[verb].set_defaults(does=f"{name}.{verb}", parser=found[verb])
        return found

    def _flag(self, parser: Parser, *names: str, **settings: Any) -> None:  # noqa: ANN401 (argparse's)
        key = names[-1].removeprefix("--").replace("-", "_")
        parser.add_argument(*names, help=self._words(f"option.{key}"), **settings)

    def _output(self, *parsers: Parser, json: bool = True) -> None:
        for parser in parsers:
            if json:
                self._flag(parser, "--json", action="store_true")
            self._flag(parser, "--no-color", action="store_true")

    def _project(self, *parsers: Parser) -> None:
        for parser in parsers:
            self._flag(parser, "-C", "--project", metavar="FOLDER")
            self._flag(parser, "--migrations", metavar="FOLDER")

    def _database(self, *parsers: Parser) -> None:
        for parser in parsers:
            which = parser.add_mutually_exclusive_group()
            which.add_argument("--url", help=self._words("option.url"))
            which.add_argument(
                "-e", "--environment", metavar="NAME", help=self._words("option.environment")
            )
            self._flag(
                parser, "--class", choices=_CLASSES, dest="environment_class", metavar="CLASS"
            )

    def _usual(self, *parsers: Parser) -> None:
        self._database(*parsers)
        self._project(*parsers)
        self._output(*parsers)

    def _new(self) -> None:
        parser = self._command("new", "new.run")
        parser.add_argument("name", metavar="NAME", help=self._words("option.new_name"))
        self._flag(parser, "--up-file", metavar="FILE")
        self._flag(parser, "--propose-down", action="store_true")
        self._flag(parser, "--from-diff", metavar="SOURCE")
        self._database(parser)
        self._project(parser)
        self._output(parser)

    def _status(self) -> None:
        parser = self._command("status", "status.run")
        self._flag(parser, "--drift", action="store_true")
        self._flag(parser, "--exit-code", action="store_true")
        self._usual(parser)

    def _preview(self) -> None:
        parser = self._command("preview", "preview.run")
        self._flag(parser, "--to", metavar="VERSION")
        self._flag(parser, "--place", choices=_PLACES, metavar="PLACE")
        self._flag(parser, "--out-of-order", action="store_true")
        self._flag(parser, "--max-risk", choices=_LEVELS, metavar="LEVEL")
        self._flag(parser, "--exit-code", action="store_true")
        self._usual(parser)

    def _apply(self) -> None:
        parser = self._command("apply", "apply.run")
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--plan", metavar="ID", help=self._words("option.plan"))
        which.add_argument("--to", metavar="VERSION", help=self._words("option.to"))
        self._flag(parser, "--out-of-order", action="store_true")
        self._flag(parser, "--confirm", metavar="NAME")
        self._flag(parser, "--accept", metavar="RULE", action="append", default=[])
        self._flag(parser, "--max-risk", choices=_LEVELS, metavar="LEVEL")
        self._flag(parser, "--wait", type=_seconds, metavar="SECONDS")
        self._flag(parser, "--yes", action="store_true")
        self._usual(parser)

    def _undo(self) -> None:
        parser = self._command("undo", "undo.run")
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--plan", metavar="ID", help=self._words("option.plan"))
        which.add_argument("--to", metavar="VERSION", help=self._words("option.undo_to"))
        parser.add_argument(
            "--preview", action="store_true", help=self._words("option.undo_preview")
        )
        self._flag(parser, "--with-down", action="store_true")
        self._flag(parser, "--place", choices=_PLACES, metavar="PLACE")
        self._flag(parser, "--confirm", metavar="NAME")
        self._flag(parser, "--accept", metavar="RULE", action="append", default=[])
        self._flag(parser, "--max-risk", choices=_LEVELS, metavar="LEVEL")
        self._flag(parser, "--yes", action="store_true")
        self._usual(parser)

    def _baseline(self) -> None:
        parser = self._command("baseline", "baseline.run")
        parser.add_argument(
            "--name",
            default="baseline",
            metavar="NAME",
            help=self._words("option.baseline_name"),
        )
        parser.add_argument(
            "--dry-run", action="store_true", help=self._words("option.baseline_dry_run")
        )
        self._flag(parser, "--yes", action="store_true")
        self._usual(parser)

    def _repair(self) -> None:
        parser = self._command("repair", "repair.run")
        parser.add_argument("version", metavar="VERSION", help=self._words("option.version"))
        which = parser.add_mutually_exclusive_group()
        for action in ("fix-record", "restore-file"):
            key = action.replace("-", "_")
            which.add_argument(
                f"--{action}",
                dest="action",
                action="store_const",
                const=key,
                help=self._words(f"option.{key}"),
            )
        self._flag(parser, "--confirm", metavar="NAME")
        self._usual(parser)

    def _adopt(self) -> None:
        parser = self._command("adopt", "adopt.run")
        self._flag(parser, "--tool", metavar="TOOL")
        self._flag(parser, "--from", metavar="FOLDER")
        parser.add_argument(
            "--dry-run", action="store_true", help=self._words("option.baseline_dry_run")
        )
        self._flag(parser, "--accept-differences", action="store_true")
        self._flag(parser, "--yes", action="store_true")
        self._usual(parser)

    def _mark(self) -> None:
        parser = self._command("mark", "mark.run")
        parser.add_argument("version", metavar="VERSION", help=self._words("option.version"))
        parser.add_argument(
            "--as",
            dest="mark",
            choices=("applied", "pending"),
            required=True,
            metavar="STATE",
            help=self._words("option.mark"),
        )
        parser.add_argument(
            "--preview", action="store_true", help=self._words("option.show_preview")
        )
        self._flag(parser, "--confirm", metavar="NAME")
        self._flag(parser, "--yes", action="store_true")
        self._usual(parser)

    def _backup(self) -> None:
        verbs = self._verbs("backup", ("create", "list", "verify", "prove", "restore", "delete"))
        self._flag(verbs["create"], "--label", metavar="TEXT")
        self._flag(verbs["create"], "--pin", action="store_true")
        which = verbs["prove"].add_mutually_exclusive_group()
        which.add_argument("id", nargs="?", metavar="ID", help=self._words("option.backup_id"))
        which.add_argument("--latest", action="store_true", help=self._words("option.latest"))
        for verb in ("verify", "restore", "delete"):
            verbs[verb].add_argument("id", metavar="ID", help=self._words("option.backup_id"))
        self._flag(verbs["restore"], "--confirm", metavar="NAME")
        verbs["delete"].add_argument(
            "--confirm", metavar="ID", help=self._words("option.confirm_id")
        )
        for verb in ("restore", "delete"):
            self._flag(verbs[verb], "--yes", action="store_true")
        self._usual(*verbs.values())

    def _history(self) -> None:
        parser = self._command("history", "history.run")
        self._flag(parser, "--limit", type=_count, default=20, metavar="N")
        self._flag(parser, "-e", "--environment", metavar="NAME")
        self._project(parser)
        self._output(parser)

    def _lint(self) -> None:
        parser = self._command("lint", "lint.run")
        parser.add_argument("files", nargs="+", metavar="FILE", help=self._words("option.files"))
        self._flag(parser, "--base", metavar="BRANCH")
        self._flag(parser, "--url")
        self._flag(parser, "--pg-version", type=_major, metavar="N")
        self._flag(parser, "--style", action="store_true")
        self._flag(parser, "--max-risk", choices=_LEVELS, metavar="LEVEL")
        self._documents(parser)

    def _check(self) -> None:
        parser = self._command("check", "check.run")
        parser.add_argument("--base", metavar="BRANCH", help=self._words("option.check_base"))
        self._flag(parser, "-e", "--environment", metavar="NAME")
        self._project(parser)
        self._documents(parser)

    def _documents(self, parser: Parser) -> None:
        """Add the choice between two documents for programs, and plain text."""
        which = parser.add_mutually_exclusive_group()
        for name in ("json", "sarif"):
            which.add_argument(f"--{name}", action="store_true", help=self._words(f"option.{name}"))
        self._output(parser, json=False)

    def _diff(self) -> None:
        parser = self._command("diff", "diff.run")
        for name in ("from", "to"):
            parser.add_argument(
                f"--{name}",
                dest=f"{name}_url",
                metavar="SOURCE",
                required=True,
                help=self._words(f"option.{name}_url"),
            )
        self._flag(parser, "--sql", action="store_true")
        self._flag(parser, "--safe", action="store_true")
        self._flag(parser, "--rename", action="append", metavar="KIND:OLD=NEW")
        self._flag(parser, "--exit-code", action="store_true")
        self._usual(parser)

    def _drift(self) -> None:
        parser = self._command("drift", "drift.run")
        self._flag(parser, "--adopt", metavar="NAME")
        self._flag(parser, "--exit-code", action="store_true")
        self._usual(parser)

    def _serve(self) -> None:
        parser = self._command("serve", "serve.run")
        self._flag(parser, "--no-browser", action="store_true")
        self._flag(parser, "--port", type=_port, default=0, metavar="N")
        self._flag(parser, "--parent", action="store_true")
        self._database(parser)
        self._project(parser)

    def _app(self) -> None:
        parser = self._command("app", "app.run")
        self._database(parser)
        self._project(parser)

    def _demo(self) -> None:
        parser = self._command("demo", "demo.run")
        self._flag(parser, "--once", action="store_true")
        self._flag(parser, "--no-browser", action="store_true")
        self._flag(parser, "--port", type=_port, default=0, metavar="N")
        self._flag(parser, "-C", "--project", metavar="FOLDER")
        self._output(parser, json=False)

    def _tools(self) -> None:
        verbs = self._verbs("tools", ("install", "list"))
        verbs["install"].add_argument(
            "majors", nargs="*", type=_major, metavar="N", help=self._words("option.majors")
        )
        self._output(*verbs.values())

    def _env(self) -> None:
        verbs = self._verbs("env", ("list", "trust", "ask-again"))
        again = verbs["ask-again"]
        again.set_defaults(does="env.ask_again")
        again.add_argument("name", metavar="NAME", help=self._words("option.asked_again"))
        self._flag(again, "--url")
        self._flag(again, "--class", choices=_CLASSES, dest="environment_class", metavar="CLASS")
        trust = verbs["trust"]
        trust.add_argument("name", metavar="NAME", help=self._words("option.trusted"))
        self._flag(trust, "--url")
        self._flag(trust, "--class", choices=_CLASSES, dest="environment_class", metavar="CLASS")
        self._flag(trust, "--confirm", metavar="NAME")
        self._flag(trust, "--yes", action="store_true")
        self._project(*verbs.values())
        self._output(*verbs.values())


def _count(text: str) -> int:
    return _between(text, 1, 500)


def _port(text: str) -> int:
    return _between(text, 0, _HIGHEST_PORT)


def _major(text: str) -> int:
    return _between(text, 14, 18)


def _seconds(text: str) -> int:
    return _between(text, 0, 86_400)


def _between(text: str, lowest: int, highest: int) -> int:
    if not text.isdecimal() or not lowest <= int(text) <= highest:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from {lowest} to {highest}")
    return int(text)
