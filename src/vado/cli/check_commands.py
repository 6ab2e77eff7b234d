"""What can be typed to judge and to compare."""

from vado.cli.parser import LEVELS, Declaration, major


def lint(to: Declaration) -> None:
    """Declare `vado lint`."""
    parser = to.command("lint", "lint.run")
    parser.add_argument("files", nargs="+", metavar="FILE", help=to.words("option.files"))
    to.flag(parser, "--base", metavar="BRANCH")
    to.flag(parser, "--url")
    to.flag(parser, "--pg-version", type=major, metavar="N")
    to.flag(parser, "--style", action="store_true")
    to.flag(parser, "--max-risk", choices=LEVELS, metavar="LEVEL")
    to.documents(parser)


def check(to: Declaration) -> None:
    """Declare `vado check`."""
    parser = to.command("check", "check.run")
    parser.add_argument("--base", metavar="BRANCH", help=to.words("option.check_base"))
    to.flag(parser, "-e", "--environment", metavar="NAME")
    to.project(parser)
    to.documents(parser)


def diff(to: Declaration) -> None:
    """Declare `vado diff`."""
    parser = to.command("diff", "diff.run")
    for name in ("from", "to"):
        parser.add_argument(
            f"--{name}",
            dest=f"{name}_url",
            metavar="SOURCE",
            required=True,
            help=to.words(f"option.{name}_url"),
        )
    to.flag(parser, "--sql", action="store_true")
    to.flag(parser, "--safe", action="store_true")
    to.flag(parser, "--rename", action="append", metavar="KIND:OLD=NEW")
    to.flag(parser, "--exit-code", action="store_true")
    to.usual(parser)


def drift(to: Declaration) -> None:
    """Declare `vado drift`."""
    parser = to.command("drift", "drift.run")
    to.flag(parser, "--adopt", metavar="NAME")
    to.flag(parser, "--exit-code", action="store_true")
    to.usual(parser)
