"""What can be typed: every command with its options, and the module that does it."""

import argparse

from vado.cli import backup_commands, check_commands, migration_commands, setup_commands
from vado.cli.parser import Declaration
from vado.cli.words import Words

_COMMANDS = (
    migration_commands.new,
    migration_commands.status,
    migration_commands.preview,
    migration_commands.apply,
    migration_commands.undo,
    migration_commands.baseline,
    migration_commands.adopt,
    migration_commands.mark,
    migration_commands.repair,
    backup_commands.backup,
    backup_commands.neon,
    setup_commands.history,
    check_commands.lint,
    check_commands.check,
    check_commands.diff,
    check_commands.drift,
    setup_commands.serve,
    setup_commands.app,
    setup_commands.demo,
    setup_commands.tools,
    setup_commands.env,
)


def parse(arguments: list[str], words: Words) -> argparse.Namespace:
    """Read the command line; UsageError when it cannot be understood.

    `does` is None when no command was typed at all, and `overview` then the page to show.
    """
    root = declared(words).root
    found = root.parse_args(arguments)
    if found.does is None:
        found.overview = root.format_help()
    return found


def declared(words: Words) -> Declaration:
    """Return the parser of `vado` with every command."""
    declaration = Declaration(words)
    for declare in _COMMANDS:
        declare(declaration)
    return declaration
