"""What can be typed to write, preview, apply and undo migrations, and about the ledger."""

from vado.cli.parser import LEVELS, PLACES, Declaration, seconds


def new(to: Declaration) -> None:
    """Declare `vado new`."""
    parser = to.command("new", "new.run")
    parser.add_argument("name", metavar="NAME", help=to.words("option.new_name"))
    to.flag(parser, "--up-file", metavar="FILE")
    to.flag(parser, "--propose-down", action="store_true")
    to.flag(parser, "--from-diff", metavar="SOURCE")
    to.database(parser)
    to.project(parser)
    to.output(parser)


def status(to: Declaration) -> None:
    """Declare `vado status`."""
    parser = to.command("status", "status.run")
    to.flag(parser, "--drift", action="store_true")
    to.flag(parser, "--exit-code", action="store_true")
    to.usual(parser)


def preview(to: Declaration) -> None:
    """Declare `vado preview`."""
    parser = to.command("preview", "preview.run")
    to.flag(parser, "--to", metavar="VERSION")
    to.flag(parser, "--place", choices=PLACES, metavar="PLACE")
    to.flag(parser, "--out-of-order", action="store_true")
    to.flag(parser, "--max-risk", choices=LEVELS, metavar="LEVEL")
    to.flag(parser, "--exit-code", action="store_true")
    to.usual(parser)


def apply(to: Declaration) -> None:
    """Declare `vado apply`."""
    parser = to.command("apply", "apply.run")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--plan", metavar="ID", help=to.words("option.plan"))
    which.add_argument("--to", metavar="VERSION", help=to.words("option.to"))
    to.flag(parser, "--out-of-order", action="store_true")
    to.flag(parser, "--confirm", metavar="NAME")
    to.flag(parser, "--accept", metavar="RULE", action="append", default=[])
    to.flag(parser, "--max-risk", choices=LEVELS, metavar="LEVEL")
    to.flag(parser, "--wait", type=seconds, metavar="SECONDS")
    to.flag(parser, "--yes", action="store_true")
    to.usual(parser)


def undo(to: Declaration) -> None:
    """Declare `vado undo`."""
    parser = to.command("undo", "undo.run")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--plan", metavar="ID", help=to.words("option.plan"))
    which.add_argument("--to", metavar="VERSION", help=to.words("option.undo_to"))
    parser.add_argument("--preview", action="store_true", help=to.words("option.undo_preview"))
    to.flag(parser, "--with-down", action="store_true")
    to.flag(parser, "--place", choices=PLACES, metavar="PLACE")
    to.flag(parser, "--confirm", metavar="NAME")
    to.flag(parser, "--accept", metavar="RULE", action="append", default=[])
    to.flag(parser, "--max-risk", choices=LEVELS, metavar="LEVEL")
    to.flag(parser, "--yes", action="store_true")
    to.usual(parser)


def baseline(to: Declaration) -> None:
    """Declare `vado baseline`."""
    parser = to.command("baseline", "baseline.run")
    parser.add_argument(
        "--name",
        default="baseline",
        metavar="NAME",
        help=to.words("option.baseline_name"),
    )
    parser.add_argument("--dry-run", action="store_true", help=to.words("option.baseline_dry_run"))
    to.flag(parser, "--yes", action="store_true")
    to.usual(parser)


def adopt(to: Declaration) -> None:
    """Declare `vado adopt`."""
    parser = to.command("adopt", "adopt.run")
    to.flag(parser, "--tool", metavar="TOOL")
    to.flag(parser, "--from", metavar="FOLDER")
    parser.add_argument("--dry-run", action="store_true", help=to.words("option.baseline_dry_run"))
    to.flag(parser, "--accept-differences", action="store_true")
    to.flag(parser, "--yes", action="store_true")
    to.usual(parser)


def mark(to: Declaration) -> None:
    """Declare `vado mark`."""
    parser = to.command("mark", "mark.run")
    parser.add_argument("version", metavar="VERSION", help=to.words("option.version"))
    parser.add_argument(
        "--as",
        dest="mark",
        choices=("applied", "pending"),
        required=True,
        metavar="STATE",
        help=to.words("option.mark"),
    )
    parser.add_argument("--preview", action="store_true", help=to.words("option.show_preview"))
    to.flag(parser, "--confirm", metavar="NAME")
    to.flag(parser, "--yes", action="store_true")
    to.usual(parser)


def repair(to: Declaration) -> None:
    """Declare `vado repair`."""
    parser = to.command("repair", "repair.run")
    parser.add_argument("version", metavar="VERSION", help=to.words("option.version"))
    which = parser.add_mutually_exclusive_group()
    for action in ("fix-record", "restore-file"):
        key = action.replace("-", "_")
        which.add_argument(
            f"--{action}",
            dest="action",
            action="store_const",
            const=key,
            help=to.words(f"option.{key}"),
        )
    to.flag(parser, "--confirm", metavar="NAME")
    to.usual(parser)
